// The rules are for whatever questionnaire an inspectorate brings. PERSPECTIVE_QUESTIONNAIRES says how many are tried.
#include "any_questionnaire.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>

#include "release/auditor.h"

namespace perspective::release {
namespace {

namespace rc = reference_case;

TEST(AnyQuestionnaire, ExposesNothing) {
  const auto* wanted = std::getenv("PERSPECTIVE_QUESTIONNAIRES");
  const int count = wanted == nullptr ? 100 : std::atoi(wanted);
  int audited = 0;
  const auto* begin = std::getenv("PERSPECTIVE_SEED");
  const int first = begin == nullptr ? 0 : std::atoi(begin);
  for (int seed = first; seed < first + count; ++seed) {
    Dice dice(static_cast<std::uint64_t>(seed));
    const AnyQuestionnaire any(dice);
    const auto questionnaire = any.parsed();
    if (!questionnaire) continue;
    auto auditor = rc::unwrapped(Auditor::of(*questionnaire));
    for (int service = 0; service < 8; ++service) {
      Habits habits;
      habits.one_sided = static_cast<int>(dice.between(40, 100));
      habits.skip = static_cast<int>(dice.between(0, 25));
      habits.outside = static_cast<int>(dice.between(0, 30));
      const auto tally = tally_by_chance(*questionnaire, dice.between(2, service % 2 == 0 ? 14 : 40), habits, dice);
      const auto part = part_of(*questionnaire, tally);
      const auto exposures = auditor.exposures(part);
      ++audited;
      if (!exposures) ADD_FAILURE() << "seed " << seed << ": " << exposures.error().what;
      if (!exposures || exposures->empty()) continue;
      ADD_FAILURE() << "seed " << seed << ", " << tally.respondents << " people: " << to_text(exposures->front())
                    << '\n'
                    << any.definition() << '\n'
                    << to_json({"x", {part}});
    }
  }
  std::cout << audited << " releases\n";
  EXPECT_GT(audited, count);
}

}  // namespace
}  // namespace perspective::release
