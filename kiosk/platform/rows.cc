#include "platform/rows.h"

#include <algorithm>
#include <cmath>

#include "platform/spacing.h"

namespace perspective::platform {
namespace {

class RowMaker {
 public:
  RowMaker(float width, const RowStyle& style, const Dress& dress, TextCache& texts, const std::string& language)
      : width_(width), style_(style), dress_(dress), texts_(texts), language_(language) {}

  // All items on `lines` lines; broken where a word had to be.
  Rows make(const Items& items, std::size_t lines, bool& is_broken) {
    Rows rows;
    const std::size_t each = (items.size() + lines - 1) / lines;
    for (std::size_t start = 0; start < items.size(); start += each) {
      const auto end = std::min(items.size(), start + each);
      if (start > 0) rows.height += dress_.gap;
      const Items some(items.begin() + static_cast<std::ptrdiff_t>(start),
                       items.begin() + static_cast<std::ptrdiff_t>(end));
      is_broken = add_line(rows, some) || is_broken;
    }
    return rows;
  }

 private:
  float least() const { return std::max(dress_.target, style_.min_width); }

  TextStyle text_style(const screen::Item& item, int width) const {
    const bool is_bold = style_.is_bold && (item.look == screen::Look::primary || item.look == screen::Look::guide);
    return dress_.style(style_.em, is_bold, width, item.language.empty() ? language_ : item.language, language_);
  }

  std::vector<float> natural_widths(const Items& items) {
    std::vector<float> widths;
    for (const auto* item : items) {
      const TextStyle style = text_style(*item, -1);
      const int words = texts_.block(item->label, style).width + room_behind_line(style);
      widths.push_back(std::max(least(), static_cast<float>(words) + 2 * style_.side + dress_.line));
    }
    return widths;
  }

  // The widest give way first, until all fit.
  std::vector<float> fitting_widths(const Items& items) {
    auto widths = natural_widths(items);
    const float room = width_ - dress_.gap * static_cast<float>(items.size() - 1);
    float cap = *std::ranges::max_element(widths);
    const auto total = [&] {
      float sum = 0;
      for (const float width : widths) sum += std::min(width, cap);
      return sum;
    };
    while (total() > room && cap > dress_.target) cap -= 1;
    for (float& width : widths) width = std::min(width, cap);
    return widths;
  }

  bool add_line(Rows& rows, const Items& items) {
    const auto widths = fitting_widths(items);
    bool is_broken = false;
    float height = dress_.target;
    std::vector<const TextBlock*> blocks;
    for (std::size_t i = 0; i < items.size(); ++i) {
      const int room = static_cast<int>(widths[i] - 2 * style_.side);
      blocks.push_back(&texts_.block(items[i]->label, text_style(*items[i], std::max(1, room))));
      is_broken = is_broken || blocks.back()->is_broken_in_word();
      height = std::max(height, static_cast<float>(blocks.back()->height) + dress_.pad);
    }
    place_line(rows, items, widths, blocks, std::ceil(height));
    return is_broken;
  }

  void place_line(Rows& rows, const Items& items, const std::vector<float>& widths,
                  const std::vector<const TextBlock*>& blocks, float height) {
    float used = dress_.gap * static_cast<float>(items.size() - 1);
    for (const float width : widths) used += width;
    float x = 0;
    bool is_right = !style_.is_spread;  // nothing to move any more
    for (std::size_t i = 0; i < items.size(); ++i) {
      // From the first button that is not quiet on, everything stands at the right edge.
      if (!is_right && items[i]->look != screen::Look::quiet) {
        x += std::max(0.0F, width_ - used);
        is_right = true;
      }
      rows.boxes.push_back(box_of(*items[i], {x, rows.height, widths[i], height}, *blocks[i]));
      x += widths[i] + dress_.gap;
    }
    rows.height += height;
  }

  static Box box_of(const screen::Item& item, const Rect& rect, const TextBlock& label) {
    Box box{.item = &item, .rect = rect, .pieces = {}, .mark = {}, .frame = {}};
    box.pieces.push_back({&label, rect.x + (rect.width - static_cast<float>(label.ink_width)) / 2,
                          rect.y + (rect.height - static_cast<float>(label.height)) / 2, Tone::strong});
    return box;
  }

  float width_;
  const RowStyle& style_;
  const Dress& dress_;
  TextCache& texts_;
  const std::string& language_;
};

}  // namespace

Rows rows_of(const Items& items, float width, const RowStyle& style, const Dress& dress, TextCache& texts,
             const std::string& language) {
  Rows best;
  if (items.empty()) return best;
  RowMaker maker(width, style, dress, texts, language);
  bool is_best_broken = true;
  for (std::size_t lines = 1; lines <= items.size(); ++lines) {
    bool is_broken = false;
    Rows rows = maker.make(items, lines, is_broken);
    const bool is_better = is_best_broken == is_broken ? rows.height < best.height : is_best_broken;
    if (lines == 1 || is_better) {
      best = std::move(rows);
      is_best_broken = is_broken;
    }
  }
  return best;
}

}  // namespace perspective::platform
