#include "platform/touches.h"

#include <cmath>
#include <utility>

namespace perspective::platform {

Touches::Outcome Touches::take(const Touch& touch, const std::optional<std::string>& target,
                               std::optional<float> drag_from, const Rest& rest) {
  if (touch.phase == Touch::Phase::begin) {
    fingers_.insert_or_assign(touch.finger, Finger{.target = target,
                                                   .drag_from = drag_from,
                                                   .x = touch.x,
                                                   .y = touch.y,
                                                   .last_y = touch.y,
                                                   .since = rest.now});
    return {};
  }
  const auto found = fingers_.find(touch.finger);
  if (found == fingers_.end()) return {};
  Finger& finger = found->second;
  Outcome outcome;
  const float way = std::hypot(touch.x - finger.x, touch.y - finger.y);
  finger.is_drag = finger.is_drag || (finger.drag_from && way > *finger.drag_from);
  if (finger.is_drag) outcome.drag = touch.y - std::exchange(finger.last_y, touch.y);
  if (finger.target != target) finger.since = rest.now;  // and comes back, perhaps
  if (touch.phase == Touch::Phase::end) {
    const bool has_rested = rest.now - finger.since >= rest.held;
    outcome.is_press = !finger.is_drag && finger.target && finger.target == target && has_rested;
    fingers_.erase(found);
  }
  return outcome;
}

std::optional<std::string> Touches::rested(const Rest& rest) const {
  for (const auto& [number, finger] : fingers_) {
    if (!finger.is_drag && finger.target && rest.now - finger.since >= rest.held) return finger.target;
  }
  return std::nullopt;
}

}  // namespace perspective::platform
