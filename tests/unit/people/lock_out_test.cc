#include "people/lock_out.h"

#include <gtest/gtest.h>

namespace perspective::people {
namespace {

constexpr std::int64_t kNow = 1'800'000'000;

std::int64_t wait_after(int failures, std::int64_t later_s = 0) {
  return wait_s({failures, kNow}, kFree, kNow + later_s);
}

TEST(WhoeverTypedAWrongPassword, TriesAgainAtOnceAFewTimes) {
  EXPECT_EQ(wait_s({}, 0, kNow), 0);
  for (int failures = 0; failures < kFree; ++failures) EXPECT_EQ(wait_after(failures), 0) << failures;
}

TEST(WhoeverTypedAWrongPassword, ThenWaitsTwiceAsLongEachTime) {
  EXPECT_EQ(wait_after(4), 1);
  EXPECT_EQ(wait_after(5), 2);
  EXPECT_EQ(wait_after(6), 4);
  EXPECT_EQ(wait_after(13), 512);
  EXPECT_EQ(wait_after(14), kLongestWait_s);
  EXPECT_EQ(wait_after(1'000'000), kLongestWait_s) << "never longer";
}

TEST(WhoeverTypedAWrongPassword, HasWaitedWhenTheTimeIsOver) {
  EXPECT_EQ(wait_after(8, 15), 1);
  EXPECT_EQ(wait_after(8, 16), 0);
  EXPECT_EQ(wait_after(8, -1000), 16) << "a clock that was put back";
}

TEST(AnAccount, IsShutToStrangersWithinAHundredFailures) {
  EXPECT_FALSE(is_shut({kMost - 1, kNow}));
  EXPECT_TRUE(is_shut({kMost, kNow}));
  EXPECT_LE(kMost + kMostOfDevice * kMostDevices, 100) << "NIST SP 800-63B-4, 3.2.2";
}

}  // namespace
}  // namespace perspective::people
