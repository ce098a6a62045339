#include "app/app.h"

#include <set>

#include "support/trial_app.h"

namespace perspective::app {
namespace {

class TheApp : public trial::TrialApp {};

TEST_F(TheApp, SealsOnceAndThanksOnlyAfterThePut) {
  start();
  EXPECT_EQ(started_, 1);
  answer_all();
  send();
  EXPECT_EQ(app_->screen().id, "sending");
  ASSERT_EQ(puts_.size(), 1U);
  app_->put_finished({});
  EXPECT_EQ(app_->screen().id, "thanks");
  EXPECT_TRUE(has("word.4"));
}

TEST_F(TheApp, PutsWhatTheCollectorCanOpenAndCheck) {
  start("cy");
  answer_all();
  send();
  const auto submission = trial::unwrapped(survey::from_json(opened(0)));
  EXPECT_EQ(submission.envelope, envelope::to_hex(puts_[0].id));
  EXPECT_EQ(submission.inspection, "trial-2026");
  EXPECT_EQ(submission.language, "cy");
  EXPECT_EQ(submission.mode, "kiosk");
  const auto packed = package(keys_).questionnaires.at(submission.questionnaire);
  const auto questionnaire = trial::unwrapped(survey::Questionnaire::parse(packed.definition));
  const auto checked = survey::check(submission, questionnaire);
  EXPECT_TRUE(checked.has_value()) << (checked ? "" : checked.error().what);
}

TEST_F(TheApp, DerivesTheIdFromTheWordsItShows) {
  start();
  answer_all();
  send();
  app_->put_finished({});
  std::vector<std::string> words;
  for (const char* id : {"word.1", "word.2", "word.3", "word.4"}) words.push_back(app_->screen().item(id)->label);
  EXPECT_EQ(trial::unwrapped(envelope::derive_id(words, package(keys_).salt)), puts_[0].id);
}

TEST_F(TheApp, KeepsTheAnswersAndAsksForHelpWhenThePutFails) {
  start();
  answer_all();
  send();
  app_->put_finished(fail(ErrorCode::io, "disk"));
  EXPECT_EQ(app_->screen().id, "problem");
  send();
  ASSERT_EQ(puts_.size(), 2U);
  EXPECT_EQ(puts_[0].envelope, puts_[1].envelope);
  app_->put_finished({});
  EXPECT_EQ(app_->screen().id, "thanks");
}

TEST_F(TheApp, SealsAgainWhenAnAnswerWasChangedInBetween) {
  start();
  answer_all();
  send();
  app_->put_finished(fail(ErrorCode::io, "disk"));
  app_->press("back");
  ASSERT_EQ(app_->screen().id, "check");
  send();
  EXPECT_EQ(puts_[0].id, puts_[1].id);
  EXPECT_NE(puts_[0].envelope, puts_[1].envelope);
}

TEST_F(TheApp, BringsAVisitBackAfterACrash) {
  start();
  app_->press("next");
  const std::string screen = app_->screen().id;
  crash();
  EXPECT_EQ(app_->screen().id, screen);
}

TEST_F(TheApp, HasEachLetterAndChoiceInTheDraftAtOnce) {
  start();
  for (int i = 0; i < 100 && !has("words"); ++i) {
    if (const std::string option = first(screen::Role::radio); !option.empty()) {
      app_->press(option);
      crash();
      ASSERT_TRUE(app_->screen().item(option)->selected);
    }
    app_->press("next");
  }
  for (const char* words : {"n", "no", "not"}) {
    app_->write("words", words);
    crash();
    ASSERT_EQ(app_->screen().item("words")->value, words);
  }
}

TEST_F(TheApp, GoesOnSendingUnderTheSameIdAfterACrash) {
  start();
  answer_all();
  send();
  crash();
  EXPECT_EQ(app_->screen().id, "sending");
  pass_time();
  ASSERT_EQ(puts_.size(), 2U);
  EXPECT_EQ(puts_[0].id, puts_[1].id);
  EXPECT_EQ(opened(0), opened(1));
  app_->put_finished({});
  EXPECT_EQ(app_->screen().id, "thanks");
}

TEST_F(TheApp, KeepsTheWordsOfTheThanksThroughACrash) {
  start();
  answer_all();
  send();
  app_->put_finished({});
  const std::string word = app_->screen().item("word.1")->label;
  crash();
  EXPECT_EQ(app_->screen().id, "thanks");
  EXPECT_EQ(app_->screen().item("word.1")->label, word);
}

TEST_F(TheApp, ShowsThatItSendsBeforeItSealsAndAfterTheAnswerCame) {
  start();
  answer_all();
  app_->press("send");
  EXPECT_EQ(app_->screen().id, "sending");
  EXPECT_TRUE(puts_.empty());
  app_->waited();
  ASSERT_EQ(puts_.size(), 1U);
  app_->put_finished({});
  EXPECT_EQ(app_->screen().id, "sending");
  app_->waited();
  EXPECT_EQ(app_->screen().id, "thanks");
}

TEST_F(TheApp, ShowsWhoeverDeletesTheSameScreensAsWhoeverSends) {
  start();
  answer_all();
  app_->press("bar.stop");
  app_->press("stop.delete");
  EXPECT_EQ(app_->screen().id, "sending");
  app_->waited();
  EXPECT_EQ(app_->screen().id, "sending");
  app_->waited();
  EXPECT_EQ(app_->screen().id, "thanks");
}

TEST_F(TheApp, ShowsWhoeverDeletedTheSameScreensAfterACrashAsWhoeverSent) {
  start();
  answer_all();
  app_->press("bar.stop");
  app_->press("stop.delete");
  crash();
  EXPECT_EQ(app_->screen().id, "sending");
  pass_time();
  EXPECT_TRUE(puts_.empty());
  EXPECT_EQ(app_->screen().id, "thanks");
  EXPECT_TRUE(has("word.4"));
}

TEST_F(TheApp, PutsNothingForWhoeverDeletes) {
  start();
  answer_all();
  app_->press("bar.stop");
  app_->press("stop.delete");
  pass_time();
  EXPECT_TRUE(puts_.empty());
  EXPECT_EQ(app_->screen().id, "thanks");
  EXPECT_TRUE(has("word.4"));
  app_->press("finish");
  EXPECT_EQ(ended_, visit::Ending::deleted);
}

TEST_F(TheApp, LeavesNoAnswerInTheDraftOnceSent) {
  start();
  answer_all();
  EXPECT_NE(draft_.find("Word "), std::string::npos);
  send();
  app_->put_finished({});
  EXPECT_EQ(draft_.find("Word "), std::string::npos);
  app_->press("finish");
  EXPECT_EQ(draft_, "");
  EXPECT_EQ(ended_, visit::Ending::sent);
  EXPECT_EQ(app_->screen().id, "start");
}

TEST_F(TheApp, StartsNoVisitWhileTheOutboxRefuses) {
  app_->set_status({.sending = staff::Sending::full, .reasons = {readiness::Reason::disk_full}});
  begin();
  EXPECT_EQ(app_->screen().id, "start");
  EXPECT_EQ(started_, 0);
}

TEST_F(TheApp, EndsAVisitThatHasOnlyBegunWhenTheOutboxRefuses) {
  start();
  app_->set_status({.sending = staff::Sending::full, .reasons = {readiness::Reason::disk_full}});
  EXPECT_EQ(app_->screen().id, "start");
  EXPECT_EQ(draft_, "");
  EXPECT_TRUE(ended_);
}

TEST_F(TheApp, KeepsAVisitWithQuestionsWhenTheOutboxRefuses) {
  start();
  answer_all();
  app_->set_status({.sending = staff::Sending::full, .reasons = {readiness::Reason::disk_full}});
  EXPECT_EQ(app_->screen().id, "check");
  EXPECT_FALSE(ended_);
}

TEST_F(TheApp, GoesThroughAQuestionByKeysAlone) {
  start();
  for (int i = 0; i < 20 && app_->screen().id != "practice"; ++i) app_->handle({access::VerbKind::page_next});
  ASSERT_EQ(app_->screen().id, "practice");
  app_->handle({access::VerbKind::option, 2});
  app_->handle({access::VerbKind::page_next});
  EXPECT_TRUE(app_->screen().id.starts_with("question."));
  app_->handle({access::VerbKind::next});
  EXPECT_TRUE(app_->focused().has_value());
  app_->handle({access::VerbKind::page_back});
  EXPECT_EQ(app_->screen().id, "practice");
}

// WCAG 2.2, 3.2.1.
TEST_F(TheApp, DoesNothingWhereTheFocusAloneMoves) {
  start();
  while (!app_->screen().id.starts_with("question.")) app_->press(has("skip") ? "skip" : "next");
  const std::string question = app_->screen().id;
  const std::string draft = draft_;
  std::set<std::string> reached;
  for (std::size_t i = 0; i < app_->screen().items.size(); ++i) {
    app_->handle({access::VerbKind::next});
    ASSERT_TRUE(app_->focused().has_value());
    reached.insert(*app_->focused());
    ASSERT_EQ(app_->screen().id, question) << "after the focus came to " << *app_->focused();
    EXPECT_EQ(draft_, draft) << "after the focus came to " << *app_->focused();
    for (const screen::Item& item : app_->screen().items) EXPECT_FALSE(item.selected) << item.id;
  }
  for (const screen::Item& item : app_->screen().items) EXPECT_EQ(reached.contains(item.id), is_focusable(item));
}

TEST_F(TheApp, IgnoresWhatIsNotThereOrCanNotBePressed) {
  start();
  const auto serial = app_->serial();
  app_->press("no.such.item");
  EXPECT_EQ(app_->serial(), serial);
}

TEST_F(TheApp, RefusesADraftOfAnotherInspection) {
  EXPECT_FALSE(app_->restore("{}").has_value());
  start();
  std::string draft = draft_;
  draft.replace(draft.find("trial-2026"), 10, "other-2026");
  app_.emplace(fresh());
  EXPECT_EQ(app_->restore(draft).error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace perspective::app
