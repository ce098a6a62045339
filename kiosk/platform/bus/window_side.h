// Between the window and the bus: what the stage shows as a Scene, a key of GLFW's as the bus tells it.
//
// Threads:   that of the window.
#pragma once

#include "platform/bus/bus.h"
#include "platform/stage.h"

namespace perspective::platform::bus {

Scene scene_of(const Stage& stage, const Rect& window, bool is_active);
KeyEvent key_event(int glfw_action, int glfw_modifiers, int scancode);

// did(): something may have changed; draw.
Actions actions_of(Stage& stage, const std::function<void()>& did);

}  // namespace perspective::platform::bus
