#include "text/characters.h"

#include <unicode/utext.h>

#include <cstdint>

namespace perspective::text {

std::vector<Character> characters_of(std::string_view text) {
  std::vector<Character> all;
  UErrorCode status = U_ZERO_ERROR;
  UText reader = UTEXT_INITIALIZER;
  utext_openUTF8(&reader, text.data(), static_cast<std::int64_t>(text.size()), &status);
  for (auto begin = utext_getNativeIndex(&reader);;) {
    const auto code = utext_next32(&reader);
    if (code == U_SENTINEL) break;
    const auto end = utext_getNativeIndex(&reader);
    all.push_back({code, text.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin))});
    begin = end;
  }
  utext_close(&reader);
  return all;
}

}  // namespace perspective::text
