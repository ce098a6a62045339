// Less and more: what is set by steps is set by two keys, with the focus where it is.
#include "support/recording_speaker.h"
#include "support/trial_app.h"

namespace perspective::app {
namespace {

using access::VerbKind;

class LessAndMore : public trial::TrialApp {
 protected:
  void SetUp() override {
    speaker_to_use_ = &speaker_;
    TrialApp::SetUp();
    start();
    if (app_->screen().id != "yours") app_->press("bar.yours");
    app_->press("sound.switch");
  }
  void press(VerbKind kind, int times = 1) {
    for (int i = 0; i < times; ++i) app_->handle({kind});
  }
  void focus(const std::string& id) {
    for (int i = 0; i < 100 && app_->focused() != id; ++i) press(VerbKind::next);
    ASSERT_EQ(app_->focused(), id);
  }

  trial::RecordingSpeaker speaker_;
};

TEST_F(LessAndMore, SetTheSpeedTheLoudnessAndTheSizeFromEitherButton) {
  for (const std::string which : {".less", ".more"}) {
    const visit::Settings before = app_->settings();
    focus("sound.rate" + which);
    press(VerbKind::more);
    EXPECT_EQ(app_->settings().sound.rate, before.sound.rate + 1);
    EXPECT_EQ(app_->focused(), "sound.rate" + which) << "the same keys go on";
    focus("sound.volume" + which);
    press(VerbKind::less);
    EXPECT_EQ(app_->settings().sound.volume, before.sound.volume - 1);
    focus("yours.size" + which);
    press(VerbKind::more);
    EXPECT_EQ(static_cast<int>(app_->settings().size), static_cast<int>(before.size) + 1);
  }
}

TEST_F(LessAndMore, SetHowLongAPressIsHeld) {
  focus("yours.pressing.next");
  press(VerbKind::select);
  focus("switches.held.more");
  press(VerbKind::more, 2);
  press(VerbKind::less);
  EXPECT_EQ(app_->settings().input.held, 1);
}

TEST_F(LessAndMore, SayWhatWasSet) {
  focus("sound.volume.less");
  press(VerbKind::more);
  EXPECT_EQ(speaker_.text(), "Loudness: 9 of 11\n");
}

TEST_F(LessAndMore, StopAtTheEndSayThatItIsThereAndGoBack) {
  focus("sound.volume.more");
  press(VerbKind::more, visit::kVolumes);
  EXPECT_EQ(app_->settings().sound.volume, visit::kVolumes - 1);
  EXPECT_EQ(app_->focused(), "sound.volume.less") << "the other cannot have it any more";
  EXPECT_EQ(speaker_.text(), "Loudness: 11 of 11\n");
  press(VerbKind::less);
  EXPECT_EQ(app_->settings().sound.volume, visit::kVolumes - 2);
}

TEST_F(LessAndMore, MoveTheFocusWhereNothingIsSet) {
  focus("yours.colours.next");
  press(VerbKind::more);
  EXPECT_EQ(app_->focused(), "yours.typeface.next");
  press(VerbKind::less);
  EXPECT_EQ(app_->focused(), "yours.colours.next");
}

TEST_F(LessAndMore, AreToldToWhoeverUsesKeys) {
  app_->press("bar.talk");
  app_->press("close");
  EXPECT_FALSE(has("way"));
  press(VerbKind::next);
  ASSERT_TRUE(has("way"));
  EXPECT_EQ(app_->screen().item("way")->spoken, "Press the left arrow for less, and the right arrow for more.");
}

}  // namespace
}  // namespace perspective::app
