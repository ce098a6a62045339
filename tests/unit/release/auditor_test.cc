#include "release/auditor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "service.h"

namespace perspective::release {
namespace {

namespace rc = reference_case;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr auto* kChildren = "children-and-young-people";
constexpr auto* kVictims = "victims";

// One questionnaire's part of the reference case, and who audits it.
class Case {
 public:
  explicit Case(const std::string& id, const Scheme& scheme = {})
      : questionnaire_(rc::questionnaire(id)),
        tally_(rc::tally_of(questionnaire_, rc::submissions(questionnaire_, rc::kResponses))),
        auditor_(rc::unwrapped(Auditor::of(questionnaire_, scheme))),
        part_(part_of(questionnaire_, tally_, scheme)) {}
  Part& part() { return part_; }
  Statement& statement(const std::string& finding) {
    return *std::ranges::find(part_.statements, finding, &Statement::finding);
  }
  void state_more(const std::string& finding) {
    part_.stated_more.push_back({finding, tally_.finding(finding)->count, tally_.finding(finding)->base});
  }
  std::vector<Exposure> exposures() { return rc::unwrapped(auditor_.exposures(part_)); }
  std::vector<Exposure> given_away() { return rc::unwrapped(auditor_.given_away(part_)); }
  bool is_refused_as_not_by_the_rules() {
    const auto made = auditor_.exposures(part_);
    return !made && made.error().code == ErrorCode::invalid;
  }
  Auditor& auditor() { return auditor_; }

