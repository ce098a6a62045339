// Dear ImGui without a screen: what a test has it draw is in its draw data.
#pragma once

#include <imgui.h>

#include <functional>

namespace perspective::trial {

constexpr float kPixelsPerMm = 96.0F / 25.4F;

// Owns ImGui's one context while it lives.
class Drawing {
 public:
  Drawing() {
    ImGui::CreateContext();
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    unsigned char* pixels = nullptr;
    int width = 0;
    int height = 0;
    io.Fonts->GetTexDataAsRGBA32(&pixels, &width, &height);
  }
  Drawing(const Drawing&) = delete;
  Drawing& operator=(const Drawing&) = delete;
  ~Drawing() { ImGui::DestroyContext(); }

  static void frame(float width, float height, const std::function<void()>& draw, float seconds = 0.02F) {
    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = {width, height};
    io.DeltaTime = seconds;
    ImGui::NewFrame();
    draw();
    ImGui::Render();
  }
};

}  // namespace perspective::trial
