#include "platform/content.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "platform/monitor.h"

namespace perspective::platform {
namespace {

using screen::Item;
using screen::Look;
using screen::Role;

// Of the width: where the values of settings begin.
constexpr float kNameOfSetting = 0.24F;

class ContentMaker {
 public:
  ContentMaker(float width, const Dress& dress, TextCache& texts, const std::string& language)
      : width_(width), dress_(dress), texts_(texts), language_(language) {}

  Content make(const Items& items) {
    for (std::size_t i = 0; i < items.size();) i += add(items, i);
    return std::move(content_);
  }

 private:
  // How many items it took.
  std::size_t add(const Items& items, std::size_t at) {
    const Item& item = *items[at];
    switch (item.role) {
      case Role::heading:
        add_heading(item);
        return 1;
      case Role::note:
        add_note(item);
        return 1;
      case Role::radio:
      case Role::checkbox:
        add_option(item);
        return 1;
      case Role::entry:
        add_entry(item);
        return 1;
      case Role::button:
        add_button(item);
        return 1;
      case Role::summary:
        return add_summary(items, at);
      case Role::helpline:
        add_helpline(item);
        return 1;
      case Role::status:
        add_status(item);
        return 1;
      case Role::card:
        add_card(item);
        return 1;
      case Role::word:
        return add_words(items, at);
      default:
        add_text(item);
        return 1;
    }
  }

  const TextBlock& block(const Item& item, const std::string& text, float em, float width, bool is_bold = false) {
    return texts_.block(text, dress_.style(em, is_bold, std::max(1, static_cast<int>(width)),
                                           item.language.empty() ? language_ : item.language, language_));
  }
  static float height_of(const TextBlock& block) { return static_cast<float>(block.height); }

  // Room before the next item; the first one has none.
  void leave(float gap) {
    if (!content_.boxes.empty()) content_.height += gap;
  }
  Box& put(const Item& item, float height) {
    content_.boxes.push_back(
        {.item = &item, .rect = {0, content_.height, width_, height}, .pieces = {}, .mark = {}, .frame = {}});
    content_.height += height;
    return content_.boxes.back();
  }
  bool follows(Role role) const { return !content_.boxes.empty() && content_.boxes.back().item->role == role; }

  void add_heading(const Item& item) {
    leave(item.level == 1 ? dress_.gap : 2 * dress_.gap);
    const TextBlock& text = block(item, item.label, item.level == 1 ? dress_.heading_em : dress_.body_em, width_, true);
    put(item, height_of(text)).pieces.push_back({&text, 0, content_.height - height_of(text), Tone::strong});
  }

  void add_text(const Item& item) {
    const bool is_small = item.role != Role::paragraph;
    leave(follows(item.role) ? dress_.gap * 0.35F : dress_.gap);
    const TextBlock& text = block(item, item.label, is_small ? dress_.small_em : dress_.body_em, width_);
    const float top = content_.height;
    put(item, height_of(text)).pieces.push_back({&text, 0, top, is_small ? Tone::quiet : Tone::strong});
  }

  // Lines of one caution stand together: the painter draws one panel a box, so they touch.
  void add_note(const Item& item) {
    const bool goes_on = follows(Role::note) && item.id.starts_with(note_ + ".");
    if (!goes_on) {
      leave(dress_.gap);
      note_ = item.id;
    }
    const float side = dress_.pad * 2;
    const TextBlock& text = block(item, item.label, dress_.small_em, width_ - side - dress_.pad);
    // The panel of the line before gives its lower edge to the line that goes on: each holds all of its own words.
    if (goes_on) {
      content_.boxes.back().rect.height -= dress_.pad;
      content_.height -= dress_.pad;
    }
    const float above = goes_on ? dress_.pad * 0.4F : dress_.pad;
    const float top = content_.height + above;
    put(item, above + height_of(text) + dress_.pad).pieces.push_back({&text, side, top, Tone::strong});
  }

