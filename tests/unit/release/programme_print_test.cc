// The yearly print of a programme, of simulated services.
#include "release/programme_print.h"

#include <gmock/gmock.h>

#include <boost/json.hpp>
#include <random>

#include "unit/release/service.h"

namespace perspective::release {
namespace {

namespace rc = reference_case;
using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class YearlyPrint : public testing::Test {
 protected:
  static constexpr std::uint64_t kSeed = 4711;

  std::vector<Service> services(std::size_t count, std::uint64_t seed = kSeed) const {
    std::vector<Service> all;
    for (std::size_t s = 0; s < count; ++s) {
      Dice dice(seed + s);
      const auto young = tally_by_chance(young_, dice.between(12, 40), {}, dice);
      const auto victims = tally_by_chance(victims_, dice.between(4, 12), {}, dice);
      const auto name = "service-" + std::to_string(s + 1);
      all.push_back({name,
                     rc::unwrapped(release_of(name, {{Counted{&young_, &young}, Counted{&victims_, &victims}}})),
                     {contribution_of(young), contribution_of(victims)}});
    }
    return all;
  }
  // Everyone of 24 answers one question.
  Service listened(const std::string& name, std::int64_t count, std::int64_t base) const {
    std::vector<survey::Submission> people;
    for (std::int64_t i = 0; i < 24; ++i) {
      survey::Answers answers;
      if (i < base) answers.emplace("listened_to", survey::Choice{i < count ? "yes" : "no"});
      people.push_back(rc::submission_of(young_, answers));
    }
    const auto tally = rc::tally_of(young_, people);
    return {name, rc::unwrapped(release_of(name, {{Counted{&young_, &tally}}})), {contribution_of(tally)}};
  }
  Result<void> may(const std::vector<Service>& services, const ProgrammePrint& print) const {
    return may_be_printed(auditors_, services, print);
  }

  survey::Questionnaire young_ = rc::questionnaire("children-and-young-people");
  survey::Questionnaire victims_ = rc::questionnaire("victims");
  std::vector<Auditor> auditors_{rc::unwrapped(Auditor::of(young_)), rc::unwrapped(Auditor::of(victims_))};
};

TEST_F(YearlyPrint, SaysNothingOfNineteenServices) {
  const auto few = services(19);
  EXPECT_THAT(print_of(few).parts, IsEmpty());
  const auto refused = may(few, print_of(few));
  EXPECT_EQ(refused.error().code, ErrorCode::conflict);
  EXPECT_THAT(refused.error().what, HasSubstr("needs 20 services"));
}

TEST_F(YearlyPrint, SaysSomethingOfTwentyAndTheAuditorLetsItPass) {
  const auto all = services(20);
  const auto print = print_of(all);
  ASSERT_EQ(print.parts.size(), 2U);
  EXPECT_EQ(print.parts.front().services.size(), 20U);
  EXPECT_GT(print.parts.front().averages.size(), 20U);
  const auto passed = may(all, print);
  EXPECT_TRUE(passed) << passed.error().what;
}

TEST_F(YearlyPrint, HoldsPerCentsToTheNearestFiveOfThePooledCountsInIntegers) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const auto all = services(20 + seed % 7, seed * 1000);
    for (const auto& part : print_of(all).parts) {
      for (const auto& average : part.averages) {
        Share pooled;
        for (const auto& service : all) {
          for (const auto& each : service.contributions) {
            if (each.questionnaire != part.questionnaire) continue;
            pooled.count += each.shares.at(average.finding).count;
            pooled.base += each.shares.at(average.finding).base;
          }
        }
        EXPECT_EQ(average.percent % 5, 0);
        // Two and a half per cent away at most, and at just that distance above. In 2 b-ths of a per cent:
        const auto off = 200 * pooled.count - 2 * average.percent * pooled.base;
        EXPECT_GE(off, -5 * pooled.base) << average.finding;
        EXPECT_LT(off, 5 * pooled.base) << average.finding;
      }
    }
  }
}

