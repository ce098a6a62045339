// Writing with the keyboard on the screen, by pressing, by moving the focus, and beside real keys; and what is heard.
#include "support/recording_speaker.h"
#include "support/trial_app.h"

namespace perspective::app {
namespace {

class AWriter : public trial::TrialApp {
 protected:
  void SetUp() override {
    speaker_to_use_ = &speaker_;
    TrialApp::SetUp();
    start();
    for (int i = 0; i < 60 && !has("words"); ++i) {
      if (const std::string option = first(screen::Role::radio); !option.empty()) app_->press(option);
      app_->press("next");
    }
    question_ = app_->screen().id;
  }
  void listen() {
    app_->press("bar.yours");
    app_->press("sound.switch");
    if (has("sound.aloud")) app_->press("sound.aloud");
    app_->press("close");
  }
  template <typename... Ids>
  void press_all(const Ids&... ids) {
    (app_->press(ids), ...);
  }
  std::string written() const { return app_->screen().item("words")->value; }
  std::string heard() const { return speaker_.text(); }

  trial::RecordingSpeaker speaker_;
  std::string question_;
};

TEST_F(AWriter, OpensTheKeyboardByPressingTheBoxOrTheButtonBesideIt) {
  for (const char* way : {"words", "keyboard"}) {
    app_->press(way);
    EXPECT_EQ(app_->screen().id, "keyboard") << way;
    app_->press("key.done");
    EXPECT_EQ(app_->screen().id, question_);
  }
}

TEST_F(AWriter, WritesByPressesAlone) {
  press_all("words", "key.t", "key.h", "key.e", "key.y", "key.space", "key.c", "key.a", "key.r", "key.e", "key.done");
  EXPECT_EQ(written(), "They care");
  app_->press("next");
  EXPECT_NE(app_->screen().id, question_);
}

// As a switch or five keys do: next, and select.
TEST_F(AWriter, WritesByMovingTheFocusAndSelectingAlone) {
  app_->press("keyboard");
  const auto go_to = [this](const std::string& id) {
    for (int i = 0; i < 100 && app_->focused() != id; ++i) app_->handle({access::VerbKind::next});
    app_->handle({access::VerbKind::select});
  };
  for (const char* id : {"key.n", "key.o", "key.done"}) go_to(id);
  EXPECT_EQ(written(), "No");
  EXPECT_EQ(app_->screen().id, question_);
}

TEST_F(AWriter, BeginsAmongTheKeysAndStaysOnTheOneThatWasPressed) {
  app_->press("keyboard");
  app_->handle({access::VerbKind::next});
  EXPECT_EQ(app_->focused(), "key.q");
  app_->handle({access::VerbKind::select});
  EXPECT_EQ(app_->focused(), "key.q");
  app_->handle({access::VerbKind::page_back});
  EXPECT_EQ(app_->screen().id, question_);
}

TEST_F(AWriter, TakesRealKeysBesideThoseOnTheScreen) {
  press_all("words", "key.a");
  app_->edit("words", visit::Insert{"b"});
  app_->press("key.c");
  EXPECT_EQ(written(), "Abc");
}

TEST_F(AWriter, HearsEachLetterThenTheWordThenAllOfIt) {
  listen();
  app_->press("words");
  app_->press("key.n");
  EXPECT_EQ(heard(), "capital N\n");
  app_->press("key.o");
  EXPECT_EQ(heard(), "O\n");
  app_->press("key.space");
  EXPECT_EQ(heard(), "No\n");
  app_->press("key.erase");
  EXPECT_EQ(heard(), "deleted: space\n");
  press_all("key.edit", "key.left");
  EXPECT_EQ(heard(), "O\n");
  app_->press("key.say");
  EXPECT_EQ(heard(), "No\n");
}

TEST_F(AWriter, HearsWhatRealKeysWriteToo) {
  listen();
  app_->focus("words");
  app_->edit("words", visit::Insert{"\u0175"});
  EXPECT_TRUE(heard().starts_with("W with a hat\n")) << heard();
}

TEST_F(AWriter, HearsThatTheBoxIsFull) {
  listen();
  app_->press("words");
  app_->write("words", std::string(app_->screen().item("words")->max_bytes, 'x'));
  app_->press("key.a");
  EXPECT_NE(heard().find("This box is full"), std::string::npos) << heard();
}

TEST_F(AWriter, HearsAKeyByItsNameWithoutBeingToldThatItIsAButton) {
  listen();
  app_->press("words");
  app_->focus("key.k");
  EXPECT_EQ(heard(), "K\n");
  app_->focus("key.accents");
  EXPECT_EQ(heard(), "Letters with a hat, or with dots, off\n");
  app_->press("key.accents");
  EXPECT_EQ(heard(), "Letters with a hat, or with dots, on\n");
}

TEST_F(AWriter, FindsKeyboardAndWordsAgainAfterACrash) {
  press_all("words", "key.a", "key.signs");
  crash();
  EXPECT_EQ(app_->screen().id, "keyboard");
  EXPECT_EQ(written(), "A");
  EXPECT_TRUE(has("key.1"));
}

}  // namespace
}  // namespace perspective::app
