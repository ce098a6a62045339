#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "everybody.h"
#include "release/auditor.h"

namespace perspective::release {
namespace {

namespace rc = reference_case;

std::string definition(const std::string& items, const std::string& findings) {
  return R"({"format": 1, "id": "small", "version": 1, "languages": ["en"], "items": [)" + items +
         R"(], "findings": [)" + findings + R"(], "section": []})";
}

const std::string kDoor = R"({"type": "single_choice", "variable": "door",
  "options": [{"id": "in"}, {"id": "out"}, {"id": "away", "base": "outside"}]})";
const std::string kDoorPlain =
    R"({"type": "single_choice", "variable": "door", "options": [{"id": "in"}, {"id": "out"}]})";
const std::string kRoom = R"({"type": "single_choice", "variable": "room", "relevant": "${door} = 'in'",
  "options": [{"id": "warm"}, {"id": "cold"}]})";
const std::string kHall =
    R"({"type": "single_choice", "variable": "hall", "options": [{"id": "wide"}, {"id": "narrow"}]})";
const std::string kMood = R"({"type": "scale", "variable": "mood", "options": [{"id": "high", "value": 3},
  {"id": "fair", "value": 2}, {"id": "low", "value": 1}, {"id": "pass", "base": "outside"}]})";

const std::string kOneItem = definition(kDoor, R"({"id": "came_in", "item": "door", "counted": ["in"]})");
const std::string kRouted = definition(kDoor + "," + kRoom, R"({"id": "came_in", "item": "door", "counted": ["in"]},
  {"id": "was_warm", "item": "room", "counted": ["warm"]})");
const std::string kRoutedOther = definition(
    kDoorPlain + "," + kRoom,
    R"({"id": "stayed_out", "item": "door", "counted": ["out"]}, {"id": "was_warm", "item": "room", "counted": ["warm"]})");
const std::string kNested =
    definition(kDoorPlain + "," + kRoom, R"({"id": "came_in", "item": "door", "counted": ["in"]},
  {"id": "was_warm", "item": "room", "counted": ["warm"], "within": "came_in"})");
const std::string kNestedOfAll = definition(kDoorPlain + "," + kHall,
                                            R"({"id": "came_in", "item": "door", "counted": ["in"]},
  {"id": "was_wide", "item": "hall", "counted": ["wide"], "within": "came_in"})");
const std::string kJoint = definition(kDoorPlain + "," + kHall, R"({"id": "came_in", "item": "door", "counted": ["in"]},
  {"id": "was_wide", "item": "hall", "counted": ["wide"], "joint_with": "came_in"})");
const std::string kThree = definition(kMood, R"({"id": "fair_at_least", "item": "mood", "counted": ["high", "fair"]},
  {"id": "best", "item": "mood", "counted": ["high"], "within": "fair_at_least"},
  {"id": "worst", "item": "mood", "counted": ["low"]})");

// Two that are nested in the same one; a finding beside a joint one; a choice of several.
const std::string kSiblings = definition(kMood, R"({"id": "fair_at_least", "item": "mood", "counted": ["high", "fair"]},
  {"id": "best", "item": "mood", "counted": ["high"], "within": "fair_at_least"},
  {"id": "fair", "item": "mood", "counted": ["fair"], "within": "fair_at_least"})");
const std::string kTwoSides = definition(kMood, R"({"id": "best", "item": "mood", "counted": ["high"]},
  {"id": "worst", "item": "mood", "counted": ["low"]})");
const std::string kSecondJoint = definition(
    kDoorPlain + "," + kHall,
    R"({"id": "came_in", "item": "door", "counted": ["in"]}, {"id": "wide", "item": "hall", "counted": ["wide"]},
  {"id": "was_wide", "item": "hall", "counted": ["wide"], "joint_with": "came_in"})");
