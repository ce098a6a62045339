#include "platform/keys.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>

namespace perspective::platform {
namespace {

using screen::Item;
using screen::Role;

constexpr int kColumns = 10;
constexpr int kRows = 4;
constexpr float kSmallGapMm = 2.54F;  // VVSG 2.0, 7.2-I
constexpr float kWidestMm = 24;       // a hand need not travel over the whole of a large monitor
constexpr float kHighestMm = 20;
constexpr float kLabelToKey = 0.42F;   // capital to key
constexpr float kLeastLabelMm = 4.8F;  // capital of a letter on its key, where the key is high enough for it
constexpr float kLeastWordMm = 3.5F;   // capital of a word on its key
constexpr float kMostLines = 6;        // of the text that is seen

bool has_sign(const Item& item) { return item.id == "key.shift" || item.id == "key.erase" || item.id == "key.edit"; }

class KeyMaker {
 public:
  KeyMaker(float width, float height, const Dress& dress, TextCache& texts, const std::string& language)
      : dress_(dress), texts_(texts), language_(language), gap_(dress.gap), room_(width - 2 * dress.margin) {
    if (columns_of(dress.target) > room_) {
      gap_ = std::ceil(kSmallGapMm * dress.mm);
      room_ = width - 2 * gap_;
    }
    const float even = std::floor((room_ - gap_ * (kColumns - 1)) / kColumns);
    key_ = std::clamp(even, dress.target, std::max(dress.target, std::floor(kWidestMm * dress.mm)));
    const float high = std::floor((height - gap_ * (kRows - 1)) / kRows);
    high_ = std::clamp(high, dress.target, std::max(dress.target, std::floor(kHighestMm * dress.mm)));
    room_ = std::min(room_, columns_of(key_));
    left_ = std::floor((width - room_) / 2);
  }

  Rows make(const Items& keys) {
    // A pad of fewer columns stands in the middle.
    const auto widest = static_cast<float>(std::min(kColumns, columns_in(keys)));
    if (const float spare = room_ - widest * key_ - (widest - 1) * gap_; spare > 0) left_ += std::floor(spare / 2);
    float x = 0;
    const std::string* group = nullptr;
    for (const Item* key : keys) {
      const auto columns = static_cast<float>(key->columns);
      const float width = std::min(room_, columns * key_ + (columns - 1) * gap_);
      const bool is_next = group == nullptr || *group != key->group || x + width > room_ + 0.5F;
      if (is_next) {
        if (group != nullptr) rows_.height += gap_;
        rows_.height += high_;
        x = 0;
      }
      group = &key->group;
      rows_.boxes.push_back(box_of(*key, {left_ + x, rows_.height - high_, width, high_}));
      x += width + gap_;
    }
    return std::move(rows_);
  }

 private:
  // In the widest row.
  static int columns_in(const Items& keys) {
    std::map<std::string_view, int> columns;
    int widest = 0;
    for (const Item* key : keys) widest = std::max(widest, columns[key->group] += key->columns);
    return widest;
  }
  float columns_of(float key) const { return kColumns * key + (kColumns - 1) * gap_; }

  const TextBlock& block(const Item& key, float capital, float width) {
    return texts_.block(key.label,
                        dress_.style(texts_.em_of_capital(capital, dress_.typeface), key.look == screen::Look::primary,
                                     width > 0 ? static_cast<int>(width) : -1, language_, language_));
  }

  // As large as the key lets it be.
  const TextBlock& label_of(const Item& key, const Rect& rect) {
    const float room = rect.width - dress_.pad;
    const float least = kLeastWordMm * dress_.mm;
    float capital = std::min(kLabelToKey * rect.height, std::max(dress_.capital, kLeastLabelMm * dress_.mm));
    const auto fits = [&](const TextBlock& text) {
      const bool is_high = static_cast<float>(text.height) > rect.height && key.columns > 1;
      return static_cast<float>(text.ink_width) <= room && !is_high && !text.is_broken_in_word();
    };
    for (;; capital = std::max(least, capital * 0.94F)) {
      const TextBlock& one_line = block(key, capital, -1);
      if (fits(one_line)) return one_line;
      const TextBlock& lines = block(key, capital, room);
      if (fits(lines) || capital <= least) return lines;
    }
  }

  Box box_of(const Item& key, const Rect& rect) {
    Box box{.item = &key, .rect = rect, .pieces = {}, .mark = {}, .frame = {}};
    if (has_sign(key)) {
      const float size = std::floor(std::min(rect.width, rect.height) * 0.5F);
      box.mark = {std::floor(rect.x + (rect.width - size) / 2), std::floor(rect.y + (rect.height - size) / 2), size,
                  size};
      return box;
    }
    const TextBlock& text = label_of(key, rect);
    // A block of several lines is as wide as its room, its lines begin at one side of it.
    const float x = rect.x + (rect.width - static_cast<float>(text.ink_width)) / 2 - static_cast<float>(text.ink_left);
    box.pieces.push_back({&text, x, rect.y + (rect.height - static_cast<float>(text.height)) / 2, Tone::strong});
    return box;
  }

  const Dress& dress_;
  TextCache& texts_;
  const std::string& language_;
  float gap_;
  float room_;
  float key_ = 0;
  float high_ = 0;
  float left_ = 0;
  Rows rows_;
};

bool explains(const Item& item) { return item.role == Role::paragraph; }
bool is_hint(const Item& item) { return item.role == Role::hint; }
// They stood beside the question too.
bool is_caution(const Item& item) {
  return item.role == Role::note && (item.id.starts_with("note.") || item.id.starts_with("notice."));
}
// Of what went wrong nothing else tells. Its first line does.
bool is_more_of_it(const Item& item) { return item.role == Role::note && item.id.find('.') != std::string::npos; }

class WritingMaker {
 public:
  WritingMaker(float width, const Dress& dress, TextCache& texts, const std::string& language)
      : width_(width), dress_(dress), texts_(texts), language_(language) {}

