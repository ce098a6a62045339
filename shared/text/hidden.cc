#include "text/hidden.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "text/characters.h"

namespace perspective::text {
namespace {

bool is_joiner(char32_t c) { return c == 0x200C || c == 0x200D; }
bool is_always_hidden(char32_t c) { return c == 0xAD || c == 0x200B || c == 0x2060 || c == 0xFEFF; }

// Where a joiner does nothing.
bool needs_no_joiner(char32_t character) {
  const auto c = static_cast<UChar32>(character);
  if (c == 0 || u_isUWhiteSpace(c) != 0 || u_ispunct(c) != 0 || u_charDigitValue(c) >= 0) return true;
  UErrorCode status = U_ZERO_ERROR;
  return uscript_getScript(c, &status) == USCRIPT_LATIN;
}

}  // namespace

std::string without_hidden(std::string_view text) {
  std::string plain;
  std::string joiners;  // behind `last`: kept where a character follows that they join to it
  char32_t last = 0;
  for (const auto& [code, bytes] : characters_of(text)) {
    if (is_always_hidden(code)) continue;
    if (is_joiner(code)) {
      joiners += bytes;
      continue;
    }
    if (!needs_no_joiner(last) && !needs_no_joiner(code)) plain += joiners;
    joiners.clear();
    plain += bytes;
    last = code;
  }
  return plain;
}

}  // namespace perspective::text
