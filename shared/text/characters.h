// Inside shared/text: UTF-8 as ICU's characters, each with its bytes.
//
// Promise:   all bytes of the text, in order. What is no UTF-8 is kNoText, as what says so of itself is.
// Ownership: the bytes are the text's, which outlives what is given.
// Threads:   pure.
#pragma once

#include <unicode/umachine.h>

#include <string_view>
#include <vector>

namespace perspective::text {

constexpr UChar32 kNoText = 0xFFFD;

struct Character {
  UChar32 code = 0;
  std::string_view bytes;
};

std::vector<Character> characters_of(std::string_view text);

}  // namespace perspective::text
