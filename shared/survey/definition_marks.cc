#include "survey/definition_marks.h"

#include <algorithm>
#include <cstddef>

namespace perspective::survey {
namespace {

constexpr std::size_t kMaxName = 64;
constexpr std::size_t kMaxTextKey = 160;

bool is_small(char c) { return c >= 'a' && c <= 'z'; }
bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_name_with(std::string_view text, char joint) {
  const auto fits = [&](char c) { return is_small(c) || is_digit(c) || c == joint; };
  return !text.empty() && text.size() <= kMaxName && is_small(text.front()) && std::ranges::all_of(text, fits);
}

// Calls is_fit(part) of each part between separators; true where all fit.
template <typename IsFit>
bool all_parts(std::string_view text, char separator, IsFit is_fit) {
  for (;;) {
    const std::size_t end = text.find(separator);
    if (!is_fit(text.substr(0, end))) return false;
    if (end == std::string_view::npos) return true;
    text.remove_prefix(end + 1);
  }
}

}  // namespace

bool is_name(std::string_view text) { return is_name_with(text, '_'); }
bool is_questionnaire_id(std::string_view text) { return is_name_with(text, '-'); }

bool is_text_key(std::string_view text) {
  const auto is_part = [](std::string_view part) {
    return !part.empty() && std::ranges::all_of(part, [](char c) { return is_small(c) || is_digit(c) || c == '_'; });
  };
  return !text.empty() && text.size() <= kMaxTextKey && is_small(text.front()) && all_parts(text, '.', is_part);
}

bool is_language(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size() && is_small(text[at])) ++at;
  if (at != 2 && at != 3) return false;
  text.remove_prefix(at);
  const bool has_script =
      text.size() >= 5 && text[0] == '-' && is_capital(text[1]) && std::ranges::all_of(text.substr(2, 3), is_small);
  if (has_script) text.remove_prefix(5);
  return text.empty() || (text.size() == 3 && text[0] == '-' && is_capital(text[1]) && is_capital(text[2]));
}

bool is_dialled_number(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  return all_parts(text, ' ',
                   [](std::string_view part) { return !part.empty() && std::ranges::all_of(part, is_digit); });
}

bool is_day(std::string_view text) {
  if (text.size() != 10) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i == 4 || i == 7 ? text[i] != '-' : !is_digit(text[i])) return false;
  }
  const int month = (text[5] - '0') * 10 + (text[6] - '0');
  const int day = (text[8] - '0') * 10 + (text[9] - '0');
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

}  // namespace perspective::survey
