// The content of a screen, one item below the other.
#pragma once

#include <vector>

#include "platform/layout.h"

namespace perspective::platform {

struct Content {
  std::vector<Box> boxes;  // x from 0 to width, y from 0
  float height = 0;
};
Content content_of(const Items& items, float width, const Dress& dress, TextCache& texts, const std::string& language);

}  // namespace perspective::platform
