#include "text/hidden.h"

#include <gtest/gtest.h>

namespace perspective::text {
namespace {

TEST(ATextWithoutHiddenCharacters, HasNoneThatPartAWord) {
  for (const std::string hidden : {"\u00AD", "\u200B", "\u200C", "\u200D", "\u2060", "\uFEFF"}) {
    EXPECT_EQ(without_hidden("fif" + hidden + "teen"), "fifteen");
    EXPECT_EQ(without_hidden("1" + hidden + "5"), "15");
    EXPECT_EQ(without_hidden(hidden + "tŷ " + hidden + "mawr." + hidden), "tŷ mawr.");
  }
  EXPECT_EQ(without_hidden("a\u200B\u200D\u00ADb"), "ab");
  EXPECT_EQ(without_hidden("\u200D"), "");
}

TEST(ATextWithoutHiddenCharacters, KeepsTheJoinersThatAreSpelling) {
  for (const std::string kept : {"می\u200Cخواهم", "ক্\u200Dষ", "👩\u200D👧", "a b\n\nc", "\xFFz", ""})
    EXPECT_EQ(without_hidden(kept), kept);
  EXPECT_EQ(without_hidden("می\u200C three"), "می three");
  EXPECT_EQ(without_hidden("a\u200Cمی, \u200Dمی"), "aمی, می");
}

}  // namespace
}  // namespace perspective::text
