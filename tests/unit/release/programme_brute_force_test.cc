// Averages of a programme against everybody who could have answered, counted one by one: that an average is printed, or
// is not, tells nothing that the releases do not; and what its number tells is what the auditor finds.
#include <gmock/gmock.h>

#include "release/programme_print.h"
#include "several_releases.h"

namespace perspective::release {
namespace {

namespace rc = reference_case;

const std::string kDoor = R"({"type": "single_choice", "variable": "door",
  "options": [{"id": "in"}, {"id": "out"}, {"id": "away", "base": "outside"}]})";
const std::string kRoom = R"({"type": "single_choice", "variable": "room", "relevant": "${door} = 'in'",
  "options": [{"id": "warm"}, {"id": "cold"}]})";
const std::string kCameIn = R"({"id": "came_in", "item": "door", "counted": ["in"]})";
const std::string kWasWarm = R"({"id": "was_warm", "item": "room", "counted": ["warm"], "within": "came_in"})";

std::string definition(const std::string& items, const std::string& findings) {
  return R"({"format": 1, "id": "small", "version": 1, "languages": ["en"], "items": [)" + items +
         R"(], "findings": [)" + findings + R"(], "section": []})";
}
const std::string kOneItem = definition(kDoor, kCameIn);
const std::string kNested = definition(kDoor + "," + kRoom, kCameIn + "," + kWasWarm);

// One service as it can be: what it says, what it brings, and the value of each cell.
struct Way {
  Part part;
  Contribution brings;
  std::vector<std::int64_t> cells;
  std::string says = to_json({"x", {part}});
};

std::vector<std::string> cell_names(const Auditor& auditor, const Part& part) {
  std::vector<std::string> names;
  for (const auto& block : auditor.blocks())
    for (const auto& cell : cells_of(block, part)) names.push_back(to_text(cell));
  return names;
}

// Those that differ in what anybody could ask about.
std::vector<Way> ways_of(const Everybody& everybody, const Auditor& auditor, std::int64_t n) {
  std::map<std::pair<std::string, std::vector<std::int64_t>>, Way> ways;
  std::vector<std::string> names;
  everybody.for_each_tally(n, [&](const tally::Tally& tally) {
    Way way{part_of(everybody.questionnaire(), tally), contribution_of(tally), {}};
    if (names.empty()) names = cell_names(auditor, way.part);
    for (const auto& name : names) way.cells.push_back(value_in(tally, name));
    ways.emplace(std::pair(way.says, way.cells), way);
  });
  std::vector<Way> all;
  for (auto& [key, way] : ways) all.push_back(std::move(way));
  return all;
}

Service service(const std::string& name, const Way& way) { return {name, {name, {way.part}}, {way.brings}}; }

struct Case {
  std::string name;
  std::string questionnaire;
  std::int64_t n;
};
void PrintTo(const Case& each, std::ostream* out) { *out << each.name; }

class AverageByBruteForce : public testing::TestWithParam<Case> {
 protected:
  Everybody everybody_{GetParam().questionnaire};
  Auditor auditor_ = rc::unwrapped(Auditor::of(everybody_.questionnaire()));
  std::vector<Way> ways_ = ways_of(everybody_, auditor_, GetParam().n);
};

// Two services can be whatever they can; of the eighteen beside them so many have somebody in the base, and the others
// nobody.
TEST_P(AverageByBruteForce, ThatItIsPrintedOrNotTellsNothingBeyondTheReleases) {
  const auto bases = [](const Way& way) {
    std::int64_t least = way.brings.respondents;
    for (const auto& [finding, share] : way.brings.shares) least = std::min(least, share.base);
    return least;
  };
  const auto fullest = *std::ranges::max_element(ways_, {}, bases);
  const auto emptiest = *std::ranges::min_element(ways_, {}, bases);
  ASSERT_GT(bases(fullest), 0);
  ASSERT_EQ(bases(emptiest), 0);
  for (const std::size_t with_somebody : {18U, 17U, 1U, 0U}) {
    std::vector<Service> services(2);
    for (std::size_t s = 0; s < 18; ++s)
      services.push_back(service("service-" + std::to_string(s), s < with_somebody ? fullest : emptiest));
    std::map<std::pair<std::string, std::string>, std::set<std::vector<std::string>>> printed;  // by both releases
    for (const auto& one : ways_) {
      services[0] = service("one", one);
      for (const auto& other : ways_) {
        services[1] = service("other", other);
        std::vector<std::string> findings;
        for (const auto& part : print_of(services).parts)
          for (const auto& average : part.averages) findings.push_back(average.finding);
        printed[{one.says, other.says}].insert(findings);
      }
    }
    for (const auto& [releases, findings] : printed) {
      ASSERT_EQ(findings.size(), 1U) << "of services that say the same, some have averages of "
                                     << testing::PrintToString(findings) << "; beside " << with_somebody
                                     << " with somebody in the base\n"
                                     << releases.first << '\n'
                                     << releases.second;
    }
  }
}