TEST_F(YearlyPrint, IsTheSameInWhateverOrderServicesCome) {
  auto all = services(23);
  const auto print = print_of(all);
  std::shuffle(all.begin(), all.end(), std::mt19937(7));
  EXPECT_EQ(print_of(all), print);
}

TEST_F(YearlyPrint, HoldsNoCountNoBaseAndNoSum) {
  const auto text = to_json(print_of(services(22)));
  for (const auto* word : {"count", "base", "share", "respondents", "sum"}) EXPECT_THAT(text, Not(HasSubstr(word)));
}

TEST_F(YearlyPrint, IsWhatItsJsonSays) {
  const auto print = print_of(services(21));
  EXPECT_EQ(*print_from_json(to_json(print)), print);
  EXPECT_EQ(print_from_json("{}").error().code, ErrorCode::corrupt);
  EXPECT_EQ(print_from_json(R"({"format": 2, "parts": []})").error().code, ErrorCode::corrupt);
}

TEST_F(YearlyPrint, CountsNoServiceWhereNobodyWasAskedTheQuestionnaire) {
  auto all = services(20);
  all.front().contributions.back().respondents = 0;
  const auto print = print_of(all);
  ASSERT_EQ(print.parts.size(), 1U);
  EXPECT_EQ(print.parts.front().questionnaire, young_.id);
}

TEST_F(YearlyPrint, HasAnAverageOfEachFindingHoweverFewServicesHaveABaseForIt) {
  for (const int with_a_base : {20, 19, 1, 0}) {
    std::vector<Service> all;
    for (int i = 0; i < 20; ++i) {
      const bool has_base = i < with_a_base;
      all.push_back(listened("service-" + std::to_string(i), has_base ? 12 : 0, has_base ? 20 : 0));
    }
    const auto print = print_of(all);
    EXPECT_EQ(print.parts.front().averages.size(), young_.findings.size()) << with_a_base;
    EXPECT_EQ(print.parts.front().average("listened_to")->percent, with_a_base > 0 ? 60 : 0) << with_a_base;
  }
}

// Five victims of whom more than half said that their needs were not considered, beside nineteen services by chance.
TEST_F(YearlyPrint, HasTheSameAveragesWhetherNobodyOrTwoOfTheTwentiethServiceAreInABase) {
  std::vector<Service> all;
  for (std::uint64_t s = 0; s < 19; ++s) {
    Dice dice(1000 + s);
    const auto tally = tally_by_chance(victims_, dice.between(5, 12), {.skip = 5}, dice);
    all.push_back({"service-" + std::to_string(s),
                   rc::unwrapped(release_of("x", {{Counted{&victims_, &tally}}})),
                   {contribution_of(tally)}});
  }
  for (const int considered : {0, 1, 2}) {
    std::vector<survey::Submission> people;
    for (int i = 0; i < 5; ++i)
      people.push_back(
          rc::submission_of(victims_, {{"needs_considered", survey::Choice{i < considered ? "yes" : "no"}}}));
    const auto tally = rc::tally_of(victims_, people);
    auto services = all;
    services.push_back(
        {"the-twentieth", rc::unwrapped(release_of("x", {{Counted{&victims_, &tally}}})), {contribution_of(tally)}});
    ASSERT_EQ(services.back().release.parts.front().statement("needs_considered")->says, Says::more_than_half_did_not);
    const auto print = print_of(services);
    EXPECT_NE(print.parts.front().average("safety_considered"), nullptr) << considered;
    const auto passed = may(services, print);
    EXPECT_TRUE(passed) << considered << ": " << passed.error().what;
  }
}

