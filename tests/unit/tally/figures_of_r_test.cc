// What the API says, and so every page and table, beside what R says.
#include "figures_of_r.h"

#include "sample.h"
#include "tally/cross_tab.h"

namespace perspective::tally {
namespace {

namespace json = boost::json;

void expect_share(const json::value& ours, const json::value& known) {
  const std::string of = json::serialize(known);
  EXPECT_EQ(ours.at("count").as_int64(), known.at("count").as_int64()) << of;
  EXPECT_EQ(ours.at("percent").as_int64(), known.at("percent").as_int64()) << of;
  for (const std::size_t side : {0U, 1U})
    EXPECT_NEAR(number_in(ours.at("interval").at(side)), number_in(known.at("interval").at(side)), kClose) << of;
}

TEST(AShare, HasTheIntervalAndThePerCentThatRGives) {
  const auto shares = figures_of_r("shares");
  ASSERT_GT(shares.as_array().size(), 300U);
  for (const auto& known : shares.as_array()) {
    const std::string of = json::serialize(known);
    const auto count = known.at("count").as_int64();
    const auto base = known.at("base").as_int64();
    const auto interval = wilson_interval(count, base);
    ASSERT_TRUE(interval) << of;
    EXPECT_NEAR(interval->low, number_in(known.at("interval").at(0)), kClose) << of;
    EXPECT_NEAR(interval->high, number_in(known.at("interval").at(1)), kClose) << of;
    EXPECT_EQ(whole_percent(count, base), known.at("percent").as_int64()) << of;
  }
}

TEST(AShare, IsSaidByTheTallyAsRHasIt) {
  int compared = 0;
  const auto shares = figures_of_r("shares");
  for (const auto& known : shares.as_array()) {
    const auto base = known.at("base").as_int64();
    if (base > 40) continue;
    Sample sample;
    for (std::int64_t i = 0; i < base; ++i) sample.add(i < known.at("count").as_int64() ? "red" : "blue", "", {});
    const auto said = json::parse(tally_to_json(sample.tally()));
    expect_share(said.at("findings").at(0), known);
    expect_share(said.at("items").at(0).at("options").at(0), known);
    ++compared;
  }
  EXPECT_GT(compared, 300);
}

Side side_of(const char* variable, std::size_t lines) {
  return {.variable = variable, .lines = std::vector<Line>(lines, Line{.option = "one", .in_base = true})};
}

// Of a row's people, as a table has it.
CrossTab cross_tab_of(const CountTable& counts) {
  CrossTab table;
  table.rows = side_of("rows", counts.size());
  table.columns = side_of("columns", counts.front().size());
  for (std::size_t i = 0; i < counts.size(); ++i) {
    for (const auto count : counts[i]) {
      table.counts.push_back(count);
      table.rows.lines[i].base += count;
    }
  }
  return table;
}

TEST(ACrossTabAsJson, HasTheTestsOfR) {
  const auto tables = figures_of_r("tables");
  for (const auto& known : tables.as_array()) {
    const std::string of = json::serialize(known);
    const auto said = json::parse(cross_tab_to_json("sample", cross_tab_of(counts_in(known.at("counts")))));
    const auto& test = said.at("association");
    ASSERT_TRUE(test.is_object()) << of;
    const auto chi_squared = number_in(known.at("chi_squared"));
    EXPECT_NEAR(number_in(test.at("chi_squared")), chi_squared, kClose * std::max(1.0, chi_squared)) << of;
    EXPECT_NEAR(number_in(test.at("cramers_v")), number_in(known.at("cramers_v")), kClose) << of;
    expect_close(number_in(test.at("p")),
                 number_in(known.at(test.at("test") == "fisher_exact" ? "fisher_p" : "chi_squared_p")), of);
  }
}

TEST(ACrossTabAsJson, HasTheSharesOfR) {
  const auto shares = figures_of_r("shares");
  for (const auto& known : shares.as_array()) {
    const auto count = known.at("count").as_int64();
    const auto base = known.at("base").as_int64();
    if (base > 1000) continue;  // the exact test of the same table goes through all of them
    const auto said = json::parse(cross_tab_to_json("sample", cross_tab_of({{count, base - count}, {1, 1}})));
    expect_share(said.at("counts").at(0).at(0), known);
  }
}

}  // namespace
}  // namespace perspective::tally