  Content make(Items items, float height) {
    fit(items, height);
    Content content;
    const float room = std::max(least(), height - needed(items) + least());
    for (const Item* item : items) {
      if (!content.boxes.empty()) content.height += gap();
      content.boxes.push_back(item->role == Role::entry
                                  ? entry_box(*item, content.height, std::min(room, kMostLines * line_ + dress_.pad))
                                  : text_box(*item, content.height));
      content.height += content.boxes.back().rect.height;
    }
    return content;
  }

 private:
  void fit(Items& items, float height) {
    heading_em_ = dress_.body_em;
    write_in(dress_.body_em);
    give_way(items, explains, height);
    is_tight_ = needed(items) > height;
    give_way(items, is_caution, height);
    while (needed(items) > height && heading_em_ > least_em()) heading_em_ = smaller(heading_em_);
    give_way(items, is_hint, height);
    while (needed(items) > height && entry_em_ > least_em() && least() > dress_.target) write_in(smaller(entry_em_));
    give_way(items, is_more_of_it, height);
  }
  float smaller(float em) { return std::max(least_em(), std::floor(em * 0.94F)); }
  void write_in(float em) {
    entry_em_ = em;
    line_ = height_of(block("A", em, width_));
  }
  // The last lines stay longest.
  void give_way(Items& items, bool (*may)(const Item&), float height) {
    while (needed(items) > height) {
      const auto first = std::ranges::find_if(items, [may](const Item* item) { return may(*item); });
      if (first == items.end()) return;
      items.erase(first);
    }
  }
  float least() const { return std::max(dress_.target, line_ + 2 * inset()); }  // of the entry
  float inset() const { return std::floor(dress_.pad * (is_tight_ ? 0.2F : 0.5F)); }
  float least_em() { return texts_.em_of_capital(kLeastWordMm * dress_.mm, dress_.typeface); }
  float gap() const { return std::floor(dress_.gap * (is_tight_ ? 0.1F : 0.5F)); }
  static float height_of(const TextBlock& block) { return static_cast<float>(block.height); }
  const TextBlock& block(const std::string& text, float em, float width, bool is_bold = false) {
    const int room = std::max(1, static_cast<int>(width));
    return texts_.block(text, dress_.style(em, is_bold, room, language_, language_));
  }
  const TextBlock& text_of(const Item& item) {
    const bool is_heading = item.role == Role::heading || item.role == Role::status;
    const float em = is_heading ? heading_em_ : is_tight_ ? least_em() : dress_.small_em;
    return block(item.label, em, width_ - side(item) - (side(item) > 0 ? dress_.pad : 0), is_heading);
  }
  // Room for the edge of a caution.
  float side(const Item& item) const { return item.role == Role::note ? 2 * dress_.pad : 0; }
  float needed(const Items& items) {
    float sum = 0;
    for (const Item* item : items) {
      sum += (sum > 0 ? gap() : 0) + (item->role == Role::entry ? least() : height_of(text_of(*item)));
    }
    return sum;
  }

  Box text_box(const Item& item, float top) {
    const TextBlock& text = text_of(item);
    Box box{.item = &item, .rect = {0, top, width_, height_of(text)}, .pieces = {}, .mark = {}, .frame = {}};
    box.pieces.push_back({&text, side(item), top, item.role == Role::hint ? Tone::quiet : Tone::strong});
    return box;
  }
  // Of a longer text the line with the caret is the last that is seen.
  Box entry_box(const Item& item, float top, float height) {
    const std::string shown = item.value.empty() || item.value.ends_with('\n') ? item.value + "\u200b" : item.value;
    const TextBlock& text = block(shown, entry_em_, width_ - 2 * dress_.pad);
    const float above = inset();
    if (item.is_short) height = std::min(height, std::max(least(), height_of(text) + 2 * above));
    const float lines = std::max(1.0F, std::floor((height - 2 * above) / line_));
    height = std::max(least(), lines * line_ + 2 * above);
    const Rect caret = text.caret(std::min(item.caret, item.value.size()));
    const float up = std::max(0.0F, caret.y + caret.height - (height - 2 * above));
    Box box{.item = &item, .rect = {0, top, width_, height}, .pieces = {}, .mark = {}, .frame = {}};
    // Of a line that is not seen whole, nothing.
    const float hidden = up > 0 ? std::max(0.0F, height - 2 * above - lines * line_) : 0;
    box.view = {0, top + dress_.line + hidden, width_, height - 2 * dress_.line - hidden};
    box.pieces.push_back({&text, dress_.pad, top + above - up, Tone::strong});
    return box;
  }

  float width_;
  const Dress& dress_;
  TextCache& texts_;
  const std::string& language_;
  float entry_em_ = 0;
  float line_ = 0;  // of the entry
  float heading_em_ = 0;
  bool is_tight_ = false;
};

}  // namespace

Rows keys_of(const Items& keys, float width, float height, const Dress& dress, TextCache& texts,
             const std::string& language) {
  return KeyMaker(width, height, dress, texts, language).make(keys);
}

Content writing_of(const Items& items, float width, float height, const Dress& dress, TextCache& texts,
                   const std::string& language) {
  return WritingMaker(width, dress, texts, language).make(items, height);
}

}  // namespace perspective::platform
