// The app drawn with Dear ImGui, without a screen.
#pragma once

#include <optional>
#include <string>

#include "platform/stage.h"
#include "platform/window.h"
#include "support/drawing.h"
#include "support/trial_app.h"

namespace perspective::trial {

class TrialStage : public TrialApp {
 protected:
  void SetUp() override {
    TrialApp::SetUp();
    drawing_.emplace();
    stage_.emplace(
        platform::model_of(*app_), [](const platform::Mask&) { return 1U; }, [](std::uint64_t) {}, kPixelsPerMm);
    draw();
  }
  void TearDown() override {
    stage_.reset();
    drawing_.reset();
  }

  void frame(float seconds = 0.02F) {
    Drawing::frame(
        width_, height_, [this] { stage_->frame(width_, height_); }, seconds);
  }
  void draw() {
    for (int i = 0; i < 3; ++i) frame();
  }
  platform::Rect rect(const std::string& id) const {
    for (const platform::Drawn& each : stage_->drawn()) {
      if (each.id == id) return each.rect;
    }
    ADD_FAILURE() << id << " is not drawn on " << stage_->screen().id;
    return {};
  }
  void mouse(const platform::Rect& at, bool is_down) {
    ImGui::GetIO().MousePos = {at.x + at.width / 2, at.y + at.height / 2};
    ImGui::GetIO().MouseDown[0] = is_down;
    frame();
  }
  void tap(const std::string& id, float after_seconds = 1) {
    const platform::Rect at = rect(id);
    frame(after_seconds);
    mouse(at, false);
    mouse(at, true);
    mouse(at, false);
    draw();
  }

  float width_ = 1280;
  float height_ = 800;
  std::optional<Drawing> drawing_;
  std::optional<platform::Stage> stage_;
};

}  // namespace perspective::trial
