// The real app drawn with Dear ImGui, without a screen: what would be there, how large, how far apart.
#include "platform/stage.h"

#include <imgui.h>

#include <cmath>
#include <set>

#include "support/trial_stage.h"

namespace perspective::platform {
namespace {

using trial::kPixelsPerMm;

class AStage : public trial::TrialStage {
 protected:
  // The first screen that takes words.
  void go_to_words() {
    start();
    for (int i = 0; i < 60 && !has("words"); ++i) {
      if (const std::string option = first(screen::Role::radio); !option.empty()) app_->press(option);
      app_->press("next");
    }
    draw();
  }
  void type(const std::string& letters) {
    for (const char each : letters) {
      stage_->key({.press = {}, .meaning = {}, .is_letter = true});
      stage_->character(static_cast<unsigned char>(each));
    }
    draw();
  }
  void key(access::Key which) {
    stage_->key({.press = {}, .meaning = access::KeyPress{.key = which}});
    draw();
  }

  void expect_sound();
};

float distance(const Rect& a, const Rect& b) {
  const float x = std::max({0.0F, a.x - b.right(), b.x - a.right()});
  const float y = std::max({0.0F, a.y - b.bottom(), b.y - a.bottom()});
  return std::max(x, y);
}

// Targets large enough and apart, nothing beyond the edges, no word broken, no text outside its box.
void AStage::expect_sound() {
  const Layout& layout = stage_->layout();
  const auto where = [&](const Box& box) {
    return box.item->id + " on " + stage_->screen().id + ", size " +
           std::to_string(static_cast<int>(stage_->settings().size)) + ", " + stage_->settings().language;
  };
  for (const Box& box : layout.boxes) {
    EXPECT_GE(box.rect.x, 0) << where(box);
    EXPECT_LE(box.rect.right(), width_ + 0.5F) << where(box);
    for (const Piece& piece : box.pieces) {
      EXPECT_FALSE(piece.block->is_broken_in_word()) << where(box);
      EXPECT_GE(piece.x, box.rect.x - 0.5F) << where(box);
      EXPECT_LE(piece.x + static_cast<float>(piece.block->ink_width), box.rect.right() + 0.5F) << where(box);
    }
    if (!box.item->picture.empty()) {
      const Rect& picture = box.picture;
      EXPECT_GE(picture.width / kPixelsPerMm, 8.9F) << where(box);
      EXPECT_EQ(picture.width, picture.height) << where(box);
      EXPECT_GE(picture.x, box.mark.right()) << where(box);
      EXPECT_LE(picture.right(), box.pieces.front().x) << where(box);
      EXPECT_GE(picture.y, box.rect.y) << where(box);
      EXPECT_LE(picture.bottom(), box.rect.bottom()) << where(box);
    }
    if (!is_focusable(*box.item)) continue;
    EXPECT_GE(box.rect.width / kPixelsPerMm, 12.7F) << where(box);
    EXPECT_GE(box.rect.height / kPixelsPerMm, 12.7F) << where(box);
    for (const Box& other : layout.boxes) {
      const bool is_pair = &other != &box && is_focusable(*other.item) && other.item->place == box.item->place;
      if (is_pair) {
        EXPECT_GE(distance(box.rect, other.rect) / kPixelsPerMm, 2.54F) << where(box) << other.item->id;
      }
    }
  }
}

TEST_F(AStage, TapOnAChoiceSelectsThatChoice) {
  start();
  while (app_->screen().id != "practice") app_->press("next");
  draw();
  const std::string option = first(screen::Role::radio);
  tap(option);
  EXPECT_TRUE(app_->screen().item(option)->selected);
}

TEST_F(AStage, AFingerPressesWhileAPalmRests) {
  const Rect at = rect(first(screen::Role::button));
  const float x = at.x + at.width / 2;
  const float y = at.y + at.height / 2;
  stage_->touch({Touch::Phase::begin, 1, width_ - 3, height_ / 2});
  stage_->touch({Touch::Phase::begin, 2, x, y});
  stage_->touch({Touch::Phase::end, 2, x, y});
  frame();
  EXPECT_NE(app_->screen().id, "start");
}

TEST_F(AStage, AFingerThatWasThereBeforeTheScreenChangedPressesNothingOfTheNewOne) {
  start();
  app_->press("next");
  draw();
  const std::string before = app_->screen().id;
  const Rect at = rect("next");
  stage_->touch({Touch::Phase::begin, 1, at.x + 5, at.y + 5});
  frame();
  app_->press("next");
  draw();
  const std::string after = app_->screen().id;
  ASSERT_NE(before, after);
  ASSERT_TRUE(has("next"));
  const Rect now = rect("next");
  stage_->touch({Touch::Phase::end, 1, now.x + 5, now.y + 5});
  draw();
  EXPECT_EQ(app_->screen().id, after);
}

TEST_F(AStage, ADoubleClickPressesOnce) {
  start();
  app_->press("next");
  draw();
  ASSERT_EQ(app_->screen().id, "welcome.1");
  draw();
  tap("next");
  tap("next", 0.1F);
  EXPECT_EQ(app_->screen().id, "welcome.2");
  tap("next");
  EXPECT_EQ(app_->screen().id, "welcome.3");
}

TEST_F(AStage, KeepsTheCaretInViewHoweverMuchIsWritten) {
  go_to_words();
  for (int i = 0; i < 12; ++i) type("These are the words of someone who has a lot to tell. ");
  const Layout& layout = stage_->layout();
  ASSERT_FALSE(layout.fits());
  const Rect entry = rect("words");
  EXPECT_LE(entry.bottom(), layout.content.bottom());
  for (int i = 0; i < 60; ++i) key(access::Key::up);
  EXPECT_GE(rect("words").y, layout.content.y - rect("words").height / 3);
}

TEST_F(AStage, ShowsTheWholeBoxToWriteInAtTheDefaultSize) {
  for (const std::string language : {"en", "cy"}) {
    for (const screen::Item& chosen : std::vector(app_->screen().items)) {
      if (chosen.role != screen::Role::button) continue;
      app_->press(chosen.id);
      app_->press("language." + language);
      for (int i = 0; i < 100 && app_->screen().id != "check"; ++i) {
        if (const std::string option = first(screen::Role::radio); !option.empty()) app_->press(option);
        draw();
        for (const Drawn& each : stage_->drawn()) {
          EXPECT_TRUE(each.id != "words" || each.is_visible) << app_->screen().id << ", " << language << ", "
                                                             << each.rect.bottom() - stage_->layout().content.bottom();
        }
        if (has("words")) app_->write("words", "Word");
        app_->press("next");
      }
      app_->press("bar.stop");
      app_->press("stop.delete");
      pass_time();
      app_->press("finish");
    }
  }
}

TEST_F(AStage, LeavesTheQuestionRoomOnATabletInTheLargestLetters) {
  width_ = 160 * kPixelsPerMm;
  height_ = 120 * kPixelsPerMm;
  go_to_words();
  for (int i = 1; i < visit::kTextSizes - 1; ++i) app_->press("bar.size");
  draw();
  EXPECT_EQ(stage_->settings().size, visit::TextSize::largest);
  EXPECT_GT(stage_->layout().content.height, height_ * 0.4F);
  expect_sound();
}

TEST_F(AStage, ShowsHowMuchRoomIsLeftBelowALongText) {
  go_to_words();
  for (int i = 0; i < 40; ++i) type("These are the words of someone who tells. ");
  ASSERT_TRUE(has("left"));
  EXPECT_LE(rect("left").bottom(), stage_->layout().content.bottom());
}

TEST_F(AStage, APressThatEndsElsewhereDoesNothing) {
  start();
  while (app_->screen().id != "practice") app_->press("next");
  draw();
  const std::string option = first(screen::Role::radio);
  mouse(rect(option), false);
  mouse(rect(option), true);
  mouse(rect("skip"), true);
  mouse(rect("skip"), false);
  draw();
  EXPECT_EQ(app_->screen().id, "practice");
  EXPECT_FALSE(app_->screen().item(option)->selected);
}

TEST_F(AStage, TypesWhereThereIsRoomForWords) {
  go_to_words();
  type("They lisened");
  for (int i = 0; i < 4; ++i) key(access::Key::left);
  type("t");
  EXPECT_EQ(app_->screen().item("words")->value, "They listened");
  key(access::Key::tab);
  type("!");
  EXPECT_EQ(app_->screen().item("words")->value, "They list!ened");
}

TEST_F(AStage, ArrowsReachTheWordsAndLeaveThemAgain) {
  go_to_words();
  ASSERT_EQ(stage_->focused(), std::nullopt);
  for (int i = 0; i < 20 && stage_->focused() != "words"; ++i) key(access::Key::down);
  ASSERT_EQ(stage_->focused(), "words");
  type("They listened");
  for (int i = 0; i < 3 && stage_->focused() == "words"; ++i) key(access::Key::down);
  EXPECT_NE(stage_->focused(), "words");
  key(access::Key::up);
  EXPECT_EQ(stage_->focused(), "words");
  for (int i = 0; i < 3 && stage_->focused() == "words"; ++i) key(access::Key::up);
  EXPECT_NE(stage_->focused(), "words");
  EXPECT_EQ(app_->screen().item("words")->value, "They listened");
}

TEST_F(AStage, ASpaceThatPressedAButtonIsNotTypedOnTheNextScreen) {
  go_to_words();
  app_->press("back");
  draw();
  app_->focus("next");
  stage_->key({.press = {}, .meaning = access::KeyPress{.key = access::Key::space}});
  stage_->character(' ');
  draw();
  ASSERT_TRUE(has("words"));
  EXPECT_EQ(app_->screen().item("words")->value, "");
}

TEST_F(AStage, ShowsAllOfALongScreenByMoreAndGoesBackToTheTop) {
  start();
  answer_all();
  draw();
  ASSERT_TRUE(has("more"));
  std::set<std::string> seen;
  for (int i = 0; i < 40; ++i) {
    for (const Drawn& each : stage_->drawn()) {
      if (each.is_visible) seen.insert(each.id);
    }
    const bool was_at_end = app_->screen().item("more")->label == "Top \u2191";
    tap("more");
    if (was_at_end) break;
  }
  for (const screen::Item& item : app_->screen().items) EXPECT_TRUE(seen.contains(item.id)) << item.id;
  EXPECT_EQ(app_->screen().item("more")->label, "More \u2193");
}

TEST_F(AStage, ShowsTheSupervisorWhatCanBeDoneHoweverMuchThereIsToTell) {
  app_->set_status({.sending = staff::Sending::some_waiting, .reasons = readiness::all_reasons()});
  draw();
  ASSERT_FALSE(stage_->layout().fits());
  std::set<std::string> seen;
  for (const Drawn& each : stage_->drawn()) {
    if (each.is_visible) seen.insert(each.id);
  }
  for (const char* id : {"send_now", "use_stick", "look_over"}) EXPECT_TRUE(seen.contains(id)) << id;
}

TEST_F(AStage, ScrollsToWhatHasTheFocus) {
  start();
  answer_all();
  draw();
  for (const screen::Item& item : std::vector(app_->screen().items)) {
    if (!is_focusable(item)) continue;
    app_->focus(item.id);
    draw();
    for (const Drawn& each : stage_->drawn()) {
      if (each.id == item.id) {
        EXPECT_TRUE(each.is_visible) << item.id;
      }
    }
  }
}

TEST_F(AStage, ShowsWhyNothingIsSaidToWhoeverIsFurtherDown) {
  app_->set_outlet(access::Outlet::loudspeaker);
  start();
  for (int i = 0; i < 3; ++i) app_->press("bar.size");
  for (int i = 0; i < 20 && app_->screen().id != "practice"; ++i) app_->press("next");
  draw();
  tap("more");
  ASSERT_GT(stage_->scroll(), 0);
  app_->press("read");
  draw();
  ASSERT_TRUE(has("notice.sound"));
  EXPECT_EQ(stage_->scroll(), 0);
}

class AStageInEverySize : public AStage, public ::testing::WithParamInterface<int> {
 protected:
  void expect_sound_visit(const char* language);
};

void AStageInEverySize::expect_sound_visit(const char* language) {
  app_.emplace(fresh());
  expect_sound();
  start(language);
  for (int i = 0; i < GetParam(); ++i) app_->press("bar.size");
  for (int i = 0; i < 100 && app_->screen().id != "check"; ++i) {
    explain_all();
    answer("Some words that go over more than one line in large letters.");
    frame();
    expect_sound();
    app_->press("next");
  }
  for (const char* press : {"bar.talk", "close", "bar.stop", "stop.back", "send"}) {
    frame();
    expect_sound();
    app_->press(press);
  }
  pass_time();
  app_->put_finished(fail(ErrorCode::io, "disk"));
  ASSERT_EQ(app_->screen().id, "problem");
  frame();
  expect_sound();
  send();
  app_->put_finished({});
  ASSERT_EQ(app_->screen().id, "thanks");
  frame();
  expect_sound();
}

TEST_P(AStageInEverySize, CutsNothingAndKeepsTargetsLargeAndApart) {
  for (const char* language : {"en", "cy"}) expect_sound_visit(language);
}

TEST_P(AStageInEverySize, TurnedUprightCutsNothingEither) {
  std::swap(width_, height_);
  draw();
  expect_sound_visit("cy");
}

INSTANTIATE_TEST_SUITE_P(Sizes, AStageInEverySize, ::testing::Range(0, visit::kTextSizes));

}  // namespace
}  // namespace perspective::platform
