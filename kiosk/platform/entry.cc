#include "platform/entry.h"

namespace perspective::platform {
namespace {

std::size_t by_line(const TextBlock& block, std::size_t caret, float direction) {
  const Rect here = block.caret(caret);
  const float y = here.y + here.height * (0.5F + direction);
  if (y < 0) return 0;
  if (y > static_cast<float>(block.height)) return block.text().size();
  return block.index_at(here.x, y);
}

std::size_t to_side(const TextBlock& block, std::size_t caret, bool is_right) {
  return block.index_at(is_right ? static_cast<float>(block.width) + 1 : -1, block.caret(caret).y + 1);
}

}  // namespace

// Lines that begin at the right end at the left.
std::size_t line_start(const TextBlock& block, std::size_t caret) { return to_side(block, caret, block.is_from_right); }
std::size_t line_end(const TextBlock& block, std::size_t caret) { return to_side(block, caret, !block.is_from_right); }

std::size_t line_above(const TextBlock& block, std::size_t caret) { return by_line(block, caret, -1); }
std::size_t line_below(const TextBlock& block, std::size_t caret) { return by_line(block, caret, 1); }

}  // namespace perspective::platform
