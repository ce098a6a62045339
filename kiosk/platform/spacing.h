// How far the letters, words and lines of a text stand apart.
//
// Promise: a style that is spaced sets letters 0.12 em, words 0.16 em and baselines at least 1.5 em apart (WCAG 2.2,
//          1.4.12: the least that a text has to bear). Letters that join or hang together (Arabic, Bengali) are never
//          pulled apart; their words are.
#pragma once

#include <string_view>

#include "platform/shaped_text.h"

namespace perspective::platform {

void set_spacing(PangoLayout& layout, std::string_view text, const TextStyle& style);
// What a line needs beyond what it shows: Pango counts the space behind its last letter, then leaves it out.
int room_behind_line(const TextStyle& style);

}  // namespace perspective::platform
