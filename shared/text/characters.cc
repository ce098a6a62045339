#include "text/characters.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <array>
#include <cstdint>

namespace perspective::text {
namespace {

constexpr std::uint32_t kLetters = U_GC_L_MASK | U_GC_M_MASK | U_GC_ND_MASK;

}  // namespace

// ICU's macro narrows.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
Character character_at(std::string_view text, std::size_t at) {
  std::size_t next = at;
  UChar32 code = 0;
  U8_NEXT_OR_FFFD(text.data(), next, text.size(), code);
  return {static_cast<char32_t>(code), text.substr(at, next - at)};
}
#pragma GCC diagnostic pop

std::vector<Character> characters_of(std::string_view text) {
  std::vector<Character> all;
  for (std::size_t at = 0; at < text.size(); at += all.back().bytes.size()) all.push_back(character_at(text, at));
  return all;
}

bool is_letter(char32_t code) {
  if (code >= '0' && code <= '9') return false;
  return (U_GET_GC_MASK(static_cast<UChar32>(code)) & kLetters) != 0;
}

char32_t small_letter(char32_t code) { return static_cast<char32_t>(u_tolower(static_cast<UChar32>(code))); }

void append(std::string& text, char32_t code) {
  std::array<char, U8_MAX_LENGTH> bytes{};
  std::size_t length = 0;
  U8_APPEND_UNSAFE(bytes.data(), length, static_cast<UChar32>(code));
  text.append(bytes.data(), length);
}

}  // namespace perspective::text
