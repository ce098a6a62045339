// Practice mode: a supervisor tries the kiosk out, and nothing of it is left anywhere.
#include <gmock/gmock.h>

#include "support/trial_app.h"

namespace perspective::app {
namespace {

using ::testing::IsEmpty;

class APractice : public trial::TrialApp {
 protected:
  void SetUp() override {
    packages_.front().tokens = protocol::TokenTerms{};
    TrialApp::SetUp();
    app_->press(first(screen::Role::button));
    ASSERT_TRUE(has("practise"));
    app_->press("practise");
  }
  // Whether the screen that is there says so, above all else of its content.
  bool is_said() const {
    for (const screen::Item& item : app_->screen().items) {
      if (item.place != screen::Place::content) continue;
      return item.id == "practice" && item.role == screen::Role::note && !item.label.empty();
    }
    return false;
  }
  // To the check screen, and at every screen on the way it says so.
  void answer_all(const std::string& language = "en") {
    ASSERT_TRUE(is_said()) << app_->screen().id;
    app_->press("language." + language);
    for (int i = 0; i < 200 && app_->screen().id != "check"; ++i) {
      ASSERT_TRUE(is_said()) << app_->screen().id;
      answer("Word " + std::to_string(i));
      app_->press("next");
    }
    ASSERT_EQ(app_->screen().id, "check");
    ASSERT_TRUE(is_said());
  }
  void expect_nothing_is_left() const {
    EXPECT_EQ(started_, 0);
    EXPECT_THAT(puts_, IsEmpty());
    EXPECT_THAT(spends_, IsEmpty());
    EXPECT_THAT(withdrawals_, IsEmpty());
  }
};

TEST_F(APractice, SaysSoOnEveryScreenInEveryLanguage) {
  for (const auto* language : {"en", "cy"}) {
    app_.emplace(fresh());
    app_->press(first(screen::Role::button));
    app_->press("practise");
    answer_all(language);
    if (HasFatalFailure()) return;
    EXPECT_EQ(app_->screen().item("practice")->label,
              trial::unwrapped(load_assets(assets())).words.at(language).say("kiosk.rehearsal"));
    for (const auto* over : {"bar.talk", "bar.yours", "bar.stop"}) {
      app_->press(over);
      EXPECT_TRUE(is_said()) << app_->screen().id;
      app_->press(has("close") ? "close" : has("stop.back") ? "stop.back" : "next");
    }
    app_->idled();  // "Are you still there?"
    EXPECT_TRUE(is_said()) << app_->screen().id;
    app_->notice_input();
    app_->press("send");
    EXPECT_EQ(app_->screen().id, "sending");
    EXPECT_TRUE(is_said());
    pass_time();
    EXPECT_EQ(app_->screen().id, "thanks");
    EXPECT_TRUE(is_said());
  }
}

TEST_F(APractice, AsksForNoTokenSealsNothingAndIsNotCounted) {
  answer_all();
  send();
  EXPECT_EQ(app_->screen().id, "thanks");
  EXPECT_FALSE(has("word.1"));  // there is nothing to take back
  expect_nothing_is_left();
  EXPECT_FALSE(ended_);
  app_->press("finish");
  EXPECT_TRUE(ended_);
  EXPECT_EQ(app_->screen().id, "start");
  EXPECT_THAT(draft_, IsEmpty());
  expect_nothing_is_left();
}

TEST_F(APractice, ThatIsDeletedOrLeftIsNotCountedEither) {
  app_->press("language.en");
  app_->press("next");
  app_->press("bar.stop");
  app_->press("stop.delete");
  pass_time();
  EXPECT_EQ(app_->screen().id, "thanks");
  expect_nothing_is_left();
}

TEST_F(APractice, IsNeverBroughtBackAsSomebodysVisit) {
  answer_all();
  const std::string draft = draft_;
  ASSERT_FALSE(draft.empty());
  app_.emplace(fresh());
  const auto restored = app_->restore(draft);
  ASSERT_FALSE(restored);
  EXPECT_EQ(restored.error().code, ErrorCode::not_found);
  EXPECT_EQ(app_->screen().id, "start");
}

TEST_F(APractice, LeavesTheNextVisitAnOrdinaryOne) {
  answer_all();
  send();
  app_->press("finish");
  packages_.front().tokens.reset();
  app_.emplace(fresh());
  start();
  EXPECT_EQ(started_, 1);
  EXPECT_FALSE(has("practice"));
  TrialApp::answer_all();
  send();
  EXPECT_EQ(puts_.size(), 1U);
}

}  // namespace
}  // namespace perspective::app
