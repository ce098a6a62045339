#include "platform/glfw_keys.h"

#include <GLFW/glfw3.h>

#include <array>

namespace perspective::platform {
namespace {

using access::Key;

struct Pair {
  int glfw_key;
  Key key;
};
constexpr std::array<Pair, 18> kPairs = {{{GLFW_KEY_TAB, Key::tab},
                                          {GLFW_KEY_ENTER, Key::enter},
                                          {GLFW_KEY_KP_ENTER, Key::enter},
                                          {GLFW_KEY_SPACE, Key::space},
                                          {GLFW_KEY_BACKSPACE, Key::backspace},
                                          {GLFW_KEY_DELETE, Key::erase},
                                          {GLFW_KEY_ESCAPE, Key::escape},
                                          {GLFW_KEY_UP, Key::up},
                                          {GLFW_KEY_DOWN, Key::down},
                                          {GLFW_KEY_LEFT, Key::left},
                                          {GLFW_KEY_RIGHT, Key::right},
                                          {GLFW_KEY_PAGE_UP, Key::page_up},
                                          {GLFW_KEY_PAGE_DOWN, Key::page_down},
                                          {GLFW_KEY_HOME, Key::home},
                                          {GLFW_KEY_END, Key::end},
                                          {GLFW_KEY_F2, Key::again},
                                          {GLFW_KEY_F3, Key::pause},
                                          {GLFW_KEY_F4, Key::hide}}};

}  // namespace

std::optional<access::KeyPress> key_press(int glfw_key, int glfw_action, int glfw_modifiers) {
  if (glfw_action == GLFW_RELEASE) return std::nullopt;
  access::KeyPress press;
  press.shift = (glfw_modifiers & GLFW_MOD_SHIFT) != 0;
  press.control = (glfw_modifiers & GLFW_MOD_CONTROL) != 0;
  press.is_repeat = glfw_action == GLFW_REPEAT;
  const auto digit_from = [&](int first) {
    if (glfw_key < first || glfw_key > first + 9) return false;
    press.key = Key::digit;
    press.digit = glfw_key - first;
    return true;
  };
  if (digit_from(GLFW_KEY_0) || digit_from(GLFW_KEY_KP_0)) return press;
  for (const Pair& pair : kPairs) {
    if (pair.glfw_key != glfw_key) continue;
    press.key = pair.key;
    return press;
  }
  return std::nullopt;
}

bool writes_with_others(unsigned symbol) {
  constexpr unsigned kCompose = 0xff20;
  constexpr unsigned kModeSwitch = 0xff7e;
  const bool is_level_or_group = symbol >= 0xfe01 && symbol <= 0xfe13;
  const bool is_dead = symbol >= 0xfe50 && symbol <= 0xfe93;
  return symbol == kCompose || symbol == kModeSwitch || is_level_or_group || is_dead;
}

HeardKey heard_key(int glfw_key, int scancode, int glfw_action, int glfw_modifiers) {
  const bool is_modifier = glfw_key >= GLFW_KEY_LEFT_SHIFT && glfw_key <= GLFW_KEY_RIGHT_SUPER;
  const bool is_lock = glfw_key >= GLFW_KEY_CAPS_LOCK && glfw_key <= GLFW_KEY_PRINT_SCREEN;
  HeardKey heard;
  heard.press.control = {visit::Control::Kind::key, scancode};
  heard.press.is_never_a_switch = is_modifier || is_lock || glfw_key == GLFW_KEY_ESCAPE;
  // Dead keys and Compose have names of their own, or none.
  heard.is_letter = glfw_key < GLFW_KEY_F1 || glfw_key > GLFW_KEY_F25;
  heard.meaning = key_press(glfw_key, glfw_action, glfw_modifiers);
  return heard;
}

}  // namespace perspective::platform
