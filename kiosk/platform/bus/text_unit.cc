#include "platform/bus/text_unit.h"

#include <glib.h>
#include <pango/pango.h>

#include <algorithm>

namespace perspective::platform::bus {
namespace {

const char* at(const std::string& text, int offset) { return g_utf8_offset_to_pointer(text.c_str(), offset); }

// The last place up to the offset where begins() holds, and the first one after it.
template <typename Begins>
Span between(int offset, int length, Begins begins) {
  Span span = {offset, std::min(offset + 1, length)};
  while (span.begin > 0 && !begins(span.begin)) --span.begin;
  while (span.end < length && !begins(span.end)) ++span.end;
  return span;
}

Span by_attribute(const std::string& text, int offset, int length, Unit unit) {
  std::vector<PangoLogAttr> attributes(static_cast<std::size_t>(length) + 1);
  pango_get_log_attrs(text.c_str(), static_cast<int>(text.size()), -1, pango_language_get_default(), attributes.data(),
                      length + 1);
  return between(offset, length, [&](int place) {
    const PangoLogAttr& attribute = attributes[static_cast<std::size_t>(place)];
    return unit == Unit::word ? attribute.is_word_start != 0 : attribute.is_sentence_start != 0;
  });
}

}  // namespace

int length_of(const std::string& text) { return static_cast<int>(g_utf8_strlen(text.c_str(), -1)); }

std::string part_of(const std::string& text, Span span) {
  const int length = length_of(text);
  const int begin = std::clamp(span.begin, 0, length);
  const int end = span.end < 0 ? length : std::clamp(span.end, begin, length);
  return {at(text, begin), at(text, end)};
}

Span unit_at(const std::string& text, int offset, Unit unit, const std::vector<int>& line_starts) {
  const int length = length_of(text);
  offset = std::clamp(offset, 0, length);
  switch (unit) {
    case Unit::character:
      return {offset, std::min(offset + 1, length)};
    case Unit::word:
    case Unit::sentence:
      return by_attribute(text, offset, length, unit);
    case Unit::line:
      if (line_starts.empty()) break;
      return between(offset, length,
                     [&](int place) { return std::ranges::find(line_starts, place) != line_starts.end(); });
    case Unit::paragraph:
      break;
  }
  return between(offset, length, [&](int place) { return *at(text, place - 1) == '\n'; });
}

Edit edit_between(const std::string& before, const std::string& now) {
  const int old_length = length_of(before);
  const int new_length = length_of(now);
  const int shorter = std::min(old_length, new_length);
  const auto character = [](const std::string& text, int offset) { return g_utf8_get_char(at(text, offset)); };
  int head = 0;
  while (head < shorter && character(before, head) == character(now, head)) ++head;
  int tail = 0;
  while (tail < shorter - head && character(before, old_length - 1 - tail) == character(now, new_length - 1 - tail)) {
    ++tail;
  }
  return {head, part_of(before, {head, old_length - tail}), part_of(now, {head, new_length - tail})};
}

}  // namespace perspective::platform::bus
