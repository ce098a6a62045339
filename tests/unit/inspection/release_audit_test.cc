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
    std::vector<survey::Submission> people;
    for (int i = 0; i < 11; ++i)
      people.push_back(
          rc::submission_of(counted_.questionnaires.front(), {{"came", survey::Choice{i < 5 ? "yes" : "no"}}}));
    counted_.tallies.push_back(rc::tally_of(counted_.questionnaires.front(), people));
    release_ = rc::unwrapped(release::release_of("lewes", counted_in(counted_)));
  }
  // Eleven, from this one on.
  static Responses responses_from(std::uint8_t first) {
    std::vector<store::Id> ids;
    for (std::uint8_t i = 0; i < 11; ++i) ids.push_back({static_cast<std::uint8_t>(first + i)});
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
  EXPECT_THAT(found.front().exposure.cell, HasSubstr("who"));
}

TEST_F(BesideEarlierReleases, EachEarlierReleaseOfOtherPeopleIsLookedAt) {
  const std::vector<FrozenRelease> frozen{
      {.at_s = 1, .by = "ada", .release = release_, .responses = responses_from(11)},
      {.at_s = 2, .by = "ada", .release = release_, .responses = responses_from(1)}};
  EXPECT_FALSE(refusals(frozen, responses_from(11)).empty());
}

}  // namespace
}  // namespace perspective::inspection
