#include "comments/codes.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>

namespace perspective::comments {
namespace {

constexpr std::size_t kMostCodes = 10;
constexpr std::size_t kMostBytes = 60;

// The character at the front, and takes it away. None: it is no UTF-8.
std::optional<char32_t> take_character(std::string_view& text) {
  const auto first = static_cast<unsigned char>(text.front());
  const std::size_t length = first < 0x80U ? 1 : first >= 0xF0U ? 4 : first >= 0xE0U ? 3 : first >= 0xC2U ? 2 : 0;
  if (length == 0 || first > 0xF4U || length > text.size()) return std::nullopt;
  char32_t character = length == 1 ? first : first & (0xFFU >> (length + 1));
  for (const char c : text.substr(1, length - 1)) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0U) != 0x80U) return std::nullopt;
    character = (character << 6U) | (byte & 0x3FU);
  }
  text.remove_prefix(length);
  return character;
}

bool is_space(char32_t c) { return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 || (c >= 0x2000 && c <= 0x200A); }

// Controls, and what changes how others are shown and is not seen itself.
bool does_print(char32_t c) {
  const bool is_control = c < 0x20 || (c >= 0x7F && c <= 0x9F);
  const bool is_hidden = c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
                         (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c >= 0xD800 && c <= 0xF8FF);
  return !is_control && !is_hidden;
}

std::optional<std::string> clean(std::string_view typed) {
  std::string code;
  bool is_between_words = false;
  while (!typed.empty()) {
    const auto before = typed;
    const auto character = take_character(typed);
    if (!character) return std::nullopt;
    if (is_space(*character)) {
      is_between_words = true;
      continue;
    }
    if (!does_print(*character) || *character == ',' || *character == ';') return std::nullopt;
    if (is_between_words && !code.empty()) code += ' ';
    is_between_words = false;
    code += before.substr(0, before.size() - typed.size());
  }
  if (code.empty() || code.size() > kMostBytes) return std::nullopt;
  return code;
}

}  // namespace

Result<std::vector<std::string>> clean_codes(const std::vector<std::string>& typed) {
  std::vector<std::string> codes;
  for (const auto& each : typed) {
    auto code = clean(each);
    if (!code) {
      return fail(ErrorCode::invalid,
                  "a code is some words of at most 60 bytes that print, without commas and semicolons, such as \"felt "
                  "listened to\"");
    }
    codes.push_back(*std::move(code));
  }
  std::ranges::sort(codes);
  const auto repeated = std::ranges::unique(codes);
  codes.erase(repeated.begin(), repeated.end());
  if (codes.size() > kMostCodes) return fail(ErrorCode::invalid, "a comment has at most 10 codes");
  return codes;
}

}  // namespace perspective::comments
