// Buttons side by side, on as few lines as they need.
#pragma once

#include <vector>

#include "platform/layout.h"

namespace perspective::platform {

struct RowStyle {
  float em = 0;
  bool is_bold = false;
  float min_width = 0;
  float side = 0;          // room between edge and words, on each side
  bool is_spread = false;  // quiet buttons on the left, the others on the right
};

// The boxes of the items from y = 0 on, x from 0 to width, and the height of all of them together.
struct Rows {
  std::vector<Box> boxes;
  float height = 0;
};
Rows rows_of(const Items& items, float width, const RowStyle& style, const Dress& dress, TextCache& texts,
             const std::string& language);

}  // namespace perspective::platform
