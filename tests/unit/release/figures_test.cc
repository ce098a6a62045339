// The design's table "Figures to reproduce", ours beside the document's, and a thousand services of other kinds.
//
// PERSPECTIVE_SERVICES=1000 takes all of them (a sample without it); PERSPECTIVE_SEED begins elsewhere.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>

#include "schemes.h"

namespace perspective::release {
namespace {

namespace rc = reference_case;

int number_in(const char* variable, int otherwise) {
  const auto* text = std::getenv(variable);
  return text == nullptr ? otherwise : std::atoi(text);
}

struct Service {
  std::vector<tally::Tally> tallies;  // of each questionnaire
};

class Figures : public testing::Test {
 protected:
  Figures() {
    for (const std::string id : {"children-and-young-people", "victims"}) {
      questionnaires_.push_back(rc::questionnaire(id));
      by_rules_.push_back(rc::unwrapped(Auditor::of(questionnaires_.back())));
      naive_.push_back(rc::unwrapped(Auditor::of(questionnaires_.back(), Scheme::naive())));
    }
  }

  // Twelve to forty young people, four to twelve victims.
  Service simulated(int seed) const {
    Dice dice(static_cast<std::uint64_t>(seed));
    Service service;
    service.tallies.push_back(tally_by_chance(questionnaires_[0], dice.between(12, 40), {}, dice));
    service.tallies.push_back(tally_by_chance(questionnaires_[1], dice.between(4, 12), {}, dice));
    return service;
  }
  Service reference() const {
    Service service;
    for (const auto& questionnaire : questionnaires_)
      service.tallies.push_back(rc::tally_of(questionnaire, rc::submissions(questionnaire, rc::kResponses)));
    return service;
  }

  void add(const Service& service, std::vector<Auditor>& auditors, Row5& row) {
    const auto before = row.exposed;
    for (std::size_t q = 0; q < service.tallies.size(); ++q) {
      const auto part = part_of(questionnaires_[q], service.tallies[q], auditors[q].scheme());
      for (std::size_t f = 0; f < part.statements.size(); ++f)
        row.add(service.tallies[q].findings[f], says_something(part.statements[f]));
      row.add(rc::unwrapped(auditors[q].exposures(part)));
    }
    row.services_exposed += row.exposed > before ? 1 : 0;
  }
  void add_others(const Service& service, Row5& suppression, Row5& rounding) {
    const auto before = rounding.exposed;
    for (std::size_t q = 0; q < service.tallies.size(); ++q) {
      for (const auto& finding : service.tallies[q].findings) {
        suppression.add(finding, suppression_says(finding));
        rounding.add(finding, rounding_says(finding));
      }
      rounding.add(exposed_by_rounding(by_rules_[q], service.tallies[q]));
    }
    rounding.services_exposed += rounding.exposed > before ? 1 : 0;
  }

