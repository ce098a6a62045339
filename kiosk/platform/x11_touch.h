// Touches of a window, as the X server tells them: each finger from its begin to its end (XInput 2.2).
//
// Promise:   while it is there, no touch comes as a movement of the mouse as well.
// Threads:   that of GLib's default main context, where `told` is called.
#pragma once

#include <functional>
#include <memory>

#include "platform/touches.h"

struct GLFWwindow;

namespace perspective::platform {

class X11Touch {
 public:
  // Nothing: this server knows no touch; fingers then come as the mouse, one at a time.
  static std::unique_ptr<X11Touch> open(GLFWwindow* window, std::function<void(const Touch&)> told);
  X11Touch(const X11Touch&) = delete;
  X11Touch& operator=(const X11Touch&) = delete;
  ~X11Touch();

 private:
  struct State;
  explicit X11Touch(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace perspective::platform
