// People who answer a questionnaire at random.
#pragma once

#include <optional>
#include <random>
#include <string>
#include <vector>

#include "support/reference_case.h"

namespace perspective::report {

// Along the route, which grows with the answers: `eagerness` of 10 items are answered, `bias` of 10 of these with the
// first option.
inline survey::Answers anyone(const survey::Questionnaire& questionnaire, std::mt19937& random, unsigned eagerness,
                              unsigned bias) {
  survey::Answers answers;
  std::optional<std::size_t> at;
  while ((at = survey::next_on_route(questionnaire, answers, at))) {
    const auto& item = questionnaire.items[*at];
    const auto& options = survey::options_of(item);
    if (options.empty() || random() % 10 >= eagerness) continue;
    answers.emplace(item.variable, survey::Choice{options[random() % 10 < bias ? 0 : random() % options.size()].id});
  }
  return answers;
}

// One to fifteen of them, the same for the same seed.
inline std::vector<survey::Answers> some_people(const survey::Questionnaire& questionnaire, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<survey::Answers> people;
  for (unsigned i = 0; i < 1 + seed % 15; ++i)
    people.push_back(anyone(questionnaire, random, 5 + seed % 6, (seed * 7) % 11));
  return people;
}

}  // namespace perspective::report
