// Who hears what is said: the person alone, or the room if they chose so.
#include "support/recording_speaker.h"
#include "support/trial_app.h"

namespace perspective::app {
namespace {

using access::Outlet;

class AVisitWithALoudspeaker : public trial::TrialApp {
 protected:
  void SetUp() override {
    speaker_to_use_ = &speaker_;
    TrialApp::SetUp();
    app_->set_outlet(Outlet::loudspeaker);
    start();
  }
  void press_all(std::initializer_list<const char*> ids) {
    for (const char* id : ids) app_->press(id);
  }
  std::string notice() const {
    const auto* item = app_->screen().item("notice.sound");
    return item == nullptr ? "" : item->label;
  }

  trial::RecordingSpeaker speaker_;
};

TEST_F(AVisitWithALoudspeaker, IsNotReadToTheRoomByASwitchAlone) {
  press_all({"bar.yours", "sound.switch"});
  EXPECT_TRUE(speaker_.all.empty());
  EXPECT_NE(notice(), "");
  app_->press("close");
  EXPECT_NE(notice(), "");
  app_->press("next");
  EXPECT_TRUE(speaker_.all.empty());
}

TEST_F(AVisitWithALoudspeaker, IsReadOutLoudToWhoeverChoseThat) {
  press_all({"bar.yours", "sound.switch", "sound.aloud"});
  EXPECT_EQ(app_->screen().item("sound.others")->value, "Without headphones, others here can hear me too.");
  EXPECT_EQ(notice(), "");
  EXPECT_NE(speaker_.text(), "");
  press_all({"close", "next"});
  EXPECT_NE(speaker_.text().find(app_->screen().item("heading")->spoken), std::string::npos);
}

TEST_F(AVisitWithALoudspeaker, SpeaksTheScreenAsSoonAsHeadphonesArePluggedIn) {
  app_->set_outlet(Outlet::headphones);
  EXPECT_TRUE(app_->settings().sound.is_on);
  EXPECT_NE(speaker_.text().find(app_->screen().item("heading")->spoken), std::string::npos);
}

TEST_F(AVisitWithALoudspeaker, LeavesTheHeadphonesToAScreenReaderThatIsThere) {
  app_->set_screen_reader(true);
  app_->set_outlet(Outlet::headphones);
  EXPECT_FALSE(app_->settings().sound.is_on);
  EXPECT_TRUE(speaker_.all.empty());
  // On purpose both may speak: what listens may be something else.
  press_all({"bar.yours", "sound.switch"});
  EXPECT_NE(speaker_.text(), "");
}

// The bar may have no room for words, so "Settings" stands where the notice says to press it.
TEST_F(AVisitWithALoudspeaker, HasTheButtonThatItsNoticeNamesBesideIt) {
  press_all({"bar.yours", "sound.switch"});
  EXPECT_FALSE(has("notice.settings")) << "where one is, there is nothing to go to";
  press_all({has("close") ? "close" : "next"});
  const screen::Item* button = app_->screen().item("notice.settings");
  ASSERT_NE(button, nullptr);
  EXPECT_NE(app_->screen().item("notice.sound.3")->label.find("“" + button->label + "”"), std::string::npos);
  press_all({"notice.settings"});
  EXPECT_EQ(app_->screen().id, "yours");
}

TEST_F(AVisitWithALoudspeaker, NamesNoButtonOverTheKeysWhereThereIsNoRoomForOne) {
  press_all({"bar.yours", "sound.switch", has("close") ? "close" : "next"});
  for (int i = 0; i < 60 && !has("keyboard"); ++i) {
    answer();
    app_->press("next");
  }
  ASSERT_TRUE(has("notice.settings"));
  press_all({"keyboard"});
  ASSERT_EQ(app_->screen().id, "keyboard");
  ASSERT_TRUE(has("notice.sound"));
  for (const screen::Item& item : app_->screen().items) {
    if (!item.id.starts_with("notice.")) continue;
    EXPECT_EQ(item.label.find("“"), std::string::npos) << item.label;
  }
}

TEST_F(AVisitWithALoudspeaker, FallsSilentWhenAScreenReaderComes) {
  app_->set_outlet(Outlet::headphones);
  ASSERT_NE(speaker_.text(), "");
  app_->set_screen_reader(true);
  EXPECT_FALSE(app_->settings().sound.is_on);
  EXPECT_EQ(speaker_.text(), "");
  app_->set_screen_reader(false);
  app_->set_outlet(Outlet::loudspeaker);
  app_->set_outlet(Outlet::headphones);
  EXPECT_NE(speaker_.text(), "");
}

TEST_F(AVisitWithALoudspeaker, FallsSilentWhenHeadphonesArePulledOutAndSaysSo) {
  app_->set_outlet(Outlet::headphones);
  ASSERT_NE(speaker_.text(), "");
  app_->set_outlet(Outlet::loudspeaker);
  EXPECT_EQ(speaker_.text(), "");
  EXPECT_EQ(notice(), "No headphones are plugged in.");
  const auto said = speaker_.all.size();
  app_->press("next");
  app_->handle({access::VerbKind::say_again});
  EXPECT_EQ(speaker_.all.size(), said);
  app_->set_outlet(Outlet::headphones);
  EXPECT_EQ(notice(), "");
  EXPECT_NE(speaker_.text(), "");
}

TEST_F(AVisitWithALoudspeaker, IsNotChosenAgainByPullingHeadphonesOut) {
  press_all({"bar.yours", "sound.switch", "sound.aloud"});
  app_->set_outlet(Outlet::headphones);
  app_->set_outlet(Outlet::loudspeaker);
  EXPECT_EQ(speaker_.text(), "");
  EXPECT_FALSE(app_->settings().sound.is_aloud);
}

TEST_F(AVisitWithALoudspeaker, LeavesTheNextPersonSilence) {
  press_all({"bar.yours", "sound.switch", "sound.aloud", "close"});
  press_all({"bar.stop", "stop.delete"});
  pass_time();
  app_->press("finish");
  ASSERT_EQ(app_->screen().id, "start");
  start();
  EXPECT_FALSE(app_->settings().sound.is_aloud);
}

TEST_F(AVisitWithALoudspeaker, StaysAloudAfterAChildWasLost) {
  press_all({"bar.yours", "sound.switch", "sound.aloud", "close"});
  crash();
  EXPECT_TRUE(app_->settings().sound.is_aloud);
}

TEST_F(AVisitWithALoudspeaker, IsNotSpokenOnTheStartScreenByHeadphones) {
  press_all({"bar.stop", "stop.delete"});
  pass_time();
  app_->press("finish");
  app_->set_outlet(Outlet::headphones);
  EXPECT_EQ(speaker_.text(), "");
  start();
  EXPECT_FALSE(app_->settings().sound.is_on);
}

TEST_F(AVisitWithALoudspeaker, IsReadToByTheKeyThatSaysItAgain) {
  app_->set_outlet(Outlet::headphones);
  press_all({"bar.yours", "sound.switch", "close"});
  ASSERT_FALSE(app_->settings().sound.is_on);
  app_->handle({access::VerbKind::say_again});
  EXPECT_TRUE(app_->settings().sound.is_on);
  EXPECT_NE(speaker_.text().find(app_->screen().item("heading")->spoken), std::string::npos);
}

class AVisitWithoutASoundDevice : public AVisitWithALoudspeaker {};

TEST_F(AVisitWithoutASoundDevice, GoesOnAndSaysSoToWhoeverWantedToListen) {
  app_->set_outlet(Outlet::none);
  EXPECT_EQ(notice(), "");
  press_all({"bar.yours", "sound.switch"});
  EXPECT_EQ(notice(), "This computer cannot make a sound.");
  app_->press("close");
  answer_all();
  send();
  app_->put_finished({});
  EXPECT_EQ(app_->screen().id, "thanks");
  EXPECT_EQ(puts_.size(), 1U);
}

TEST_F(AVisitWithoutASoundDevice, NoticesWhenTheSpeakerFoundNone) {
  app_->set_outlet(Outlet::headphones);
  ASSERT_EQ(notice(), "");
  speaker_.has_device = false;
  app_->sound_changed();
  EXPECT_EQ(notice(), "This computer cannot make a sound.");
  speaker_.has_device = true;
  app_->sound_changed();
  EXPECT_EQ(notice(), "");
}

TEST_F(AVisitWithoutASoundDevice, IsToldToTheSupervisorWhoMayStartItAllTheSame) {
  press_all({"bar.stop", "stop.delete"});
  pass_time();
  app_->press("finish");
  EXPECT_FALSE(has("warns.sound_missing"));
  app_->set_outlet(Outlet::none);
  EXPECT_TRUE(has("warns.sound_missing"));
  EXPECT_TRUE(app_->screen().item(first(screen::Role::button))->enabled);
  app_->set_outlet(Outlet::headphones);
  EXPECT_FALSE(has("warns.sound_missing"));
  speaker_.has_device = false;
  app_->sound_changed();
  EXPECT_TRUE(has("warns.sound_missing"));
}

}  // namespace
}  // namespace perspective::app