 private:
  survey::Questionnaire questionnaire_;
  tally::Tally tally_;
  Auditor auditor_;
  Part part_;
};

auto exposes(const std::string& cell) { return Contains(Field(&Exposure::cell, cell)); }

// What stands for itself: not what is left over beside it.
std::int64_t counts_and_bases(const std::vector<Exposure>& exposures) {
  return std::ranges::count_if(exposures, [](const auto& exposure) {
    return exposure.cell.starts_with("count of ") || exposure.cell.starts_with("base of ");
  });
}

TEST(ReferenceCaseAudited, TheGroupRuleExposesNothing) {
  EXPECT_THAT(Case(kChildren).exposures(), IsEmpty());
  EXPECT_THAT(Case(kVictims).exposures(), IsEmpty());
}

TEST(ReferenceCaseAudited, TheNaiveLadderExposesNineCounts) {
  const auto children = Case(kChildren, Scheme::naive()).exposures();
  const auto victims = Case(kVictims, Scheme::naive()).exposures();
  EXPECT_EQ(counts_and_bases(children) + counts_and_bases(victims), 9);
  EXPECT_THAT(children, AllOf(exposes("count of on_referral_order"), exposes("count of at_least_half_satisfied")));
  EXPECT_THAT(victims, AllOf(exposes("count of needs_considered"), exposes("base of satisfied")));
}

TEST(ReferenceCaseAudited, AnExposureNamesTheStatementsThatGiveItAway) {
  const auto exposures = Case(kChildren, Scheme::naive()).exposures();
  const auto found = std::ranges::find(exposures, "not counted by at_least_half_satisfied", &Exposure::cell);
  ASSERT_NE(found, exposures.end());
  EXPECT_THAT(found->values, ElementsAre(2));
  EXPECT_THAT(found->relation, ElementsAre("at_least_half_satisfied", "completely_satisfied"));
  EXPECT_EQ(to_text(*found),
            "not counted by at_least_half_satisfied can only be 2, by what is said of at_least_half_satisfied and "
            "completely_satisfied");
}

// Of the seven findings that hang together there, one is enough.
TEST(ReferenceCaseAudited, AnExposureNamesNoStatementThatIsNotNeeded) {
  const auto exposures = Case(kChildren, Scheme::naive()).exposures();
  const auto found = std::ranges::find(exposures, "count of on_referral_order", &Exposure::cell);
  ASSERT_NE(found, exposures.end());
  EXPECT_EQ(found->relation.size(), 1U);
}

TEST(ReferenceCaseAudited, AReleaseByTheRulesMayLeave) {
  std::vector<Auditor> auditors{Case(kChildren).auditor(), Case(kVictims).auditor()};
  EXPECT_TRUE(may_leave(auditors, {"croydon-2012", {Case(kChildren).part(), Case(kVictims).part()}}));
}

TEST(ReferenceCaseAudited, AReleaseThatGivesSomethingAwayIsRefusedByName) {
  Case victims(kVictims);
  victims.state_more("safety_considered");
  std::vector<Auditor> auditors{victims.auditor()};
  const auto refused = may_leave(auditors, {"croydon-2012", {victims.part()}});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::refused);
  EXPECT_THAT(refused.error().what,
              AllOf(HasSubstr("victims: whoever"), HasSubstr("'stated: safety_considered'"),
                    HasSubstr("how many people the finding counts ('needs_considered')"), Not(HasSubstr("3"))));
}

std::vector<Confirmed> confirmations_of(const std::vector<Exposure>& exposures) {
  std::vector<Confirmed> all;
  for (const auto& each : exposures) all.push_back({kVictims, each.cell, each.values});
  return all;
}

TEST(ReferenceCaseAudited, WhatAnOverrideGivesAwayMayLeaveOnceItIsConfirmed) {
  Case victims(kVictims);
  victims.state_more("safety_considered");
  auto confirmed = confirmations_of(victims.given_away());
  ASSERT_FALSE(confirmed.empty());
  std::vector<Auditor> auditors{victims.auditor()};
  EXPECT_TRUE(may_leave(auditors, {"croydon-2012", {victims.part()}}, confirmed));
  confirmed.front().values.push_back(7);  // then something else was shown
  EXPECT_EQ(may_leave(auditors, {"croydon-2012", {victims.part()}}, confirmed).error().code, ErrorCode::refused);
  confirmed.erase(confirmed.begin());
  EXPECT_EQ(may_leave(auditors, {"croydon-2012", {victims.part()}}, confirmed).error().code, ErrorCode::refused);
}

TEST(ReferenceCaseAudited, WhatAnOverrideGivesAwayIsToldFromWhatTheRulesDo) {
  Case victims(kVictims);
  victims.state_more("safety_considered");
  std::vector<Auditor> auditors{victims.auditor()};
  const auto refusals = rc::unwrapped(refusals_of(auditors, {"croydon-2012", {victims.part()}}));
  ASSERT_FALSE(refusals.empty());
  for (const auto& each : refusals) EXPECT_TRUE(each.is_by_override) << each.exposure.cell;
}

TEST(ReferenceCaseAudited, AReleaseThatNobodyAuditsIsRefused) {
  std::vector<Auditor> auditors{Case(kChildren).auditor()};
  EXPECT_EQ(may_leave(auditors, {"croydon-2012", {Case(kVictims).part()}}).error().code, ErrorCode::invalid);
}

TEST(Override, ShowsWhatElseItGivesAway) {
  Case victims(kVictims);
  victims.state_more("safety_considered");  // two of the three whose needs were considered
  const auto away = victims.given_away();
  EXPECT_THAT(away, exposes("count of needs_considered"));
  EXPECT_THAT(away, Not(exposes("count of safety_considered")));
  EXPECT_THAT(away.front().relation, Contains("stated: safety_considered"));
}

// 15 of 17 satisfied, beside "seven of the 17 completely": the two that E2 keeps, and the eight between.
TEST(Override, ShowsWhatItsNumberAndAPrintedOneLeave) {
  Case children(kChildren);
  children.state_more("at_least_half_satisfied");
  const auto away = children.given_away();
  EXPECT_THAT(
      away,
      ElementsAre(
          AllOf(Field(&Exposure::cell, "not counted by at_least_half_satisfied"),
                Field(&Exposure::values, ElementsAre(2))),
          AllOf(Field(&Exposure::cell, "not counted by completely_satisfied"), Field(&Exposure::values, ElementsAre(8)),
                Field(&Exposure::relation, ElementsAre("completely_satisfied", "stated: at_least_half_satisfied")))));
}

TEST(Override, ShowsWhatItsOwnNumbersLeave) {
  Case children(kChildren);
  children.state_more("listened_to");
  const auto away = children.given_away();
  EXPECT_THAT(away, ElementsAre(AllOf(Field(&Exposure::cell, "not counted by listened_to"),
                                      Field(&Exposure::relation, ElementsAre("stated: listened_to")))));
}

TEST(Override, OfWhatIsPrintedGivesNothingAway) {
  Case children(kChildren);
  children.state_more("told_what_to_expect");
  EXPECT_THAT(children.given_away(), IsEmpty());
}

TEST(TamperedRelease, AStatementThatTheRulesWouldNotMakeIsRefused) {
  Case victims(kVictims);
  victims.statement("satisfied") = {"satisfied", Says::exactly, Whom::who_answered, 4, 5};
  EXPECT_TRUE(victims.is_refused_as_not_by_the_rules());
}

TEST(TamperedRelease, ACountThatTheRulesWouldPutInABandIsRefused) {
  Case children(kChildren);
  children.statement("felt_afraid").says = Says::exactly;
  children.statement("felt_afraid").count = 3;
  EXPECT_TRUE(children.is_refused_as_not_by_the_rules());
}

TEST(TamperedRelease, AnOverrideThatContradictsItsBandIsRefused) {
  Case children(kChildren);
  children.part().stated_more.push_back({"listened_to", 9, 17});
  EXPECT_TRUE(children.is_refused_as_not_by_the_rules());
}

TEST(TamperedRelease, AMissingStatementOrAnotherVersionIsRefused) {
  Case shorter(kChildren);
  shorter.part().statements.pop_back();
  EXPECT_TRUE(shorter.is_refused_as_not_by_the_rules());
  Case other(kChildren);
  other.part().version = 2;
  EXPECT_TRUE(other.is_refused_as_not_by_the_rules());
}

}  // namespace
}  // namespace perspective::release
