// Where a caret may stand in a text, and what is before and after it: characters as people see them.
//
// Promise: texts are UTF-8; no place is inside a character (grapheme cluster, Unicode UAX 29).
// Threads: pure.
// Units:   places and sizes in bytes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace perspective::text {

std::size_t place_at(std::string_view text, std::size_t at);      // the first place not before `at`
std::size_t place_before(std::string_view text, std::size_t at);  // 0: none
std::size_t place_after(std::string_view text, std::size_t at);   // the size: none
// Where the word before the caret begins; spaces between it and the caret belong to it.
std::size_t word_before(std::string_view text, std::size_t at);
// The caret stands where a sentence begins: at the start, or after a full stop, "!", "?" and a space, or in a new line.
bool begins_sentence(std::string_view text, std::size_t at);

std::string composed(std::string_view text);  // NFC
std::string in_capitals(std::string_view text, const std::string& language);
// A character with its accents as signs of their own, the letter first.
std::vector<char32_t> code_points_apart(std::string_view character);  // NFD
// For looking a word up: small letters without their accents.
std::string folded(std::string_view text);
std::string from_code_point(char32_t code_point);
bool is_letter_or_figure(std::string_view character);
bool is_capital(std::string_view character);

}  // namespace perspective::text
