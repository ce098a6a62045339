// What may be answered, on every question of both questionnaires: nothing beforehand, and three ways to give no answer.
#include <algorithm>

#include "support/trial_app.h"
#include "survey/submission.h"

namespace perspective::app {
namespace {

class EveryQuestion : public trial::TrialApp, public ::testing::WithParamInterface<const char*> {
 protected:
  void SetUp() override {
    TrialApp::SetUp();
    begin(std::string("questionnaire.") + GetParam());
    app_->press("language.en");
    for (int i = 0; i < 20 && !is_question(); ++i) app_->press(has("skip") ? "skip" : "next");
    ASSERT_TRUE(is_question());
  }
  bool is_question() const { return app_->screen().id.starts_with("question."); }
  std::string variable() const { return app_->screen().id.substr(std::string("question.").size()); }
  std::vector<screen::Item> options() const {
    std::vector<screen::Item> options;
    std::ranges::copy_if(app_->screen().items, std::back_inserter(options), screen::is_choice);
    return options;
  }
  void expect_nothing_chosen(const std::string& when) const {
    for (const screen::Item& option : options()) EXPECT_FALSE(option.selected) << when << ": " << option.id;
    EXPECT_FALSE(app_->screen().item("next")->enabled) << when << ": Next would mean an answer that nobody gave";
    EXPECT_TRUE(!has("words") || app_->screen().item("words")->value.empty()) << when;
  }
  survey::Submission submission() const { return trial::unwrapped(survey::from_json(opened(puts_.size() - 1))); }

  static constexpr int kMostQuestions = 60;
};

TEST_P(EveryQuestion, HasNothingChosenBeforehandNorAfterItWasSkipped) {
  int questions = 0;
  for (; questions < kMostQuestions && is_question(); ++questions) {
    const std::string before = app_->screen().id;
    expect_nothing_chosen(before);
    app_->press("skip");
    app_->press("back");
    if (app_->screen().id == before) expect_nothing_chosen(before + ", come back to");
    answer("Words");
    EXPECT_TRUE(app_->screen().item("next")->enabled);
    app_->press("next");
  }
  EXPECT_EQ(app_->screen().id, "check");
  EXPECT_GT(questions, 5);
}

TEST_P(EveryQuestion, CanBeSkippedByAButtonThatIsNoOption) {
  for (int i = 0; i < kMostQuestions && is_question(); ++i) {
    const screen::Item* skip = app_->screen().item("skip");
    ASSERT_NE(skip, nullptr) << app_->screen().id;
    EXPECT_TRUE(skip->enabled);
    EXPECT_EQ(skip->place, screen::Place::foot);
    for (const screen::Item& option : options()) EXPECT_NE(option.label, skip->label);
    app_->press("skip");
  }
  EXPECT_EQ(app_->screen().id, "check");
  send();
  EXPECT_TRUE(submission().answers.empty()) << "a skip is no answer, not even that one is not sure";
}

// Whoever is not sure has said so, and whoever would rather not say has said that: one is not counted as the other.
TEST_P(EveryQuestion, KeepsNotSureAndRatherNotSayApart) {
  std::map<std::string, std::string> chosen;
  for (int i = 0; i < kMostQuestions && is_question(); ++i) {
    const auto all = options();
    const auto with = [&all](const std::string& id) {
      return std::ranges::find(all, "option." + id, &screen::Item::id);
    };
    const auto not_sure = with("not_sure");
    const auto rather_not = with("prefer_not_to_say");
    const bool has_both = not_sure != all.end() && rather_not != all.end();
    EXPECT_FALSE(has_both && not_sure->label == rather_not->label);
    const auto wanted = rather_not != all.end() ? rather_not : not_sure;
    if (wanted != all.end()) {
      chosen[variable()] = wanted->id.substr(std::string("option.").size());
      app_->press(wanted->id);
      app_->press("next");
    } else {
      app_->press("skip");
    }
  }
  ASSERT_FALSE(chosen.empty());
  send();
  const auto sent = submission();
  EXPECT_EQ(sent.answers.size(), chosen.size());
  for (const auto& [variable, option] : chosen) {
    ASSERT_TRUE(sent.answers.contains(variable)) << variable;
    EXPECT_EQ(std::get<survey::Choice>(sent.answers.at(variable)).option, option) << variable;
  }
}

INSTANTIATE_TEST_SUITE_P(OfBoth, EveryQuestion, ::testing::Values("children-and-young-people", "victims"));

}  // namespace
}  // namespace perspective::app
