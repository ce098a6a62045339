#include "survey/routing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "small_questionnaire.h"

namespace perspective::survey {
namespace {

using testing::ElementsAre;
using testing::Pair;
using testing::UnorderedElementsAre;

class Routing : public testing::Test {
 protected:
  const Questionnaire pets_ = small_questionnaire();
  const Answers owner_{{"has_pet", Choice{"yes"}}, {"which", Choices{{"cat", "other"}}}};
};

TEST_F(Routing, AsksOnlyWhatIsRelevantSoFar) {
  EXPECT_THAT(route(pets_, {}), ElementsAre(0, 4));
  EXPECT_THAT(route(pets_, {{"has_pet", Choice{"yes"}}}), ElementsAre(0, 1, 4));
  EXPECT_THAT(route(pets_, owner_), ElementsAre(0, 1, 2, 3, 4));
}

TEST_F(Routing, AnAnswerOffTheRouteCountsForNothing) {
  Answers changed = owner_;
  changed["has_pet"] = Choice{"no"};
  EXPECT_THAT(route(pets_, changed), ElementsAre(0, 4));
  EXPECT_THAT(prune(pets_, changed), ElementsAre(Pair("has_pet", Answer(Choice{"no"}))));
}

TEST_F(Routing, BlankWordsAreNoAnswer) {
  EXPECT_TRUE(prune(pets_, {{"more", Words{""}}}).empty());
  EXPECT_EQ(prune(pets_, {{"more", Words{"x"}}}).size(), 1U);
}

TEST_F(Routing, GoesForwardAndBackAlongTheRoute) {
  EXPECT_EQ(next_on_route(pets_, {}, std::nullopt), 0U);
  EXPECT_EQ(next_on_route(pets_, {}, 0), 4U);
  EXPECT_EQ(next_on_route(pets_, {}, 4), std::nullopt);
  EXPECT_EQ(previous_on_route(pets_, owner_, 4), 3U);
  EXPECT_EQ(previous_on_route(pets_, owner_, 0), std::nullopt);
}

TEST_F(Routing, TellsSkippedFromNotAskedFromNotReached) {
  const Answers stopped{{"has_pet", Choice{"no"}}};
  EXPECT_THAT(absences(pets_, stopped, {0}),
              UnorderedElementsAre(Pair("which", Absence::not_asked), Pair("other_which", Absence::not_asked),
                                   Pair("joy", Absence::not_asked), Pair("more", Absence::not_reached)));
  EXPECT_EQ(absences(pets_, stopped, {0, 4}).at("more"), Absence::skipped);
}

TEST_F(Routing, ShowsANoteWhileItsConditionHolds) {
  Answers sad = owner_;
  EXPECT_TRUE(notes_to_show(pets_, pets_.items[3], sad).empty());
  sad["joy"] = Choice{"little"};
  ASSERT_EQ(notes_to_show(pets_, pets_.items[3], sad).size(), 1U);
}

TEST(Answer, MustBeOneThatItsItemOffers) {
  const auto pets = small_questionnaire();
  EXPECT_TRUE(check_answer(pets.items[0], Choice{"yes"}));
  EXPECT_FALSE(check_answer(pets.items[0], Choice{"perhaps"}));
  EXPECT_FALSE(check_answer(pets.items[0], Choices{{"yes"}}));
  EXPECT_TRUE(check_answer(pets.items[1], Choices{{"cat", "dog"}}));
  EXPECT_FALSE(check_answer(pets.items[1], Choices{{"dog", "cat"}})) << "one form only: the questionnaire's order";
  EXPECT_FALSE(check_answer(pets.items[1], Choices{{"cat", "none_of_these"}}));
  EXPECT_TRUE(check_answer(pets.items[2], Words{"a newt"}));
  EXPECT_FALSE(check_answer(pets.items[2], Words{"a newt and four old goldfish"}));
}

TEST(Answer, ErrorsNeverQuoteIt) {
  const auto pets = small_questionnaire();
  const auto wrong = check_answer(pets.items[0], Choice{"perhaps"});
  EXPECT_EQ(wrong.error().what.find("perhaps"), std::string::npos);
}

TEST(Words, AreCleanedOfControlCharactersAndCutBetweenCharacters) {
  EXPECT_EQ(clean_text("  a\tb\x01\nc \n", 100), "a b \nc");
  EXPECT_EQ(clean_text("tŷ", 2), "t");
  EXPECT_EQ(clean_text("tŷ", 3), "tŷ");
  EXPECT_EQ(clean_text(" \n ", 10), "");
}

}  // namespace
}  // namespace perspective::survey
