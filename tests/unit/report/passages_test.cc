// Words of comments in an edited text: found, wherever they were pasted or typed.
#include "report/passages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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

TEST(Passages, GoWithAMarkInTheirPlace) {
  Texts text{"a", "They wished for “more chairs”, “too cold for” and “more chairs”."};
  take_out(text, passages_in(text, kComments, {}));
  EXPECT_EQ(text[1], "They wished for “[…]”, “[…]” and “[…]”.");
}

}  // namespace
}  // namespace perspective::report
