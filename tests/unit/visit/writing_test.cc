#include "visit/writing.h"

#include "support/trial_visit.h"

namespace perspective::visit {
namespace {

TEST(Words, TakeAnAccentOntoTheLetterBeforeIt) {
  const Writing now = after({"taw", 3}, Insert{"\u0302"}, 40);
  EXPECT_EQ(now, (Writing{"ta\u0175", 4}));
}

TEST(Words, AreWrittenAndDeletedAtTheCaret) {
  Writing now = after({"ac", 1}, Insert{"b"}, 40);
  EXPECT_EQ(now, (Writing{"abc", 2}));
  now = after(now, Erase{Reach::after});
  EXPECT_EQ(now, (Writing{"ab", 2}));
  EXPECT_EQ(after(now, Erase{Reach::before}), (Writing{"a", 1}));
}

TEST(Words, LoseAWholeWordAtOnce) {
  EXPECT_EQ(after({"the old gate", 8}, Erase{Reach::word}), (Writing{"the gate", 4}));
}

TEST(Words, StopAtTheirBytesAndKeepWhatIsThere) {
  EXPECT_EQ(after({"123", 3}, Insert{"\u0175"}, 4), (Writing{"123", 3}));
  EXPECT_EQ(after({"123", 3}, Insert{"4"}, 4), (Writing{"1234", 4}));
}

TEST(Words, LetTheCaretGoByWholeCharacters) {
  EXPECT_EQ(after({"\u0175a", 2}, MoveCaret{-1}).caret, 0U);
  EXPECT_EQ(after({"\u0175a", 0}, MoveCaret{1}).caret, 2U);
  EXPECT_EQ(after({"\u0175a", 0}, PlaceCaret{1}).caret, 2U);
}

class AKeyboardOnTheScreen : public trial::Trial {
 protected:
  void SetUp() override {
    to_questions();
    act(Choose{"up"}, Next{}, Skip{});
    ASSERT_EQ(asked(), "d");
    act(ShowKeyboard{});
  }
  std::string written() const { return visit_.writing().text; }
};

TEST_F(AKeyboardOnTheScreen, WritesTheAnswerOfTheQuestionUnderIt) {
  act(Insert{"H"}, Insert{"i"}, Close{});
  EXPECT_EQ(*visit_.answer_to("d"), survey::Answer(survey::Words{"Hi"}));
  EXPECT_TRUE(visit_.is_answered());
}

TEST_F(AKeyboardOnTheScreen, IsThereOnlyWhereWordsAreAsked) {
  act(Close{}, Back{});
  ASSERT_EQ(asked(), "c");
  act(ShowKeyboard{}, Insert{"x"});
  EXPECT_FALSE(visit_.over());
  EXPECT_EQ(visit_.answer_to("c"), nullptr);
}

TEST_F(AKeyboardOnTheScreen, OffersACapitalWhereASentenceBeginsAndOnlyThere) {
  EXPECT_TRUE(visit_.is_capital_next());
  act(Insert{"A"});
  EXPECT_FALSE(visit_.is_capital_next());
  act(Insert{"."}, Insert{" "});
  EXPECT_TRUE(visit_.is_capital_next());
}

TEST_F(AKeyboardOnTheScreen, ShiftsOneLetterEitherWay) {
  act(Shift{});
  EXPECT_FALSE(visit_.is_capital_next());
  act(Insert{"a"}, Shift{});
  EXPECT_TRUE(visit_.is_capital_next());
  act(Insert{"B"});
  EXPECT_FALSE(visit_.is_capital_next());
}

TEST_F(AKeyboardOnTheScreen, ShowsTheLettersAgainAfterAnAccentOrASignAndASpace) {
  act(ShowKeys{KeyPage::accents}, Insert{"\u0175"});
  EXPECT_EQ(visit_.key_page(), KeyPage::letters);
  act(ShowKeys{KeyPage::signs}, Insert{"1"}, Insert{"2"});
  EXPECT_EQ(visit_.key_page(), KeyPage::signs);
  act(Insert{" "});
  EXPECT_EQ(visit_.key_page(), KeyPage::letters);
}

TEST_F(AKeyboardOnTheScreen, ComesBackWithItsPageAndItsOrderAfterACrash) {
  act(Insert{"A"}, NextKeyOrder{}, ShowKeys{KeyPage::signs});
  const auto again = Visit::from_draft(visit_.to_draft(), trial::setting());
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(again->over(), Over::keyboard);
  EXPECT_EQ(again->key_page(), KeyPage::signs);
  EXPECT_EQ(again->settings().keys, KeyOrder::alphabet);
  EXPECT_EQ(again->writing(), (Writing{"A", 1}));
}

}  // namespace
}  // namespace perspective::visit
