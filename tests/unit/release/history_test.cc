// Several releases of one inspection in one search, held against counting everybody who can have answered.
#include "release/history.h"

#include <gmock/gmock.h>

#include "several_releases.h"

namespace perspective::release {
namespace {

namespace rc = reference_case;
using testing::Contains;
using testing::Field;
using testing::IsEmpty;
using testing::Not;

std::string definition(const std::string& items, const std::string& findings) {
  return R"({"format": 1, "id": "small", "version": 1, "languages": ["en"], "items": [)" + items +
         R"(], "findings": [)" + findings + R"(], "section": []})";
}
const std::string kDoor = R"({"type": "single_choice", "variable": "door", "options": [{"id": "in"}, {"id": "out"}]})";
const std::string kDoorOrAway = R"({"type": "single_choice", "variable": "door",
  "options": [{"id": "in"}, {"id": "out"}, {"id": "away", "base": "outside"}]})";
const std::string kRoom = R"({"type": "single_choice", "variable": "room", "relevant": "${door} = 'in'",
  "options": [{"id": "warm"}, {"id": "cold"}]})";
const std::string kCameIn = R"({"id": "came_in", "item": "door", "counted": ["in"]})";
const std::string kPlain = definition(kDoor, kCameIn);
const std::string kOutside = definition(kDoorOrAway, kCameIn);
const std::string kNested = definition(
    kDoor + "," + kRoom, kCameIn + R"(, {"id": "was_warm", "item": "room", "counted": ["warm"], "within": "came_in"})");

struct Case {
  std::string name;
  std::string questionnaire;
  std::vector<Group> groups;
};
void PrintTo(const Case& each, std::ostream* out) { *out << each.name; }

class SeveralReleasesByBruteForce : public testing::TestWithParam<Case> {};

using Values = std::map<std::string, std::set<std::int64_t>>;  // of each cell, with the set of people behind its name

std::vector<std::size_t> difference(const std::vector<std::size_t>& all, const std::vector<std::size_t>& others) {
  auto left = all;
  std::erase_if(left, [&](std::size_t g) { return std::ranges::find(others, g) != others.end(); });
  return left;
}

// Each set of people of whom anything is to be asked; the newest release has no name of its own.
std::vector<AskedPeople> asked_of(const SeveralReleases& all) {
  std::vector<AskedPeople> asked{{"", all.groups_in(all.releases() - 1)}};
  const auto add = [&](const std::string& name, const std::vector<std::size_t>& groups) {
    const bool is_there = std::ranges::find(asked, groups, &AskedPeople::groups) != asked.end();
    if (!groups.empty() && !is_there) asked.push_back({name, groups});
  };
  const auto number = [](std::size_t release) { return std::to_string(release + 1); };
  for (std::size_t r = 0; r + 1 < all.releases(); ++r) add(", in release " + number(r), all.groups_in(r));
  for (std::size_t i = 0; i < all.releases(); ++i) {
    for (std::size_t j = i + 1; j < all.releases(); ++j) {
      const auto between = " between releases " + number(i) + " and " + number(j);
      add(", who came" + between, difference(all.groups_in(j), all.groups_in(i)));
      add(", who left" + between, difference(all.groups_in(i), all.groups_in(j)));
    }
  }
  for (std::size_t g = 0; g < all.groups().size(); ++g) add(", group " + number(g), {g});
  return asked;
}

// What the groups are called that only they are asked for.
std::string told_apart(const std::string& cell, const SeveralReleases& all) {
  for (std::size_t g = 0; g < all.groups().size(); ++g) {
    std::vector<std::string> numbers;
    for (const auto r : all.groups()[g].releases) numbers.push_back(std::to_string(r + 1));
    std::string name = numbers.size() == 1 ? ", in release " + numbers[0] + " alone"
                       : numbers.size() == 2
                           ? ", in releases " + numbers[0] + " and " + numbers[1] + " alone"
                           : ", in releases " + numbers[0] + ", " + numbers[1] + " and " + numbers[2] + " alone";
    if (numbers.size() == all.releases()) name = ", in all releases";
    if (cell.ends_with(name)) return cell.substr(0, cell.size() - name.size()) + ", group " + std::to_string(g + 1);
  }
  return cell;
}

