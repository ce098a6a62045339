// What a release says of one finding: all that leaves, and nothing by which to tell what it left unsaid.
//
// Promise:   a Statement holds no number that is not printed. `nothing` never says which rule was at work.
// Threads:   plain values.
// Units:     people.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace perspective::release {

enum class Says {
  nothing,
  exactly,                 // `count`
  few_or_none,             // at most four
  nearly_all,              // all but four at most: "all or nearly all"
  more_than_half,          //
  half_or_fewer,           //
  more_than_half_did_not,  // more than half answered otherwise
};

// Of whom it says it.
enum class Whom {
  nobody,           // it says nothing
  everyone,         // who took part: `of`, or a routed group whose size is printed exactly
  who_answered,     // inside the base: `of`, where that is printed
  nearly_everyone,  // "nearly everyone answered": the base is not printed, `of` is empty
  these,            // the people whom the finding counts that it hangs on
  parents_base,     // the base of the finding that it hangs on: `of`, where that is printed
};

struct Statement {
  std::string finding;
  Says says = Says::nothing;
  Whom whom = Whom::nobody;
  std::optional<std::int64_t> count;  // printed count
  std::optional<std::int64_t> of;     // printed number of people that it is set against
  bool operator==(const Statement&) const = default;
};

inline bool says_something(const Statement& statement) { return statement.says != Says::nothing; }

std::string_view to_text(Says says);
std::string_view to_text(Whom whom);
std::optional<Says> says_from(std::string_view text);
std::optional<Whom> whom_from(std::string_view text);

}  // namespace perspective::release
