// Replay: whoever could have brought a release about, as far as the search can tell, does bring it about.
#include <gtest/gtest.h>

#include <numeric>

#include "release/auditor.h"
#include "service.h"

namespace perspective::release {
namespace {

namespace rc = reference_case;

std::int64_t people_in(const Mask& mask, const Numbers& people) {
  return std::inner_product(mask.begin(), mask.end(), people.begin(), std::int64_t{0});
}

// Findings of these people, block by block, as a tally.
void count(const Block& block, const Numbers& people, tally::Tally& tally) {
  for (auto& finding : tally.findings) {
    const auto found = std::ranges::find(block.findings, finding.id, &FindingKinds::id);
    if (found == block.findings.end()) continue;
    finding.count = people_in(found->counted, people);
    finding.base = people_in(found->base, people);
  }
}

// For every cell and each of its first values: a service that has it, and the release that the rules give it.
int replays(const survey::Questionnaire& questionnaire, const Auditor& auditor, const tally::Tally& tally) {
  const auto part = part_of(questionnaire, tally);
  const auto known = rc::unwrapped(known_of(questionnaire, part, {}));
  int replayed = 0;
  for (const auto& block : auditor.blocks()) {
    Attack attack(block.kinds, part.respondents);
    tell_part(block, known, {block.kinds, {0}}, "", attack);
    for (const auto& cell : cells_of(block, part)) {
      for (const auto& possible : rc::unwrapped(attack.values({cell.people.begin(), cell.people.end()}, 3))) {
        auto other = tally;
        count(block, possible.witness, other);
        EXPECT_EQ(part_of(questionnaire, other), part) << to_text(cell) << " as " << possible.value;
        EXPECT_EQ(people_in(cell.people, possible.witness), possible.value);
        ++replayed;
      }
    }
  }
  return replayed;
}

TEST(Replay, ServicesThatCouldHaveGivenTheReleaseDoGiveIt) {
  for (const std::string id : {"children-and-young-people", "victims"}) {
    const auto questionnaire = rc::questionnaire(id);
    const auto auditor = rc::unwrapped(Auditor::of(questionnaire));
    int replayed =
        replays(questionnaire, auditor, rc::tally_of(questionnaire, rc::submissions(questionnaire, rc::kResponses)));
    for (int i = 0; i < 10; ++i) {
      Dice dice(static_cast<std::uint64_t>(i));
      Habits habits;
      habits.one_sided = i % 2 == 0 ? 95 : 60;
      replayed += replays(questionnaire, auditor, tally_by_chance(questionnaire, dice.between(4, 40), habits, dice));
    }
    EXPECT_GT(replayed, 300) << id;
  }
}

}  // namespace
}  // namespace perspective::release