// Both releases and the average of two services: what is left of each cell, counted, is what the auditor says.
TEST_P(AverageByBruteForce, AgreesValueForValueWithTheSearch) {
  const auto& finding = everybody_.questionnaire().findings.back().id;
  struct Group {
    const Way* one = nullptr;
    const Way* other = nullptr;
    std::vector<std::set<std::int64_t>> values;  // of each cell of the first
  };
  std::map<std::tuple<std::string, std::string, std::int64_t>, Group> groups;
  std::map<std::string, std::vector<std::set<std::int64_t>>> alone;
  const auto count = [](const Way& way, std::vector<std::set<std::int64_t>>& values) {
    values.resize(way.cells.size());
    for (std::size_t c = 0; c < way.cells.size(); ++c) values[c].insert(way.cells[c]);
  };
  for (const auto& one : ways_) {
    count(one, alone[one.says]);
    const auto own = one.brings.shares.at(finding);
    for (const auto& other : ways_) {
      const auto others = other.brings.shares.at(finding);
      const auto percent = percent_of({own.count + others.count, own.base + others.base}, kAverageStep);
      auto& group = groups[{one.says, other.says, percent}];
      if (group.one == nullptr) group.one = &one, group.other = &other;
      count(one, group.values);
    }
  }
  std::size_t exposed = 0;
  for (const auto& [key, group] : groups) {
    const std::vector<History> services{history_of(group.one->part), history_of(group.other->part)};
    const std::vector<Shares> shares{group.one->brings.shares, group.other->brings.shares};
    const std::vector<Average> averages{{finding, std::get<2>(key)}};
    const auto found = exposures_by(auditor_, services, shares, averages);
    ASSERT_TRUE(found) << found.error().what;
    std::map<std::string, std::vector<std::int64_t>> by_search;
    for (const auto& each : *found)
      if (each.cell.starts_with("service 1: ")) by_search[each.cell.substr(11)] = each.values;
    std::map<std::string, std::vector<std::int64_t>> counted;
    std::size_t c = 0;
    for (const auto& block : auditor_.blocks()) {
      for (const auto& cell : cells_of(block, group.one->part)) {
        const auto& values = group.values[c];
        const auto is_less = values.size() < std::min(kFewestValues, alone.at(std::get<0>(key))[c].size());
        if (!cell.is_printed && is_less) counted[to_text(cell)] = {values.begin(), values.end()};
        ++c;
      }
    }
    exposed += counted.size();
    ASSERT_EQ(by_search, counted) << std::get<0>(key) << '\n'
                                  << std::get<1>(key) << '\n'
                                  << finding << ' ' << std::get<2>(key);
  }
  std::cout << groups.size() << " pairs with an average, " << exposed << " exposed cells\n";
  EXPECT_GT(exposed, 0U) << "an average of two services gives away something";
}

INSTANTIATE_TEST_SUITE_P(SmallCases, AverageByBruteForce,
                         testing::Values(Case{"OneItemOfFive", kOneItem, 5}, Case{"OneItemOfTen", kOneItem, 10},
                                         Case{"OneItemOfTwelve", kOneItem, 12}, Case{"NestedOfFive", kNested, 5}),
                         [](const auto& each) { return each.param.name; });

