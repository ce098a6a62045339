// A text as words, numbers and signs, for whoever compares words and not their spelling.
//
// Promise:   words as Unicode's NFKC_Casefold has them, without characters that nobody sees; a hyphen or an apostrophe
//            parts two. Figures of any script become 0 to 9: "1,234" and "3.5" are one number each, without commas. A
//            number that is one character ("½", "²") and the sign of per cent stand alone. Nothing else is there.
// Threads:   pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace perspective::text {

struct Token {
  enum class Kind { word, number, sign };
  std::string text;
  Kind kind = Kind::word;
  std::size_t begin = 0;  // bytes in the text
  std::size_t end = 0;
  // Nothing but spaces, a hyphen or an apostrophe stands between it and the one before: they may be one expression.
  bool is_joined = false;
};

std::vector<Token> tokens_of(std::string_view text);

}  // namespace perspective::text
