#include "text/editing.h"

#include <unicode/brkiter.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <memory>

#include "text/utf8.h"

namespace perspective::text {
namespace {

std::size_t utf8_size(const icu::UnicodeString& text) { return to_utf8(text).size(); }

// In order; first 0, last the size.
std::vector<std::size_t> places_in(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::BreakIterator> breaks(
      icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), status));
  std::vector<std::size_t> places = {0};
  if (U_FAILURE(status)) {
    places.push_back(text.size());
    return places;
  }
  const icu::UnicodeString wide = from_utf8(text);
  breaks->setText(wide);
  std::int32_t begin = breaks->first();
  for (std::int32_t end = breaks->next(); end != icu::BreakIterator::DONE; begin = end, end = breaks->next()) {
    places.push_back(places.back() + utf8_size(wide.tempSubStringBetween(begin, end)));
  }
  return places;
}

bool is_space(char c) { return c == ' ' || c == '\n'; }

}  // namespace

std::size_t place_at(std::string_view text, std::size_t at) {
  const auto places = places_in(text);
  const auto found = std::ranges::lower_bound(places, at);
  return found == places.end() ? text.size() : *found;
}

std::size_t place_before(std::string_view text, std::size_t at) {
  const auto places = places_in(text);
  const auto here = std::ranges::lower_bound(places, at);
  return here == places.begin() ? 0 : *(here - 1);
}

std::size_t place_after(std::string_view text, std::size_t at) {
  const auto places = places_in(text);
  const auto next = std::ranges::upper_bound(places, at);
  return next == places.end() ? text.size() : *next;
}

std::size_t word_before(std::string_view text, std::size_t at) {
  std::size_t begin = std::min(at, text.size());
  while (begin > 0 && is_space(text[begin - 1])) --begin;
  while (begin > 0 && !is_space(text[begin - 1])) --begin;
  return begin;
}

bool begins_sentence(std::string_view text, std::size_t at) {
  std::string_view before = text.substr(0, at);
  bool has_space = before.empty();
  while (!before.empty() && is_space(before.back())) {
    if (before.back() == '\n') return true;
    has_space = true;
    before.remove_suffix(1);
  }
  if (before.empty()) return true;
  const char last = before.back();
  return has_space && (last == '.' || last == '!' || last == '?');
}

std::string composed(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* normal = icu::Normalizer2::getNFCInstance(status);
  if (U_FAILURE(status)) return std::string(text);
  const icu::UnicodeString result = normal->normalize(from_utf8(text), status);
  return U_FAILURE(status) ? std::string(text) : to_utf8(result);
}

std::string in_capitals(std::string_view text, const std::string& language) {
  return to_utf8(from_utf8(text).toUpper(icu::Locale::createCanonical(language.c_str())));
}

std::string folded(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* apart = icu::Normalizer2::getNFDInstance(status);
  if (U_FAILURE(status)) return std::string(text);
  const icu::UnicodeString wide = apart->normalize(from_utf8(text).toLower(icu::Locale::getRoot()), status);
  icu::UnicodeString bare;
  for (std::int32_t at = 0; at < wide.length(); at = wide.moveIndex32(at, 1)) {
    if (u_charType(wide.char32At(at)) != U_NON_SPACING_MARK) bare.append(wide.char32At(at));
  }
  return to_utf8(bare);
}

std::vector<char32_t> code_points_apart(std::string_view character) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* apart = icu::Normalizer2::getNFDInstance(status);
  icu::UnicodeString wide = from_utf8(character);
  if (U_SUCCESS(status)) wide = apart->normalize(wide, status);
  std::vector<char32_t> points;
  for (std::int32_t at = 0; at < wide.length(); at = wide.moveIndex32(at, 1)) {
    points.push_back(static_cast<char32_t>(wide.char32At(at)));
  }
  return points;
}

std::string from_code_point(char32_t code_point) {
  return to_utf8(icu::UnicodeString(static_cast<UChar32>(code_point)));
}

bool is_letter_or_figure(std::string_view character) {
  const icu::UnicodeString wide = from_utf8(character);
  return !wide.isEmpty() && u_isalnum(wide.char32At(0)) != 0;
}

bool is_capital(std::string_view character) {
  const icu::UnicodeString wide = from_utf8(character);
  return !wide.isEmpty() && u_isupper(wide.char32At(0)) != 0;
}

}  // namespace perspective::text
