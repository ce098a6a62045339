// A text cut into words, as far as finding names in it needs: letters of any script, capitals, where sentences begin.
//
// Promise:   the text is only looked at; any bytes may be in it.
// Threads:   pure.
// Units:     places and lengths in bytes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace perspective::comments {

struct Token {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string folded;  // in small letters, with straight apostrophes
  bool is_capital = false;
  bool has_letters = false;
  bool has_digits = false;
  bool starts_sentence = false;
};

// Letters and digits that stand together, with an apostrophe or hyphen between two of them.
std::vector<Token> tokens_of(std::string_view text);

std::string folded(std::string_view text);

// Is there no letter or digit on that side of the place?
bool is_word_begin(std::string_view text, std::size_t at);
bool is_word_end(std::string_view text, std::size_t at);

}  // namespace perspective::comments
