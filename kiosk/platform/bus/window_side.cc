#include "platform/bus/window_side.h"

#include <GLFW/glfw3.h>
#include <X11/Xlib.h>
#include <pango/pango.h>

#include "platform/x11_source.h"

namespace perspective::platform::bus {
namespace {

std::vector<int> line_starts_of(const TextBlock& block) {
  std::vector<int> starts;
  for (const GSList* line = pango_layout_get_lines_readonly(block.layout.get()); line != nullptr; line = line->next) {
    starts.push_back(static_cast<const PangoLayoutLine*>(line->data)->start_index);
  }
  return starts;
}

}  // namespace

Scene scene_of(const Stage& stage, const Rect& window, bool is_active) {
  Scene scene = {.screen = stage.screen(),
                 .focused = stage.focused(),
                 .drawn = stage.drawn(),
                 .window = window,
                 .is_active = is_active,
                 .caret = stage.caret()};
  const TextBlock* block = stage.entry_block();
  if (block != nullptr && block->layout != nullptr) scene.line_starts = line_starts_of(*block);
  return scene;
}

KeyEvent key_event(int glfw_action, int glfw_modifiers, int scancode) {
  X11Key key = x11_key(scancode, (glfw_modifiers & GLFW_MOD_SHIFT) != 0);
  unsigned modifiers = 0;
  if ((glfw_modifiers & GLFW_MOD_SHIFT) != 0) modifiers |= ShiftMask;
  if ((glfw_modifiers & GLFW_MOD_CONTROL) != 0) modifiers |= ControlMask;
  if ((glfw_modifiers & GLFW_MOD_ALT) != 0) modifiers |= Mod1Mask;
  if ((glfw_modifiers & GLFW_MOD_SUPER) != 0) modifiers |= Mod4Mask;
  return {.is_press = glfw_action != GLFW_RELEASE,
          .modifiers = modifiers,
          .symbol = key.symbol,
          .code = static_cast<unsigned>(scancode),
          .text = std::move(key.text)};
}

Actions actions_of(Stage& stage, const std::function<void()>& did) {
  return {.press =
              [&stage, did](std::string_view id) {
                stage.press_item(id);
                did();
              },
          .focus =
              [&stage, did](std::string_view id) {
                stage.focus_item(id);
                did();
              },
          .write =
              [&stage, did](std::string_view id, const std::string& text) {
                stage.write_item(id, text);
                did();
              },
          .place_caret =
              [&stage, did](std::string_view id, std::size_t index) {
                stage.place_caret(id, index);
                did();
              }};
}

}  // namespace perspective::platform::bus
