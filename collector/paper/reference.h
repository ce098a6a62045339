// What stands on a paper form in the place of a name: nine letters by chance, in threes, "BKT-WRM-ZCD".
//
// Eight of 19 letters, drawn anew for each form; the last checks them: their sum, each taken as often as its place has
// it, modulo 19, as ISBN-10 does it modulo 11. What each place has, follows from the salt of the inspection that
// printed the form. No vowels, so that no word arises, and no figures, so that nobody takes it for the token of a slip.
//
// Promise: with one letter changed, or two exchanged, it is never read as one; and of 19 forms of another
//          inspection 18 are not. To whoever has no salt the letters tell of no inspection.
// Threads: pure, but for draw_reference().
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"

namespace perspective::paper {

std::string draw_reference(ByteView inspection_salt);  // "BKT-WRM-ZCD"

// As it stands on the form, however it was typed. Nothing: a letter is wrong or missing, or it is another inspection's.
std::optional<std::string> read_reference(std::string_view typed, ByteView inspection_salt);

// The same without the check.
std::optional<std::string> nine_letters(std::string_view typed);

// Four words as those of a kiosk's respondent are, and never the same: the envelope's id follows from them.
std::vector<std::string> words_of(std::string_view reference);

}  // namespace perspective::paper
