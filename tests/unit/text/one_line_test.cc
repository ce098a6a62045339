#include "text/one_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace perspective::text {
namespace {

TEST(WordsOnOneLine, AreTheSameHoweverTheirSpacesWereTyped) {
  for (const auto* const typed : {"felt listened to", "  felt\tlistened \n to ", "felt\u00A0listened\u2003to"})
    EXPECT_EQ(one_line(typed), "felt listened to") << typed;
  EXPECT_EQ(one_line(" \t"), "");
}

TEST(WordsOnOneLine, MayBeInAnyLanguage) {
  for (const auto* const typed : {"tŷ", "بات سنی گئی", "আমার কথা", "😀"}) EXPECT_EQ(one_line(typed), typed);
}

TEST(WordsOnOneLine, HoldNothingThatDoesNotPrint) {
  for (const auto* const typed : {"a\x01", "a\x7F", "a\u0085b\u0086", "a\u200B", "\u202Eabc", "\uFEFF", "a\u00AD"})
    EXPECT_EQ(one_line(typed), std::nullopt) << typed;
}

TEST(WordsOnOneLine, AreText) {
  for (const auto* const typed : {"\xFF", "a\xC3", "\xC0\x80", "\xED\xA0\x80"})
    EXPECT_EQ(one_line(typed), std::nullopt);
}

}  // namespace
}  // namespace perspective::text
