// Simulated services: people by chance who answer the reference questionnaires, each from a seed.
//
// Promise: the same seed gives the same service on every machine (own generator, no library's distribution).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "release/release.h"
#include "support/reference_case.h"

namespace perspective::release {

// splitmix64.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15U;
    auto z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31);
  }
  std::int64_t between(std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(high - low + 1));
  }
  bool falls(int percent) { return between(1, 100) <= percent; }
  template <typename T>
  const T& one_of(const std::vector<T>& all) {
    return all[static_cast<std::size_t>(between(0, std::ssize(all) - 1))];
  }

 private:
  std::uint64_t state_;
};

struct Habits {
  int one_sided = 95;  // per cent who answer as the item's first finding counts
  int skip = 12;
  int outside = 10;  // where there is such an option
  // Items that lead somewhere are not one-sided: per cent for their options, in the questionnaire's order.
  std::map<std::string, std::vector<int>> split = {{"order_type", {62, 26, 7, 5}}, {"felt_afraid", {18, 74, 8}}};
};

inline std::string answer_by_chance(const survey::Questionnaire& questionnaire, const survey::Item& item,
                                    const Habits& habits, Dice& dice) {
  const auto& options = survey::options_of(item);
  if (const auto split = habits.split.find(item.variable); split != habits.split.end()) {
    auto at = dice.between(1, 100);
    for (std::size_t i = 0; i < options.size(); ++i)
      if (at -= split->second[i]; at <= 0) return options[i].id;
    return options.back().id;
  }
  const auto finding = std::ranges::find(questionnaire.findings, item.variable, &survey::Finding::item);
  std::vector<std::string> for_it;
  std::vector<std::string> against;
  std::vector<std::string> outside;
  for (const auto& option : options) {
    const bool is_counted = finding != questionnaire.findings.end() &&
                            std::ranges::find(finding->counted, option.id) != finding->counted.end();
    (!option.in_base ? outside : is_counted ? for_it : against).push_back(option.id);
  }
  if (!outside.empty() && dice.falls(habits.outside)) return dice.one_of(outside);
  if (for_it.empty() || (!against.empty() && !dice.falls(habits.one_sided))) return dice.one_of(against);
  return dice.one_of(for_it);
}

inline survey::Submission respondent(const survey::Questionnaire& questionnaire, const Habits& habits, Dice& dice) {
  survey::Answers answers;
  for (const auto& item : questionnaire.items) {
    if (survey::is_text(item) || dice.falls(habits.skip)) continue;
    answers.emplace(item.variable, survey::Choice{answer_by_chance(questionnaire, item, habits, dice)});
  }
  return reference_case::submission_of(questionnaire, std::move(answers));
}

inline std::vector<survey::Submission> respondents(const survey::Questionnaire& questionnaire, std::int64_t n,
                                                   const Habits& habits, Dice& dice) {
  std::vector<survey::Submission> all;
  for (std::int64_t i = 0; i < n; ++i) all.push_back(respondent(questionnaire, habits, dice));
  return all;
}

inline tally::Tally tally_by_chance(const survey::Questionnaire& questionnaire, std::int64_t n, const Habits& habits,
                                    Dice& dice) {
  return reference_case::tally_of(questionnaire, respondents(questionnaire, n, habits, dice));
}

}  // namespace perspective::release
