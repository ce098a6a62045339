#include "platform/entry.h"

#include <gtest/gtest.h>

namespace perspective::platform {
namespace {

TEST(ACaret, MovesByLinesAsTheyAreShown) {
  TextCache texts([](const Mask&) { return 1U; }, [](std::uint64_t) {});
  const TextBlock& block = texts.block("one\ntwo", {.size_px = 20, .width = 300});
  EXPECT_EQ(line_above(block, 7), 3U);
  EXPECT_EQ(line_above(block, 2), 0U);
  EXPECT_EQ(line_start(block, 3), 0U);
  EXPECT_EQ(line_below(block, 0), 4U);
  EXPECT_EQ(line_end(block, 4), 7U);
  EXPECT_EQ(line_below(block, 5), 7U);
}

}  // namespace
}  // namespace perspective::platform
