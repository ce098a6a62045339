// What stands between a release and its leaving: earlier releases of the same inspection.
#include "inspection/release_audit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/reference_case.h"

namespace perspective::inspection {
namespace {

namespace rc = reference_case;
using testing::HasSubstr;
using testing::IsEmpty;

class BesideEarlierReleases : public testing::Test {
 protected:
  BesideEarlierReleases() {
    counted_.questionnaires.push_back(rc::unwrapped(survey::Questionnaire::parse(R"({
      "format": 1, "id": "any", "version": 1, "languages": ["en"],
      "items": [{"type": "single_choice", "variable": "came", "options": [{"id": "yes"}, {"id": "no"}]}],
      "findings": [{"id": "came", "item": "came", "counted": ["yes"], "form": "count"}], "section": []})")));
    release_ = release_of(5, 6, 0);
  }
  // So many say yes, no, nothing.
  release::Release release_of(int yes, int no, int nothing) {
    std::vector<survey::Submission> people;
    for (int i = 0; i < yes + no + nothing; ++i) {
      survey::Answers answers;
      if (i < yes + no) answers.emplace("came", survey::Choice{i < yes ? "yes" : "no"});
      people.push_back(rc::submission_of(counted_.questionnaires.front(), answers));
    }
    counted_.tallies = {rc::tally_of(counted_.questionnaires.front(), people)};
    return rc::unwrapped(release::release_of("lewes", counted_in(counted_)));
  }
  // So many, from this one on.
  static Responses responses_from(int first, int many = 11) {
    std::vector<store::Id> ids;
    for (int i = 0; i < many; ++i) ids.push_back({static_cast<std::uint8_t>(first + i)});
    return {{"any", ids}};
  }
  std::vector<release::Refusal> refusals(const std::vector<FrozenRelease>& frozen, const Responses& now) const {
    return rc::unwrapped(refusals_before(counted_, {.overrides = {}, .frozen = frozen}, release_, now));
  }
  Opened::Counted counted_;
  release::Release release_;
};

TEST_F(BesideEarlierReleases, TheSameWordsOfTheSamePeopleTellNothing) {
  const auto same = responses_from(1);
  EXPECT_THAT(refusals({{.at_s = 1, .by = "ada", .release = release_, .responses = same}}, same), IsEmpty());
}

// Five of eleven before and after ten left and ten came: the one who stayed is among both or neither.
TEST_F(BesideEarlierReleases, TheSameWordsOfOtherPeopleTellOfThoseWhoLeft) {
  const auto found =
      refusals({{.at_s = 1, .by = "ada", .release = release_, .responses = responses_from(1)}}, responses_from(11));
  ASSERT_FALSE(found.empty());
  EXPECT_THAT(found.front().exposure.cell, HasSubstr("came"));
}

TEST_F(BesideEarlierReleases, EachEarlierReleaseOfOtherPeopleIsLookedAt) {
  const std::vector<FrozenRelease> frozen{
      {.at_s = 1, .by = "ada", .release = release_, .responses = responses_from(11)},
      {.at_s = 2, .by = "ada", .release = release_, .responses = responses_from(1)}};
  EXPECT_FALSE(refusals(frozen, responses_from(11)).empty());
}

// More than half of seven, eight of these and ten more, more than half of six of the ten: four, four, and none of the
// others. Any two of the three tell nothing.
TEST_F(BesideEarlierReleases, ThreeTogetherAreRefusedOfWhichNoTwoTellAnything) {
  const FrozenRelease first{.at_s = 1, .by = "ada", .release = release_of(4, 1, 2), .responses = responses_from(1, 7)};
  const FrozenRelease second{
      .at_s = 2, .by = "ada", .release = release_of(8, 5, 4), .responses = responses_from(1, 17)};
  const FrozenRelease third{.at_s = 3, .by = "ada", .release = release_of(4, 0, 2), .responses = responses_from(8, 6)};
  const auto beside = [&](const std::vector<FrozenRelease>& frozen, const FrozenRelease& now) {
    return rc::unwrapped(refusals_before(counted_, {.overrides = {}, .frozen = frozen}, now.release, now.responses));
  };
  EXPECT_THAT(beside({}, first), IsEmpty());
  EXPECT_THAT(beside({first}, second), IsEmpty());
  EXPECT_THAT(beside({first}, third), IsEmpty());
  EXPECT_THAT(beside({second}, third), IsEmpty());
  const auto found = beside({first, second}, third);
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found.front().exposure.cell, "count of came");
  EXPECT_THAT(found.front().exposure.values, testing::ElementsAre(4));
}

}  // namespace
}  // namespace perspective::inspection
