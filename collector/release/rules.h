// The release rules A to H, each as a small pure function: what may be said of a count, judged against a group whose
// size the release shows. Clauses are those of README.md beside this, after the design document "What may be said".
//
// Promise:   pure; a statement is chosen by fixed edges from its own count alone. No cell is hidden for another's
// value. Threads:   any. Units:     people. n: questionnaires of that kind; b: base; c: count of the finding; r = b -
// c.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "release/statement.h"

namespace perspective::release {

inline constexpr std::int64_t kFewest = 5;        // A: a group under it is not spoken of
inline constexpr std::int64_t kEnough = 10;       // C: a base from it on is printed
inline constexpr std::int64_t kEdge = 4;          // C: "few" are at most so many
inline constexpr std::int64_t kFewestRouted = 7;  // D: the most that a group can have, for anything to be said
inline constexpr std::int64_t kLargeRouted = 15;  // D: likewise, for "few or none" and "all or nearly all"
inline constexpr std::int64_t kUnsureBase = 2;   // C4: so many short of everyone, a base with options outside is hidden
inline constexpr std::int64_t kChanged = 10;     // G: responses that must have changed
inline constexpr std::size_t kServices = 20;     // H: services of an average
inline constexpr std::int64_t kAverageStep = 5;  // H: per cent

// B. Is a group of n set against all of its people? From five to nine; ten and eleven too, where the item has an option
// outside the base.
bool is_set_against_all(std::int64_t n, bool has_outside);

// B. is_ordinary: neither routed, nested nor joint.
Statement said_of_all(std::int64_t n, std::int64_t c, std::int64_t b, bool is_ordinary);

// C. An item that n people were asked, n printed.
Statement said_of_base(std::int64_t n, std::int64_t c, std::int64_t b, bool has_outside);

// D. A routed item whose group is not printed; it can have `most` people by what is printed.
Statement said_of_routed(std::int64_t most, std::int64_t c, std::int64_t b);

// E1, E2. Of `people`, a number that is printed: those whom the parent counts exactly ("of these"), or the parent's
// base.
Statement said_of_printed(std::int64_t people, std::int64_t c, Whom whom);

// E2 below C4: the parent is "all or nearly all" of nearly everyone of n.
Statement said_of_nearly_everyone(std::int64_t n, std::int64_t c);

// E3. The parent is "more than half" of a base that is printed or not.
Statement said_of_both(std::int64_t parents_base, std::optional<std::int64_t> printed_base, std::int64_t c);

// G. May a release of this inspection take the place of a frozen one?
bool may_release_again(std::int64_t changed_responses);

// H. Pooled per cent to the nearest five, halves up; 0 where nobody is in the base. None: under twenty services, for no
// other reason.
struct Share {
  std::int64_t count = 0;
  std::int64_t base = 0;
  bool operator==(const Share&) const = default;
};
std::optional<std::int64_t> programme_average(std::span<const Share> services);
// To the nearest `step`, which 100 is a multiple of; 0 where nobody is in the base.
std::int64_t percent_of(const Share& pooled, std::int64_t step);

}  // namespace perspective::release
