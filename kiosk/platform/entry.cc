#include "platform/entry.h"

#include <pango/pango.h>

#include <algorithm>
#include <vector>

namespace perspective::platform {
namespace {

// Where a caret may stand, in bytes, in order; first 0, last the size.
std::vector<std::size_t> places_in(const std::string& text) {
  const auto characters = static_cast<std::size_t>(g_utf8_strlen(text.data(), static_cast<gssize>(text.size())));
  std::vector<PangoLogAttr> attributes(characters + 1);
  pango_get_log_attrs(text.data(), static_cast<int>(text.size()), -1, pango_language_get_default(), attributes.data(),
                      static_cast<int>(attributes.size()));
  std::vector<std::size_t> places;
  const char* place = text.data();
  for (std::size_t i = 0; i <= characters; ++i) {
    if (attributes[i].is_cursor_position != 0U || i == 0 || i == characters) {
      places.push_back(static_cast<std::size_t>(place - text.data()));
    }
    if (i < characters) place = g_utf8_next_char(place);
  }
  return places;
}

std::string composed(const std::string& text) {
  gchar* normal = g_utf8_normalize(text.data(), static_cast<gssize>(text.size()), G_NORMALIZE_NFC);
  if (normal == nullptr) return text;
  std::string result(normal);
  g_free(normal);
  return result;
}

}  // namespace

void Entry::place(std::size_t index) {
  const auto places = places_in(text_);
  const auto found = std::ranges::lower_bound(places, index);
  caret_ = found == places.end() ? text_.size() : *found;
}

std::size_t Entry::before() const {
  const auto places = places_in(text_);
  const auto here = std::ranges::lower_bound(places, caret_);
  return here == places.begin() ? 0 : *(here - 1);
}

std::size_t Entry::after() const {
  const auto places = places_in(text_);
  const auto next = std::ranges::upper_bound(places, caret_);
  return next == places.end() ? text_.size() : *next;
}

bool Entry::insert(std::uint32_t character, std::size_t max_bytes) {
  char bytes[6];
  const auto count = static_cast<std::size_t>(g_unichar_to_utf8(character, bytes));
  const std::string head = composed(text_.substr(0, caret_) + std::string(bytes, count));
  const std::string whole = composed(head + text_.substr(caret_));
  if (whole.size() > max_bytes) return false;
  text_ = whole;
  place(std::min(head.size(), text_.size()));
  return true;
}

bool Entry::erase_before() {
  if (caret_ == 0) return false;
  const std::size_t start = before();
  text_.erase(start, caret_ - start);
  caret_ = start;
  return true;
}

bool Entry::erase_after() {
  if (caret_ >= text_.size()) return false;
  text_.erase(caret_, after() - caret_);
  return true;
}

void Entry::left() { caret_ = before(); }
void Entry::right() { caret_ = after(); }

// Lines that begin at the right end at the left.
void Entry::line_start(const TextBlock& block) { to_side(block, block.is_from_right); }
void Entry::line_end(const TextBlock& block) { to_side(block, !block.is_from_right); }

void Entry::to_side(const TextBlock& block, bool is_right) {
  place(block.index_at(is_right ? static_cast<float>(block.width) + 1 : -1, block.caret(caret_).y + 1));
}

void Entry::by_line(const TextBlock& block, float direction) {
  const Rect here = block.caret(caret_);
  const float y = here.y + here.height * (0.5F + direction);
  if (y < 0) {
    caret_ = 0;
  } else if (y > static_cast<float>(block.height)) {
    caret_ = text_.size();
  } else {
    place(block.index_at(here.x, y));
  }
}

void Entry::up(const TextBlock& block) { by_line(block, -1); }
void Entry::down(const TextBlock& block) { by_line(block, 1); }

}  // namespace perspective::platform