TEST_F(YearlyPrint, IsRefusedByNameWhereAnAverageGivesAServiceAway) {
  // Rule H switched off: whole per cent of two.
  const std::vector<Service> two{listened("ashford", 9, 20), listened("barnet", 20, 20)};
  const ProgrammePrint print{
      .parts = {{.questionnaire = young_.id, .version = 1, .services = {}, .averages = {{"listened_to", 73, 1}}}}};
  const auto refused = may(two, print);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::refused);
  EXPECT_THAT(refused.error().what,
              AllOf(HasSubstr("barnet: whoever puts together"), HasSubstr("'average: listened_to'"),
                    HasSubstr("'ashford: listened_to'"), Not(HasSubstr("20")), Not(HasSubstr("73")),
                    EndsWith("Put a further published inspection into the programme, then check it again")));
}

TEST_F(YearlyPrint, IsRefusedWhereWhatAServiceBringsIsNotThatOfItsRelease) {
  auto all = services(20);
  auto& share = all[3].contributions.front().shares.at("listened_to");
  share.count = share.count > 10 ? 0 : share.base;
  EXPECT_EQ(may(all, print_of(all)).error().code, ErrorCode::invalid);
  EXPECT_THAT(may(all, print_of(all)).error().what, HasSubstr("service-4"));
}

TEST_F(YearlyPrint, IsRefusedWhereAnAverageIsNotOfTheseServices) {
  const auto all = services(20);
  auto print = print_of(all);
  auto& average = print.parts.front().averages.front();
  average.percent = average.percent > 50 ? 5 : 95;
  EXPECT_EQ(may(all, print).error().code, ErrorCode::invalid);
}

TEST_F(YearlyPrint, WhatServicesBringIsWhatItsJsonSays) {
  for (const auto& service : services(3))
    EXPECT_EQ(*contributions_from_json(to_json(service.contributions)), service.contributions);
  EXPECT_EQ(contributions_from_json("[{}]").error().code, ErrorCode::corrupt);
}

TEST_F(YearlyPrint, WhatAServiceBringsIsWhatItsJsonSaysWithItsEarlierReleases) {
  const auto services = this->services(1);
  Brought brought{.number = 3, .contributions = services.front().contributions};
  const auto& part = services.front().release.parts.front();
  brought.histories.push_back({{part, part}, {1, 3}, {{{0}, 10}, {{0, 1}, part.respondents - 10}, {{1}, 10}}});
  EXPECT_EQ(*brought_from_json(to_json(brought)), brought);
  const auto from_before = *brought_from_json(to_json(services.front().contributions));
  EXPECT_EQ(from_before, (Brought{.number = 1, .contributions = services.front().contributions}));
  EXPECT_EQ(brought_from_json("{}").error().code, ErrorCode::corrupt);
}

TEST_F(YearlyPrint, IsRefusedWhereEarlierReleasesDoNotLeadToThePublishedOne) {
  auto all = services(20);
  const auto& part = all[3].release.parts.front();
  auto other = part;
  other.respondents += 1;
  all[3].histories.push_back({{part, other}, {1, 2}, {{{0, 1}, part.respondents}, {{1}, 1}}});
  const auto refused = may(all, print_of(all));
  EXPECT_EQ(refused.error().code, ErrorCode::invalid);
  EXPECT_THAT(refused.error().what, HasSubstr("service-4"));
}

TEST_F(YearlyPrint, LowestAndHighestAreAmongWhatReleasesState) {
  const auto all = services(25);
  std::vector<Part> parts;
  for (const auto& service : all) parts.push_back(*service.release.part(young_.id));
  for (const auto& finding : young_.findings) {
    const auto extremes = extremes_of(parts, finding);
    std::vector<std::int64_t> stated;
    for (const auto& part : parts)
      if (const auto* said = part.statement(finding.id); said->says == Says::exactly && said->of && said->count)
        stated.push_back(tally::whole_percent(*said->count, *said->of));
    if (!extremes) continue;
    EXPECT_THAT(stated, testing::Contains(extremes->lowest)) << finding.id;
    EXPECT_THAT(stated, testing::Contains(extremes->highest)) << finding.id;
  }
}

}  // namespace
}  // namespace perspective::release
