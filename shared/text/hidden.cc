#include "text/hidden.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utext.h>

#include <vector>

namespace perspective::text {
namespace {

bool is_joiner(UChar32 c) { return c == 0x200C || c == 0x200D; }
bool is_always_hidden(UChar32 c) { return c == 0xAD || c == 0x200B || c == 0x2060 || c == 0xFEFF; }

// Where a joiner does nothing.
bool needs_no_joiner(UChar32 c) {
  if (c == 0 || u_isUWhiteSpace(c) != 0 || u_ispunct(c) != 0 || u_charDigitValue(c) >= 0) return true;
  UErrorCode status = U_ZERO_ERROR;
  return uscript_getScript(c, &status) == USCRIPT_LATIN;
}

struct Character {
  UChar32 code = 0;
  std::string_view bytes;
};

// Bytes that are no text are U+FFFD, and stay.
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

}  // namespace

std::string without_hidden(std::string_view text) {
  std::string plain;
  std::string joiners;  // behind `last`: kept where a character follows that they join to it
  UChar32 last = 0;
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
