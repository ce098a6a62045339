// A press that counts only once it has rested: for a hand that trembles, or brushes the glass on its way.
#include <imgui.h>

#include "platform/stage.h"
#include "support/trial_stage.h"

namespace perspective::platform {
namespace {

class APressThatIsToRest : public trial::TrialStage {
 protected:
  void SetUp() override {
    TrialStage::SetUp();
    start();
    app_->press("bar.yours");
    app_->press("yours.pressing.next");
    app_->press("switches.held.more");
    app_->press("switches.held.more");
    ASSERT_EQ(visit::kHeld_ms.at(static_cast<std::size_t>(app_->settings().input.held)), 500);
    app_->press("close");
    app_->press("bar.talk");
    frame(5);
    draw();
    ASSERT_EQ(app_->screen().id, "talk");
  }
  void finger(Touch::Phase phase, const Rect& at) {
    stage_->touch({phase, 1, at.x + at.width / 2, at.y + at.height / 2});
    frame();
  }
  bool is_closed() {
    draw();
    return app_->screen().id != "talk";
  }
};

TEST_F(APressThatIsToRest, DoesNothingWhereAFingerOnlyGrazedTheGlass) {
  finger(Touch::Phase::begin, rect("close"));
  frame(0.3F);
  finger(Touch::Phase::end, rect("close"));
  EXPECT_FALSE(is_closed());
}

TEST_F(APressThatIsToRest, CountsOnceTheFingerHasRestedAndIsLifted) {
  finger(Touch::Phase::begin, rect("close"));
  frame(0.6F);
  EXPECT_FALSE(is_closed()) << "not before it is lifted: it may still slide away";
  finger(Touch::Phase::end, rect("close"));
  EXPECT_TRUE(is_closed());
}

TEST_F(APressThatIsToRest, IsTheSameWithAMouse) {
  mouse(rect("close"), false);
  mouse(rect("close"), true);
  frame(0.3F);
  mouse(rect("close"), false);
  EXPECT_FALSE(is_closed());
  frame(5);
  mouse(rect("close"), true);
  frame(0.6F);
  mouse(rect("close"), false);
  EXPECT_TRUE(is_closed());
}

// Whoever rests a finger is to see when it is enough: the picture changes though nothing was pressed yet.
TEST_F(APressThatIsToRest, ShowsWhenItHasRestedLongEnough) {
  const auto vertices = [this] {
    frame(0.01F);
    return ImGui::GetDrawData()->TotalVtxCount;
  };
  const int before = vertices();
  finger(Touch::Phase::begin, rect("close"));
  EXPECT_EQ(vertices(), before);
  frame(0.6F);
  EXPECT_GT(vertices(), before) << "the ring";
  finger(Touch::Phase::end, {0, 0, 2, 2});
  EXPECT_EQ(vertices(), before);
  EXPECT_FALSE(is_closed());
}

}  // namespace
}  // namespace perspective::platform
