#include "http/bodies.h"

#include <gtest/gtest.h>

#include <vector>

namespace perspective::http {
namespace {

constexpr std::size_t kLarge = Bodies::kMostOfOne / 8;

class RoomForBodies : public testing::Test {
 protected:
  // How many, at most 1000 of one size.
  std::size_t taken_by(const std::string& who, std::size_t bytes) {
    for (std::size_t i = 0; i < 1000; ++i) {
      auto room = bodies_.room_for(who, bytes);
      if (!room) return i;
      held_.push_back(std::move(room));
    }
    return 1000;
  }
  Bodies bodies_;
  std::vector<std::shared_ptr<void>> held_;
};

TEST_F(RoomForBodies, OfOneIsUsedUpWithoutAnybodyElseNoticing) {
  EXPECT_EQ(taken_by("holder a", kLarge), 8U);
  EXPECT_EQ(taken_by("holder b", kLarge), 8U);
}

TEST_F(RoomForBodies, IsThereForOneHoweverLargeButNotForAnother) {
  EXPECT_EQ(taken_by("person p", Bodies::kMostOfOne), 1U);
  EXPECT_EQ(taken_by("person q", 2 * Bodies::kMostOfOne), 1U);
  EXPECT_FALSE(bodies_.room_for("person q", Bodies::kSmall + 1));
  EXPECT_FALSE(bodies_.room_for("person r", Bodies::kMostOfAll));
}

TEST_F(RoomForBodies, ComesBackWithTheAnswer) {
  EXPECT_EQ(taken_by("holder a", kLarge), 8U);
  held_.pop_back();
  EXPECT_EQ(taken_by("holder a", kLarge), 1U);
  held_.clear();
  EXPECT_EQ(taken_by("holder a", kLarge), 8U);
}

TEST_F(RoomForBodies, HasABoundForAllTogether) {
  std::size_t all = 0;
  for (int i = 0; i < 100; ++i) all += taken_by("holder " + std::to_string(i), kLarge);
  EXPECT_EQ(all, Bodies::kMostOfAll / kLarge);
  held_.clear();
  EXPECT_EQ(taken_by("holder 99", kLarge), 8U);
}

TEST_F(RoomForBodies, IsAlwaysThereForSmallOnesAndForWhoeverRunsTheService) {
  for (int i = 0; i < 100; ++i) taken_by("holder " + std::to_string(i), kLarge);
  EXPECT_EQ(taken_by("holder 0", Bodies::kSmall), 1000U);
  EXPECT_EQ(taken_by("", Bodies::kMostOfOne), 1000U);
}

}  // namespace
}  // namespace perspective::http
