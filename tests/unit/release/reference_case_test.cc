#include <gtest/gtest.h>

#include "release/release.h"
#include "support/reference_case.h"

namespace perspective::release {
namespace {

namespace rc = reference_case;

class ReferenceCase : public testing::Test {
 protected:
  ReferenceCase() {
    for (const std::string id : {"children-and-young-people", "victims"}) {
      auto& questionnaire = questionnaires_.emplace_back(rc::questionnaire(id));
      tallies_.push_back(rc::tally_of(questionnaire, rc::submissions(questionnaire, rc::kResponses)));
    }
    for (std::size_t i = 0; i < tallies_.size(); ++i) counted_.push_back({&questionnaires_[i], &tallies_[i]});
  }
  Release release(std::vector<Override> overrides = {}) const {
    return rc::unwrapped(release_of("croydon-2012", counted_, overrides));
  }
  // As one might write it down: "exactly 15 of 21 who_answered".
  std::string said(const std::string& questionnaire, const std::string& finding) const {
    return text_of(*release().part(questionnaire)->statement(finding));
  }
  std::string child(const std::string& finding) const { return said("children-and-young-people", finding); }
  std::string victim(const std::string& finding) const { return said("victims", finding); }

  static std::string text_of(const Statement& statement) {
    std::string text(to_text(statement.says));
    if (statement.count) text += " " + std::to_string(*statement.count);
    if (statement.of) text += " of " + std::to_string(*statement.of);
    if (says_something(statement)) text += " " + std::string(to_text(statement.whom));
    return text;
  }

  std::vector<survey::Questionnaire> questionnaires_;
  std::vector<tally::Tally> tallies_;
  std::vector<Counted> counted_;
};

TEST_F(ReferenceCase, SaysSomethingOnTwentyThreeOfThirtyOneFindings) {
  const auto share = said_share(release());
  EXPECT_EQ(share.findings, 31);
  EXPECT_EQ(share.say_something, 23);
}

TEST_F(ReferenceCase, PlainSuppressionWouldLeaveSix) { EXPECT_EQ(said_by_suppression(counted_), 6); }

TEST_F(ReferenceCase, CountsWithEnoughPeopleOnBothSidesAreExact) {
  EXPECT_EQ(child("told_what_to_expect"), "exactly 15 of 21 who_answered");
  EXPECT_EQ(child("knows_why_attending"), "exactly 16 of 21 who_answered");
  EXPECT_EQ(child("better_decisions"), "exactly 5 of 14 who_answered");
  EXPECT_EQ(child("education_or_work_help"), "exactly 9 of 17 who_answered");
}

TEST_F(ReferenceCase, OneSidedCountsAreBands) {
  for (const auto* finding : {"self_assessment_done", "listened_to", "interested_in_helping", "took_action",
                              "easy_to_understand", "less_likely_to_offend", "at_least_half_satisfied"})
    EXPECT_EQ(child(finding), "all_or_nearly_all of 17 who_answered") << finding;
  EXPECT_EQ(child("felt_afraid"), "few_or_none of 16 who_answered");
}

TEST_F(ReferenceCase, ANestedCountBelowABandIsSetAgainstTheBandsOwnBase) {
  EXPECT_EQ(child("completely_satisfied"), "exactly 7 of 17 base_of_the_other");
  EXPECT_EQ(child("on_referral_order"), "all_or_nearly_all of 18 who_answered");
  EXPECT_EQ(child("referral_order_known"), "all_or_nearly_all of 18 base_of_the_other");
  EXPECT_EQ(child("contract_discussed"), "all_or_nearly_all of 18 base_of_the_other");
  EXPECT_EQ(child("contract_copy"), "exactly 12 of 18 base_of_the_other");
}

TEST_F(ReferenceCase, OfSmallRoutedAndNestedGroupsNothingIsSaid) {
  for (const auto* finding : {"plan_known", "plan_discussed", "plan_copy", "helped_feel_less_afraid",
                              "not_helped_feel_less_afraid", "health_better"})
    EXPECT_EQ(child(finding), "nothing") << finding;
}

TEST_F(ReferenceCase, FiveVictimsAreSpokenOfAsAWhole) {
  EXPECT_EQ(victim("satisfied"), "more_than_half of 5 everyone");
  EXPECT_EQ(victim("services_explained"), "more_than_half of 5 everyone");
  EXPECT_EQ(victim("worries_heard"), "more_than_half of 5 everyone");
  EXPECT_EQ(victim("needs_considered"), "more_than_half of 5 everyone");
  EXPECT_EQ(victim("safety_considered"), "nothing");
  EXPECT_EQ(victim("benefited_from_work"), "nothing");
}

TEST_F(ReferenceCase, GroupSizesArePrinted) {
  EXPECT_EQ(release().part("children-and-young-people")->respondents, 21);
  EXPECT_EQ(release().part("victims")->respondents, 5);
}

TEST_F(ReferenceCase, AFrozenReleaseIsReadBackAsItWas) {
  const auto frozen = release({{"victims", "satisfied", "A. Inspector", "they asked for it"}});
  const auto text = to_json(frozen);
  EXPECT_EQ(rc::unwrapped(release_from_json(text)), frozen);
  EXPECT_EQ(to_json(rc::unwrapped(release_from_json(text))), text);
  EXPECT_EQ(text.find("Inspector"), std::string::npos);
  EXPECT_EQ(text.find("asked for"), std::string::npos);
}

TEST_F(ReferenceCase, AFrozenReleaseThatWasCutShortIsRefused) {
  const auto text = to_json(release());
  EXPECT_EQ(release_from_json(text.substr(0, text.size() / 2)).error().code, ErrorCode::corrupt);
  EXPECT_EQ(release_from_json(R"({"format":2,"inspection":"x","parts":[]})").error().code, ErrorCode::corrupt);
}

TEST_F(ReferenceCase, AnOverrideAddsItsCellAndChangesNoOtherStatement) {
  const auto more = release({{"victims", "safety_considered", "A. Inspector", "the family agreed"}});
  const auto* part = more.part("victims");
  ASSERT_EQ(part->stated_more.size(), 1U);
  EXPECT_EQ(part->stated_more.front(), (StatedMore{"safety_considered", 2, 3}));
  for (const auto& each : more.parts) EXPECT_EQ(each.statements, release().part(each.questionnaire)->statements);
}

TEST_F(ReferenceCase, AnOverrideNeedsANameAReasonAndAFindingThatIsThere) {
  const auto refused = [&](const Override& override) {
    const auto made = release_of("croydon-2012", counted_, std::vector{override});
    return !made && made.error().code == ErrorCode::invalid;
  };
  EXPECT_TRUE(refused({"victims", "satisfied", "", "why"}));
  EXPECT_TRUE(refused({"victims", "satisfied", "who", ""}));
  EXPECT_TRUE(refused({"victims", "plan_known", "who", "why"}));
  EXPECT_TRUE(refused({"inspectors", "satisfied", "who", "why"}));
}

TEST_F(ReferenceCase, ATallyOfAnotherQuestionnaireIsRefused) {
  const std::vector<Counted> mixed{{&questionnaires_[0], &tallies_[1]}};
  EXPECT_EQ(release_of("croydon-2012", mixed).error().code, ErrorCode::invalid);
}

}  // namespace
}  // namespace perspective::release
