// Fingers on the glass, each on its own: a palm that rests there keeps no other finger from pressing.
//
// Promise:   a press counts when it starts and ends in the same target and was no drag (WCAG 2.2, 2.5.2); and, where a
//            person wants that, only once it has rested there for a while: what a hand brushes in passing does nothing.
//            A finger that was there before the screen changed presses nothing of the new one.
// Threads:   one.
// Units:     pixels of the window.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>

#include "access/press_filter.h"

namespace perspective::platform {

struct Touch {
  enum class Phase { begin, move, end };
  Phase phase = Phase::begin;
  int finger = 0;  // the same from begin to end
  float x = 0;
  float y = 0;
};

class Touches {
 public:
  struct Outcome {
    bool is_press = false;  // of the target that it is over
    float drag = 0;         // downwards
  };
  struct Rest {
    access::Instant now{0};
    std::chrono::milliseconds held{0};  // so long a finger rests until it counts
  };
  // `target`: what is under the finger now, by a name that no other screen's has. `drag_from`: so far it is no drag;
  // nothing: here it can be none.
  Outcome take(const Touch& touch, const std::optional<std::string>& target, std::optional<float> drag_from,
               const Rest& rest);
  // What would be pressed if its finger were lifted now; nothing: no finger has rested long enough.
  std::optional<std::string> rested(const Rest& rest) const;
  void ignore(int finger) { fingers_.erase(finger); }

 private:
  struct Finger {
    std::optional<std::string> target;
    std::optional<float> drag_from;
    float x = 0;  // where it began
    float y = 0;
    float last_y = 0;
    bool is_drag = false;
    access::Instant since{0};  // it rests in its target
  };
  std::map<int, Finger> fingers_;
};

}  // namespace perspective::platform
