// What is the same on every screen, drawn: the bar; that nothing moves by itself; and nothing at all, where the picture
// is off.
#include <cstring>
#include <map>
#include <vector>

#include "support/trial_stage.h"

namespace perspective::platform {
namespace {

using TheBar = trial::TrialStage;
using TheFoot = trial::TrialStage;
using ADarkStage = trial::TrialStage;

class AStillStage : public trial::TrialStage {
 protected:
  // All that ImGui would have painted: where, from which texture, in which colour.
  static std::vector<char> painted() {
    std::vector<char> all;
    const ImDrawData& data = *ImGui::GetDrawData();
    for (int list = 0; list < data.CmdListsCount; ++list) {
      const auto& vertices = data.CmdLists[list]->VtxBuffer;
      const auto before = all.size();
      all.resize(before + static_cast<std::size_t>(vertices.size_in_bytes()));
      std::memcpy(all.data() + before, vertices.Data, static_cast<std::size_t>(vertices.size_in_bytes()));
    }
    return all;
  }
};

// WCAG 2.2, 3.2.6.
TEST_F(TheBar, KeepsEachControlOfTheBarInItsPlaceOnEveryScreenWithAndWithoutSpeech) {
  start();
  draw();
  const auto places = [&] {
    std::map<std::string, std::pair<float, float>> all;
    for (const Box& box : stage_->layout().boxes) {
      if (box.item->place == screen::Place::bar) all.emplace(box.item->id, std::pair(box.rect.x, box.rect.y));
    }
    return all;
  };
  const auto first_places = places();
  EXPECT_EQ(first_places.size(), 9U);
  for (const char* id : {"sound.switch", "next", "bar.talk", "close", "bar.stop", "close", "bar.yours", "close"}) {
    app_->press(id);
    draw();
    EXPECT_EQ(places(), first_places) << "after " << id;
  }
}

TEST_F(TheBar, HasStopAtTheFarEndOfIt) {
  start();
  draw();
  std::map<float, std::string> by_right_edge;
  for (const Box& box : stage_->layout().boxes) {
    if (box.item->place == screen::Place::bar) by_right_edge.emplace(box.rect.right(), box.item->id);
  }
  ASSERT_EQ(by_right_edge.size(), 9U);
  EXPECT_EQ(by_right_edge.rbegin()->second, "bar.stop");
  EXPECT_GT(by_right_edge.rbegin()->first, stage_->layout().bar.right() * 0.95F);
}

TEST_F(TheBar, LeavesMostOfASmallWindowToTheQuestion) {
  width_ = 606;  // 7.9 inches across, as many millimetres as here
  height_ = 454;
  start();
  for (int size = 0; size < visit::kTextSizes; ++size) {
    draw();
    EXPECT_LT(stage_->layout().bar.height, height_ * 0.2F) << "size " << size;
    app_->press("bar.size");
  }
}

// "Top" may need a line more than "More": if the foot grew at the end, nobody would see what it then hides.
TEST_F(TheFoot, IsAsHighAtTheEndOfALongScreenAsOnItsFirstPage) {
  width_ = 606;
  height_ = 454;
  start("cy");
  for (const char* id : {"yours.spacing.next", "next", "next"}) app_->press(id);
  for (int size = 0; size < visit::kTextSizes; ++size) {
    app_->press("bar.size");
    draw();
    const float first = stage_->layout().foot.height;
    for (int i = 0; i < 60 && has("more") && app_->screen().item("more")->label != "I'r brig \u2191"; ++i) tap("more");
    EXPECT_EQ(stage_->layout().foot.height, first) << "size " << static_cast<int>(app_->settings().size) + 1;
  }
}

// WCAG 2.2, 2.3.1 and 2.2.2.
TEST_F(AStillStage, NeverFlashesNorBlinksNorMovesByItself) {
  start();
  for (const char* id : {"sound.switch", "next", "bar.talk", "close", "bar.stop"}) {
    app_->press(id);
    draw();
    const auto first = painted();
    EXPECT_GT(first.size(), 1000U);
    for (const float seconds : {0.02F, 0.3F, 0.5F, 1.1F, 60.0F}) {
      frame(seconds);
      EXPECT_EQ(painted(), first) << "after " << id << " and " << seconds << " s";
    }
  }
}

// Nor does the place where letters go, over the keys or without them.
TEST_F(AStillStage, NeverBlinksWhereWordsAreWritten) {
  start();
  for (int i = 0; i < 60 && !has("words"); ++i) {
    answer();
    app_->press("next");
  }
  app_->focus("words");
  for (const char* id : {"", "words"}) {
    app_->press(id);
    draw();
    const auto first = painted();
    EXPECT_GT(first.size(), 1000U);
    for (const float seconds : {0.02F, 0.3F, 0.5F, 1.1F, 60.0F}) {
      frame(seconds);
      EXPECT_EQ(painted(), first) << "on " << app_->screen().id << " after " << seconds << " s";
    }
  }
  EXPECT_EQ(app_->screen().id, "keyboard");
}

TEST_F(ADarkStage, ShowsNothingUntilItIsTouchedTwice) {
  start();
  for (const char* id : {"sound.switch", "picture.switch"}) app_->press(id);
  draw();
  for (const Drawn& each : stage_->drawn()) EXPECT_NE(each.id, "heading");
  const auto click = [&] {
    mouse({300, 300, 1, 1}, true);
    mouse({300, 300, 1, 1}, false);
    draw();
  };
  click();
  EXPECT_TRUE(app_->cover());
  click();
  EXPECT_FALSE(app_->cover());
  EXPECT_GT(rect("heading").height, 0);
}

}  // namespace
}  // namespace perspective::platform
