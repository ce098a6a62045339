#include "release/bounds.h"

#include <algorithm>

#include "release/attack.h"

namespace perspective::release {
namespace {

// One variable an option, and a last one for who gave no answer.
template <typename Wanted>
Numbers numbers_where(const survey::Item& item, bool of_unanswered, Wanted wanted) {
  Numbers numbers;
  for (const auto& option : survey::options_of(item)) numbers.push_back(wanted(option) ? 1 : 0);
  numbers.push_back(of_unanswered ? 1 : 0);
  return numbers;
}

}  // namespace

std::int64_t most_asked(const survey::Item& item, const Routing& routing, std::int64_t n,
                        const std::vector<OnItem>& printed) {
  const auto everyone = numbers_where(item, true, [](const auto&) { return true; });
  const auto in_base = numbers_where(item, false, [](const auto& option) { return option.in_base; });
  Attack attack(everyone.size(), n);
  attack.tell_sum(everyone, n, n);
  for (const auto& each : printed) {
    const auto counted = numbers_where(
        item, false, [&](const auto& option) { return option.in_base && each.options.contains(option.id); });
    attack.tell({each.finding, counted, in_base, said_by(each.judged.judging, each.judged.statement)});
  }
  const auto asked = numbers_where(item, routing.asks_unanswered,
                                   [&](const auto& option) { return routing.options.contains(option.id); });
  const auto values = attack.values(asked, 2);
  return values && !values->empty() ? values->back().value : 0;
}

}  // namespace perspective::release
