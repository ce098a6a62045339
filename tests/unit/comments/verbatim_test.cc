#include "comments/verbatim.h"

#include <gtest/gtest.h>

namespace perspective::comments {
namespace {

constexpr std::string_view kComment = "I’m SCARED to go home, [name] knows... Ask her: “don't  wait”!";

std::string words(std::string_view chosen, std::string_view comment = kComment) {
  return verbatim(comment, chosen).words;
}
std::string foreign(std::string_view chosen, std::string_view comment = kComment) {
  const auto found = verbatim(comment, chosen);
  EXPECT_EQ(found.words.empty(), !found.foreign.empty()) << chosen;
  return found.foreign;
}

TEST(ChosenWords, ComeInTheWritersSpellingHoweverTheyAreTyped) {
  EXPECT_EQ(words("i'm scared"), "I’m SCARED");
  EXPECT_EQ(words("\n I'm  scared\nto go home [name] knows "), "I’m SCARED to go home, [name] knows");
  EXPECT_EQ(words("\"ask her 'don’t wait'\""), "Ask her: “don't  wait");
  EXPECT_EQ(words("to go home."), "to go home") << "the stop is not the writer's";
  EXPECT_EQ(words("to go home,"), "to go home,");
  EXPECT_EQ(words("“don't wait”!"), "“don't  wait”!");
  EXPECT_EQ(words("TŶ BACH", "Roedd y tŷ bach yn lân"), "tŷ bach");
}

TEST(ChosenWords, MayBePiecesInTheirOrder) {
  EXPECT_EQ(words("I'm scared ... [name] knows"), "I’m SCARED ... [name] knows");
  EXPECT_EQ(words("I'm scared…ask her"), "I’m SCARED ... Ask her");
  EXPECT_EQ(words("... scared [...] ask her […] wait ..."), "SCARED [...] Ask her [...] wait");
  EXPECT_EQ(words("knows... ask"), "knows... Ask") << "the writer's own dots";
}

TEST(ChosenWords, AreNotTakenInAnotherOrder) {
  EXPECT_EQ(foreign("[name] knows ... I'm scared"), "I'm scared");
  EXPECT_EQ(foreign("home to go"), "to go");
  EXPECT_EQ(foreign("scared ... scared"), "scared") << "it was written once";
}

TEST(ChosenWords, AreNotTakenWithoutASignWhereSomeAreLeftOut) {
  EXPECT_EQ(foreign("I'm scared [name] knows"), "[name] knows");
}

TEST(ChosenWords, AreWholeWords) {
  EXPECT_EQ(foreign("care"), "care");
  EXPECT_EQ(foreign("I did not", "I did nothing"), "not");
  EXPECT_EQ(foreign("do", "I don't"), "do");
}

TEST(ChosenWords, AreNotAnybodyElses) {
  EXPECT_EQ(foreign("my secret is that my uncle hits me"), "my secret is that my");
  EXPECT_EQ(foreign("I'm scared of 15 of the 17"), "of 15 of the 17");
  EXPECT_EQ(foreign("home 2"), "2");
  EXPECT_EQ(foreign("I'm scared (sic)"), "sic");
}

TEST(ChosenWords, HaveBracketsOnlyWhereTheCommentHasThem) {
  EXPECT_EQ(foreign("scared to [place]"), "[place]");
  EXPECT_EQ(foreign("name knows"), "name knows");
  EXPECT_EQ(foreign("[home]"), "[home]");
  EXPECT_EQ(words("[a worker] listened", "and [a worker] listened to me"), "[a worker] listened");
}

TEST(ChosenWords, AreSomeAtLeast) {
  for (const auto* const none : {"", " ", "...", "[...]", "!?"}) {
    EXPECT_EQ(verbatim(kComment, none).words, "") << none;
    EXPECT_EQ(verbatim(kComment, none).foreign, "") << none;
  }
  EXPECT_EQ(foreign("anything", ""), "anything");
}

TEST(ChosenWords, MayBeAnyBytes) {
  for (const auto* const odd : {"\xC3", "home\xE2\x80", "\xF0\x9F\x98\x80 home", "[", "]", "[]", "[home"})
    verbatim(kComment, odd);
  EXPECT_EQ(words("I’m “", "I’m ”"), "I’m");
}

}  // namespace
}  // namespace perspective::comments
