#include "tally/tally.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "sample.h"

namespace perspective::tally {
namespace {

std::int64_t answers_and_absences(const ItemCount& item) {
  return item.base + item.outside + item.skipped + item.not_asked + item.not_reached;
}

void expect_finding(const FindingCount& finding, std::int64_t count, std::int64_t base, std::int64_t missing) {
  EXPECT_EQ(finding.count, count) << finding.id;
  EXPECT_EQ(finding.base, base) << finding.id;
  EXPECT_EQ(finding.missing, missing) << finding.id;
}

TEST(ItemTally, CountsAnOptionOutsideTheBaseBesideTheBase) {
  const auto item = Sample().add("red", "", {}).add("none", "", {}).add("", "", {}).item("colour");
  EXPECT_EQ(item.base, 1);
  EXPECT_EQ(item.outside, 1);
  EXPECT_EQ(item.options[2].count, 1);
  EXPECT_FALSE(item.options[2].in_base);
  EXPECT_EQ(item.skipped, 1);
}

TEST(ItemTally, TellsNotAskedFromSkippedAndNotReached) {
  Sample sample;
  sample.add("red", "", {}).add("blue", "", {}).add("red", "", {}, "some words");
  sample.last().answers.erase("words");
  sample.last().absent["words"] = survey::Absence::not_reached;
  ASSERT_TRUE(sample.columns().append(sample.last()));
  const auto item = sample.item("words");
  EXPECT_EQ(item.skipped, 1);
  EXPECT_EQ(item.not_asked, 1);
  EXPECT_EQ(item.not_reached, 1);
  EXPECT_EQ(item.base, 1);
}

TEST(ItemTally, CountsEveryChosenOptionOfAMultipleChoiceOverPeople) {
  const auto item = Sample().add("", "", {"cat", "dog"}).add("", "", {"dog"}).add("", "", {"no_pets"}).item("pets");
  EXPECT_EQ(item.base, 2);
  EXPECT_EQ(item.options[0].count, 1);
  EXPECT_EQ(item.options[1].count, 2);
  EXPECT_EQ(item.outside, 1);
}

TEST(ItemTally, HasAMeanWhereEveryOptionInTheBaseHasAValue) {
  Sample sample;
  sample.add("red", "low", {}).add("red", "high", {}).add("red", "high", {}).add("red", "pass", {});
  EXPECT_NEAR(*sample.item("mood").mean, 200.0 / 3, 1e-9);
  EXPECT_FALSE(sample.item("colour").mean);
  EXPECT_FALSE(Sample().item("mood").mean);
}

TEST(FindingTally, PlainCountsItsOptionsOverTheItemsBase) {
  Sample sample;
  sample.add("", "mid", {}).add("", "high", {}).add("", "low", {}).add("", "pass", {}).add("", "", {});
  expect_finding(sample.finding("good"), 2, 3, 0);
}

TEST(FindingTally, NestedIsOverThePeopleOfTheOtherAndSaysWhoIsMissing) {
  Sample sample;
  sample.add("red", "mid", {}).add("red", "pass", {}).add("red", "low", {}).add("blue", "mid", {});
  expect_finding(sample.finding("good_in_red"), 1, 3, 1);
}

TEST(FindingTally, JointIsOverThoseInTheBaseOfBoth) {
  Sample sample;
  sample.add("red", "mid", {}).add("red", "", {}).add("blue", "mid", {}).add("blue", "low", {}).add("none", "mid", {});
  expect_finding(sample.finding("red_and_good"), 1, 3, 0);
  EXPECT_EQ(sample.finding("red_and_good").hangs_on, "red");
}

TEST(FindingTally, SaysWhetherItCountsTheSamePeopleAsTheOther) {
  Sample sample;
  sample.add("red", "mid", {}).add("blue", "low", {});
  EXPECT_TRUE(sample.finding("red_and_good").is_same);
  sample.add("red", "low", {});
  EXPECT_FALSE(sample.finding("red_and_good").is_same);
  EXPECT_FALSE(sample.finding("red").is_same);
}

TEST(FindingTally, ChainsHoldToAnyDepth) {
  Sample sample;
  sample.add("red", "mid", {"cat", "dog"})
      .add("red", "high", {"cat"})
      .add("red", "high", {})
      .add("red", "low", {"cat"});
  sample.add("blue", "high", {"cat"});
  expect_finding(sample.finding("cat_in_good_in_red"), 2, 3, 1);
  expect_finding(sample.finding("cat_in_both"), 2, 3, 1);
  expect_finding(sample.finding("and_dog"), 1, 2, 0);
}

TEST(FindingTally, OfAMultipleChoiceCountsAPersonOnce) {
  Sample sample;
  sample.add("", "", {"cat", "dog"}).add("", "", {"dog"}).add("", "", {"no_pets"});
  expect_finding(sample.finding("any_pet"), 2, 2, 0);
}

TEST(Tally, OfNobodyIsAllZeros) {
  const auto tally = Sample().tally();
  EXPECT_EQ(tally.respondents, 0);
  for (const auto& finding : tally.findings) expect_finding(finding, 0, 0, 0);
  for (const auto& item : tally.items) EXPECT_EQ(answers_and_absences(item), 0);
}

TEST(Columns, ForgetEverythingWhenCleared) {
  Sample sample;
  sample.add("red", "mid", {"cat"}, "words");
  sample.columns().clear();
  EXPECT_EQ(sample.columns().rows(), 0U);
  EXPECT_EQ(tally_to_json(sample.tally()), tally_to_json(Sample().tally()));
}

TEST(Columns, RefuseASubmissionToAnotherQuestionnaireOrVersion) {
  Sample sample;
  sample.add("red", "", {});
  auto other = sample.last();
  other.questionnaire = "other";
  EXPECT_FALSE(sample.columns().append(other));
  other = sample.last();
  other.version = 2;
  EXPECT_FALSE(sample.columns().append(other));
}

TEST(Columns, RefuseARowWholeAndNameNoAnswer) {
  Sample sample;
  sample.add("red", "mid", {"cat"}, "secret words");
  auto wrong = sample.last();
  wrong.answers["pets"] = survey::Choices{{"unicorn"}};
  const auto refused = sample.columns().append(wrong);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().what.find("unicorn"), std::string::npos);
  EXPECT_EQ(sample.columns().rows(), 1U);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(sample.columns().column(i).codes.size(), 1U);
}

TEST(Columns, RefuseAnItemWithoutAnswerOrReason) {
  Sample sample;
  sample.add("red", "", {});
  sample.last().absent.erase("mood");
  EXPECT_FALSE(sample.columns().append(sample.last()));
}

// What no kiosk of ours makes, but whoever has the package could seal.
TEST(Columns, RefuseAnAnswerOfAnotherKindThanTheItem) {
  const auto is_taken = [](const std::string& variable, const survey::Answer& answer) {
    Sample sample;
    sample.add("red", "mid", {"cat"}, "words");
    auto changed = sample.last();
    changed.answers[variable] = answer;
    const bool taken = sample.columns().append(changed).has_value();
    EXPECT_EQ(sample.columns().rows(), taken ? 2U : 1U);
    return taken;
  };
  EXPECT_TRUE(is_taken("colour", survey::Choice{"blue"}));
  EXPECT_FALSE(is_taken("colour", survey::Choice{"green"}));
  EXPECT_FALSE(is_taken("colour", survey::Choices{{"red"}}));
  EXPECT_FALSE(is_taken("colour", survey::Words{"red"}));
  EXPECT_FALSE(is_taken("pets", survey::Choice{"cat"}));
  EXPECT_FALSE(is_taken("pets", survey::Choices{}));
  EXPECT_FALSE(is_taken("words", survey::Choice{"red"}));
}

TEST(Columns, SayHowManyCameOnPaper) {
  Sample sample;
  sample.add("red", "mid", {});
  sample.last().mode = "paper";
  ASSERT_TRUE(sample.columns().append(sample.last()));
  EXPECT_EQ(sample.tally().on_paper, 1);
  EXPECT_EQ(sample.tally().respondents, 2);
  sample.columns().clear();
  EXPECT_EQ(sample.tally().on_paper, 0);
}

TEST(Tally, HasNoItemOrFindingOfAnotherName) {
  const auto tally = Sample().tally();
  EXPECT_EQ(tally.item("shape"), nullptr);
  EXPECT_EQ(tally.finding("shape"), nullptr);
}

std::string one_of(std::mt19937& random, const std::vector<std::string>& values) {
  return values[random() % values.size()];
}

void add_anyone(Sample& sample, std::mt19937& random) {
  const auto pet = one_of(random, {"", "cat", "dog", "no_pets"});
  sample.add(one_of(random, {"", "red", "blue", "none"}), one_of(random, {"", "low", "mid", "high", "pass"}),
             pet.empty() ? std::vector<std::string>() : std::vector<std::string>{pet});
}

TEST(TallyOfAnyone, AddsUpAndKeepsCountsInsideTheirBases) {
  for (unsigned seed = 0; seed < 40; ++seed) {
    std::mt19937 random(seed);
    Sample sample;
    for (unsigned i = 0; i < seed * 4; ++i) add_anyone(sample, random);
    const auto tally = sample.tally();
    for (const auto& item : tally.items) EXPECT_EQ(answers_and_absences(item), tally.respondents) << item.variable;
    for (const auto& finding : tally.findings) EXPECT_LE(finding.count + finding.missing, finding.base) << finding.id;
    EXPECT_EQ(tally.finding("good_in_red")->base, tally.finding("red")->count);
    EXPECT_EQ(tally.finding("red_and_good")->count, tally.finding("good_in_red")->count);
  }
}

TEST(WholePercent, RoundsHalfUp) {
  EXPECT_EQ(whole_percent(15, 17), 88);
  EXPECT_EQ(whole_percent(1, 8), 13);  // 12.5
  EXPECT_EQ(whole_percent(1, 200), 1);
  EXPECT_EQ(whole_percent(0, 7), 0);
  EXPECT_EQ(whole_percent(7, 7), 100);
  EXPECT_EQ(whole_percent(0, 0), 0);
}

TEST(WilsonInterval, ReachesTheEdgesExactlyAndIsNoneOfNobody) {
  EXPECT_EQ(wilson_interval(0, 5)->low, 0.0);
  EXPECT_EQ(wilson_interval(5, 5)->high, 1.0);
  EXPECT_GT(wilson_interval(0, 5)->high, 0.0);
  EXPECT_FALSE(wilson_interval(0, 0));
}

TEST(TallyJson, GivesCountBasePercentAndInterval) {
  Sample sample;
  sample.add("red", "mid", {}).add("blue", "low", {});
  const auto json = boost::json::parse(tally_to_json(sample.tally()));
  const auto& red = json.at("findings").at(0);
  EXPECT_EQ(red.at("finding").as_string(), "red");
  EXPECT_EQ(red.at("count").as_int64(), 1);
  EXPECT_EQ(red.at("base").as_int64(), 2);
  EXPECT_EQ(red.at("percent").as_int64(), 50);
  EXPECT_EQ(red.at("interval").as_array().size(), 2U);
  EXPECT_TRUE(json.at("items").at(2).at("options").at(0).at("percent").is_null());
}

TEST(TallyJson, OfAnInspectionSaysHowManyWereSetAside) {
  const std::vector<Tally> tallies{Sample().tally()};
  const auto json =
      boost::json::parse(tallies_to_json("croydon", 2, std::vector<std::string>{"One is missing."}, tallies));
  EXPECT_EQ(json.at("set_aside").as_int64(), 2);
  EXPECT_EQ(json.at("questionnaires").as_array().size(), 1U);
}

}  // namespace
}  // namespace perspective::tally
