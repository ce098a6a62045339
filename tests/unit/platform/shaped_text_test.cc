#include "platform/shaped_text.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <bit>
#include <utility>

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

TEST(ShapedText, DrawsBytesThatAreNoTextAsASignForThem) {
  TextCache texts([](const Mask&) { return 1U; }, [](std::uint64_t) {});
  const std::string latin1 = "caf\xe9";
  EXPECT_EQ(texts.block(latin1, {}).text(), "caf\xef\xbf\xbd");
  const std::string with_zero("a\0b", 3);
  EXPECT_EQ(texts.block(with_zero, {.is_spaced = true}).text(),
            "a\xef\xbf\xbd"
            "b");
  const std::string cut = "\xe2\x82";
  const TextBlock& block = texts.block(cut, {.width = 100});
  EXPECT_GE(block.caret(block.text().size()).x, block.caret(0).x);
}

// Rows of a mask that have ink, from the first to the last.
int ink_rows(const Mask& mask) {
  int first = mask.height;
  int last = -1;
  for (int y = 0; y < mask.height; ++y) {
    for (int x = 0; x < mask.width; ++x) {
      if (mask.bytes[static_cast<std::size_t>(y * mask.stride + x)] < 128) continue;
      first = std::min(first, y);
      last = y;
    }
  }
  return last - first + 1;
}

class Typefaces : public testing::Test {
 protected:
  const TextBlock& block(const std::string& text, TextStyle style) { return texts_.block(text, style); }
  float width(const std::string& text, const std::string& language, bool is_spaced) {
    return static_cast<float>(block(text, {.size_px = kEm, .is_spaced = is_spaced, .language = language}).width);
  }
  float line_em(TextStyle style) {
    const TextBlock& two = block("n\nn", style);
    return (two.caret(2).y - two.caret(0).y) / style.size_px;
  }

  static constexpr float kEm = 100;
  Mask last_;
  TextCache texts_{[this](const Mask& mask) {
                     last_ = mask;
                     return 1U;
                   },
                   [](std::uint64_t) {}};
};

TEST_F(Typefaces, HaveCapitalsOfTheHeightAskedForOnThePixelsThatAreDrawn) {
  for (int face = 0; face < visit::kTypefaces; ++face) {
    // The last is larger than any that is used: there the faces differ by more than what rounding hides.
    for (const float capital_px : {14.0F, 21.0F, 40.0F, 300.0F}) {
      for (const bool is_bold : {false, true}) {
        const auto typeface = static_cast<visit::Typeface>(face);
        const float em = texts_.em_of_capital(capital_px, typeface);
        texts_.forget();
        texts_.block("H", {.size_px = em, .is_bold = is_bold, .typeface = typeface});
        EXPECT_NEAR(ink_rows(last_), capital_px, 1.0F) << face << (is_bold ? " bold" : "");
      }
    }
  }
}

TEST_F(Typefaces, AreTwoAndDrawDifferentLetters) {
  EXPECT_NE(block("Hamburg", {.size_px = kEm}).width,
            block("Hamburg", {.size_px = kEm, .typeface = visit::Typeface::open_dyslexic}).width);
}

TEST_F(Typefaces, SetLettersAndWordsApartWhereThatIsWanted) {
  EXPECT_NEAR(width("nnnnnnnnnn", "en", true) - width("nnnnnnnnnn", "en", false), 10 * 0.12F * kEm, 0.15F * kEm);
  const float without_space = width("nn", "en", true) - width("nn", "en", false);
  const float with_space = width("n n", "en", true) - width("n n", "en", false);
  EXPECT_NEAR(with_space - without_space, (0.12F + 0.16F) * kEm, 2);
}

TEST_F(Typefaces, NeverPullLettersApartThatJoin) {
  for (const auto& [language, word] : {std::pair<std::string, std::string>{"ur", "\u0633\u0648\u0627\u0644"},
                                       {"bn", "\u09aa\u09cd\u09b0\u09b6\u09cd\u09a8"}}) {
    EXPECT_EQ(width(word, language, true), width(word, language, false)) << language;
    // Nastaliq leans words over the space between them; spaced they lean no more, and stand further apart still.
    const float more = width(word + " " + word, language, true) - width(word + " " + word, language, false);
    EXPECT_GE(more, 0.15F * kEm) << language;
    EXPECT_LE(more, 0.30F * kEm) << language;
  }
}

TEST_F(Typefaces, SetLinesAtLeastOneAndAHalfEmApartWhereThatIsWanted) {
  for (int face = 0; face < visit::kTypefaces; ++face) {
    for (const bool is_bold : {false, true}) {
      TextStyle style = {.size_px = kEm, .is_bold = is_bold, .typeface = static_cast<visit::Typeface>(face)};
      const float usual = line_em(style);
      style.is_spaced = true;
      EXPECT_GE(line_em(style), 1.49F) << face;
      EXPECT_GT(line_em(style), usual) << face;
    }
  }
}

}  // namespace
}  // namespace perspective::platform
