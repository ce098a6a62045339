// With any one of the rules switched off the auditor finds a breach: so it can see, and so each rule is needed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "release/history.h"
#include "release/programme.h"
#include "release/rules.h"
#include "service.h"

namespace perspective::release {
namespace {

namespace rc = reference_case;
using testing::Contains;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr int kTries = 150;  // services, of two to forty people

// The first cell that a service by chance exposes under this scheme; empty: none of them does.
std::string first_breach(const std::string& id, const Scheme& scheme, int one_sided) {
  const auto questionnaire = rc::questionnaire(id);
  auto auditor = rc::unwrapped(Auditor::of(questionnaire, scheme));
  Habits habits;
  habits.one_sided = one_sided;
  for (int i = 0; i < kTries; ++i) {
    Dice dice(static_cast<std::uint64_t>(1'000 + i));
    const auto tally = tally_by_chance(questionnaire, dice.between(2, 40), habits, dice);
    const auto exposures = rc::unwrapped(auditor.exposures(part_of(questionnaire, tally, scheme)));
    if (!exposures.empty()) return std::to_string(tally.respondents) + " people: " + to_text(exposures.front());
  }
  return {};
}

// Those of both questionnaires, one-sided and not.
std::string breach(const Scheme& scheme) {
  for (const int one_sided : {95, 60})
    for (const std::string id : {"victims", "children-and-young-people"})
      if (auto found = first_breach(id, scheme, one_sided); !found.empty()) return id + ", " + found;
  return {};
}

Scheme off(bool Scheme::*rule) {
  Scheme scheme;
  scheme.*rule = false;
  return scheme;
}

TEST(RuleSwitchedOff, NoneOfThem) { EXPECT_EQ(breach({}), ""); }
TEST(RuleSwitchedOff, A) { EXPECT_NE(breach(off(&Scheme::a)), ""); }
TEST(RuleSwitchedOff, B) { EXPECT_NE(breach(off(&Scheme::b)), ""); }
TEST(RuleSwitchedOff, C) { EXPECT_NE(breach(off(&Scheme::c)), ""); }
TEST(RuleSwitchedOff, C4) { EXPECT_NE(breach(off(&Scheme::c4)), ""); }
TEST(RuleSwitchedOff, D) { EXPECT_NE(breach(off(&Scheme::d)), ""); }
TEST(RuleSwitchedOff, E) { EXPECT_NE(breach(off(&Scheme::e)), ""); }

// The reference questionnaires have no second finding that F alone keeps quiet: one with two sides that leave one out.
TEST(RuleSwitchedOff, F) {
  const auto questionnaire = rc::unwrapped(survey::Questionnaire::parse(R"({
    "format": 1, "id": "small", "version": 1, "languages": ["en"], "section": [],
    "items": [{"type": "single_choice", "variable": "mood", "options": [{"id": "high"}, {"id": "fair"}, {"id": "low"}]}],
    "findings": [{"id": "is_high", "item": "mood", "counted": ["high"]},
                 {"id": "is_low", "item": "mood", "counted": ["low"]}]})"));
  std::vector<survey::Submission> people;
  for (int i = 0; i < 20; ++i)
    people.push_back(rc::submission_of(questionnaire, {{"mood", survey::Choice{i < 9    ? "high"
                                                                               : i < 19 ? "low"
                                                                                        : "fair"}}}));
  const auto tally = rc::tally_of(questionnaire, people);
  const auto exposures = [&](const Scheme& scheme) {
    auto auditor = rc::unwrapped(Auditor::of(questionnaire, scheme));
    return rc::unwrapped(auditor.exposures(part_of(questionnaire, tally, scheme)));
  };
  EXPECT_THAT(exposures(off(&Scheme::f)), Contains(Field(&Exposure::cell, "option of mood: fair")));
  EXPECT_THAT(exposures({}), IsEmpty());
}

// G: one more response, and a second release.
TEST(RuleSwitchedOff, GGivesTheNewcomerAway) {
  ASSERT_FALSE(may_release_again(1));
  const auto questionnaire = rc::questionnaire("children-and-young-people");
  const auto auditor = rc::unwrapped(Auditor::of(questionnaire));
  int given_away = 0;
  for (int i = 0; i < 5; ++i) {
    Dice dice(static_cast<std::uint64_t>(i));
    auto people = respondents(questionnaire, dice.between(12, 40), {}, dice);
    const auto earlier = part_of(questionnaire, rc::tally_of(questionnaire, people));
    people.push_back(respondent(questionnaire, {}, dice));
    const auto later = part_of(questionnaire, rc::tally_of(questionnaire, people));
    const History history{
        .parts = {earlier, later}, .numbers = {1, 2}, .groups = {{{0, 1}, earlier.respondents}, {{1}, 1}}};
    for (const auto& exposure : rc::unwrapped(exposures_over(auditor, history)))
      given_away += exposure.cell.ends_with(", who came between releases 1 and 2") ? 1 : 0;
  }
  EXPECT_GT(given_away, 0);
}

TEST(TwoReleases, OfTheSamePeopleTellNoMoreThanOne) {
  const auto questionnaire = rc::questionnaire("victims");
  const auto auditor = rc::unwrapped(Auditor::of(questionnaire));
  const auto part = part_of(questionnaire, rc::tally_of(questionnaire, rc::submissions(questionnaire, rc::kResponses)));
  History history{.parts = {part, part}, .numbers = {1, 2}, .groups = {{{0, 1}, part.respondents}}};
  EXPECT_THAT(rc::unwrapped(exposures_over(auditor, history)), IsEmpty());
  history.groups.push_back({{1}, 1});
  EXPECT_EQ(exposures_over(auditor, history).error().code, ErrorCode::invalid);
}

// H: services with a given count and base of one item, everyone else passing it over.
class Programme : public testing::Test {
 protected:
  void add(std::int64_t count, std::int64_t base, std::int64_t n = 24) {
    std::vector<survey::Submission> people;
    for (std::int64_t i = 0; i < n; ++i) {
      survey::Answers answers;
      if (i < base) answers.emplace("listened_to", survey::Choice{i < count ? "yes" : "no"});
      people.push_back(rc::submission_of(questionnaire_, answers));
    }
    const auto tally = rc::tally_of(questionnaire_, people);
    services_.push_back(part_of(questionnaire_, tally));
    auto& all = all_shares_.emplace_back();
    for (const auto& finding : tally.findings) all[finding.id] = {finding.count, finding.base};
    shares_.push_back({count, base});
  }
  std::vector<History> histories() const {
    std::vector<History> all;
    for (const auto& service : services_) all.push_back(history_of(service));
    return all;
  }
  std::vector<Exposure> exposures(const Average& average) const {
    return rc::unwrapped(exposures_by(auditor_, histories(), all_shares_, {{average}}));
  }

  survey::Questionnaire questionnaire_ = rc::questionnaire("children-and-young-people");
  Auditor auditor_ = rc::unwrapped(Auditor::of(questionnaire_));
  std::vector<Part> services_;
  std::vector<Share> shares_;
  std::vector<Shares> all_shares_;
};

TEST_F(Programme, RuleSwitchedOffHAnAverageOfTwoServicesInWholePerCentGivesOneAway) {
  add(9, 20);
  add(20, 20);
  ASSERT_EQ(programme_average(shares_), std::nullopt);
  EXPECT_THAT(exposures({"listened_to", 73, 1}),  // 29 of 40, 72.5
              Contains(Field(&Exposure::cell, "service 2: count of listened_to")));
}

TEST_F(Programme, AnAverageByTheRuleExposesNoService) {
  for (std::int64_t i = 0; i < 20; ++i) add(i % 3 == 0 ? 9 : 16 + i % 5, 20);
  const auto average = programme_average(shares_);
  ASSERT_TRUE(average);
  EXPECT_THAT(exposures({"listened_to", *average}), IsEmpty());
}

// Who reads 0 % of two people knows that nobody said so; and that neither, one or both of them answered.
TEST_F(Programme, AnAverageOfNoughtMayBeThatOfNobody) {
  for (const std::int64_t base : {0, 1, 2}) {
    services_.clear();
    all_shares_.clear();
    add(0, base, 2);
    const auto exposed = exposures({"listened_to", 0});
    EXPECT_THAT(exposed, Contains(Field(&Exposure::cell, "service 1: count of listened_to"))) << base;
    EXPECT_THAT(exposed, Not(Contains(Field(&Exposure::cell, "service 1: base of listened_to")))) << base;
  }
}

TEST_F(Programme, AnAverageThatIsNotOfTheseServicesIsRefused) {
  add(9, 20);
  add(9, 20);
  EXPECT_EQ(exposures_by(auditor_, histories(), all_shares_, {{Average{"listened_to", 90}}}).error().code,
            ErrorCode::invalid);
  EXPECT_EQ(exposures_by(auditor_, histories(), all_shares_, {{Average{"listens", 45}}}).error().code,
            ErrorCode::invalid);
}

TEST_F(Programme, LowestAndHighestAreOnlyAmongExactStatements) {
  add(9, 20);
  EXPECT_FALSE(extremes_of(services_, *questionnaire_.finding("listened_to")));
  add(20, 20);  // a band: not among them
  add(12, 20);
  const auto extremes = extremes_of(services_, *questionnaire_.finding("listened_to"));
  ASSERT_TRUE(extremes);
  EXPECT_EQ(extremes->lowest, 45);
  EXPECT_EQ(extremes->highest, 60);
}

// As is what stands for this inspection beside them.
TEST_F(Programme, LowestAndHighestAreOfThePeopleWhomAveragesPool) {
  const auto& nested = *questionnaire_.finding("completely_satisfied");
  ASSERT_TRUE(nested.within);
  const auto stating = [](const std::string& finding, Whom whom, std::int64_t count, std::int64_t of) {
    Part part;
    part.statements.push_back({finding, Says::exactly, whom, count, of});
    return part;
  };
  std::vector<Part> parts{stating(nested.id, Whom::parents_base, 7, 70), stating(nested.id, Whom::these, 7, 10)};
  EXPECT_FALSE(extremes_of(parts, nested)) << "of the parent's base is of others";
  parts.push_back(stating(nested.id, Whom::these, 6, 10));
  parts.front().stated_more.push_back({nested.id, 7, 14});
  const auto extremes = extremes_of(parts, nested);
  ASSERT_TRUE(extremes);
  EXPECT_EQ(extremes->lowest, 50) << "somebody stated it beside the rules";
  EXPECT_EQ(extremes->highest, 70);
  const auto& joint = *questionnaire_.finding("contract_discussed");
  const auto both = std::vector<Part>{stating(joint.id, Whom::these, 7, 10), stating(joint.id, Whom::these, 6, 10)};
  EXPECT_FALSE(extremes_of(both, joint)) << "of who answered both, averages pool it";
  EXPECT_EQ(percent_printed(parts.back(), nested), 60);
  EXPECT_EQ(percent_printed(stating(joint.id, Whom::who_answered, 6, 12), joint), 50);
  EXPECT_FALSE(percent_printed(stating(nested.id, Whom::everyone, 6, 12), nested));
}

}  // namespace
}  // namespace perspective::release
