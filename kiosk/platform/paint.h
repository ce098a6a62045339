// Draws a Layout with Dear ImGui, the last step of all: it takes values and gives back what was pressed.
//
// Promise:   a press counts when it starts and ends in the same target. Draws nothing that is not in the Layout.
// Threads:   that of the current ImGui context, between NewFrame and Render.
// Units:     pixels of the window.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "access/speaker.h"
#include "platform/layout.h"

namespace perspective::platform {

struct View {
  std::optional<std::string> focused;
  std::optional<std::size_t> caret = {};  // of the entry that is written in, in bytes
  float scroll = 0;                       // how far the content is moved up
  std::optional<access::SpokenWord> spoken = {};
  std::vector<std::string> lit = {};  // more than one: a group, with one ring around it
  std::function<std::uint64_t(const std::string& picture, int size)> texture_of = {};  // 0: not to be drawn
};
struct Drawn {
  std::string id;
  Rect rect;                // in the window
  bool is_visible = false;  // wholly
};
struct Pressed {
  std::string id;
  float x = 0;
  float y = 0;
};
struct PaintResult {
  std::optional<Pressed> pressed;
  std::vector<Drawn> drawn;  // every box
};

PaintResult paint(const Layout& layout, const View& view, const Dress& dress);

}  // namespace perspective::platform
