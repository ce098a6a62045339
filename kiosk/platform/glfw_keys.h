// GLFW's key numbers as ours.
#pragma once

#include <optional>

#include "access/verb.h"

namespace perspective::platform {

std::optional<access::KeyPress> key_press(int glfw_key, int glfw_action, int glfw_modifiers);

}  // namespace perspective::platform
