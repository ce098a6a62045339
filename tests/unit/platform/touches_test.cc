// Fingers on the glass, each on its own.
#include "platform/touches.h"

#include <gtest/gtest.h>

namespace perspective::platform {
namespace {

using Phase = Touch::Phase;

class FingersOnTheGlass : public ::testing::Test {
 protected:
  Touches::Outcome take(Phase phase, int finger, float x, float y, std::optional<std::string> target = std::nullopt) {
    return touches_.take({phase, finger, x, y}, target, 20.0F, {.now = now_, .held = held_});
  }
  std::optional<std::string> rested() const { return touches_.rested({.now = now_, .held = held_}); }
  access::Instant now_{0};
  std::chrono::milliseconds held_{0};
  Touches touches_;
};

TEST_F(FingersOnTheGlass, PressWhatTheyBeganAndEndedIn) {
  EXPECT_FALSE(take(Phase::begin, 1, 10, 10, "yes").is_press);
  EXPECT_TRUE(take(Phase::end, 1, 12, 14, "yes").is_press);
}

TEST_F(FingersOnTheGlass, PressNothingWhereTheySlidAcross) {
  take(Phase::begin, 1, 10, 10, "yes");
  EXPECT_FALSE(take(Phase::end, 1, 12, 14, "no").is_press);
  take(Phase::begin, 1, 10, 10);
  EXPECT_FALSE(take(Phase::end, 1, 12, 14).is_press);
}

TEST_F(FingersOnTheGlass, PressWhileAPalmRests) {
  take(Phase::begin, 1, 400, 400, "no");
  take(Phase::begin, 2, 10, 10, "yes");
  take(Phase::move, 1, 402, 401, "no");
  EXPECT_TRUE(take(Phase::end, 2, 10, 10, "yes").is_press);
  take(Phase::begin, 3, 10, 10, "yes");
  EXPECT_TRUE(take(Phase::end, 3, 10, 10, "yes").is_press);
}

TEST_F(FingersOnTheGlass, MoveTheContentOnceTheyAreDraggedAndThenPressNothing) {
  take(Phase::begin, 1, 10, 300, "yes");
  EXPECT_EQ(take(Phase::move, 1, 10, 290, "yes").drag, 0);
  EXPECT_EQ(take(Phase::move, 1, 10, 250, "yes").drag, -50);
  EXPECT_EQ(take(Phase::move, 1, 10, 295, "yes").drag, 45);
  const auto last = take(Phase::end, 1, 10, 300, "yes");
  EXPECT_EQ(last.drag, 5);
  EXPECT_FALSE(last.is_press);
}

TEST_F(FingersOnTheGlass, WhoseBeginWasNotSeenDoNothing) {
  EXPECT_FALSE(take(Phase::end, 1, 10, 10, "yes").is_press);
  take(Phase::begin, 1, 10, 10, "yes");
  touches_.ignore(1);
  EXPECT_FALSE(take(Phase::end, 1, 10, 10, "yes").is_press);
}

TEST_F(FingersOnTheGlass, ThatOnlyGrazeItPressNothingWhereAPressIsToRest) {
  held_ = std::chrono::milliseconds(500);
  take(Phase::begin, 1, 10, 10, "yes");
  now_ += std::chrono::milliseconds(499);
  EXPECT_FALSE(rested());
  EXPECT_FALSE(take(Phase::end, 1, 10, 10, "yes").is_press);
  take(Phase::begin, 2, 10, 10, "yes");
  now_ += std::chrono::milliseconds(500);
  EXPECT_EQ(rested(), "yes");
  EXPECT_TRUE(take(Phase::end, 2, 12, 11, "yes").is_press);
  EXPECT_FALSE(rested());
}

TEST_F(FingersOnTheGlass, RestAnewWhereTheyLeftTheTargetAndCameBack) {
  held_ = std::chrono::milliseconds(500);
  take(Phase::begin, 1, 10, 10, "yes");
  now_ += std::chrono::milliseconds(450);
  take(Phase::move, 1, 18, 10, "no");
  now_ += std::chrono::milliseconds(100);
  take(Phase::move, 1, 10, 10, "yes");
  EXPECT_FALSE(rested());
  EXPECT_FALSE(take(Phase::end, 1, 10, 10, "yes").is_press);
}

}  // namespace
}  // namespace perspective::platform
