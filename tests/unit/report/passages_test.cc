// Words of comments in an edited text: found, wherever they were pasted or typed.
#include "report/passages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <utility>

namespace perspective::report {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

using Texts = std::vector<std::string>;

Texts found(const Texts& text, const Texts& comments, const Texts& allowed = {}) {
  Texts words;
  for (const auto& each : passages_in(text, comments, allowed))
    words.push_back(text[each.paragraph].substr(each.begin, each.end - each.begin));
  return words;
}

const Texts kComments{"The worker's office was too cold for my baby brother", "More chairs", "Nobody told us why"};

TEST(Passages, OfFiveWordsAreFoundInAnyMarksAndInNone) {
  for (const auto* text : {"One wrote “office was too cold for” it.", "One wrote \"office was too cold for\" it.",
                           "One wrote ‘office was too cold for’ it.", "One wrote 'office was too cold for' it.",
                           "One wrote «office was too cold for» it.", "One wrote office was too cold for it."})
    EXPECT_THAT(found({text}, kComments), ElementsAre("office was too cold for")) << text;
}

TEST(Passages, AreFoundHoweverTheyAreSpeltAndSpaced) {
  EXPECT_THAT(found({"THE WORKER’S  office -- was\n\ttoo cold"}, kComments),
              ElementsAre("THE WORKER’S  office -- was\n\ttoo cold"));
  EXPECT_THAT(found({"“off\u00ADice was\u200B too\u00A0cold for”"}, kComments),
              ElementsAre("off\u00ADice was\u200B too\u00A0cold for"));
}

TEST(Passages, GoAsFarAsTheirWordsGoOn) {
  EXPECT_THAT(found({"a", "So the office was too cold for my baby, and mine was too cold for my baby."}, kComments),
              ElementsAre("office was too cold for my baby", "was too cold for my baby"));
}

TEST(Passages, OfThreeOrFourWordsAreFoundAloneBetweenMarks) {
  EXPECT_THAT(found({"One found it “too cold for” them."}, kComments), ElementsAre("too cold for"));
  EXPECT_THAT(found({"“[It] was too cold … my baby brother (sic)”"}, kComments),
              ElementsAre("was too cold", "my baby brother"));
  EXPECT_THAT(found({"“was too cold"}, kComments), ElementsAre("was too cold")) << "nothing ends it";
  EXPECT_THAT(found({"It was too cold for them."}, kComments), IsEmpty());
  EXPECT_THAT(found({"“It was too cold for them.”"}, kComments), IsEmpty()) << "other words, too";
  EXPECT_THAT(found({"“Nobody told us why”", "Nobody told us why."}, kComments), ElementsAre("Nobody told us why"));
}

// “These”, however the spaces around them were typed.
constexpr std::array<std::pair<const char*, const char*>, 4> kTwoSided{
    {{"“", "”"}, {"„", "”"}, {"‟", "”"}, {"«", "»"}}};
constexpr std::array<const char*, 3> kOneSided{"\"", "＂", "″"};

TEST(Passages, AreFoundBetweenMarksOfEveryKind) {
  const auto between = [](const std::string& first, const std::string& last) {
    return found({"One found it " + first + "too cold for" + last + " them."}, kComments);
  };
  for (const auto& [first, last] : kTwoSided) EXPECT_THAT(between(first, last), ElementsAre("too cold for")) << first;
  for (const auto& mark : kOneSided) EXPECT_THAT(between(mark, mark), ElementsAre("too cold for")) << mark;
  for (const auto& [first, last] :
       {std::pair("‘", "’"), {"‚", "’"}, {"‚", "‘"}, {"„", "“"}, {"'", "'"}, {"`", "`"}, {"`", "'"}})
    EXPECT_THAT(between(first, last), ElementsAre("too cold for")) << first << last;
}

TEST(Passages, AreFoundBetweenMarksWithoutSpacesAroundThem) {
  const auto between = [](const std::string& first, const std::string& last) {
    return found({"One found it" + first + "too cold for" + last + "them."}, kComments);
  };
  for (const auto& [first, last] : kTwoSided) EXPECT_THAT(between(first, last), ElementsAre("too cold for")) << first;
  for (const auto& mark : kOneSided) EXPECT_THAT(between(mark, mark), ElementsAre("too cold for")) << mark;
}

TEST(Passages, AreFoundBetweenMarksWithSpacesOnTheWrongSide) {
  const auto between = [](const std::string& first, const std::string& last) {
    return found({"One found it" + first + " too cold for " + last + "them."}, kComments);
  };
  for (const auto& [first, last] : kTwoSided) EXPECT_THAT(between(first, last), ElementsAre("too cold for")) << first;
  for (const auto* first : {"‘", "‚"}) EXPECT_THAT(between(first, "’"), ElementsAre("too cold for")) << first;
  EXPECT_THAT(found({"\" too cold for \" them."}, kComments), ElementsAre("too cold for"));
  for (const std::string space : {" ", "\n", "\t", "\r"})
    EXPECT_THAT(found({"One found it" + space + "\" too cold for \"" + space + "them."}, kComments),
                ElementsAre("too cold for"));
}

TEST(Passages, AreFoundAroundAnApostropheOfAnyKind) {
  for (const std::string mark : {"’", "'", "`"})
    EXPECT_THAT(found({"One wrote “don" + mark + "t tell me” then."}, {"Don't tell me"}),
                ElementsAre("don" + mark + "t tell me"));
}

TEST(Passages, AreFoundBetweenSingleMarksThatHaveAnApostropheBetweenThem) {
  for (const std::string words : {"don't tell me", "DON'T TELL ME", "in 1990's heat", "café's too cold"})
    EXPECT_THAT(found({"One wrote '" + words + "' then."}, {words}), ElementsAre(words));
}

TEST(Passages, AreFoundBetweenMarksWithinOthers) {
  EXPECT_THAT(found({"One wrote “it was ‘too cold for’” then."}, kComments), ElementsAre("too cold for"));
  EXPECT_THAT(found({"One wrote “it was “too cold for” them, “nobody told us” then” at last."}, kComments),
              ElementsAre("too cold for", "nobody told us"));
}

TEST(Passages, AreFoundBetweenMarksThatOthersCross) {
  for (const auto* text : {"One wrote “it “ too cold for ” them” then.", "One wrote “it was“too cold for”them” then.",
                           "One wrote “too cold for ‘” them."})
    EXPECT_THAT(found({text}, kComments), ElementsAre("too cold for")) << text;
  EXPECT_THAT(found({"One found it “too “cold” for” them."}, kComments), ElementsAre("too “cold” for"));
}

TEST(Passages, AreFoundBesideWhateverIsLeftOut) {
  for (const std::string between : {"…", "...", "[they said]", "(sic)"})
    EXPECT_THAT(found({"One wrote “my baby brother " + between + " was too cold” then."}, kComments),
                ElementsAre("my baby brother", "was too cold"))
        << between;
}

TEST(Passages, OfOneOrTwoWordsAreFoundAsAWholeCommentBetweenMarks) {
  EXPECT_THAT(found({"They wished for “more chairs”; one for ‘More chairs.’"}, kComments),
              ElementsAre("more chairs", "More chairs"));
  EXPECT_THAT(found({"They wished for more chairs.", "“too cold”"}, kComments), IsEmpty());
}

TEST(Passages, AreNotThoseOfAnApostrophe) {
  EXPECT_THAT(found({"It was the boys' more chairs' owner's."}, {"more chairs"}), IsEmpty());
  EXPECT_THAT(found({"The team's rule: “more chairs” isn't all."}, {"more chairs"}), ElementsAre("more chairs"));
}

TEST(Passages, AreNotWhatIsAllowed) {
  const std::string quoted = "They wrote “The worker's office was too cold for my baby brother”.";
  EXPECT_THAT(found({"“office was too cold for my baby”, and “too cold for”"}, kComments, {quoted}), IsEmpty());
  EXPECT_THAT(found({"“office was too cold for my baby”"}, kComments, {"the office was too cold for [a child]"}),
              ElementsAre("was too cold for my baby"));
}

TEST(Passages, OfWelshAreFoundToo) {
  const Texts comments{"Roedd hi'n oer iawn yn yr ystafell fach", "Cadeiriau"};
  EXPECT_THAT(found({"Ysgrifennodd un “ROEDD HI’N OER IAWN”.", "Dymunwyd ‘cadeiriau’."}, comments),
              ElementsAre("ROEDD HI’N OER IAWN", "cadeiriau"));
}

TEST(Passages, SayWhichCommentsTheyAreFrom) {
  const auto passages = passages_in({"x", "“more chairs”, and nobody told us why"}, {"Why", "More chairs"}, {});
  ASSERT_EQ(passages.size(), 1U);
  EXPECT_EQ(passages[0].paragraph, 1U);
  EXPECT_THAT(passages[0].from, ElementsAre(1U));
}

TEST(Passages, AreOneWhereSeveralCommentsSayTheSame) {
  EXPECT_THAT(found({"It was “too cold for” my."}, kComments), ElementsAre("was “too cold for” my"));
  const auto passages =
      passages_in({"It was too cold for my baby."}, {"Too cold for my baby", "was too cold for my"}, {});
  ASSERT_EQ(passages.size(), 1U);
  EXPECT_THAT(passages[0].from, ElementsAre(0U, 1U));
}

TEST(Passages, GoWithAMarkInTheirPlace) {
  Texts text{"a", "They wished for “more chairs”, “too cold for” and “more chairs”."};
  take_out(text, passages_in(text, kComments, {}));
  EXPECT_EQ(text[1], "They wished for “[…]”, “[…]” and “[…]”.");
}

}  // namespace
}  // namespace perspective::report