const std::string kSeveral = definition(
    R"({"type": "multiple_choice", "variable": "pets",
  "options": [{"id": "cat"}, {"id": "dog"}, {"id": "no_pets", "base": "outside", "exclusive": true}]})",
    R"({"id": "has_cat", "item": "pets", "counted": ["cat"]}, {"id": "has_dog", "item": "pets", "counted": ["dog"],
  "within": "has_cat"})");

std::vector<std::int64_t> values_of(const std::vector<Possible>& possible) {
  std::vector<std::int64_t> values;
  for (const auto& each : possible) values.push_back(each.value);
  return values;
}

// For every release that n people can bring about: the values that a cell has among all who bring it about, counted,
// are those that the search finds. Returns in how many cells they differ.
struct Compared {
  int cells = 0;
  int exposed = 0;
};

int differences(const std::string& questionnaire, std::int64_t n, const Scheme& scheme, Compared& compared) {
  const Everybody everybody(questionnaire);
  auto auditor = rc::unwrapped(Auditor::of(everybody.questionnaire(), scheme));
  std::map<std::string, std::pair<Part, std::map<std::string, std::set<std::int64_t>>>> releases;
  std::vector<std::string> names;
  everybody.for_each_tally(n, [&](const tally::Tally& tally) {
    const auto part = part_of(everybody.questionnaire(), tally, scheme);
    if (names.empty())
      for (const auto& block : auditor.blocks())
        for (const auto& cell : cells_of(block, part)) names.push_back(to_text(cell));
    auto& release = releases.try_emplace(to_json({"x", {part}}), part, std::map<std::string, std::set<std::int64_t>>())
                        .first->second;
    for (const auto& name : names) release.second[name].insert(value_in(tally, name));
  });
  int differ = 0;
  for (auto& [text, release] : releases) {
    for (const auto& block : auditor.blocks()) {
      const auto known = rc::unwrapped(known_of(everybody.questionnaire(), release.first, scheme));
      Attack attack(block.kinds, n);
      tell_part(block, known, {block.kinds, {0}}, "", attack);
      for (const auto& cell : cells_of(block, release.first)) {
        const auto found = values_of(rc::unwrapped(attack.values({cell.people.begin(), cell.people.end()}, 1000)));
        const auto& counted = release.second.at(to_text(cell));
        ++compared.cells;
        compared.exposed += !cell.is_printed && counted.size() < kFewestValues ? 1 : 0;
        if (std::ranges::equal(found, counted)) continue;
        ++differ;
        ADD_FAILURE() << to_text(cell) << " of " << n << " in " << text << "\nsearch: " << testing::PrintToString(found)
                      << "\ncounted: " << testing::PrintToString(counted);
        if (differ > 3) return differ;
      }
    }
  }
  return differ;
}

struct Case {
  std::string name;
  std::string questionnaire;
  std::vector<std::int64_t> sizes;
};
std::vector<std::int64_t> up_to(std::int64_t last) {
  std::vector<std::int64_t> sizes;
  for (std::int64_t n = 2; n <= last; ++n) sizes.push_back(n);
  return sizes;
}
void PrintTo(const Case& each, std::ostream* out) { *out << each.name; }

class BruteForce : public testing::TestWithParam<Case> {};

TEST_P(BruteForce, AgreesValueForValueWithTheSearch) {
  Compared compared;
  for (const auto n : GetParam().sizes) ASSERT_EQ(differences(GetParam().questionnaire, n, {}, compared), 0) << n;
  std::cout << compared.cells << " cells\n";
  EXPECT_GT(compared.cells, 0);
  EXPECT_EQ(compared.exposed, 0) << "whoever takes part, no release by the rules exposes anything";
}

TEST_P(BruteForce, AgreesOnTheNaiveLadderToo) {
  Compared compared;
  for (const auto n : {2, 5, 6}) ASSERT_EQ(differences(GetParam().questionnaire, n, Scheme::naive(), compared), 0) << n;
  EXPECT_GT(compared.cells, 0);
}