// A service with an earlier release, of two who left and four who stayed, and one of these four and three who came;
// another of six; and the average of the newest of both. Counted one by one.
class AverageBesideAnEarlierRelease : public testing::Test {
 protected:
  using Cells = std::map<std::string, std::set<std::int64_t>>;
  struct Together {
    Part earlier;
    Part newest;
    Part other;
    Shares shares;
    Shares of_other;
    Cells cells;
  };
  static constexpr std::string_view kPlain = R"({"format": 1, "id": "small", "version": 1, "languages": ["en"],
    "items": [{"type": "single_choice", "variable": "door", "options": [{"id": "in"}, {"id": "out"}]}],
    "findings": [{"id": "came_in", "item": "door", "counted": ["in"]}], "section": []})";
  using Key = std::tuple<std::string, std::string, std::string, std::int64_t>;  // three releases and the average

  void count_everybody() {
    for (const auto& other : ways_to_share(6, all_.everybody().kinds())) {
      const auto& others = all_.seen(other);
      all_.for_each([&](const std::vector<const Counts*>& answered) {
        const auto& earlier = all_.seen(all_.sum(answered, {0, 1}));
        const auto& newest = all_.seen(all_.sum(answered, {1, 2}));
        const auto share = share_of(newest);
        const auto of_other = share_of(others);
        const auto percent = percent_of({share.count + of_other.count, share.base + of_other.base}, kAverageStep);
        auto& together = together_[{earlier.text, newest.text, others.text, percent}];
        auto& alone = alone_[{earlier.text, newest.text, "", 0}];
        if (together.shares.empty())
          together = {earlier.part, newest.part, others.part, {{"came_in", share}}, {{"came_in", of_other}}, {}};
        for (const auto& [name, groups] : asked_) {
          for (const auto& [cell, value] : all_.seen(all_.sum(answered, groups)).values) {
            together.cells[cell + name].insert(value);
            alone[cell + name].insert(value);
          }
        }
      });
    }
  }
  static Share share_of(const SeveralReleases::Seen& seen) {
    return {seen.values.at("count of came_in"), seen.values.at("base of door")};
  }
  std::map<std::string, std::vector<std::int64_t>> counted(const Key& key, const Together& together) const {
    std::map<std::string, std::vector<std::int64_t>> exposed;
    const auto& alone = alone_.at({std::get<0>(key), std::get<1>(key), "", 0});
    for (const auto& [cell, values] : together.cells) {
      const auto people = cell.ends_with(", left") || cell.ends_with(", came") || cell.ends_with(", stayed") ? 2U : 6U;
      const auto enough = std::min<std::size_t>({kFewestValues, people + 1, alone.at(cell).size()});
      if (values.size() < enough) exposed[cell] = {values.begin(), values.end()};
    }
    return exposed;
  }
  // Of the first service, by the search; sets of people by the names of here.
  std::map<std::string, std::vector<std::int64_t>> found(const History& first, const Together& together) const {
    const std::vector<History> services{first, history_of(together.other)};
    const std::vector<Shares> shares{together.shares, together.of_other};
    const auto& [count, base] = together.shares.at("came_in");
    const auto& of_other = together.of_other.at("came_in");
    const std::vector<Average> averages{
        {"came_in", percent_of({count + of_other.count, base + of_other.base}, kAverageStep)}};
    std::map<std::string, std::vector<std::int64_t>> exposed;
    for (const auto& each : rc::unwrapped(exposures_by(auditor_, services, shares, averages))) {
      if (!each.cell.starts_with("service 1: ")) continue;
      auto cell = each.cell.substr(11);
      for (const auto& [long_name, name] : names_)
        if (cell.ends_with(long_name)) cell = cell.substr(0, cell.size() - long_name.size()) + name;
      exposed[cell] = each.values;
    }
    return exposed;
  }

  SeveralReleases all_{std::string(kPlain), {{{0}, 2}, {{0, 1}, 4}, {{1}, 3}}};
  Auditor auditor_ = rc::unwrapped(Auditor::of(all_.everybody().questionnaire()));
  std::vector<std::pair<std::string, std::vector<std::size_t>>> asked_{
      {"", {1, 2}}, {", earlier", {0, 1}}, {", came", {2}}, {", left", {0}}, {", stayed", {1}}};
  std::vector<std::pair<std::string, std::string>> names_{{", in release 1", ", earlier"},
                                                          {", who came between releases 1 and 2", ", came"},
                                                          {", who left between releases 1 and 2", ", left"},
                                                          {", in all releases", ", stayed"}};
  std::map<Key, Together> together_;
  std::map<Key, Cells> alone_;
};

TEST_F(AverageBesideAnEarlierRelease, AgreesValueForValueWithTheSearchAndIsMoreThanBesideTheNewestAlone) {
  count_everybody();
  std::size_t looked_at = 0;
  std::size_t only_together = 0;
  for (const auto& [key, together] : together_) {
    const History history{{together.earlier, together.newest}, {1, 2}, all_.groups()};
    const auto by_search = found(history, together);
    ASSERT_EQ(by_search, counted(key, together)) << testing::PrintToString(key);
    const auto beside_the_newest = found(history_of(together.newest), together);
    for (const auto& [cell, values] : by_search)
      only_together += cell.find(", ") == std::string::npos && !beside_the_newest.contains(cell) ? 1 : 0;
    ++looked_at;
  }
  std::cout << looked_at << " programmes, " << only_together << " cells that only the earlier release gives away\n";
  EXPECT_GT(only_together, 0U);
}

}  // namespace
}  // namespace perspective::release