  void add_option(const Item& item) {
    leave(dress_.gap);
    const float mark = std::max(dress_.capital * 1.7F, dress_.mm * 7);
    const float picture = item.picture.empty() ? 0 : std::round(dress_.picture);
    const float beside = dress_.pad * 1.5F + mark + dress_.pad * 1.5F;
    const float left = beside + (picture > 0 ? picture + dress_.pad * 1.5F : 0);
    const TextBlock& text = block(item, item.label, dress_.body_em, width_ - left - dress_.pad * 1.5F);
    const float tallest = std::max(height_of(text) + dress_.pad * 1.4F, picture + dress_.pad * 0.7F);
    const float height = std::ceil(std::max(dress_.target, tallest));
    const float top = content_.height;
    Box& box = put(item, height);
    box.mark = {dress_.pad * 1.5F, std::round(top + (height - mark) / 2), mark, mark};
    if (picture > 0) box.picture = {beside, std::round(top + (height - picture) / 2), picture, picture};
    box.pieces.push_back({&text, left, top + (height - height_of(text)) / 2, Tone::strong});
  }

  void add_status(const Item& item) {
    leave(2 * dress_.gap);
    const float mark = dress_.capital;
    const float left = mark + dress_.pad;
    const TextBlock& text = block(item, item.label, dress_.body_em, width_ - left, true);
    const float top = content_.height;
    Box& box = put(item, height_of(text));
    box.mark = {0, std::round(top + (height_of(text) - mark) / 2), mark, mark};
    box.pieces.push_back({&text, left, top, Tone::strong});
  }

  // As large as it is, whatever the letters' size: a real card is held against it.
  void add_card(const Item& item) {
    leave(dress_.gap);
    const auto card_width = static_cast<float>(std::atoi(item.value.c_str()));
    put(item, std::round(card_width * kCardHeightMm / kCardWidthMm)).rect.width = card_width;
  }

  void add_entry(const Item& item) {
    leave(dress_.gap);
    const TextBlock& label = block(item, item.label, dress_.small_em, width_);
    const float label_top = content_.height;
    content_.height += height_of(label) + dress_.gap / 2;
    const std::string shown = item.value.empty() || item.value.ends_with('\n') ? item.value + "\u200b" : item.value;
    const TextBlock& text = block(item, shown, dress_.body_em, width_ - 2 * dress_.pad);
    // Two lines and a half of the language's letters: Nastaliq's are twice as high as Latin ones.
    const float least =
        2.5F * height_of(texts_.block(item.label, dress_.style(dress_.body_em, false, -1, language_, language_)));
    const float top = content_.height;
    Box& box = put(item, std::max(least, height_of(text)) + 2 * dress_.pad);
    box.pieces.push_back({&text, dress_.pad, top + dress_.pad, Tone::strong});
    box.pieces.push_back({&label, 0, label_top, Tone::quiet});
  }

  // Quiet buttons are as wide as their words; the others fill the width, for they are choices.
  void add_button(const Item& item) {
    leave(dress_.gap);
    const bool is_quiet = item.look == Look::quiet;
    const float em = is_quiet ? dress_.small_em : dress_.body_em;
    const float sign = is_quiet ? 0 : dress_.capital + dress_.pad;
    const TextBlock& text = block(item, item.label, em, width_ - 4 * dress_.pad - sign, item.look == Look::primary);
    const float height = std::ceil(std::max(dress_.target, height_of(text) + dress_.pad * (is_quiet ? 1.0F : 2.4F)));
    const float top = content_.height;
    Box& box = put(item, height);
    if (!is_quiet) {
      const float size = dress_.capital;
      box.mark = {width_ - 2 * dress_.pad - size, std::round(top + (height - size) / 2), size, size};
    } else {
      box.rect.width = std::min(width_, std::max(dress_.target, static_cast<float>(text.ink_width) + 4 * dress_.pad));
    }
    box.pieces.push_back({&text, 2 * dress_.pad, top + (height - height_of(text)) / 2, Tone::strong});
  }