// By release, the values that each cell can have among all who bring it about.
using ValuesOf = std::map<std::string, std::set<std::int64_t>>;
struct Brought {
  Part part;
  ValuesOf values;
};

void count_in(const tally::Tally& tally, const std::vector<std::string>& names, const Part& part,
              std::map<std::string, Brought>& releases) {
  auto& values = releases.try_emplace(to_json({"x", {part}}), Brought{part, {}}).first->second.values;
  for (const auto& name : names) values[name].insert(value_in(tally, name));
}

// Cells that have three values by the rules and fewer beside the override; not what it states itself.
std::set<std::string> told_more(const ValuesOf& by_rules, const ValuesOf& with_more, const survey::Finding& finding) {
  const auto& base = finding.joint_with ? finding.id : finding.item;
  std::set<std::string> more;
  for (const auto& [cell, values] : with_more) {
    const bool is_its_own = cell == "count of " + finding.id || (!finding.within && cell == "base of " + base);
    if (!is_its_own && values.size() < kFewestValues && by_rules.at(cell).size() >= kFewestValues) more.insert(cell);
  }
  return more;
}

// In how many releases that state one finding more something else is told.
int overrides_that_tell(const Everybody& everybody, std::int64_t n, const survey::Finding& finding) {
  auto auditor = rc::unwrapped(Auditor::of(everybody.questionnaire()));
  std::map<std::string, Brought> by_rules;
  std::map<std::string, Brought> with_more;
  std::vector<std::string> names;
  everybody.for_each_tally(n, [&](const tally::Tally& tally) {
    auto part = part_of(everybody.questionnaire(), tally);
    if (names.empty())
      for (const auto& block : auditor.blocks())
        for (const auto& cell : cells_of(block, part)) names.push_back(to_text(cell));
    count_in(tally, names, part, by_rules);
    part.stated_more.push_back({finding.id, tally.finding(finding.id)->count, tally.finding(finding.id)->base});
    count_in(tally, names, part, with_more);
  });
  int telling = 0;
  for (const auto& [text, brought] : with_more) {
    auto without_more = brought.part;
    without_more.stated_more.clear();
    const auto more = told_more(by_rules.at(to_json({"x", {without_more}})).values, brought.values, finding);
    std::set<std::string> named;
    for (const auto& each : rc::unwrapped(auditor.given_away(brought.part))) named.insert(each.cell);
    EXPECT_EQ(named, more) << finding.id << " of " << n << " in " << text;
    telling += more.empty() ? 0 : 1;
  }
  return telling;
}

TEST_P(BruteForce, FindsAllThatAnOverrideGivesAway) {
  const Everybody everybody(GetParam().questionnaire);
  int telling = 0;
  for (const std::int64_t n : {6, 10, 12})
    for (const auto& finding : everybody.questionnaire().findings)
      if (n <= GetParam().sizes.back() && !HasFailure()) telling += overrides_that_tell(everybody, n, finding);
  EXPECT_GT(telling, 0);
}

INSTANTIATE_TEST_SUITE_P(SmallCases, BruteForce,
                         testing::Values(Case{"OneItem", kOneItem, up_to(24)}, Case{"Routed", kRouted, up_to(13)},
                                         Case{"RoutedOther", kRoutedOther, up_to(17)},
                                         Case{"Nested", kNested, up_to(17)},
                                         Case{"NestedOfAll", kNestedOfAll, up_to(10)}, Case{"Joint", kJoint, up_to(10)},
                                         Case{"Three", kThree, up_to(14)}, Case{"Siblings", kSiblings, up_to(14)},
                                         Case{"TwoSides", kTwoSides, up_to(14)},
                                         Case{"SecondJoint", kSecondJoint, up_to(6)},
                                         Case{"SeveralChoices", kSeveral, up_to(7)}),
                         [](const auto& each) { return each.param.name; });

}  // namespace
}  // namespace perspective::release
