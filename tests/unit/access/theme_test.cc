#include "access/theme.h"

#include <gtest/gtest.h>

#include <vector>

namespace perspective::access {
namespace {

using visit::Colours;
using visit::TextSize;

std::vector<double> text_contrasts(const Palette& p) {
  std::vector<double> all;
  for (const Rgb ground : {p.background, p.bar, p.card, p.selected, p.note}) {
    all.push_back(contrast(p.text, ground));
    all.push_back(contrast(p.quiet_text, ground));
  }
  all.push_back(contrast(p.on_primary, p.primary));
  all.push_back(contrast(p.on_warning, p.warning));
  return all;
}

TEST(Contrast, IsThatOfWcag) {
  EXPECT_NEAR(contrast({0, 0, 0}, {255, 255, 255}), 21, 0.01);
  EXPECT_NEAR(contrast({119, 119, 119}, {255, 255, 255}), 4.48, 0.01);
  EXPECT_NEAR(contrast({9, 9, 9}, {9, 9, 9}), 1, 0.01);
}

TEST(Colours, OfTheDefaultReachTenToOne) {
  for (const double ratio : text_contrasts(palette_of(Colours::standard))) EXPECT_GE(ratio, 10);
}

TEST(Colours, OfBlackAndWhiteReachTwentyToOne) {
  for (const Colours colours : {Colours::black_on_white, Colours::white_on_black}) {
    for (const double ratio : text_contrasts(palette_of(colours))) EXPECT_GE(ratio, 20);
  }
}

TEST(Colours, OfTheSoftThemeStayBetweenFourAndAHalfAndSix) {
  for (const double ratio : text_contrasts(palette_of(Colours::low_contrast))) {
    EXPECT_GE(ratio, 4.5);
    EXPECT_LE(ratio, 6);
  }
}

TEST(Colours, OfBordersMarksAndRingReachThreeToOne) {
  for (int i = 0; i < visit::kColours; ++i) {
    const Palette p = palette_of(static_cast<Colours>(i));
    for (const Rgb ground : {p.background, p.bar, p.card}) EXPECT_GE(contrast(p.border, ground), 3) << i;
    EXPECT_GE(contrast(p.accent, p.selected), 3) << i;
    EXPECT_GE(contrast(p.accent, p.background), 3) << i;
    EXPECT_GE(contrast(p.on_accent, p.accent), 3) << i;
    EXPECT_GE(contrast(p.note_edge, p.note), 3) << i;
    EXPECT_GE(contrast(p.primary, p.background), 3) << i;
    EXPECT_GE(contrast(p.focus, p.focus_edge), 3) << i;
    for (const Rgb ground : {p.background, p.bar, p.card, p.primary}) {
      EXPECT_GE(std::max(contrast(p.focus, ground), contrast(p.focus_edge, ground)), 3) << i;
    }
    EXPECT_GE(contrast(p.off_text, p.background), i == 3 ? 3 : 4.5) << i;
  }
}

struct Range {
  TextSize size;
  float from_mm;
  float to_mm;
};

TEST(Capitals, StandWithinTheirRanges) {
  for (const Range& range : {Range{TextSize::smallest, 3.5F, 4.2F}, Range{TextSize::standard, 4.8F, 5.6F},
                             Range{TextSize::large, 6.4F, 7.1F}, Range{TextSize::largest, 8.5F, 9.0F}}) {
    const Capitals capitals = capitals_of(range.size);
    EXPECT_GE(capitals.small_mm, range.from_mm);
    EXPECT_LE(capitals.body_mm, range.to_mm);
    EXPECT_GT(capitals.heading_mm, capitals.body_mm);
  }
}

TEST(Capitals, OfOneSizeAreSevenTenthsOfADegreeAtSixtyCentimetres) {
  EXPECT_GE(capitals_of(TextSize::distant).small_mm, 7.3F);
  EXPECT_NEAR(capitals_of(TextSize::distant, 800).small_mm, 9.8F, 0.05F);
  EXPECT_NEAR(capitals_of(TextSize::distant, 400).small_mm, 4.9F, 0.05F);
}

TEST(Targets, AreAsLargeAndAsFarApartAsTheRulesSay) {
  EXPECT_GE(kTargetMm, 12.7F);
  EXPECT_GE(kGapMm, 2.54F);
}

}  // namespace
}  // namespace perspective::access
