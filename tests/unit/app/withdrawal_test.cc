// Somebody comes back with their four words.
#include "support/trial_app.h"

namespace perspective::app {
namespace {

class SomebodyWhoTakesAnswersBack : public trial::TrialApp {
 protected:
  void SetUp() override {
    packages_.front().takes_withdrawals = true;
    TrialApp::SetUp();
  }
  void begin(const std::string& language = "en") {
    app_->press("withdraw");
    app_->press("language." + language);
    app_->press("next");  // how the person likes it
    app_->press("next");  // what this is
  }
  void write(const std::string& word) {
    app_->write("words", word);
    app_->press("next");
  }
  void write_all(const std::vector<std::string>& words) {
    for (const auto& word : words) write(word);
  }
  bool may_go_on() const { return app_->screen().item("next")->enabled; }
  std::string key(int number) const { return app_->screen().item("key.word." + std::to_string(number))->label; }
  std::string id() const { return app_->screen().id; }
  envelope::EnvelopeId id_of(const std::vector<std::string>& words) const {
    return trial::unwrapped(envelope::derive_id(words, packages_.front().salt));
  }
  const std::vector<std::string> theirs_ = {"acorn", "acrobat", "activity", "actor"};
};

TEST_F(SomebodyWhoTakesAnswersBack, IsAskedForFourWordsAndNothingElse) {
  begin();
  for (const char* question : {"question.word_1", "question.word_2", "question.word_3", "question.word_4"}) {
    EXPECT_EQ(id(), question);
    EXPECT_FALSE(has("skip"));
    write("acorn");
  }
  EXPECT_EQ(id(), "check");
}

TEST_F(SomebodyWhoTakesAnswersBack, TakesBackWhatFollowsFromTheWordsInEachInspection) {
  packages_.push_back(packages_.front());
  packages_.back().inspection = "other-2026";
  packages_.back().salt = Bytes(16, 8);
  app_.emplace(fresh());
  begin();
  write_all(theirs_);
  send();
  ASSERT_EQ(withdrawals_.size(), 2U);
  EXPECT_EQ(withdrawals_[0].inspection, "other-2026");
  EXPECT_EQ(withdrawals_[1].inspection, "trial-2026");
  EXPECT_EQ(withdrawals_[1].id, id_of(theirs_));
  EXPECT_NE(withdrawals_[0].id, withdrawals_[1].id);
}

TEST_F(SomebodyWhoTakesAnswersBack, IsThankedOnlyOnceItIsDurableAndLeavesNothing) {
  begin();
  write_all(theirs_);
  send();
  EXPECT_EQ(id(), "sending");
  app_->put_finished({});
  EXPECT_EQ(id(), "thanks");
  EXPECT_FALSE(has("word.1"));
  EXPECT_EQ(draft_.find("acrobat"), std::string::npos);
  app_->press("finish");
  EXPECT_TRUE(ended_.has_value());
  EXPECT_TRUE(draft_.empty());
  EXPECT_EQ(id(), "start");
}

TEST_F(SomebodyWhoTakesAnswersBack, IsNoVisitThatAnybodyCounts) {
  begin();
  write_all(theirs_);
  send();
  app_->put_finished({});
  app_->press("finish");
  EXPECT_EQ(started_, 0);
  EXPECT_TRUE(puts_.empty());
}

TEST_F(SomebodyWhoTakesAnswersBack, MayWriteInCapitalsAndWithoutAccents) {
  begin("cy");
  write_all({"BABWN", "Balŵn", "can", " côr "});
  send();
  ASSERT_EQ(withdrawals_.size(), 1U);
  EXPECT_EQ(withdrawals_[0].id, id_of({"babŵn", "balŵn", "cân", "côr"}));
}

TEST_F(SomebodyWhoTakesAnswersBack, MayHaveBeenGivenThemInTheOtherLanguage) {
  begin("cy");
  write_all(theirs_);
  send();
  ASSERT_EQ(withdrawals_.size(), 1U);
  EXPECT_EQ(withdrawals_[0].id, id_of(theirs_));
}

TEST_F(SomebodyWhoTakesAnswersBack, GoesOnOnlyWithAWordThatWasEverGivenOut) {
  begin();
  EXPECT_FALSE(may_go_on());
  app_->write("words", "acron");
  EXPECT_FALSE(may_go_on());
  EXPECT_TRUE(has("strange"));
  app_->write("words", "acorn");
  EXPECT_TRUE(may_go_on());
  EXPECT_FALSE(has("strange"));
}

TEST_F(SomebodyWhoTakesAnswersBack, PressesTheWordAfterItsFirstLetters) {
  begin();
  app_->press("words");
  ASSERT_EQ(id(), "keyboard");
  for (const char* letter : {"key.a", "key.c", "key.r"}) app_->press(letter);
  EXPECT_EQ(key(1), "acrobat");
  app_->press("key.word.1");
  app_->press("key.done");
  EXPECT_TRUE(may_go_on());
  EXPECT_EQ(app_->screen().item("words")->value, "acrobat");
}

TEST_F(SomebodyWhoTakesAnswersBack, HasAlwaysAsManyKeysSoThatNothingMoves) {
  begin();
  app_->press("words");
  const auto keys = app_->screen().items.size();
  EXPECT_FALSE(app_->screen().item("key.word.1")->enabled);
  for (const char* letter : {"key.a", "key.c", "key.o"}) {
    app_->press(letter);
    EXPECT_EQ(app_->screen().items.size(), keys);
  }
  EXPECT_TRUE(app_->screen().item("key.word.1")->enabled);
  EXPECT_FALSE(app_->screen().item("key.word.2")->enabled);
}

TEST_F(SomebodyWhoTakesAnswersBack, MayStopAndThenNothingIsTakenBack) {
  begin();
  write_all({"acorn", "acrobat"});
  app_->press("bar.stop");
  EXPECT_FALSE(has("stop.send"));
  app_->press("stop.delete");
  pass_time();
  EXPECT_EQ(id(), "thanks");
  EXPECT_TRUE(withdrawals_.empty());
}

TEST_F(SomebodyWhoTakesAnswersBack, CannotSendWithAWordThatWasTakenAwayAgain) {
  begin();
  write_all(theirs_);
  app_->press("change.word_2");
  app_->write("words", "");
  app_->press("back");
  ASSERT_EQ(id(), "check");
  EXPECT_FALSE(app_->screen().item("send")->enabled);
}

TEST_F(SomebodyWhoTakesAnswersBack, IsAskedToFetchHelpWhereTheDiskFailsAndTriesAgain) {
  begin();
  write_all(theirs_);
  send();
  app_->put_finished(fail(ErrorCode::io, "disk"));
  EXPECT_EQ(id(), "problem");
  send();
  ASSERT_EQ(withdrawals_.size(), 2U);
  EXPECT_EQ(withdrawals_[0].id, withdrawals_[1].id);
  app_->put_finished({});
  EXPECT_EQ(id(), "thanks");
}

TEST_F(SomebodyWhoTakesAnswersBack, MayDoSoThoughTheDiskTakesNoMoreVisits) {
  app_->set_status({.sending = staff::Sending::full, .reasons = {}});
  begin();
  app_->set_status({.sending = staff::Sending::full, .reasons = {}});
  EXPECT_EQ(id(), "question.word_1");
}

TEST_F(SomebodyWhoTakesAnswersBack, StartsAgainAfterACrash) {
  begin();
  write_all({"acorn", "acrobat"});
  const std::string draft = draft_;
  ASSERT_FALSE(draft.empty());
  app_.emplace(fresh());
  EXPECT_EQ(app_->restore(draft).error().code, ErrorCode::not_found);
  EXPECT_EQ(id(), "start");
}

TEST_F(SomebodyWhoTakesAnswersBack, FindsTheSameHelplinesAsInAVisit) {
  begin();
  app_->press("bar.talk");
  EXPECT_TRUE(has("helpline.1"));
}

TEST_F(SomebodyWhoTakesAnswersBack, IsNotInvitedToOnceFieldworkHasEnded) {
  packages_.front().is_fieldwork_open = false;
  app_.emplace(fresh());
  EXPECT_FALSE(has("withdraw"));
}

TEST_F(SomebodyWhoTakesAnswersBack, IsNotInvitedToWhereTheCollectorKnowsNothingOfIt) {
  packages_.front().takes_withdrawals = false;
  app_.emplace(fresh());
  EXPECT_FALSE(has("withdraw"));
}

// Both have all that is said there, in each language that the kiosk's own words are checked in.
TEST_F(SomebodyWhoTakesAnswersBack, MeetsNoTextThatIsMissing) {
  for (const std::string language : {"en", "cy"}) {
    app_.emplace(fresh());
    begin(language);
    for (int i = 0; i < 7; ++i) {
      for (const auto& item : app_->screen().items) {
        EXPECT_EQ(item.label.find("\u00ab"), std::string::npos) << language << " " << id() << " " << item.label;
      }
      if (has("words")) {
        write("acorn");
      } else if (id() == "check") {
        send();
        app_->put_finished({});
      }
    }
    EXPECT_EQ(id(), "thanks");
  }
}

}  // namespace
}  // namespace perspective::app
