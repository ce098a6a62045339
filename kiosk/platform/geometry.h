// Rectangles in pixels of the window.
#pragma once

namespace perspective::platform {

struct Rect {
  float x = 0;
  float y = 0;
  float width = 0;
  float height = 0;

  float right() const { return x + width; }
  float bottom() const { return y + height; }
  bool holds(const Rect& other) const {
    return other.x >= x && other.y >= y && other.right() <= right() && other.bottom() <= bottom();
  }
  bool contains(float at_x, float at_y) const { return at_x >= x && at_y >= y && at_x < right() && at_y < bottom(); }
  bool operator==(const Rect&) const = default;
};

}  // namespace perspective::platform
