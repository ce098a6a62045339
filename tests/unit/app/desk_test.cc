// The supervisor between two visits.
#include "support/recording_speaker.h"
#include "support/trial_app.h"

namespace perspective::app {
namespace {

using access::VerbKind;

class TheSupervisor : public trial::TrialApp {
 protected:
  void SetUp() override {
    speaker_to_use_ = &speaker_;
    TrialApp::SetUp();
  }
  void lock() { app_->lock(); }
  void type(const std::string& digits) {
    for (const char digit : digits) app_->press(std::string("key.") + digit);
  }
  void type_by_keys(const std::string& digits) {
    for (const char digit : digits) app_->handle({VerbKind::option, digit == '0' ? 10 : digit - '0'});
  }
  std::string label(std::string_view id) const { return has(id) ? app_->screen().item(id)->label : ""; }
  bool is_anywhere(const std::string& text) const {
    for (const auto& item : app_->screen().items) {
      if ((item.label + item.value + item.spoken).find(text) != std::string::npos) return true;
    }
    for (const auto& said : app_->to_say()) {
      if (said.text.find(text) != std::string::npos) return true;
    }
    return false;
  }
  void prepare() { app_->press(first(screen::Role::button)); }

  trial::RecordingSpeaker speaker_;
};

TEST_F(TheSupervisor, IsAskedForNoPinWhereNoneIsSet) { EXPECT_EQ(app_->screen().id, "start"); }

TEST_F(TheSupervisor, WithAPinSeesNothingElseBeforeIt) {
  lock();
  EXPECT_EQ(app_->screen().id, "pin");
  app_->press("questionnaire.victims");
  app_->set_status({});
  EXPECT_EQ(app_->screen().id, "pin");
  EXPECT_EQ(started_, 0);
}

TEST_F(TheSupervisor, IsAskedOfAParentOrCarerWhatThePackageSaysOfThatQuestionnaire) {
  auto& package = packages_.at(0);
  package.questionnaires.at("victims").guardian_policy = protocol::GuardianPolicy::not_needed;
  package.questionnaires.at("children-and-young-people").guardian_policy = protocol::GuardianPolicy::consent;
  app_.emplace(fresh());
  app_->press("questionnaire.victims");
  EXPECT_FALSE(has("guardian"));
  EXPECT_TRUE(has("willing"));
  app_->press("back");
  app_->press("questionnaire.children-and-young-people");
  EXPECT_EQ(label("guardian"), "A parent or carer has said yes.");
}

TEST_F(TheSupervisor, TypesItByTouchOrByKeysAndTheRightOneLeadsOn) {
  lock();
  type("048");
  type_by_keys("290");
  app_->handle({VerbKind::select});
  EXPECT_EQ(pins_, std::vector<std::string>{"048290"});
  EXPECT_EQ(app_->screen().id, "pin") << "nobody has said yet that it is right";
  app_->pin_tried({.is_right = true});
  EXPECT_EQ(app_->screen().id, "start");
}

TEST_F(TheSupervisor, FindsThePadByTheFiveKeys) {
  lock();
  app_->handle({VerbKind::next});
  EXPECT_EQ(app_->focused(), "key.1");
  app_->handle({VerbKind::next});
  app_->handle({VerbKind::select});
  EXPECT_EQ(label("typed"), "●");
  EXPECT_EQ(app_->focused(), "key.2");
}

TEST_F(TheSupervisor, TakesADigitBack) {
  lock();
  type("1234567");
  app_->handle({VerbKind::page_back});
  app_->press("key.enter");
  EXPECT_EQ(pins_, std::vector<std::string>{"123456"});
}

TEST_F(TheSupervisor, TypesNoMoreThanAPinCanHave) {
  lock();
  type("1234567890123456");
  app_->press("key.enter");
  EXPECT_EQ(pins_, std::vector<std::string>{"123456789012"});
}

TEST_F(TheSupervisor, BeginsAnewAfterAWrongOne) {
  lock();
  type("123456");
  app_->press("key.enter");
  EXPECT_EQ(label("news"), "One moment.");
  app_->pin_tried({});
  EXPECT_EQ(label("news"), "That is not the PIN.\nTry again.");
  type("77");
  EXPECT_FALSE(has("news"));
  EXPECT_EQ(label("typed"), "● ●");
}

TEST_F(TheSupervisor, IsToldInMinutesHowLongItIsLocked) {
  lock();
  type("123456");
  app_->press("key.enter");
  app_->pin_tried({.is_right = false, .locked_s = 61});
  EXPECT_EQ(label("news"), "Too many wrong PINs.\nTry again in 2 minutes.");
}

// Not shown, not said into headphones either, not even ready to be said; and the focus, which a screen reader tells of,
// does not go from digit to digit.
TEST_F(TheSupervisor, NeverSeesOrHearsADigitOfIt) {
  app_->set_outlet(access::Outlet::headphones);
  lock();
  for (const char digit : std::string("48290")) {
    app_->handle({VerbKind::option, digit == '0' ? 10 : digit - '0'});
    app_->press(std::string("key.") + digit);
    EXPECT_TRUE(app_->to_say().empty());
    EXPECT_EQ(app_->focused(), std::nullopt);
  }
  EXPECT_EQ(label("typed"), "● ● ● ● ● ● ● ● ● ●");
  EXPECT_FALSE(is_anywhere("48"));
  EXPECT_TRUE(speaker_.all.empty());
}

TEST_F(TheSupervisor, IsAskedAgainAfterAVisit) {
  lock();
  type("123456");
  app_->press("key.enter");
  app_->pin_tried({.is_right = true});
  start();
  app_->press("bar.stop");
  app_->press("stop.delete");
  pass_time();
  app_->press("finish");
  EXPECT_TRUE(ended_.has_value());
  EXPECT_EQ(app_->screen().id, "pin");
}

TEST_F(TheSupervisor, IsAskedAgainAfterAVisitThatACrashBroke) {
  start();
  const std::string draft = draft_;
  app_.emplace(fresh());
  lock();
  ASSERT_TRUE(app_->restore(draft));
  EXPECT_NE(app_->screen().id, "pin") << "the person who answers has no PIN";
  app_->press("bar.stop");
  app_->press("stop.delete");
  pass_time();
  app_->press("finish");
  EXPECT_EQ(app_->screen().id, "pin");
}

TEST_F(TheSupervisor, WhoWentAwayIsAskedAgain) {
  lock();
  type("123456");
  app_->press("key.enter");
  app_->pin_tried({.is_right = true});
  EXPECT_GT(patience_, std::chrono::minutes(1));
  prepare();
  app_->idled();
  EXPECT_EQ(app_->screen().id, "pin");
  EXPECT_EQ(patience_, std::chrono::minutes(0)) << "nothing more to wait for";
}

TEST_F(TheSupervisor, WithoutAPinWaitsForEver) {
  prepare();
  EXPECT_EQ(patience_, std::chrono::minutes(0));
  app_->idled();
  EXPECT_EQ(app_->screen().id, "before");
}

TEST_F(TheSupervisor, StartsNoVisitByChoosingAQuestionnaireAndCanGoBack) {
  prepare();
  EXPECT_EQ(app_->screen().id, "before");
  EXPECT_EQ(started_, 0);
  EXPECT_TRUE(draft_.empty());
  app_->handle({VerbKind::page_back});
  EXPECT_EQ(app_->screen().id, "start");
}

TEST_F(TheSupervisor, HearsTheTestOnlyWhenItIsPressed) {
  prepare();
  EXPECT_TRUE(speaker_.all.empty());
  app_->press("volume.more");
  EXPECT_TRUE(speaker_.all.empty());
  app_->press("sound.test");
  ASSERT_EQ(speaker_.all.size(), 1U);
  EXPECT_EQ(speaker_.all.front(), "This is a test.\nThis is how loud it is.");
  EXPECT_EQ(speaker_.sound.volume, visit::kUsualVolume + 1);
  app_->press("back");
  EXPECT_TRUE(speaker_.now.empty()) << "it is cut off";
}

TEST_F(TheSupervisor, SetsTheLoudnessThatTheVisitStartsWith) {
  prepare();
  app_->press("volume.more");
  app_->press("volume.more");
  app_->press("start");
  EXPECT_EQ(app_->settings().sound.volume, visit::kUsualVolume + 2);
  EXPECT_FALSE(app_->settings().sound.is_on) << "whether to be read to is the person's to say";
  crash();
  EXPECT_EQ(app_->settings().sound.volume, visit::kUsualVolume + 2);
}

TEST_F(TheSupervisor, SendsOnlyAfterReadingWhatThatGivesAwayAndHearsHowItWent) {
  app_->set_status({.sending = staff::Sending::some_waiting, .reasons = {}});
  app_->press("send_now");
  EXPECT_EQ(app_->screen().id, "send");
  EXPECT_EQ(asked_to_send_, 0);
  app_->press("send");
  EXPECT_EQ(asked_to_send_, 1);
  EXPECT_EQ(app_->screen().id, "send.under_way");
  app_->now_sent(readiness::Reason::collector_unreachable);
  EXPECT_TRUE(has("failed.collector_unreachable"));
  app_->press("close");
  EXPECT_EQ(app_->screen().id, "start");
}

TEST_F(TheSupervisor, WhoDidNotWaitForTheSendingIsNotCalledBack) {
  app_->set_status({.sending = staff::Sending::some_waiting, .reasons = {}});
  app_->press("send_now");
  app_->press("send");
  app_->press("back");
  prepare();
  app_->now_sent({});
  EXPECT_EQ(app_->screen().id, "before");
}

TEST_F(TheSupervisor, CopiesToAStickAfterReadingWhatThatGivesAwayAndHearsWhatBecameOfIt) {
  app_->set_status({.sending = staff::Sending::some_waiting, .reasons = {}});
  app_->press("use_stick");
  EXPECT_EQ(app_->screen().id, "stick");
  EXPECT_TRUE(has("care"));
  EXPECT_EQ(asked_for_stick_, 0);
  app_->press("use");
  EXPECT_EQ(asked_for_stick_, 1);
  EXPECT_EQ(app_->screen().id, "stick.under_way");
  app_->stick_used({.fate = readiness::StickFate::not_there});
  EXPECT_TRUE(has("not_there"));
  app_->press("again");
  EXPECT_EQ(asked_for_stick_, 2);
  app_->stick_used({.has_copy = true});
  EXPECT_TRUE(has("copy"));
  app_->press("close");
  EXPECT_EQ(app_->screen().id, "start");
}

TEST_F(TheSupervisor, WhoDidNotWaitForTheStickIsNotCalledBack) {
  app_->set_status({.sending = staff::Sending::some_waiting, .reasons = {}});
  app_->press("use_stick");
  app_->press("use");
  app_->press("back");
  prepare();
  app_->stick_used({});
  EXPECT_EQ(app_->screen().id, "before");
}

TEST_F(TheSupervisor, ReadsTheReportWithWhereTheSoundComesOut) {
  app_->press("look_over");
  EXPECT_EQ(looked_over_, 1);
  EXPECT_EQ(app_->screen().id, "start") << "nobody has told anything yet";
  app_->looked_over({});
  EXPECT_EQ(app_->screen().id, "ready");
  EXPECT_NE(label("fact.sound").find("headphones"), std::string::npos);
  app_->press("close");
  EXPECT_EQ(app_->screen().id, "start");
}

TEST_F(TheSupervisor, SeesThatHeadphonesWerePulledOut) {
  prepare();
  EXPECT_EQ(app_->screen().item("sound")->value, "the headphones");
  app_->set_outlet(access::Outlet::loudspeaker);
  EXPECT_EQ(app_->screen().item("sound")->value, "the loudspeaker: others can hear it");
}

}  // namespace
}  // namespace perspective::app
