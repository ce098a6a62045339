// The controls that are the same on every screen of a visit: cells of one width, so that none moves when a word
// changes.
#pragma once

#include <string>
#include <vector>

#include "platform/rows.h"

namespace perspective::platform {

// A sign above its word; where the words would not fit on one line, signs alone: the question needs the room.
Rows bar_of(const Items& items, float width, const Dress& dress, TextCache& texts, const std::string& language);

}  // namespace perspective::platform
