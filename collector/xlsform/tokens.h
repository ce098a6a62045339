// An expression of a form in its smallest pieces; used by expression.cc alone.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace perspective::xlsform {

struct Token {
  enum class Kind {
    variable,  // ${name}
    self,      // .
    text,      // in quotation marks of either kind
    number,
    word,  // and, or, selected
    sign,  // ( ) , = != <= and whatever else
    strange,
  };
  Kind kind = Kind::strange;
  std::string text;       // the name, the text without its marks, else as written
  std::size_t begin = 0;  // in the source
  std::size_t end = 0;
};

std::vector<Token> tokens_of(std::string_view source);

// Typographic quotation marks, which spreadsheets put in unasked, as plain ones.
std::string with_plain_quotes(std::string_view source);

}  // namespace perspective::xlsform