struct Brought {
  std::vector<const SeveralReleases::Seen*> releases;
  Values values;
};

bool is_printed(const Auditor& auditor, const Part& part, const std::string& name) {
  for (const auto& block : auditor.blocks())
    for (const auto& cell : cells_of(block, part))
      if (to_text(cell) == name) return cell.is_printed;
  return false;
}

// Which of all sets' cells have too few values among all who give these releases, and fewer than by the earlier ones.
std::map<std::string, std::vector<std::int64_t>> exposed_in(SeveralReleases& all, const Auditor& auditor,
                                                            const Brought& brought, const Values& before) {
  std::map<std::string, std::vector<std::int64_t>> exposed;
  for (const auto& people : asked_of(all)) {
    for (const auto& [cell, _] : brought.releases.front()->values) {
      const auto& values = brought.values.at(cell + people.name);
      bool printed = false;
      for (std::size_t r = 0; r < all.releases(); ++r)
        printed =
            printed || (all.groups_in(r) == people.groups && is_printed(auditor, brought.releases[r]->part, cell));
      const auto enough = std::min({kFewestValues, static_cast<std::size_t>(all.people_in(people.groups)) + 1,
                                    before.at(cell + people.name).size()});
      if (!printed && values.size() < enough) exposed[cell + people.name] = {values.begin(), values.end()};
    }
  }
  return exposed;
}

TEST_P(SeveralReleasesByBruteForce, AgreesValueForValueWithTheSearch) {
  SeveralReleases all(GetParam().questionnaire, GetParam().groups);
  const auto auditor = rc::unwrapped(Auditor::of(all.everybody().questionnaire()));
  const auto asked = asked_of(all);
  std::map<std::vector<std::string>, Brought> brought;
  std::map<std::vector<std::string>, Values> before;
  all.for_each([&](const std::vector<const Counts*>& answered) {
    std::vector<std::string> texts;
    std::vector<const SeveralReleases::Seen*> releases;
    for (std::size_t r = 0; r < all.releases(); ++r) {
      releases.push_back(&all.seen(all.sum(answered, all.groups_in(r))));
      texts.push_back(releases.back()->text);
    }
    auto& together = brought[texts];
    together.releases = releases;
    texts.pop_back();
    auto& earlier = before[texts];
    for (const auto& people : asked) {
      for (const auto& [cell, value] : all.seen(all.sum(answered, people.groups)).values) {
        together.values[cell + people.name].insert(value);
        earlier[cell + people.name].insert(value);
      }
    }
  });
  std::size_t looked_at = 0;
  std::size_t exposed = 0;
  std::size_t at = 0;
  const auto step = brought.size() / 40 + 1;
  for (const auto& [texts, together] : brought) {
    if (at++ % step != 0) continue;
    History history{.parts = {}, .numbers = {}, .groups = all.groups()};
    for (const auto* release : together.releases) {
      history.parts.push_back(release->part);
      history.numbers.push_back(std::ssize(history.numbers) + 1);
    }
    std::map<std::string, std::vector<std::int64_t>> by_search;
    for (const auto& each : rc::unwrapped(exposures_over(auditor, history)))
      by_search[told_apart(each.cell, all)] = each.values;
    const std::vector<std::string> earlier(texts.begin(), texts.end() - 1);
    const auto counted = exposed_in(all, auditor, together, before.at(earlier));
    ASSERT_EQ(by_search, counted) << testing::PrintToString(texts);
    ++looked_at;
    exposed += counted.size();
  }
  std::cout << looked_at << " of " << brought.size() << " sets of releases, " << exposed << " exposed cells\n";
  EXPECT_GT(exposed, 0U);
}

