#include "tally/association.h"

#include <gtest/gtest.h>

#include <cmath>

#include "figures_of_r.h"

namespace perspective::tally {
namespace {

TEST(AnAssociation, HasTheFiguresThatRGives) {
  int by_fisher = 0;
  int by_chi_squared = 0;
  const auto tables = figures_of_r("tables");
  for (const auto& known : tables.as_array()) {
    const std::string of = boost::json::serialize(known);
    const auto found = association_of(counts_in(known.at("counts")));
    ASSERT_TRUE(found) << of;
    EXPECT_NEAR(found->chi_squared, number_in(known.at("chi_squared")),
                kClose * std::max(1.0, number_in(known.at("chi_squared"))))
        << of;
    EXPECT_EQ(found->degrees_of_freedom, known.at("degrees_of_freedom").as_int64()) << of;
    EXPECT_NEAR(found->cramers_v, number_in(known.at("cramers_v")), kClose) << of;
    if (found->test == Association::Test::fisher_exact) {
      ASSERT_FALSE(known.at("fisher_p").is_null()) << of;
      expect_close(found->p, number_in(known.at("fisher_p")), of);
      ++by_fisher;
    } else {
      expect_close(found->p, number_in(known.at("chi_squared_p")), of);
      ++by_chi_squared;
    }
  }
  EXPECT_GT(by_fisher, 15);
  EXPECT_GT(by_chi_squared, 15);
}

TEST(AnAssociation, IsTestedExactlyWhereAFifthOfTheExpectedCountsIsUnderFive) {
  EXPECT_EQ(association_of({{3, 1}, {1, 3}})->test, Association::Test::fisher_exact);
  EXPECT_EQ(association_of({{30, 10}, {10, 30}})->test, Association::Test::chi_squared);
}

// A fifth of the cells may expect fewer than 5, but none fewer than 1.
TEST(AnAssociation, IsTestedExactlyWhereTooManyExpectTooFew) {
  const auto is_chi_squared = [](const CountTable& counts) {
    const auto found = association_of(counts);
    return found && found->test == Association::Test::chi_squared && !found->is_approximate;
  };
  EXPECT_TRUE(is_chi_squared({{10, 10, 10, 10, 2}, {10, 10, 10, 10, 2}}));   // 2 of 10 expect 2
  EXPECT_FALSE(is_chi_squared({{6, 6, 6, 2}, {6, 6, 6, 2}, {6, 6, 6, 2}}));  // 3 of 12 do
  EXPECT_FALSE(is_chi_squared({{10, 10, 10, 10, 1}, {10, 10, 10, 10, 0}}));  // 2 of 10 expect a half
}

TEST(AnAssociation, IsThatOfTheRowsAndColumnsWithSomebody) {
  const auto plain = association_of({{15, 2}, {1, 4}});
  const auto padded = association_of({{15, 0, 2}, {0, 0, 0}, {1, 0, 4}});
  ASSERT_TRUE(plain && padded);
  EXPECT_DOUBLE_EQ(plain->p, padded->p);
  EXPECT_EQ(padded->degrees_of_freedom, 1);
}

TEST(AnAssociation, NeedsTwoRowsAndTwoColumns) {
  EXPECT_FALSE(association_of({}));
  EXPECT_FALSE(association_of({{}}));
  EXPECT_FALSE(association_of({{4, 5}}));
  EXPECT_FALSE(association_of({{4, 5}, {0, 0}}));
  EXPECT_FALSE(association_of({{4, 0}, {5, 0}}));
  EXPECT_FALSE(association_of({{4, 1}, {5}}));
  EXPECT_FALSE(association_of({{4, 1}, {5, -1}}));
}

TEST(AnAssociation, SaysWhereItIsOnlyApproximate) {
  CountTable wide(12, std::vector<std::int64_t>(12, 4));  // far too many tables to count, each cell expects 4
  wide[0][0] = 9;
  const auto found = association_of(wide);
  ASSERT_TRUE(found);
  EXPECT_TRUE(found->is_approximate);
  EXPECT_EQ(found->test, Association::Test::chi_squared);
}

}  // namespace
}  // namespace perspective::tally
