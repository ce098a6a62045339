// Words that may be read no longer, in somebody's text.
#include "report/held_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace perspective::report {
namespace {

std::string without(std::string text, const HeldWords& held) {
  take_out(text, held);
  return text;
}

TEST(HeldWords, AreFoundHoweverTheyAreSpeltAndSetApart) {
  const HeldWords held{.words = "Dad's flat isn't warm enough for us"};
  EXPECT_EQ(without("One said “DAD’S flat isn’t warm”.", held), "One said “[…]”.");
  EXPECT_EQ(without("dad s flat, isn t -- warm enough", held), "[…]");
  EXPECT_EQ(without("They flat out refused; it isn't warm.", held), "They flat out refused; it isn't warm.");
}

TEST(HeldWords, GoAsFarAsTheyReach) {
  const HeldWords held{.words = "one two three four five six"};
  EXPECT_EQ(without("a one two three four b two three four five six c", held), "a […] b […] c");
  EXPECT_EQ(without("one two three", held), "one two three");
}

TEST(HeldWords, StayWhereTheyMayStillBeRead) {
  const HeldWords held{.words = "more chairs by the big window please Olwen said so",
                       .allowed = {"more chairs by the big window please [name] said so"}};
  EXPECT_FALSE(holds("more chairs by the big window please", held));
  EXPECT_EQ(without("by the big window please Olwen said so", held), "by the […]");
}

TEST(HeldWords, OfOneOrTwoAreFoundAsAQuotationOnly) {
  const HeldWords held{.words = "Nothing."};
  EXPECT_EQ(without("They said nothing of it.", held), "They said nothing of it.");
  EXPECT_EQ(without("One wrote “Nothing.”", held), "One wrote “[…].”");
  EXPECT_FALSE(holds("Anything", HeldWords{}));
}

TEST(HeldWords, MayBeWelsh) {
  const HeldWords held{.words = "Mae'r tŷ yn oer iawn yn y gaeaf"};
  EXPECT_EQ(without("Dywedodd un: “mae’r TŶ yn oer iawn”.", held), "Dywedodd un: “[…]”.");
}

}  // namespace
}  // namespace perspective::report