  // A card: the question, the answer below it; its buttons on the right, or below where words are large.
  std::size_t add_summary(const Items& items, std::size_t at) {
    const Item& item = *items[at];
    std::vector<Box> buttons;
    while (at + 1 + buttons.size() < items.size() && items[at + 1 + buttons.size()]->role == Role::button) {
      buttons.push_back(card_button(*items[at + 1 + buttons.size()]));
    }
    leave(dress_.gap);
    const float inner = width_ - 4 * dress_.pad;
    float across = 0;
    for (const Box& button : buttons) across += button.rect.width + (&button == &buttons.front() ? 0 : dress_.gap);
    const bool is_beside = across < width_ * (buttons.size() > 1 ? 0.4F : 0.3F);
    const float text_width = is_beside && !buttons.empty() ? inner - across - dress_.pad : inner;
    const float top = content_.height;
    const bool is_setting = !buttons.empty() && !buttons.front().item->group.empty();
    const float text_height = is_setting ? add_setting(item, text_width) : add_answer(item, text_width);
    if (buttons.empty()) return 1;
    Box& box = content_.boxes.back();
    box.rect.width = is_beside ? width_ - across - 2 * dress_.pad : width_;
    const std::size_t card = content_.boxes.size() - 1;
    const float below = is_beside ? place_beside(buttons, across, top, text_height) : place_below(buttons);
    content_.height = std::max(content_.height, below);
    content_.boxes[card].frame = {0, top, width_, content_.height - top};
    return 1 + buttons.size();
  }
  // Both: the height of the card's words.
  float add_answer(const Item& item, float width) {
    const TextBlock& question = block(item, item.label, dress_.small_em, width);
    const TextBlock& answer = block(item, item.value, dress_.body_em, width, true);
    const float top = content_.height + dress_.pad;
    const float height = height_of(question) + height_of(answer) + 2 * dress_.pad;
    Box& box = put(item, height);
    box.pieces.push_back({&question, 2 * dress_.pad, top, Tone::quiet});
    box.pieces.push_back({&answer, 2 * dress_.pad, top + height_of(question), Tone::strong});
    return height;
  }
  // Name and value side by side where they fit on one line, those of several rows below each other.
  float add_setting(const Item& item, float width) {
    const float column = std::floor(width_ * kNameOfSetting);
    const TextBlock& name = block(item, item.label, dress_.small_em, column - dress_.pad);
    const TextBlock& value = block(item, item.value, dress_.body_em, width - column, true);
    const float line = height_of(block(item, "A", dress_.body_em, width, true));
    const bool is_one_line = width > column && std::max(height_of(name), height_of(value)) < line * 1.5F;
    if (!is_one_line || name.is_broken_in_word() || value.is_broken_in_word()) return add_answer(item, width);
    const float height = std::max({line, height_of(name), height_of(value)}) + 2 * dress_.pad;
    const float top = content_.height;
    Box& box = put(item, std::max(height, dress_.target + 2 * dress_.pad));
    const auto middle = [&](const TextBlock& text) { return top + (box.rect.height - height_of(text)) / 2; };
    box.pieces.push_back({&name, 2 * dress_.pad, middle(name), Tone::quiet});
    box.pieces.push_back({&value, 2 * dress_.pad + column, middle(value), Tone::strong});
    return box.rect.height;
  }
  Box card_button(const Item& button) {
    const TextBlock& words = block(button, button.label, dress_.small_em, width_ - 8 * dress_.pad);
    const float width = std::max(dress_.target, static_cast<float>(words.ink_width) + 4 * dress_.pad);
    const float height = std::ceil(std::max(dress_.target, height_of(words) + dress_.pad));
    Box box{.item = &button, .rect = {0, 0, std::ceil(width), height}, .pieces = {}, .mark = {}, .frame = {}};
    box.pieces.push_back({&words, (box.rect.width - static_cast<float>(words.ink_width)) / 2,
                          (height - height_of(words)) / 2, Tone::strong});
    return box;
  }
  // Both: the card's bottom.
  float place_beside(const std::vector<Box>& buttons, float across, float top, float text_height) {
    float height = text_height;
    for (const Box& button : buttons) height = std::max(height, button.rect.height + 2 * dress_.pad);
    float x = width_ - across - dress_.pad;
    for (const Box& button : buttons) {
      put_at(button, x, top + (height - button.rect.height) / 2);
      x += button.rect.width + dress_.gap;
    }
    return top + height;
  }
  float place_below(const std::vector<Box>& buttons) {
    const float left = 2 * dress_.pad;
    float x = left;
    float y = content_.height;
    float bottom = y;
    for (const Box& button : buttons) {
      if (x > left && x + button.rect.width > width_ - left) {
        x = left;
        y = bottom + dress_.gap;
      }
      put_at(button, x, y);
      x += button.rect.width + dress_.gap;
      bottom = std::max(bottom, y + button.rect.height);
    }
    return bottom + dress_.pad * 1.5F;
  }
  void put_at(Box box, float x, float y) {
    box.rect.x += x;
    box.rect.y += y;
    for (Piece& piece : box.pieces) {
      piece.x += x;
      piece.y += y;
    }
    content_.boxes.push_back(std::move(box));
  }

