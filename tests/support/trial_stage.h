// The app drawn with Dear ImGui, without a screen.
#pragma once

#include <imgui.h>

#include <optional>
#include <string>

#include "platform/stage.h"
#include "platform/window.h"
#include "support/trial_app.h"

namespace perspective::trial {

constexpr float kPixelsPerMm = 96.0F / 25.4F;

class TrialStage : public TrialApp {
 protected:
  void SetUp() override {
    TrialApp::SetUp();
    ImGui::CreateContext();
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    unsigned char* pixels = nullptr;
    int width = 0;
    int height = 0;
    io.Fonts->GetTexDataAsRGBA32(&pixels, &width, &height);
    stage_.emplace(
        platform::model_of(*app_), [](const platform::Mask&) { return 1U; }, [](std::uint64_t) {}, kPixelsPerMm);
    draw();
  }
  void TearDown() override {
    stage_.reset();
    ImGui::DestroyContext();
  }

  void frame(float seconds = 0.02F) {
    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = {width_, height_};
    io.DeltaTime = seconds;
    ImGui::NewFrame();
    stage_->frame(width_, height_);
    ImGui::Render();
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
  std::optional<platform::Stage> stage_;
};

}  // namespace perspective::trial