INSTANTIATE_TEST_SUITE_P(
    SmallCases, SeveralReleasesByBruteForce,
    testing::Values(
        Case{"TwoOfTen", kPlain, {{{0}, 3}, {{0, 1}, 7}, {{1}, 4}}},
        Case{"ThreeWithEveryGroup", kPlain, {{{0}, 1}, {{0, 1}, 3}, {{1}, 1}, {{1, 2}, 3}, {{2}, 2}, {{0, 1, 2}, 2}}},
        Case{"ThreeWithTwoHalves", kPlain, {{{0, 1}, 7}, {{1}, 4}, {{1, 2}, 6}}},
        Case{"ThreeWithOutside", kOutside, {{{0}, 2}, {{0, 1, 2}, 10}, {{2}, 3}}},
        Case{"ThreeNested", kNested, {{{0}, 2}, {{0, 1, 2}, 3}, {{1, 2}, 2}, {{2}, 1}}},
        Case{"ThreeOfWhomSomeCameAgain", kPlain, {{{0, 2}, 4}, {{1}, 4}, {{0}, 2}, {{1, 2}, 2}}},
        Case{"Four", kPlain, {{{0}, 2}, {{0, 1}, 3}, {{1, 2}, 3}, {{2, 3}, 3}, {{3}, 2}}}),
    [](const auto& each) { return each.param.name; });

// Seven of whom more than half came in, six others of whom more than half did; and eight of all these and four more.
class TwoHalvesOfAWhole : public testing::Test {
 protected:
  Part part(const Counts& counts) const {
    return part_of(everybody_.questionnaire(), everybody_.tally_of_each(counts));
  }
  Everybody everybody_{kPlain};
  Auditor auditor_ = rc::unwrapped(Auditor::of(everybody_.questionnaire()));
  // Passed over, in, out.
  Part first_ = part({2, 4, 1});
  Part second_ = part({4, 8, 5});
  Part third_ = part({2, 4, 0});
};

TEST_F(TwoHalvesOfAWhole, TellNothingTwoByTwo) {
  EXPECT_THAT(rc::unwrapped(exposures_over(auditor_, {{first_, second_}, {1, 2}, {{{0, 1}, 7}, {{1}, 10}}})),
              IsEmpty());
  EXPECT_THAT(rc::unwrapped(exposures_over(auditor_, {{second_, third_}, {2, 3}, {{{0, 1}, 6}, {{0}, 11}}})),
              IsEmpty());
  EXPECT_THAT(rc::unwrapped(exposures_over(auditor_, {{first_, third_}, {1, 3}, {{{0}, 7}, {{1}, 6}}})), IsEmpty());
}

TEST_F(TwoHalvesOfAWhole, TellEachHalfTogether) {
  const History history{{first_, second_, third_}, {1, 2, 3}, {{{0, 1}, 7}, {{1}, 4}, {{1, 2}, 6}}};
  const auto exposed = rc::unwrapped(exposures_over(auditor_, history));
  EXPECT_THAT(
      exposed,
      Contains(Exposure{"count of came_in", {4}, {"release 1: came_in", "release 2: came_in", "release 3: came_in"}}));
  EXPECT_THAT(exposed, Contains(Field(&Exposure::cell, "count of came_in, in release 1")));
}

TEST_F(TwoHalvesOfAWhole, AreOutOnceTheyAreFrozen) {
  const auto fourth = part({5, 6, 5});  // ten others; half, or fewer, of them
  const History history{
      {first_, second_, third_, fourth}, {1, 2, 3, 4}, {{{0, 1}, 7}, {{1}, 4}, {{1, 2}, 6}, {{3}, 16}}};
  EXPECT_THAT(rc::unwrapped(exposures_over(auditor_, history)), IsEmpty()) << "it takes nothing more away";
}

}  // namespace
}  // namespace perspective::release
