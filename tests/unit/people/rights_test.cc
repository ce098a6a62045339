#include "people/rights.h"

#include <gtest/gtest.h>

namespace perspective::people {
namespace {

TEST(ARole, OfTheMachinesReadsNoAnswers) {
  for (const Right right : {Right::hold_keys, Right::read_answers, Right::decide_concerns, Right::read_releases,
                            Right::enter_paper, Right::set_up_inspections}) {
    EXPECT_FALSE(may(Role::administrator, right)) << name_of(right);
  }
  EXPECT_TRUE(may(Role::administrator, Right::run_people));
}

TEST(ARole, OfAnInspectorDoesNotRunTheServiceOrItsPeople) {
  EXPECT_TRUE(may(Role::inspector, Right::read_answers));
  EXPECT_FALSE(may(Role::inspector, Right::run_people));
  EXPECT_FALSE(may(Role::inspector, Right::run_service));
  EXPECT_FALSE(may(Role::inspector, Right::decide_concerns));
}

TEST(ARole, WithOneTaskHasOneRightBesideSeeingWhichInspectionsThereAre) {
  for (const auto& [role, task] : {std::pair{Role::safeguarding_lead, Right::decide_concerns},
                                   {Role::analyst, Right::read_releases},
                                   {Role::data_entry, Right::enter_paper}}) {
    for (const Right right : kRights) {
      const bool is_everyones = right == Right::see_inspections || right == Right::own_account;
      EXPECT_EQ(may(role, right), right == task || is_everyones) << name_of(role) << name_of(right);
    }
  }
}

TEST(ARight, IsHadByWhoeverHasOneRoleWithIt) {
  EXPECT_TRUE(may({Role::analyst, Role::administrator}, Right::run_people));
  EXPECT_FALSE(may(std::vector<Role>{}, Right::see_inspections));
  for (const Right right : kRights) {
    EXPECT_TRUE(may({kRoles.begin(), kRoles.end()}, right)) << name_of(right) << " is nobody's";
  }
}

TEST(ARight, AndARoleAreKnownByTheirNames) {
  for (const Right right : kRights) EXPECT_EQ(right_named(name_of(right)), right);
  for (const Role role : kRoles) EXPECT_EQ(role_named(name_of(role)), role);
  EXPECT_FALSE(role_named("Inspector"));
  EXPECT_FALSE(right_named(""));
}

}  // namespace
}  // namespace perspective::people