  std::vector<survey::Questionnaire> questionnaires_;
  std::vector<Auditor> by_rules_;
  std::vector<Auditor> naive_;
};

std::string shares(const Row5& row) {
  const auto share = [](std::int64_t part, std::int64_t whole) {
    return whole == 0 ? std::string("-")
                      : fmt::format("{:.1f}", 100.0 * static_cast<double>(part) / static_cast<double>(whole));
  };
  return fmt::format("{:>5} / {:>5} / {:>5} / {:>5} %", share(row.say[0], row.findings[0]),
                     share(row.say[1], row.findings[1]), share(row.say[2], row.findings[2]),
                     share(row.all_say(), row.all()));
}

void print(const Row5& row, const Row5& reference, const std::string& document, bool is_audited = true) {
  const auto exposed = is_audited ? fmt::format("{} ({} counts and bases) in {} services", row.exposed,
                                                row.counts_and_bases, row.services_exposed)
                                  : std::string("not asked");
  const auto here = is_audited ? fmt::format("{} say, {} exposed", reference.all_say(), reference.counts_and_bases)
                               : fmt::format("{} say", reference.all_say());
  std::cout << fmt::format("{:<24} {}  {:<48} {}\n{:<24} {}\n", row.name, shares(row), exposed, here, "  document",
                           document);
}

TEST_F(Figures, TheTableOfTheDesignIsReproduced) {
  const int services = number_in("PERSPECTIVE_SERVICES", 0) > 0 ? 150 : 50;
  const int seed = number_in("PERSPECTIVE_SEED", 0);
  Row5 ladder{"ladder of bands"}, suppression{"suppression, primary"}, rounding{"round to 5"}, rule{"group rule"};
  for (int i = 0; i < services; ++i) {
    const auto service = simulated(seed + i);
    add(service, naive_, ladder);
    add(service, by_rules_, rule);
    add_others(service, suppression, rounding);
  }
  Row5 ladder_here, suppression_here, rounding_here, rule_here;
  add(reference(), naive_, ladder_here);
  add(reference(), by_rules_, rule_here);
  add_others(reference(), suppression_here, rounding_here);
  std::cout << services << " services, " << rule.all() << " findings; base >= 10 / 5-9 / under 5 / all\n";
  print(ladder, ladder_here, "100 / 100 / 0 / 87 %  984, in all 150 services  23 say, 9 exposed");
  print(suppression, suppression_here, "8 / 0 / 0 / 5 %  0 (with secondary)  6 say", false);
  print(rounding, rounding_here, "100 / 0 / 0 / 65 %  1153  19 say");
  print(rule, rule_here, "99.7 / 88.5 / 8 / 85.5 %  0  23 say, 0 exposed");
  EXPECT_EQ(rule.all(), 31 * services);
  EXPECT_EQ(rule.exposed, 0);
  EXPECT_EQ(rule_here.exposed, 0);
  EXPECT_EQ(rule_here.all_say(), 23);
  EXPECT_EQ(ladder_here.all_say(), 23);
  EXPECT_EQ(ladder_here.counts_and_bases, 9);
  EXPECT_GT(ladder.services_exposed, services * 9 / 10);
  EXPECT_EQ(suppression_here.all_say(), 6);
  EXPECT_EQ(rounding_here.all_say(), 19);
  EXPECT_GT(rule.all_say(), 10 * suppression.all_say());
}

// Of other sizes, and as one-sided as people are or are not.
TEST_F(Figures, ServicesOfOtherSizesAndOneSidednessExposeNothing) {
  const int services = number_in("PERSPECTIVE_SERVICES", 60);
  const int seed = 100'000 + number_in("PERSPECTIVE_SEED", 0);
  Row5 rule{"group rule"};
  for (int i = 0; i < services; ++i) {
    Dice dice(static_cast<std::uint64_t>(seed + i));
    Habits habits;
    habits.one_sided = static_cast<int>(dice.between(50, 100));
    habits.skip = static_cast<int>(dice.between(0, 35));
    habits.outside = static_cast<int>(dice.between(0, 50));
    Service service;
    for (const auto& questionnaire : questionnaires_)
      service.tallies.push_back(tally_by_chance(questionnaire, dice.between(1, i % 10 == 0 ? 120 : 45), habits, dice));
    const auto before = rule.exposed;
    add(service, by_rules_, rule);
    EXPECT_EQ(rule.exposed, before) << "seed " << seed + i;
  }
  std::cout << services << " services, " << rule.all() << " findings: " << shares(rule) << ", " << rule.exposed
            << " exposed\n";
  EXPECT_EQ(rule.exposed, 0);
}

// Of as many as an inspectorate could ever ask: the solver reckons in doubles.
TEST_F(Figures, AreFoundHoweverManyPeopleThereAre) {
  for (const std::int64_t times : {1, 1'000, 30'000, 60'000}) {
    for (int seed = 1; seed <= number_in("PERSPECTIVE_SERVICES", 3); ++seed) {
      auto service = seed == 1 ? reference() : simulated(seed);
      for (std::size_t q = 0; q < service.tallies.size(); ++q) {
        auto& tally = service.tallies[q];
        tally.respondents *= times;
        for (auto& finding : tally.findings) {
          finding.count *= times;
          finding.base *= times;
          finding.missing *= times;
        }
        const auto exposed = by_rules_[q].exposures(part_of(questionnaires_[q], tally, by_rules_[q].scheme()));
        ASSERT_TRUE(exposed) << tally.respondents << " people: " << exposed.error().what;
        EXPECT_THAT(*exposed, testing::IsEmpty());
      }
    }
  }
}

}  // namespace
}  // namespace perspective::release
