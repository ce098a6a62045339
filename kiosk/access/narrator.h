// What is to be said when something changed: pure, from the same records that are drawn.
//
// Promise: every word on the screen is said once when the screen comes; state is taken from the item, never from time.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "access/speaker.h"
#include "screen/screen.h"

namespace perspective::access {

struct Scene {  // what a person is in front of
  const screen::Screen& screen;
  const std::optional<std::string>& focused;
};

// An item with its role and state: "Yes, not selected, 1 of 3".
std::string said_of(const screen::Screen& screen, const screen::Item& item, const text::Catalogue& words);

// In order. A new screen: all that stands on it and can not be focused and the options by their numbers, then the
// focus. The same screen: what is new on it, what changed in the focused item, the focus if it moved.
std::vector<Said> said_between(const Scene& before, const Scene& now, const text::Catalogue& words);

// A group that a scan is on: what it is, or from which item to which.
Said said_of_group(const screen::Screen& screen, const std::vector<std::string>& items, const text::Catalogue& words);

// About how long that takes to say. Units: milliseconds.
std::chrono::milliseconds duration_of(const std::vector<Said>& said, const visit::Sound& sound);

// Everything, as if the screen had just come.
std::vector<Said> said_again(const Scene& now, const text::Catalogue& words);

}  // namespace perspective::access