  void add_helpline(const Item& item) {
    leave(dress_.gap);
    const float inner = width_ - 4 * dress_.pad;
    const TextBlock& usual = block(item, item.label, dress_.body_em, inner);
    const TextBlock& name = usual.is_broken_in_word() ? block(item, item.label, dress_.small_em, inner) : usual;
    const TextBlock* large = &block(item, item.value, dress_.heading_em, inner, true);
    // A number on two lines is two numbers.
    for (const float em : {dress_.body_em, dress_.small_em}) {
      if (large->is_broken_in_word()) large = &block(item, item.value, em, inner, true);
    }
    const TextBlock& number = *large;
    const float name_width = std::max(static_cast<float>(name.ink_width) + 2 * dress_.gap, width_ * 0.35F);
    const bool is_beside = name_width + static_cast<float>(number.ink_width) < inner;
    const float low = std::max(height_of(name), height_of(number));
    const float top = content_.height + dress_.pad;
    Box& box = put(item, (is_beside ? low : height_of(name) + height_of(number)) + 2 * dress_.pad);
    if (is_beside) {
      // The numbers of several lines stand below each other, and not far from the names.
      const float x = 2 * dress_.pad + name_width;
      box.pieces.push_back({&name, 2 * dress_.pad, top + (low - height_of(name)) / 2, Tone::quiet});
      box.pieces.push_back({&number, x, top + (low - height_of(number)) / 2, Tone::strong});
      return;
    }
    box.pieces.push_back({&name, 2 * dress_.pad, top, Tone::quiet});
    box.pieces.push_back({&number, 2 * dress_.pad, top + height_of(name), Tone::strong});
  }

  // All the words that follow each other, side by side: four, two or one on a line.
  std::size_t add_words(const Items& items, std::size_t at) {
    std::size_t count = 0;
    while (at + count < items.size() && items[at + count]->role == Role::word) ++count;
    std::size_t columns = count;
    while (columns > 1 && !words_fit(items, at, count, columns)) columns = (columns + 1) / 2;
    const float cell = (width_ - dress_.gap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
    for (std::size_t i = 0; i < count; i += columns) {
      leave(dress_.gap);
      const float top = content_.height;
      float x = 0;
      for (std::size_t k = i; k < std::min(count, i + columns); ++k) {
        add_word(*items[at + k], {x, top, cell, 0});
        x += cell + dress_.gap;
      }
    }
    return count;
  }
  bool words_fit(const Items& items, std::size_t at, std::size_t count, std::size_t columns) {
    const float cell = (width_ - dress_.gap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
    for (std::size_t i = at; i < at + count; ++i) {
      const TextBlock& text = block(*items[i], items[i]->label, dress_.heading_em, cell - 2 * dress_.pad, true);
      if (text.is_broken_in_word()) return false;
    }
    return true;
  }
  void add_word(const Item& item, Rect place) {
    const TextBlock& text = block(item, item.label, dress_.heading_em, place.width - 2 * dress_.pad, true);
    place.height = height_of(text) + 2 * dress_.pad;
    Box box{.item = &item, .rect = place, .pieces = {}, .mark = {}, .frame = {}};
    const float x = place.x + (place.width - static_cast<float>(text.ink_width)) / 2;
    box.pieces.push_back({&text, x, place.y + dress_.pad, Tone::strong});
    content_.boxes.push_back(std::move(box));
    content_.height = std::max(content_.height, place.bottom());
  }

  float width_;
  const Dress& dress_;
  TextCache& texts_;
  const std::string& language_;
  Content content_;
  std::string note_;  // id of the caution's first line
};

}  // namespace

Content content_of(const Items& items, float width, const Dress& dress, TextCache& texts, const std::string& language) {
  return ContentMaker(width, dress, texts, language).make(items);
}

}  // namespace perspective::platform
