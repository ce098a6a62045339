#include "release/rules.h"

#include <gtest/gtest.h>

#include <vector>

namespace perspective::release {
namespace {

TEST(RuleB, FiveToNineAreSetAgainstAllOfThem) {
  EXPECT_FALSE(is_set_against_all(4, false));
  EXPECT_TRUE(is_set_against_all(5, false));
  EXPECT_TRUE(is_set_against_all(9, false));
  EXPECT_FALSE(is_set_against_all(10, false));
}

TEST(RuleB, TenAndElevenAreTooWhereAnOptionIsOutsideTheBase) {
  EXPECT_TRUE(is_set_against_all(10, true));
  EXPECT_TRUE(is_set_against_all(11, true));
  EXPECT_FALSE(is_set_against_all(12, true));
}

TEST(RuleB, HalfIsNotMoreThanHalf) {
  EXPECT_EQ(said_of_all(6, 3, 6, true).says, Says::nothing);
  EXPECT_EQ(said_of_all(6, 4, 6, true).says, Says::more_than_half);
  EXPECT_EQ(said_of_all(6, 2, 6, true).says, Says::more_than_half_did_not);
}

TEST(RuleB, WhoDidNotAnswerIsNotAmongThoseWhoAnsweredOtherwise) {
  EXPECT_EQ(said_of_all(5, 1, 3, true).says, Says::nothing);
  EXPECT_EQ(said_of_all(5, 1, 4, true).says, Says::more_than_half_did_not);
}

TEST(RuleB, ANestedFindingNeverSaysWhatMoreThanHalfDidNot) {
  EXPECT_EQ(said_of_all(5, 0, 5, false).says, Says::nothing);
}

TEST(RuleC, ACountIsExactOnlyWithFiveOnEachSide) {
  EXPECT_EQ(said_of_base(20, 5, 10, false).count, 5);
  EXPECT_EQ(said_of_base(20, 5, 10, false).of, 10);
  EXPECT_EQ(said_of_base(20, 4, 10, false).says, Says::few_or_none);
  EXPECT_EQ(said_of_base(20, 6, 10, false).says, Says::nearly_all);
  EXPECT_EQ(said_of_base(20, 4, 10, false).count, std::nullopt);
}

TEST(RuleC, ABaseUnderTenIsNeverPrinted) {
  EXPECT_EQ(said_of_base(20, 5, 9, false).says, Says::more_than_half);
  EXPECT_EQ(said_of_base(20, 4, 8, false).says, Says::half_or_fewer);
  EXPECT_EQ(said_of_base(20, 5, 9, false).of, std::nullopt);
  EXPECT_EQ(said_of_base(20, 4, 4, false).says, Says::nothing);
}

TEST(RuleC, ABaseNearEveryoneIsHiddenWhereAnOptionIsOutsideIt) {
  EXPECT_EQ(said_of_base(20, 9, 17, true).of, 17);
  EXPECT_EQ(said_of_base(20, 9, 18, true).of, std::nullopt);
  EXPECT_EQ(said_of_base(20, 9, 18, true).count, 9);
  EXPECT_EQ(said_of_base(20, 4, 18, true).says, Says::few_or_none);
  EXPECT_EQ(said_of_base(20, 13, 18, true).says, Says::exactly);
  EXPECT_EQ(said_of_base(20, 14, 18, true).says, Says::nearly_all);
  EXPECT_EQ(said_of_base(20, 14, 18, true).whom, Whom::nearly_everyone);
}

TEST(RuleD, TheMostThatAGroupCanHaveDecidesHowFineItIs) {
  EXPECT_EQ(said_of_routed(6, 5, 6).says, Says::nothing);
  EXPECT_EQ(said_of_routed(7, 5, 6).says, Says::more_than_half);
  EXPECT_EQ(said_of_routed(14, 12, 12).says, Says::more_than_half);
  EXPECT_EQ(said_of_routed(15, 12, 12).says, Says::nearly_all);
  EXPECT_EQ(said_of_routed(15, 3, 12).says, Says::few_or_none);
  EXPECT_EQ(said_of_routed(15, 2, 9).says, Says::half_or_fewer);
  EXPECT_EQ(said_of_routed(15, 4, 4).says, Says::nothing);
  EXPECT_EQ(said_of_routed(15, 12, 12).of, std::nullopt);
}

TEST(RuleE, OfAPrintedNumberTheSidesDecide) {
  EXPECT_EQ(said_of_printed(17, 7, Whom::parents_base).count, 7);
  EXPECT_EQ(said_of_printed(17, 13, Whom::parents_base).says, Says::nearly_all);
  EXPECT_EQ(said_of_printed(12, 4, Whom::these).says, Says::few_or_none);
  EXPECT_EQ(said_of_printed(8, 4, Whom::these).says, Says::half_or_fewer);
  EXPECT_EQ(said_of_printed(8, 5, Whom::these).says, Says::more_than_half);
}

TEST(RuleE, BothAreSaidOnlyWhenMoreThanHalf) {
  EXPECT_EQ(said_of_both(8, std::nullopt, 4).says, Says::nothing);
  EXPECT_EQ(said_of_both(8, std::nullopt, 5).says, Says::more_than_half);
}

TEST(RuleG, TenResponsesMustHaveChanged) {
  EXPECT_FALSE(may_release_again(9));
  EXPECT_TRUE(may_release_again(10));
}

TEST(RuleH, AnAverageNeedsTwentyServicesAndIsRoundedToFive) {
  std::vector<Share> services(20, Share{7, 8});
  EXPECT_EQ(programme_average(services), 90);  // 87.5, half up
  services[0] = {6, 8};
  EXPECT_EQ(programme_average(services), 85);
  services.pop_back();
  EXPECT_EQ(programme_average(services), std::nullopt);
}

TEST(RuleH, AnAverageOfNobodyIsNoughtAndNotMissing) {
  std::vector<Share> services(20);
  EXPECT_EQ(programme_average(services), 0);
  services[7] = {3, 3};
  EXPECT_EQ(programme_average(services), 100);
}

}  // namespace
}  // namespace perspective::release
