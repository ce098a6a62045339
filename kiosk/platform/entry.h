// Editing an entry's text: whole characters as people see them, a caret, at most so many bytes.
//
// Promise:   the text is UTF-8 in NFC; the caret never stands inside a character (grapheme cluster).
// Threads:   a plain value.
// Units:     indexes and sizes in bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "platform/shaped_text.h"

namespace perspective::platform {

class Entry {
 public:
  Entry() = default;
  explicit Entry(std::string text) : text_(std::move(text)), caret_(text_.size()) {}

  const std::string& text() const { return text_; }
  std::size_t caret() const { return caret_; }
  void place(std::size_t index);

  // True where the text changed. An insertion that would go over max_bytes does nothing.
  bool insert(std::uint32_t character, std::size_t max_bytes);
  bool erase_before();
  bool erase_after();
  void left();
  void right();
  // Lines are those of the block that shows this text.
  void line_start(const TextBlock& block);
  void line_end(const TextBlock& block);
  void up(const TextBlock& block);
  void down(const TextBlock& block);

 private:
  std::size_t before() const;  // the caret's places beside it
  std::size_t after() const;
  void to_side(const TextBlock& block, bool is_right);
  void by_line(const TextBlock& block, float direction);

  std::string text_;
  std::size_t caret_ = 0;
};

}  // namespace perspective::platform
