#include "text/one_line.h"

#include <unicode/uchar.h>

#include "text/characters.h"

namespace perspective::text {

std::optional<std::string> one_line(std::string_view typed) {
  std::string line;
  bool is_between_words = false;
  for (const auto& [character, bytes] : characters_of(typed)) {
    const auto code = static_cast<UChar32>(character);
    if (u_isUWhiteSpace(code) != 0) {
      is_between_words = true;
      continue;
    }
    if (character == kNoText || u_isprint(code) == 0) return std::nullopt;
    if (is_between_words && !line.empty()) line += ' ';
    is_between_words = false;
    line += bytes;
  }
  return line;
}

}  // namespace perspective::text
