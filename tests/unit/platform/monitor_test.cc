#include "platform/monitor.h"

#include <gtest/gtest.h>

namespace perspective::platform {
namespace {

TEST(AMonitor, IsBelievedWhereItsSizeCanBe) {
  EXPECT_TRUE(is_plausible({1366, 768}, {345, 194}));
  EXPECT_TRUE(is_plausible({1920, 1080}, {531, 299}));
  EXPECT_TRUE(is_plausible({1024, 768}, {160, 120}));
  EXPECT_TRUE(is_plausible({3840, 2160}, {597, 336}));
}

TEST(AMonitor, IsNotBelievedWhereItTellsAShapeOrNothing) {
  for (const Size lie : {Size{0, 0}, Size{16, 9}, Size{160, 90}, Size{160, 100}, Size{16, 10}, Size{1600, 900},
                         Size{345, 120}, Size{-1, 194}}) {
    EXPECT_FALSE(is_plausible({1366, 768}, lie)) << lie.width << "x" << lie.height;
    EXPECT_NEAR(pixels_per_mm({1366, 768}, lie, std::nullopt), 96 / 25.4, 0.01);
  }
}

TEST(AMonitor, IsAsLargeAsItWasMeasuredWhateverItSays) {
  EXPECT_NEAR(pixels_per_mm({1366, 768}, {16, 9}, Size{345, 194}), 3.96, 0.01);
  EXPECT_NEAR(pixels_per_mm({1366, 768}, {300, 169}, Size{345, 194}), 3.96, 0.01);
}

TEST(AMonitor, IsMeasuredByACard) {
  const float card_px = kCardWidthMm * 1920 / 531;
  EXPECT_EQ(monitor_mm({1920, 1080}, card_px), (Size{531, 299}));
}

}  // namespace
}  // namespace perspective::platform
