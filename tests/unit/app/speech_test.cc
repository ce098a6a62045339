// What a person hears, by the app alone: a speaker that remembers stands for the voice.
#include <algorithm>

#include "support/recording_speaker.h"
#include "support/trial_app.h"

namespace perspective::app {
namespace {

class AVisitWithSpeech : public trial::TrialApp {
 protected:
  void SetUp() override {
    speaker_to_use_ = &speaker_;
    TrialApp::SetUp();
    start();
  }
  void switch_on() {
    app_->press("bar.yours");
    app_->press("sound.switch");
    app_->press("close");
  }
  void send_and_store() {
    send();
    app_->put_finished({});
  }
  void to_first_question() {
    while (!app_->screen().id.starts_with("question.")) {
      if (const std::string option = first(screen::Role::radio); !option.empty()) app_->press(option);
      app_->press("next");
    }
  }

  trial::RecordingSpeaker speaker_;
};

TEST_F(AVisitWithSpeech, IsSilentUntilSomebodyWantsIt) {
  to_first_question();
  EXPECT_TRUE(speaker_.all.empty());
}

TEST_F(AVisitWithSpeech, SaysTheQuestionAndItsOptionsByNumber) {
  switch_on();
  to_first_question();
  const auto& screen = app_->screen();
  EXPECT_NE(speaker_.text().find(screen.item("heading")->spoken), std::string::npos);
  EXPECT_NE(speaker_.text().find("1. Yes\n2. No\n"), std::string::npos) << speaker_.text();
}

TEST_F(AVisitWithSpeech, SaysEveryWordOfEveryScreenToTheThanks) {
  switch_on();
  to_first_question();
  std::string unsaid;
  const auto check = [&] {
    for (const auto& item : app_->screen().items) {
      const bool is_text = !is_focusable(item) && item.place == screen::Place::content;
      if (is_text && speaker_.text().find(item.spoken) == std::string::npos)
        unsaid += app_->screen().id + ": " + item.id;
    }
  };
  for (int i = 0; i < 100 && app_->screen().id != "check"; ++i) {
    check();
    if (const std::string option = first(screen::Role::radio); !option.empty()) app_->press(option);
    if (has("words")) app_->write("words", "a word");
    app_->press("next");
  }
  check();
  send_and_store();
  check();
  EXPECT_EQ(app_->screen().id, "thanks");
  EXPECT_EQ(unsaid, "");
}

TEST_F(AVisitWithSpeech, SaysTheFourWordsSlowlyAndAgain) {
  switch_on();
  answer_all();
  send_and_store();
  const auto slow = [this] {
    return std::ranges::count_if(speaker_.now, [](const auto& said) { return said.is_slow; });
  };
  EXPECT_EQ(slow(), 4);
  app_->press("bar.again");
  EXPECT_EQ(slow(), 4);
}

TEST_F(AVisitWithSpeech, AnyActionCutsWhatIsBeingSaid) {
  switch_on();
  to_first_question();
  const int turns = speaker_.turns;
  app_->press("option.yes");
  EXPECT_GT(speaker_.turns, turns);
  EXPECT_EQ(speaker_.text(), "Yes, selected, 1 of 3\n");
}

TEST_F(AVisitWithSpeech, PausesAndGoesOnWithoutSayingAnythingElse) {
  switch_on();
  to_first_question();
  const int turns = speaker_.turns;
  app_->press("bar.pause");
  EXPECT_TRUE(speaker_.is_paused);
  EXPECT_EQ(app_->screen().item("bar.pause")->label, "Go on");
  app_->handle({access::VerbKind::pause});
  EXPECT_FALSE(speaker_.is_paused);
  EXPECT_EQ(app_->screen().item("bar.pause")->label, "Pause");
  EXPECT_EQ(speaker_.turns, turns);
}

TEST_F(AVisitWithSpeech, AfterAPauseTheNextScreenIsSaid) {
  switch_on();
  app_->press("bar.pause");
  app_->press("next");
  EXPECT_FALSE(speaker_.is_paused);
  EXPECT_EQ(app_->screen().item("bar.pause")->label, "Pause");
  EXPECT_FALSE(speaker_.now.empty());
}

TEST_F(AVisitWithSpeech, SpeaksTheLanguageOnTheScreenAndNamesInTheirOwn) {
  switch_on();
  app_->press("bar.language");
  ASSERT_EQ(app_->settings().language, "cy");
  ASSERT_GE(speaker_.now.size(), 2U);
  for (const auto& said : speaker_.now) EXPECT_EQ(said.language, said.text == "English" ? "en" : "cy") << said.text;
}

TEST_F(AVisitWithSpeech, ChangesItsLanguageInTheMiddleAndKeepsTheAnswer) {
  switch_on();
  to_first_question();
  app_->press("option.yes");
  app_->press("bar.language");
  const auto& screen = app_->screen();
  EXPECT_EQ(screen.language, "cy");
  EXPECT_TRUE(screen.item("option.yes")->selected);
  EXPECT_NE(speaker_.text().find(screen.item("heading")->spoken), std::string::npos);
  EXPECT_EQ(speaker_.now.front().language, "cy");
}

TEST_F(AVisitWithSpeech, SaysWhatWentWrongAndWhatToDo) {
  switch_on();
  answer_all();
  send();
  app_->put_finished(fail(ErrorCode::io, "the disk is full"));
  ASSERT_EQ(app_->screen().id, "problem");
  EXPECT_NE(speaker_.text().find("Your answers could not be sent yet."), std::string::npos) << speaker_.text();
  EXPECT_NE(speaker_.text().find("Please ask someone who works here to come."), std::string::npos);
  EXPECT_EQ(speaker_.text().find("disk"), std::string::npos);
}

TEST_F(AVisitWithSpeech, SaysWhatToDoBeforeNextCanBePressed) {
  switch_on();
  to_first_question();
  const auto* next = app_->screen().item("next");
  ASSERT_FALSE(next->enabled);
  const auto* hint = app_->screen().item("how");
  ASSERT_NE(hint, nullptr);
  EXPECT_NE(speaker_.text().find(hint->spoken), std::string::npos) << speaker_.text();
}

TEST_F(AVisitWithSpeech, IsNotCutInItsLastMessageByAnythingButThePerson) {
  switch_on();
  answer_all();
  send_and_store();
  ASSERT_EQ(app_->screen().id, "thanks");
  const int turns = speaker_.turns;
  app_->set_status({.sending = staff::Sending::some_waiting, .reasons = {readiness::Reason::collector_unreachable}});
  app_->waited();
  app_->put_finished({});
  app_->set_more(screen::More::on);
  app_->set_outlet(access::Outlet::headphones);  // as it was
  EXPECT_EQ(speaker_.turns, turns);
  EXPECT_EQ(app_->screen().id, "thanks");
}

TEST_F(AVisitWithSpeech, LeavesTheNextPersonTheUsualRateAndVolume) {
  switch_on();
  app_->press("bar.yours");
  for (const char* id : {"sound.rate.more", "sound.volume.more", "close", "bar.stop", "stop.delete"}) app_->press(id);
  pass_time();
  app_->press("finish");
  ASSERT_EQ(app_->screen().id, "start");
  start();
  switch_on();
  EXPECT_EQ(speaker_.sound.rate, visit::kUsualRate);
  EXPECT_EQ(speaker_.sound.volume, visit::kUsualVolume);
}

TEST_F(AVisitWithSpeech, RateAndVolumeGoToTheirEndsAndNoFurther) {
  switch_on();
  app_->press("bar.yours");
  for (int i = 0; i < 20; ++i) app_->press("sound.rate.more");
  for (int i = 0; i < 20; ++i) app_->press("sound.volume.less");
  EXPECT_EQ(speaker_.sound.rate, 6);
  EXPECT_EQ(speaker_.sound.volume, 0);
  EXPECT_FALSE(app_->screen().item("sound.rate.more")->enabled);
  EXPECT_FALSE(app_->screen().item("sound.volume.less")->enabled);
}

TEST_F(AVisitWithSpeech, SupervisorsScreenIsNeverSaidAndTheNextPersonStartsInSilence) {
  switch_on();
  answer_all();
  send_and_store();
  app_->press("finish");
  ASSERT_EQ(app_->screen().id, "start");
  EXPECT_EQ(speaker_.text(), "");
  const auto said = speaker_.all.size();
  start();
  EXPECT_FALSE(app_->settings().sound.is_on);
  EXPECT_EQ(speaker_.all.size(), said);
}

TEST_F(AVisitWithSpeech, IsStillOnAfterAChildWasLost) {
  switch_on();
  to_first_question();
  const std::string draft = draft_;
  app_.emplace(fresh());
  ASSERT_TRUE(app_->restore(draft));
  EXPECT_TRUE(app_->settings().sound.is_on);
  EXPECT_NE(speaker_.text().find("1. Yes"), std::string::npos);
}

}  // namespace
}  // namespace perspective::app
