#include <algorithm>

#include "access/narrator.h"
#include "support/recording_speaker.h"
#include "support/trial_app.h"

namespace perspective::app {
namespace {

using namespace std::chrono_literals;
using access::Press;
using access::Taken;
using visit::Control;

constexpr Control kPedal{Control::Kind::button, 1};
constexpr Control kKey{Control::Kind::key, 96};

class OneSwitch : public trial::TrialApp {
 protected:
  Taken press(const Control& control) {
    ++presses_;
    return app_->control({.control = control});
  }
  const std::vector<std::string>& lit() const { return app_->lit(); }
  bool is_lit(const std::string& id) const { return std::ranges::find(lit(), id) != lit().end(); }

  // Waits until the highlight is on it, presses, goes into its group if it is in one. False: it never was.
  bool choose(const std::string& id) {
    for (int stops = 0; stops < 100 && scan_ > 0ms; ++stops) {
      if (is_lit(id)) {
        const bool was_alone = lit().size() == 1;
        press(kPedal);
        if (was_alone) return true;
      } else {
        waited_ += scan_;
        app_->scan_on();
      }
    }
    return false;
  }
  void find_the_switch() {
    press(kPedal);
    ASSERT_TRUE(choose("switch.keep"));
    press(kPedal);
    ASSERT_EQ(app_->screen().id, "find_switch.ready");
    ASSERT_TRUE(choose("close"));
  }
  // Past the welcome and the practice.
  void to_the_first_question() {
    start();
    find_the_switch();
    for (int i = 0; i < 20 && !app_->screen().id.starts_with("question."); ++i) {
      const bool is_practice = app_->screen().id == "practice";
      ASSERT_TRUE(!is_practice || choose(first(screen::Role::radio)));
      ASSERT_TRUE(choose("next")) << app_->screen().id;
    }
  }
  std::chrono::milliseconds waited_{0};
  int presses_ = 0;
};

TEST_F(OneSwitch, ThatIsPressedForTheFirstTimeOffersScanningWhichItCanAnswer) {
  start();
  EXPECT_EQ(scan_, 0ms) << "nobody scans: nothing wakes the kiosk";
  const std::string before = app_->screen().id;
  EXPECT_EQ(press(kPedal), Taken::yes);
  EXPECT_EQ(app_->screen().id, "find_switch.offered");
  EXPECT_EQ(lit(), std::vector<std::string>{"switch.keep"});
  EXPECT_EQ(scan_, 3000ms);
  press(kPedal);
  EXPECT_EQ(app_->screen().id, "find_switch.second");
  press(kPedal);
  EXPECT_EQ(app_->screen().id, "find_switch.ready");
  ASSERT_TRUE(choose("close"));
  EXPECT_EQ(app_->screen().id, before);
  EXPECT_TRUE(app_->settings().input.scans_by_itself());
}

TEST_F(OneSwitch, ThatWasPressedByAccidentIsForgottenByItself) {
  start();
  const std::string before = app_->screen().id;
  press(kKey);
  for (int i = 0; i < 100 && app_->screen().id != before; ++i) app_->scan_on();
  EXPECT_EQ(app_->screen().id, before);
  EXPECT_FALSE(app_->settings().input.has_switch());
  EXPECT_EQ(scan_, 0ms);
}

TEST_F(OneSwitch, ThatWasPressedByAccidentIsForgottenWithAnotherKeyOrATouch) {
  start();
  const std::string before = app_->screen().id;
  press(kKey);
  EXPECT_EQ(app_->control({.control = kPedal, .has_meaning = true}), Taken::yes);
  EXPECT_EQ(app_->screen().id, before);
  press(kKey);
  app_->press("switch.drop");
  EXPECT_EQ(app_->screen().id, before);
  EXPECT_FALSE(app_->settings().input.has_switch());
}

TEST_F(OneSwitch, ThatSendsEnterOffersScanningUnlessSomebodyUsesTheKeyboard) {
  start();
  const Press enter{.control = kKey, .has_meaning = true, .is_select = true};
  app_->handle({access::VerbKind::next});
  app_->press("next");
  EXPECT_EQ(app_->control(enter), Taken::no);
  app_.emplace(fresh());
  start();
  EXPECT_EQ(app_->control(enter), Taken::yes);
  EXPECT_EQ(app_->screen().id, "find_switch.offered");
}

TEST_F(OneSwitch, MeansNothingToTheSupervisorsScreen) {
  EXPECT_EQ(press(kPedal), Taken::no);
  EXPECT_EQ(app_->screen().id, "start");
}

TEST_F(OneSwitch, IsNotPressedAgainWhileItIsHeld) {
  to_the_first_question();
  const auto serial = app_->serial();
  EXPECT_EQ(app_->control({.control = kPedal, .is_repeat = true}), Taken::yes);
  EXPECT_EQ(app_->serial(), serial);
}

TEST_F(OneSwitch, CanUndoWhatItPressedLast) {
  to_the_first_question();
  const std::string question = app_->screen().id;
  const std::string option = first(screen::Role::radio);
  ASSERT_TRUE(choose(option));
  ASSERT_TRUE(app_->screen().item(option)->selected);
  ASSERT_TRUE(choose("undo"));
  EXPECT_FALSE(app_->screen().item(option)->selected);
  EXPECT_FALSE(has("undo"));
  ASSERT_TRUE(choose("skip"));
  EXPECT_NE(app_->screen().id, question);
  ASSERT_TRUE(choose("undo"));
  EXPECT_EQ(app_->screen().id, question);
}

TEST_F(OneSwitch, RestsWhenNobodyPressesAndWakesWithoutPressing) {
  to_the_first_question();
  for (int i = 0; i < 200 && scan_ > 0ms; ++i) app_->scan_on();
  EXPECT_EQ(scan_, 0ms) << "no endless wake-ups";
  EXPECT_TRUE(lit().empty());
  const std::string question = app_->screen().id;
  press(kPedal);
  EXPECT_EQ(app_->screen().id, question);
  EXPECT_EQ(lit().size(), 1U);
  EXPECT_GT(scan_, 0ms);
}

TEST_F(OneSwitch, IsToldWhatTheHighlightIsOnAndIsNotHurried) {
  trial::RecordingSpeaker speaker;
  speaker_to_use_ = &speaker;
  app_.emplace(fresh());
  to_the_first_question();
  const auto silent = scan_;
  app_->handle({access::VerbKind::say_again});  // whoever is not read to yet, is
  EXPECT_GT(scan_, silent) << "the question is read first";
  speaker.word = access::SpokenWord{};
  const auto before = lit();
  app_->scan_on();
  EXPECT_EQ(lit(), before) << "a word is being said";
  speaker.word.reset();
  app_->scan_on();
  ASSERT_EQ(lit().size(), 1U);
  EXPECT_NE(speaker.text().find(app_->screen().item(lit().front())->spoken), std::string::npos);
  for (int i = 0; i < 20 && lit().size() == 1; ++i) app_->scan_on();
  EXPECT_NE(speaker.text().find("The buttons at the"), std::string::npos);
  speaker_to_use_ = nullptr;
  app_.reset();
}

TEST_F(OneSwitch, WritesACommentOnTheKeyboardOfTheScreen) {
  to_the_first_question();
  for (int i = 0; i < 60 && !has("words"); ++i) ASSERT_TRUE(choose("skip")) << app_->screen().id;
  ASSERT_TRUE(choose("words"));
  for (const char* key : {"key.h", "key.i", "key.done"}) ASSERT_TRUE(choose(key)) << key;
  EXPECT_EQ(app_->screen().item("words")->value, "Hi");
  ASSERT_TRUE(choose("next"));
}

// The promise C8, by a person who takes a second for each press and reads 125 words a minute, as they are spoken; who
// skips the comments, and chooses the last option that is offered, which is the furthest.
TEST_F(OneSwitch, AnswersAVisitOfThirtyQuestionsWithinTwentyMinutesAtTheMiddleSpeed) {
  to_the_first_question();
  waited_ = 0ms;
  presses_ = 0;
  std::chrono::milliseconds read{0};
  int questions = 0;
  for (int i = 0; i < 100 && app_->screen().id != "check"; ++i) {
    ++questions;
    std::string option;
    for (const screen::Item& item : app_->screen().items) {
      if (item.role == screen::Role::radio || item.role == screen::Role::checkbox) option = item.id;
      if (item.place == screen::Place::content) read += access::duration_of({{.text = item.spoken}}, {});
    }
    ASSERT_TRUE(option.empty() || choose(option)) << app_->screen().id;
    ASSERT_TRUE(choose(option.empty() ? "skip" : "next")) << app_->screen().id;
  }
  ASSERT_TRUE(choose("send"));
  const std::chrono::milliseconds pressing = std::chrono::seconds(presses_);
  pass_time();
  ASSERT_EQ(puts_.size(), 1U);
  app_->put_finished({});
  pass_time();
  ASSERT_TRUE(choose("finish"));
  EXPECT_TRUE(ended_.has_value());
  EXPECT_EQ(scan_, 0ms);
  const auto of_thirty = (waited_ + pressing + read) * 30 / questions;
  std::cout << "one switch, 2 s a stop, " << questions << " questions: scan " << waited_ / 1s << " s, presses "
            << pressing / 1s << " s, reading " << read / 1s << " s; of 30 questions " << of_thirty / 1s << " s\n";
  EXPECT_LE(of_thirty, 20min);
}

class TwoSwitches : public OneSwitch {};

TEST_F(TwoSwitches, MoveAndChooseWithoutAClock) {
  start();
  press(kPedal);
  ASSERT_TRUE(choose("switch.keep"));
  press(kKey);
  press(kKey);
  ASSERT_EQ(app_->screen().id, "find_switch.ready");
  EXPECT_EQ(scan_, 0ms);
  EXPECT_EQ(lit(), std::vector<std::string>{"close"});
  const std::string before = app_->screen().id;
  press(kPedal);
  EXPECT_NE(app_->screen().id, before);
  const auto first_lit = lit();
  press(kKey);
  EXPECT_NE(lit(), first_lit);
  EXPECT_EQ(scan_, 0ms);
  for (int i = 0; i < 100; ++i) press(kKey);
  bool is_ever_lit = false;
  for (int i = 0; i < 20; ++i) is_ever_lit = press(kKey) == Taken::yes && (is_ever_lit || lit() == first_lit);
  EXPECT_TRUE(is_ever_lit) << "it goes round for ever";
}

}  // namespace
}  // namespace perspective::app
