#include "platform/shaped_text.h"

#include <gmock/gmock.h>

#include <bit>

namespace perspective::platform {
namespace {

// Where a shader for another kind of texture had to be compiled, a tap would be answered late.
TEST(ShapedText, NoMaskHasASideThatIsAPowerOfTwo) {
  int masks = 0;
  TextCache texts(
      [&](const Mask& mask) {
        EXPECT_FALSE(std::has_single_bit(static_cast<unsigned>(mask.width))) << mask.width;
        EXPECT_FALSE(std::has_single_bit(static_cast<unsigned>(mask.height))) << mask.height;
        return static_cast<std::uint64_t>(++masks);
      },
      [](std::uint64_t) {});
  for (int width = 8; width <= 300; ++width) texts.block("i", {.width = width});
  for (int size_px = 4; size_px <= 64; ++size_px) texts.block("i", {.size_px = static_cast<float>(size_px)});
  EXPECT_GT(masks, 300);
}

TEST(ShapedText, AMaskIsAsLargeAsItsBlockSays) {
  Mask last;
  TextCache texts(
      [&](const Mask& mask) {
        last = mask;
        return 1U;
      },
      [](std::uint64_t) {});
  for (int width = 60; width <= 68; ++width) {
    const TextBlock& block = texts.block("Hello", {.width = width});
    EXPECT_EQ(block.mask_width, last.width);
    EXPECT_EQ(block.mask_height, last.height);
    EXPECT_GE(last.stride, last.width);
  }
}

}  // namespace
}  // namespace perspective::platform
