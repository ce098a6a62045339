#include "access/press_filter.h"

#include <gtest/gtest.h>

namespace perspective::access {
namespace {

using namespace std::chrono_literals;
using Heard = PressFilter::Heard;
using visit::Control;

constexpr Control kOne{Control::Kind::key, 65};
constexpr Control kOther{Control::Kind::button, 1};

TEST(AHeldKey, ActsOnceHoweverOftenTheKeyboardRepeatsIt) {
  PressFilter filter;
  EXPECT_EQ(filter.down(kOne, 0ms, {}), Heard::accepted);
  for (auto now = 500ms; now < 3000ms; now += 30ms) EXPECT_EQ(filter.down(kOne, now, {}), Heard::ignored);
  filter.up(kOne, 3000ms);
  EXPECT_EQ(filter.down(kOne, 3001ms, {}), Heard::accepted);
}

TEST(ABouncedPress, ActsOnceUntilTheTimeIsOver) {
  PressFilter filter;
  const PressFilter::Times times{.ignored = 500ms};
  EXPECT_EQ(filter.down(kOne, 0ms, times), Heard::accepted);
  filter.up(kOne, 100ms);
  EXPECT_EQ(filter.down(kOne, 599ms, times), Heard::ignored);
  filter.up(kOne, 610ms);
  EXPECT_EQ(filter.down(kOne, 1110ms, times), Heard::accepted);
}

TEST(ABouncedPress, IsOneHoweverLongTheHandTrembles) {
  PressFilter filter;
  const PressFilter::Times times{.ignored = 200ms};
  EXPECT_EQ(filter.down(kOne, 0ms, times), Heard::accepted);
  for (auto now = 100ms; now < 2000ms; now += 150ms) {
    filter.up(kOne, now);
    EXPECT_EQ(filter.down(kOne, now + 100ms, times), Heard::ignored) << now.count();
  }
}

TEST(ABouncedPress, IsNotThatOfAnotherKey) {
  PressFilter filter;
  const PressFilter::Times times{.ignored = 2000ms};
  EXPECT_EQ(filter.down(kOne, 0ms, times), Heard::accepted);
  filter.up(kOne, 10ms);
  EXPECT_EQ(filter.down(kOther, 20ms, times), Heard::accepted);
  filter.up(kOther, 30ms);
  EXPECT_EQ(filter.down(kOne, 40ms, times), Heard::accepted);
}

TEST(AKeyThatHasToBeHeld, CountsOnceAfterThatTime) {
  PressFilter filter;
  const PressFilter::Times times{.held = 500ms};
  EXPECT_EQ(filter.down(kOne, 0ms, times), Heard::waiting);
  EXPECT_EQ(filter.due(499ms), std::nullopt);
  EXPECT_EQ(filter.due(500ms), kOne);
  EXPECT_EQ(filter.due(900ms), std::nullopt);
  EXPECT_EQ(filter.down(kOne, 950ms, times), Heard::ignored) << "the same press, repeated by the keyboard";
}

TEST(AKeyThatHasToBeHeld, DoesNotCountWhenBrushed) {
  PressFilter filter;
  const PressFilter::Times times{.held = 500ms};
  EXPECT_EQ(filter.down(kOne, 0ms, times), Heard::waiting);
  filter.up(kOne, 300ms);
  EXPECT_EQ(filter.due(600ms), std::nullopt);
}

TEST(AKeyThatHasToBeHeld, StartsAnewWithTheKeyThatIsPressedWhileItWaits) {
  PressFilter filter;
  const PressFilter::Times times{.held = 500ms};
  EXPECT_EQ(filter.down(kOther, 0ms, times), Heard::waiting);
  EXPECT_EQ(filter.down(kOne, 200ms, times), Heard::waiting);
  filter.up(kOther, 300ms);
  EXPECT_EQ(filter.due(500ms), std::nullopt);
  EXPECT_EQ(filter.due(700ms), kOne);
}

TEST(TheFilters, ReachWhatTheStandardsAskFor) {
  const auto most = times_of({.ignored = int{visit::kIgnored_ms.size()} - 1, .held = int{visit::kHeld_ms.size()} - 1});
  EXPECT_GE(most.ignored, 500ms);  // EN 301 549, 5.8
  EXPECT_GE(most.held, 500ms);
  EXPECT_EQ(times_of({}).ignored, 0ms);
  EXPECT_EQ(times_of({}).held, 0ms);
}

}  // namespace
}  // namespace perspective::access
