// What stands on a paper form in the place of a name: nine letters by chance, in threes, "BKT-WRM-ZCD".
//
// Eight of 19 letters, drawn anew for each form; the last checks them (their sum, the n-th taken n times, modulo 19, as
// ISBN-10 does it modulo 11). No vowels, so that no word arises, and no figures, so that nobody takes it for the token
// of a slip.
//
// Promise: with one letter changed, or two neighbours exchanged, it is never read as one.
// Threads: pure, but for draw_reference().
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace perspective::paper {

std::string draw_reference();  // "BKT-WRM-ZCD"

// As it stands on the form, however it was typed. Nothing: it is none, a letter is wrong or missing.
std::optional<std::string> read_reference(std::string_view typed);

// Four words as those of a kiosk's respondent are, and never the same: the envelope's id follows from them.
std::vector<std::string> words_of(std::string_view reference);

}  // namespace perspective::paper
