// GLFW's key numbers as ours.
#pragma once

#include <optional>

#include "access/verb.h"
#include "platform/presses.h"

namespace perspective::platform {

std::optional<access::KeyPress> key_press(int glfw_key, int glfw_action, int glfw_modifiers);
// With the key's place on the keyboard, which is known even where it has no name.
// A key that writes nothing by itself: Compose, a dead accent, AltGr and their like. `symbol` as X11 numbers them
// (X11/keysymdef.h).
bool writes_with_others(unsigned symbol);
HeardKey heard_key(int glfw_key, int scancode, int glfw_action, int glfw_modifiers);

}  // namespace perspective::platform
