// How long a visit waits for somebody, and the screen that a person hides.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/recording_speaker.h"
#include "support/trial_app.h"

namespace perspective::app {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class Waiting : public trial::TrialApp {
 protected:
  void SetUp() override {
    speaker_to_use_ = &speaker_;
    TrialApp::SetUp();
  }
  // Of the first question that is asked.
  void answer_one() {
    start();
    while (app_->screen().id != "practice") app_->press("next");
    app_->press("skip");
    app_->press(first(screen::Role::radio));
    question_ = app_->screen().id;
  }
  void fall_silent() {
    app_->idled();
    ASSERT_EQ(app_->screen().id, "still_there");
  }
  std::string label(std::string_view id) const {
    const screen::Item* item = app_->screen().item(id);
    return item == nullptr ? "" : item->label;
  }
  bool is_answer_there() const { return app_->screen().item(first(screen::Role::radio))->selected; }

  trial::RecordingSpeaker speaker_;
  std::string question_;
};

TEST_F(Waiting, NobodyIsWaitedForOnTheStartScreen) {
  app_->notice_input();
  EXPECT_EQ(patience_, seconds{0});
  app_->idled();
  EXPECT_EQ(app_->screen().id, "start");
}

TEST_F(Waiting, AfterFiveMinutesAWarningCountsDownFrom45Seconds) {
  answer_one();
  EXPECT_EQ(patience_, minutes{5});
  fall_silent();
  EXPECT_EQ(label("seconds"), "45 seconds left");
  EXPECT_EQ(patience_, seconds{1});
  app_->idled();
  EXPECT_EQ(label("seconds"), "44 seconds left");
  for (int i = 0; i < 43; ++i) app_->idled();
  EXPECT_EQ(label("seconds"), "1 second left");
}

TEST_F(Waiting, WithoutAnAnswerTheVisitIsForgottenAndNeverSent) {
  answer_one();
  fall_silent();
  for (int i = 0; i < 45; ++i) app_->idled();
  EXPECT_EQ(app_->screen().id, "start");
  EXPECT_EQ(ended_, visit::Ending::timed_out);
  EXPECT_EQ(draft_, "");
  EXPECT_TRUE(puts_.empty());
  EXPECT_EQ(patience_, seconds{0});
}

TEST_F(Waiting, AnyInputPutsTheEndOffAndDoesNothingElse) {
  answer_one();
  for (int i = 0; i < 20; ++i) {
    fall_silent();
    for (int k = 0; k < 44; ++k) app_->idled();
    EXPECT_TRUE(app_->notice_input());
    EXPECT_EQ(app_->screen().id, question_);
    EXPECT_TRUE(is_answer_there());
    EXPECT_EQ(patience_, minutes{5});
  }
  fall_silent();
  app_->handle({access::VerbKind::page_next});
  EXPECT_EQ(app_->screen().id, question_);
  EXPECT_FALSE(app_->notice_input());
}

TEST_F(Waiting, TheButtonOfTheWarningBringsTheQuestionBackToo) {
  answer_one();
  fall_silent();
  app_->press("stay");
  EXPECT_EQ(app_->screen().id, question_);
}

TEST_F(Waiting, TheSecondsAreSaidNowAndThen) {
  answer_one();
  app_->press("bar.yours");
  app_->press("sound.switch");
  app_->press("close");
  fall_silent();
  EXPECT_THAT(speaker_.text(), AllOf(HasSubstr("Are you still there?"), HasSubstr("45 seconds left")));
  speaker_.all.clear();
  for (int i = 0; i < 44; ++i) app_->idled();
  EXPECT_THAT(speaker_.all, ElementsAre("30 seconds left", "15 seconds left", "10 seconds left", "5 seconds left"));
  EXPECT_EQ(speaker_.text(), "5 seconds left\n");  // not cut by the seconds that are not said
}

TEST_F(Waiting, WhoIsBeingReadToIsNotAway) {
  answer_one();
  app_->press("bar.yours");
  app_->press("sound.switch");
  speaker_.word = access::SpokenWord{"heading", 0, 5};
  app_->idled();
  EXPECT_EQ(app_->screen().id, "yours");
  EXPECT_EQ(patience_, minutes{5});
}

TEST_F(Waiting, AfterTheThanksTheEndStaysWhatItWas) {
  start();
  while (app_->screen().id != "practice") app_->press("next");
  answer_all();
  send();
  app_->put_finished({});
  ASSERT_EQ(app_->screen().id, "thanks");
  fall_silent();
  for (int i = 0; i < 45; ++i) app_->idled();
  EXPECT_EQ(ended_, visit::Ending::sent);
  EXPECT_EQ(puts_.size(), 1U);
}

using AHiddenScreen = Waiting;

TEST_F(AHiddenScreen, ShowsNothingOfTheQuestion) {
  answer_one();
  app_->press("bar.hide");
  EXPECT_EQ(app_->screen().id, "hidden");
  std::vector<std::string> ids;
  for (const auto& item : app_->screen().items) ids.push_back(item.id);
  EXPECT_THAT(ids, ElementsAre("text", "show"));
}

TEST_F(AHiddenScreen, ComesBackWithTheNextPressOfAnything) {
  answer_one();
  app_->handle({access::VerbKind::hide});
  ASSERT_EQ(app_->screen().id, "hidden");
  app_->handle({access::VerbKind::hide});
  EXPECT_EQ(app_->screen().id, question_);
  app_->press("bar.hide");
  EXPECT_TRUE(app_->notice_input());
  EXPECT_EQ(app_->screen().id, question_);
  EXPECT_TRUE(is_answer_there());
}

TEST_F(AHiddenScreen, IsSilent) {
  answer_one();
  app_->press("bar.yours");
  app_->press("sound.switch");
  app_->press("close");
  app_->press("bar.hide");
  EXPECT_EQ(speaker_.text(), "");
  app_->notice_input();
  EXPECT_NE(speaker_.text(), "");
}

TEST_F(AHiddenScreen, StaysHiddenAfterACrash) {
  answer_one();
  app_->press("bar.hide");
  crash();
  EXPECT_EQ(app_->screen().id, "hidden");
  app_->press("show");
  EXPECT_EQ(app_->screen().id, question_);
}

TEST_F(AHiddenScreen, IsStillHiddenAfterTheWarning) {
  answer_one();
  app_->press("bar.hide");
  fall_silent();
  app_->notice_input();
  EXPECT_EQ(app_->screen().id, "hidden");
}

class SpeechOnly : public Waiting {
 protected:
  void go_dark() {
    answer_one();
    for (const char* id : {"bar.yours", "sound.switch", "picture.switch", "close"}) app_->press(id);
    ASSERT_EQ(app_->screen().id, question_);
    ASSERT_TRUE(app_->cover());
  }
};

TEST_F(SpeechOnly, ShowsNothingOfTheQuestionAndSaysAllOfIt) {
  go_dark();
  const screen::Screen cover = *app_->cover();
  for (const screen::Item& item : cover.items) {
    EXPECT_FALSE(is_focusable(item));
    EXPECT_EQ(item.label.find(label("heading")), std::string::npos);
  }
  EXPECT_THAT(speaker_.text(), HasSubstr(label("heading")));
}

TEST_F(SpeechOnly, IsOfferedOnlyToWhoeverListensAndEndsWithTheSound) {
  start();
  EXPECT_FALSE(has("picture.switch"));
  for (const char* id : {"sound.switch", "picture.switch"}) app_->press(id);
  EXPECT_TRUE(app_->cover());
  app_->press("sound.switch");
  EXPECT_FALSE(app_->cover());
}

TEST_F(SpeechOnly, GoesOnByKeysInTheDark) {
  go_dark();
  app_->handle({access::VerbKind::page_next});
  EXPECT_NE(app_->screen().id, question_);
  EXPECT_TRUE(app_->cover());
}

TEST_F(SpeechOnly, SaysAtATouchHowToGetThePictureAndGivesItAtTheNext) {
  go_dark();
  EXPECT_TRUE(app_->notice_touch());
  EXPECT_TRUE(app_->cover());
  EXPECT_THAT(speaker_.text(), HasSubstr("Touch once more"));
  EXPECT_TRUE(app_->notice_touch());
  EXPECT_FALSE(app_->cover());
  EXPECT_EQ(app_->screen().id, question_);
  EXPECT_TRUE(is_answer_there());
}

TEST_F(SpeechOnly, TakesTwoTouchesWithAKeyBetweenThemForTwoAccidents) {
  go_dark();
  app_->notice_touch();
  app_->notice_input();
  app_->notice_touch();
  EXPECT_TRUE(app_->cover());
}

TEST_F(SpeechOnly, TheKeyThatHidesTheScreenBringsThePictureBack) {
  go_dark();
  app_->handle({access::VerbKind::hide});
  EXPECT_FALSE(app_->cover());
  EXPECT_EQ(app_->screen().id, question_);
}

TEST_F(SpeechOnly, StaysDarkOverACrashAndEndsWithTheVisit) {
  go_dark();
  crash();
  EXPECT_TRUE(app_->cover());
  app_->press("bar.stop");
  app_->press("stop.delete");
  pass_time();
  app_->press("finish");
  EXPECT_FALSE(app_->cover());
  start();
  EXPECT_FALSE(app_->settings().is_speech_only);
}

}  // namespace
}  // namespace perspective::app
