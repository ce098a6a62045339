#include "text/editing.h"

#include <gtest/gtest.h>

namespace perspective::text {
namespace {

TEST(PlacesOfACaret, AreNeverInsideACharacterAsPeopleSeeIt) {
  const std::string text = "a\u0175e\u0301\u0323b";  // the e with two signs is one
  EXPECT_EQ(place_after(text, 0), 1U);
  EXPECT_EQ(place_after(text, 1), 3U);
  EXPECT_EQ(place_after(text, 3), 8U);
  EXPECT_EQ(place_before(text, 8), 3U);
  EXPECT_EQ(place_before(text, 0), 0U);
  EXPECT_EQ(place_at(text, 2), 3U);
  EXPECT_EQ(place_at(text, 99), text.size());
}

TEST(PlacesOfACaret, TakeTheSpacesWithTheWordBefore) {
  EXPECT_EQ(word_before("one two  ", 9), 4U);
  EXPECT_EQ(word_before("one two", 5), 4U);
  EXPECT_EQ(word_before("", 0), 0U);
}

TEST(ASentence, BeginsAtTheStartAfterItsEndAndInANewLine) {
  EXPECT_TRUE(begins_sentence("", 0));
  EXPECT_FALSE(begins_sentence("a", 1));
  EXPECT_FALSE(begins_sentence("a ", 2));
  EXPECT_FALSE(begins_sentence("a.", 2));
  EXPECT_TRUE(begins_sentence("a. ", 3));
  EXPECT_TRUE(begins_sentence("a?  ", 4));
  EXPECT_TRUE(begins_sentence("a,\n", 3));
}

TEST(Letters, ComeTogetherAndApart) {
  EXPECT_EQ(composed("w\u0302"), "\u0175");
  EXPECT_EQ(code_points_apart("\u0175"), (std::vector<char32_t>{U'w', U'\u0302'}));
  EXPECT_EQ(in_capitals("\u0177", "cy"), "\u0176");
}

TEST(FoldedText, IsInSmallLettersWithoutAccents) {
  EXPECT_EQ(folded("Ŵyr"), "wyr");
  EXPECT_EQ(folded("CO\u0302R"), "cor");  // an accent as a sign of its own
  EXPECT_EQ(folded("don't"), "don't");
  EXPECT_EQ(folded(""), "");
}

}  // namespace
}  // namespace perspective::text
