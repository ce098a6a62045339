// The token of a visit: checked against the package alone, spent by the keeper before the first question.
#include "token/token.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <set>

#include "support/recording_speaker.h"
#include "support/trial_app.h"

namespace perspective::app {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class AnAppThatAsksForAToken : public trial::TrialApp {
 protected:
  void SetUp() override {
    protocol::TokenTerms terms{.salt = Bytes(16, 3), .log2_n = protocol::kLeastTokenLog2N, .marks = {}};
    proof_ = trial::unwrapped(protocol::prove(token_, terms));
    terms.marks = {protocol::mark_of(proof_)};
    packages_.front().tokens = terms;
    speaker_to_use_ = &speaker_;
    TrialApp::SetUp();
    start();
    app_->press("next");
    ASSERT_EQ(app_->screen().id, "token");
  }
  void press_keys(const std::string& symbols) {
    for (const char symbol : symbols) app_->press("key." + std::string(1, symbol));
  }
  std::string typed() const { return app_->screen().item("words")->value; }
  std::string fault() const { return has("fault") ? app_->screen().item("fault")->label : ""; }

  const std::string token_ = token::draw();
  protocol::TokenProof proof_{};
  trial::RecordingSpeaker speaker_;
};

TEST_F(AnAppThatAsksForAToken, TakesItByItsOwnKeysAndAsksTheKeeperToSpendIt) {
  press_keys(token_);
  EXPECT_EQ(typed(), token::grouped(token_));
  app_->press("next");
  ASSERT_EQ(spends_.size(), 1U);
  EXPECT_EQ(spends_.front(), proof_);
  EXPECT_EQ(app_->screen().id, "token") << "not before it is durable";
  EXPECT_FALSE(app_->screen().item("next")->enabled);
  app_->token_answered(App::TokenFate::spent);
  EXPECT_EQ(app_->screen().id, "welcome.1");
}

TEST_F(AnAppThatAsksForAToken, TellsAWrongLetterAForeignSlipAndAUsedOneApart) {
  app_->write("words", token_.substr(1));
  app_->press("next");
  const std::string incomplete = fault();
  std::string foreign = token::draw();
  app_->write("words", foreign);
  EXPECT_EQ(fault(), "");
  app_->press("next");
  const std::string unknown = fault();
  EXPECT_TRUE(spends_.empty()) << "no kiosk spends what no inspector had";
  app_->write("words", token_);
  app_->press("next");
  app_->token_answered(App::TokenFate::spent_before);
  const std::string used = fault();
  EXPECT_EQ((std::set<std::string>{"", incomplete, unknown, used}).size(), 4U);
  EXPECT_EQ(app_->screen().id, "token");
  app_->write("words", token_);
  app_->press("next");
  app_->token_answered(App::TokenFate::not_kept);
  EXPECT_NE(fault(), used);
}

TEST_F(AnAppThatAsksForAToken, IsSpentOnceThoughTheWindowCrashesAfterwards) {
  app_->write("words", token_);
  app_->press("next");
  app_->token_answered(App::TokenFate::spent);
  crash();
  EXPECT_EQ(app_->screen().id, "welcome.1");
  app_->press("back");
  app_->press("next");
  EXPECT_EQ(app_->screen().id, "welcome.1");
  EXPECT_EQ(spends_.size(), 1U);
}

TEST_F(AnAppThatAsksForAToken, AsksForTheSameAgainAfterACrashBeforeTheAnswer) {
  app_->write("words", token_);
  app_->press("next");
  crash();
  EXPECT_EQ(app_->screen().id, "token");
  EXPECT_EQ(typed(), "");
  app_->write("words", token_);
  app_->press("next");
  EXPECT_EQ(spends_.size(), 2U);  // the keeper knows that it is the same visit's
}

TEST_F(AnAppThatAsksForAToken, LetsNothingOfItIntoDraftOrSubmission) {
  app_->write("words", token_);
  app_->press("next");
  EXPECT_THAT(draft_, Not(HasSubstr(token_)));
  app_->token_answered(App::TokenFate::spent);
  EXPECT_THAT(draft_, Not(HasSubstr(token_)));
  for (int i = 0; i < 20 && app_->screen().id != "check"; ++i) answer_all();
  send();
  ASSERT_EQ(puts_.size(), 1U);
  EXPECT_THAT(opened(0), Not(HasSubstr(token_)));
  EXPECT_THAT(opened(0), Not(HasSubstr(to_hex(ByteView(proof_)))));
}

TEST_F(AnAppThatAsksForAToken, IgnoresAnAnswerThatComesAfterTheVisit) {
  app_->write("words", token_);
  app_->press("next");
  app_->press("bar.stop");
  app_->press("stop.delete");
  pass_time();
  app_->token_answered(App::TokenFate::spent);
  EXPECT_EQ(app_->screen().id, "thanks");
}

TEST_F(AnAppThatAsksForAToken, SaysLettersByTheirNamesAndNotThatTheyAreCapitals) {
  app_->press("bar.yours");
  app_->press("sound.switch");
  if (has("sound.aloud")) app_->press("sound.aloud");
  app_->press("close");
  app_->press("key.K");
  EXPECT_EQ(speaker_.text(), "K\n");
  app_->edit("words", visit::Insert{"7"});
  EXPECT_EQ(speaker_.text(), "7\n");
  app_->edit("words", visit::Insert{"u"});
  EXPECT_EQ(speaker_.text(), "That is not on any slip.\n");
  app_->press("next");
  EXPECT_THAT(speaker_.text(), HasSubstr("one is missing"));
}

// Waits until the highlight is on it, presses, goes into its group if it is in one.
class AnAppThatAsksForATokenByOneSwitch : public AnAppThatAsksForAToken {
 protected:
  void press() { app_->control({.control = {visit::Control::Kind::button, 1}}); }
  bool choose(const std::string& id) {
    for (int stops = 0; stops < 100; ++stops) {
      const auto& lit = app_->lit();
      if (std::ranges::find(lit, id) == lit.end()) {
        app_->scan_on();
      } else if (lit.size() == 1) {
        return press(), true;
      } else {
        press();
      }
    }
    return false;
  }
};

TEST_F(AnAppThatAsksForATokenByOneSwitch, TakesItAndOffersNoUndoOfWhatIsSpent) {
  press();
  ASSERT_TRUE(choose("switch.keep"));
  press();
  ASSERT_TRUE(choose("close"));
  for (const char symbol : token_) ASSERT_TRUE(choose("key." + std::string(1, symbol))) << symbol;
  EXPECT_EQ(typed(), token::grouped(token_));
  EXPECT_FALSE(has("undo"));
  ASSERT_TRUE(choose("next"));
  ASSERT_EQ(spends_.size(), 1U);
  app_->token_answered(App::TokenFate::spent);
  EXPECT_EQ(app_->screen().id, "welcome.1");
  EXPECT_FALSE(has("undo"));
  ASSERT_TRUE(choose("next"));
  EXPECT_TRUE(has("undo"));
}

}  // namespace
}  // namespace perspective::app
