// Where the focus is, as pure data: it wraps, skips what is disabled, and is never trapped.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "screen/screen.h"

namespace perspective::access {

// Digits are typed there, whatever has the focus, and 0 is one of them.
bool has_number_pad(const screen::Screen& screen);

std::vector<std::string> focus_order(const screen::Screen& screen);

// From `focused` by +1 or -1. Where nothing is focused: the first item of the content going on, the last going back.
std::optional<std::string> moved(const screen::Screen& screen, const std::optional<std::string>& focused, int step);

// The button that sets less (-1) or more (1) of what the focused item sets, pressable or not; nothing: it sets nothing.
const screen::Item* stepped(const screen::Screen& screen, const std::optional<std::string>& focused, int step);

// After the screen changed: stays where it was if that is still there on the same screen; at the last step, on the
// other button of the pair; else nowhere (the first press of a key then enters the content, not the bar).
std::optional<std::string> kept(const screen::Screen& before, const screen::Screen& now,
                                const std::optional<std::string>& focused);

// What a verb presses: the focused item, the option with that number, the foot's primary or back button.
std::optional<std::string> pressed_by(const screen::Screen& screen, const std::optional<std::string>& focused,
                                      int option_number);
std::optional<std::string> primary_button(const screen::Screen& screen);
std::optional<std::string> back_button(const screen::Screen& screen);

}  // namespace perspective::access
