#include "visit/visit.h"

#include "support/trial_visit.h"

namespace perspective::visit {
namespace {

using trial::Trial;

class AVisit : public Trial {};

TEST_F(AVisit, GoesFromTheLanguageByWelcomeAndPracticeToTheQuestions) {
  EXPECT_EQ(visit_.step(), Step::language);
  act(ChooseLanguage{"cy"});
  EXPECT_EQ(visit_.step(), Step::yours);
  act(Next{});
  EXPECT_EQ(visit_.step(), Step::welcome);
  EXPECT_EQ(visit_.settings().language, "cy");
  act(Next{}, Next{});
  EXPECT_EQ(visit_.step(), Step::practice);
  act(Choose{"milk"}, Next{});
  EXPECT_EQ(asked(), "a");
}

TEST_F(AVisit, HasNothingSelectedBeforehand) {
  to_questions();
  EXPECT_TRUE(visit_.answers().empty());
  EXPECT_FALSE(visit_.is_answered());
}

TEST_F(AVisit, DoesNotGoOnWithoutAnAnswer) {
  to_questions();
  act(Next{});
  EXPECT_EQ(asked(), "a");
}

TEST_F(AVisit, AsksOnlyWhatIsRelevant) {
  to_questions();
  act(Choose{"up"}, Next{});
  EXPECT_EQ(asked(), "c");
}

TEST_F(AVisit, KeepsEveryAnswerOnTheWayBackAndForth) {
  to_questions();
  act(Choose{"down"}, Next{}, Choose{"up"}, Next{}, Choose{"red"}, Back{}, Back{}, Back{}, Back{}, Back{});
  act(Next{}, Next{}, Skip{}, Next{}, Next{});
  EXPECT_EQ(asked(), "c");
  EXPECT_EQ(visit_.answers().size(), 3U);
}

TEST_F(AVisit, ForgetsAnAnswerThatIsSkipped) {
  to_questions();
  act(Choose{"up"}, Skip{});
  EXPECT_EQ(visit_.answer_to("a"), nullptr);
}

TEST_F(AVisit, ClearsTheOthersForAnExclusiveOption) {
  to_questions();
  act(Choose{"up"}, Next{}, Choose{"blue"}, Choose{"red"});
  EXPECT_EQ(*visit_.answer_to("c"), survey::Answer(survey::Choices{{"red", "blue"}}));
  act(Choose{"none"});
  EXPECT_EQ(*visit_.answer_to("c"), survey::Answer(survey::Choices{{"none"}}));
  act(Choose{"red"});
  EXPECT_EQ(*visit_.answer_to("c"), survey::Answer(survey::Choices{{"red"}}));
  act(Choose{"red"});
  EXPECT_EQ(visit_.answer_to("c"), nullptr);
}

TEST_F(AVisit, CutsWordsAtACharacterWithinTheirBytes) {
  to_questions();
  act(Choose{"up"}, Next{}, Skip{}, Write{std::string(39, 'x') + "\u0175"});
  EXPECT_EQ(std::get<survey::Words>(*visit_.answer_to("d")).text, std::string(39, 'x'));
}

TEST_F(AVisit, TakesBlankWordsForNoAnswer) {
  to_questions();
  act(Choose{"up"}, Next{}, Skip{}, Write{"  \n"});
  EXPECT_FALSE(visit_.is_answered());
}

class CheckingAnswers : public Trial {
 protected:
  void SetUp() override { answer_up_and_skip_the_rest(); }
};

TEST_F(CheckingAnswers, ComesAfterTheLastQuestion) { EXPECT_EQ(visit_.step(), Step::check); }

TEST_F(CheckingAnswers, ReturnsThereAfterAChange) {
  act(Change{"c"}, Choose{"red"}, Next{});
  EXPECT_EQ(visit_.step(), Step::check);
  EXPECT_EQ(visit_.answers().size(), 2U);
}

TEST_F(CheckingAnswers, AsksWhatAChangeMadeRelevantFirst) {
  act(Change{"a"}, Choose{"down"}, Next{});
  EXPECT_EQ(asked(), "b");
  act(Choose{"up"}, Next{});
  EXPECT_EQ(visit_.step(), Step::check);
}

TEST_F(CheckingAnswers, GoesBackFromWhatAChangeBroughtToWhatWasChanged) {
  act(Change{"a"}, Choose{"down"}, Next{}, Choose{"up"}, Back{});
  EXPECT_EQ(asked(), "a");
  act(Back{});
  EXPECT_EQ(visit_.step(), Step::check);
  EXPECT_EQ(visit_.answers().size(), 2U);
}

TEST_F(CheckingAnswers, AsksItAlsoOnTheWayBack) {
  act(Change{"a"}, Choose{"down"}, Back{});
  EXPECT_EQ(asked(), "b");
}

TEST_F(CheckingAnswers, DoesNotOfferToChangeWhatIsOffTheRoute) {
  act(Change{"b"});
  EXPECT_EQ(visit_.step(), Step::check);
}

TEST_F(CheckingAnswers, WaitsForThePutAndThenForgetsEveryAnswer) {
  act(Send{});
  EXPECT_EQ(visit_.step(), Step::sending);
  EXPECT_TRUE(visit_.has_answers());
  visit_.finish_sending();
  EXPECT_EQ(visit_.step(), Step::thanks);
  EXPECT_TRUE(visit_.answers().empty());
}

TEST_F(CheckingAnswers, KeepsTheAnswersWhenThePutFails) {
  act(Send{});
  visit_.fail_sending();
  EXPECT_EQ(visit_.step(), Step::problem);
  EXPECT_TRUE(visit_.has_answers());
  act(Back{});
  EXPECT_EQ(visit_.step(), Step::check);
}

class AskingAWorker : public Trial {
 protected:
  void may_ask() {
    auto allowed = trial::setting();
    allowed.may_ask_worker = true;
    visit_ = Visit(allowed);
  }
};

TEST_F(AskingAWorker, SaysFirstWhatItMeansAndKeepsEveryAnswer) {
  may_ask();
  to_questions();
  act(Choose{"up"}, ShowTalk{}, ShowWorker{});
  EXPECT_EQ(visit_.over(), Over::worker);
  act(AskWorker{});
  EXPECT_EQ(visit_.over(), Over::worker_asked);
  act(Next{}, Skip{}, Choose{"down"});  // behind what the worker sees nothing happens
  act(Close{});
  EXPECT_EQ(visit_.over(), std::nullopt);
  EXPECT_EQ(asked(), "a");
  EXPECT_EQ(visit_.answers().at("a"), survey::Answer(survey::Choice{"up"}));
}

TEST_F(AskingAWorker, LeadsBackToWhomElseOneCanTalkTo) {
  may_ask();
  act(ShowTalk{}, ShowWorker{}, Close{});
  EXPECT_EQ(visit_.over(), Over::talk);
}

TEST_F(AskingAWorker, NeverHappensAtOnce) {
  may_ask();
  act(AskWorker{}, ShowTalk{}, AskWorker{});
  EXPECT_EQ(visit_.over(), Over::talk);
}

TEST_F(AskingAWorker, IsNotThereWhereTheInspectionDoesNotAllowIt) {
  act(ShowTalk{}, ShowWorker{}, AskWorker{});
  EXPECT_EQ(visit_.over(), Over::talk);
}

TEST_F(AskingAWorker, OutlivesACrash) {
  may_ask();
  act(ShowTalk{}, ShowWorker{}, AskWorker{});
  EXPECT_EQ(Visit::from_draft(visit_.to_draft(), visit_.setting())->over(), Over::worker_asked);
}

class Stopping : public Trial {};

TEST_F(Stopping, GoesBackToTheSameQuestion) {
  to_questions();
  act(Choose{"up"}, ShowStop{}, Close{});
  EXPECT_EQ(asked(), "a");
  EXPECT_TRUE(visit_.is_answered());
}

TEST_F(Stopping, SendsWhatThereIsOnlyIfThereIsSomething) {
  to_questions();
  act(ShowStop{}, Send{});
  EXPECT_EQ(visit_.step(), Step::question);
  act(Close{}, Choose{"up"}, ShowStop{}, Send{});
  EXPECT_EQ(visit_.step(), Step::sending);
  EXPECT_EQ(visit_.ending(), Ending::sent);
}

TEST_F(Stopping, DeletesEverythingAndWaitsLikeSending) {
  to_questions();
  act(Choose{"up"}, ShowStop{}, Delete{});
  EXPECT_EQ(visit_.step(), Step::sending);
  EXPECT_EQ(visit_.ending(), Ending::deleted);
  EXPECT_TRUE(visit_.answers().empty());
}

TEST_F(Stopping, NeedsTheStopScreenToDelete) {
  to_questions();
  act(Choose{"up"}, Delete{});
  EXPECT_TRUE(visit_.has_answers());
}

TEST(Settings, GoRoundAndEndWithTheVisit) {
  Visit visit(trial::setting());
  for (int i = 0; i < kTextSizes; ++i) visit.apply(NextSize{});
  EXPECT_EQ(visit.settings().size, TextSize::standard);
  visit.apply(NextColours{});
  EXPECT_EQ(visit.settings().colours, Colours::black_on_white);
  EXPECT_EQ(Visit(trial::setting()).settings().colours, Colours::standard);
}

class MakingItYours : public Trial {};

TEST_F(MakingItYours, ComesBeforeTheWelcomeAndCanBeGoneBackTo) {
  act(ChooseLanguage{"en"}, Next{}, Back{});
  EXPECT_EQ(visit_.step(), Step::yours);
  act(Back{});
  EXPECT_EQ(visit_.step(), Step::language);
}

TEST_F(MakingItYours, StopsAtTheSmallestAndTheLargestSize) {
  act(ChangeSize{-9});
  EXPECT_EQ(visit_.settings().size, TextSize::smallest);
  act(ChangeSize{9});
  EXPECT_EQ(visit_.settings().size, TextSize::largest);
}

TEST_F(MakingItYours, LosesNoAnswerAndEndsWhereItBegan) {
  to_questions();
  act(Choose{"up"}, ShowYours{}, ChangeSize{1}, NextColours{}, SwitchSound{}, Close{});
  EXPECT_EQ(asked(), "a");
  EXPECT_TRUE(visit_.is_answered());
  EXPECT_EQ(visit_.settings().size, TextSize::large);
}

TEST_F(MakingItYours, IsForOnePersonAlone) {
  act(ChangeSize{1}, NextColours{}, NextTypeface{}, SwitchSpacing{}, SwitchSound{});
  const Visit next(trial::setting());
  EXPECT_EQ(next.settings(), Settings{.language = "en"});
}

}  // namespace
}  // namespace perspective::visit
