#include "visit/writing.h"

#include <algorithm>

#include "text/editing.h"

namespace perspective::visit {

Writing after(Writing writing, const Insert& insert, std::size_t max_bytes) {
  // What is inserted may join the character before it, an accent its letter.
  const std::string head = text::composed(writing.text.substr(0, writing.caret) + insert.text);
  std::string whole = text::composed(head + writing.text.substr(writing.caret));
  if (whole.size() > max_bytes) return writing;
  const std::size_t caret = text::place_at(whole, std::min(head.size(), whole.size()));
  return {.text = std::move(whole), .caret = caret};
}

Writing after(Writing writing, const Erase& erase) {
  std::size_t begin = writing.caret;
  std::size_t end = writing.caret;
  if (erase.reach == Reach::before) begin = text::place_before(writing.text, writing.caret);
  if (erase.reach == Reach::after) end = text::place_after(writing.text, writing.caret);
  if (erase.reach == Reach::word) begin = text::word_before(writing.text, writing.caret);
  writing.text.erase(begin, end - begin);
  writing.caret = begin;
  return writing;
}

Writing after(Writing writing, const MoveCaret& move) {
  for (int i = move.by; i < 0; ++i) writing.caret = text::place_before(writing.text, writing.caret);
  for (int i = move.by; i > 0; --i) writing.caret = text::place_after(writing.text, writing.caret);
  return writing;
}

Writing after(Writing writing, const PlaceCaret& place) {
  writing.caret = text::place_at(writing.text, place.at);
  return writing;
}

}  // namespace perspective::visit
