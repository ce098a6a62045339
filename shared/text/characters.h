// UTF-8 as Unicode's characters, and what kind of character each is.
//
// Promise:   all bytes of the text, in order. What is no UTF-8 is kNoText, as what says so of itself is. Letters, marks
// and
//            capitals are those of Unicode's General_Category and Simple_Lowercase_Mapping, as ICU has them.
// Ownership: the bytes are the text's, which outlives what is given.
// Threads:   pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace perspective::text {

constexpr char32_t kNoText = 0xFFFD;

struct Character {
  char32_t code = 0;
  std::string_view bytes;  // never none
};

// `at` is in bytes, less than the text's size.
Character character_at(std::string_view text, std::size_t at);

std::vector<Character> characters_of(std::string_view text);

// A letter of any script, what is written over or under one, and a figure beyond 0 to 9.
bool is_letter(char32_t code);

// One character for one: "ß" and what has no capitals stay.
char32_t small_letter(char32_t code);

void append(std::string& text, char32_t code);

}  // namespace perspective::text
