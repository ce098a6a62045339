#include "release/statement.h"

#include <algorithm>
#include <array>
#include <utility>

namespace perspective::release {
namespace {

// In a frozen release: never change one.
constexpr std::array<std::pair<Says, std::string_view>, 7> kSays{
    {{Says::nothing, "nothing"},
     {Says::exactly, "exactly"},
     {Says::few_or_none, "few_or_none"},
     {Says::nearly_all, "all_or_nearly_all"},
     {Says::more_than_half, "more_than_half"},
     {Says::half_or_fewer, "half_or_fewer"},
     {Says::more_than_half_did_not, "more_than_half_not"}}};
constexpr std::array<std::pair<Whom, std::string_view>, 6> kWhom{{{Whom::nobody, "nobody_said"},
                                                                  {Whom::everyone, "everyone"},
                                                                  {Whom::who_answered, "who_answered"},
                                                                  {Whom::nearly_everyone, "nearly_everyone"},
                                                                  {Whom::these, "these"},
                                                                  {Whom::parents_base, "base_of_the_other"}}};

template <typename Table, typename Value>
std::string_view text_in(const Table& table, Value value) {
  const auto found = std::ranges::find(table, value, [](const auto& row) { return row.first; });
  return found == table.end() ? std::string_view() : found->second;
}

template <typename Value, typename Table>
std::optional<Value> value_in(const Table& table, std::string_view text) {
  const auto found = std::ranges::find(table, text, [](const auto& row) { return row.second; });
  if (found == table.end()) return std::nullopt;
  return found->first;
}

}  // namespace

std::string_view to_text(Says says) { return text_in(kSays, says); }
std::string_view to_text(Whom whom) { return text_in(kWhom, whom); }
std::optional<Says> says_from(std::string_view text) { return value_in<Says>(kSays, text); }
std::optional<Whom> whom_from(std::string_view text) { return value_in<Whom>(kWhom, text); }

}  // namespace perspective::release
