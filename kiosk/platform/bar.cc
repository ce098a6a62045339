#include "platform/bar.h"

#include <algorithm>
#include <cmath>

namespace perspective::platform {
namespace {

// Wider than this many targets a cell does not get, nor a cell without words.
constexpr float kWidest = 3.0F;
constexpr float kWidestSign = 1.5F;
// A sign grows with the words that it stands in for.
constexpr float kSignOfTarget = 0.6F;
constexpr float kSignOfLetters = 0.75F;

class BarMaker {
 public:
  BarMaker(const Items& items, float width, const Dress& dress, TextCache& texts, const std::string& language)
      : items_(items), width_(width), dress_(dress), texts_(texts), language_(language) {
    const auto fitting = static_cast<std::size_t>(std::max(1.0F, (width + dress.gap) / (dress.target + dress.gap)));
    columns_ = std::min(items.size(), fitting);
    const auto gaps = static_cast<float>(columns_ - 1);
    cell_ = std::floor((width - gaps * dress.gap) / static_cast<float>(columns_));
  }

  Rows make() {
    const bool has_words = columns_ == items_.size() && words_fit();
    const float widest = std::ceil(dress_.target * (has_words ? kWidest : kWidestSign));
    cell_ = std::min(cell_, has_words ? std::max(widest, std::ceil(widest_word_ + dress_.pad)) : widest);
    sign_ = std::ceil(dress_.small_em * kSignOfLetters);
    if (!has_words) sign_ = std::max(sign_, std::ceil(dress_.target * kSignOfTarget));
    const float filled = sign_ + (has_words ? letters_ + 0.5F * dress_.pad : dress_.pad);
    height_ = std::max(dress_.target, std::ceil(filled));
    Rows rows;
    for (std::size_t i = 0; i < items_.size(); ++i) rows.boxes.push_back(cell(i, has_words));
    const auto lines = static_cast<float>((items_.size() + columns_ - 1) / columns_);
    rows.height = lines * height_ + (lines - 1) * dress_.gap;
    return rows;
  }

 private:
  const TextBlock& words(const screen::Item& item) {
    return texts_.block(item.label, dress_.style(dress_.small_em, false, -1,
                                                 item.language.empty() ? language_ : item.language, language_));
  }
  bool words_fit() {
    for (const screen::Item* item : items_) {
      const TextBlock& block = words(*item);
      letters_ = std::max(letters_, static_cast<float>(block.height));
      widest_word_ = std::max(widest_word_, static_cast<float>(block.ink_width));
    }
    return widest_word_ + dress_.pad <= cell_;
  }
  // The last one, "stop", stands at the right edge, away from what is pressed often.
  Box cell(std::size_t i, bool has_words) {
    const auto column = static_cast<float>(i % columns_);
    const auto line = static_cast<float>(i / columns_);
    const bool is_last = i + 1 == items_.size();
    const float x = is_last ? width_ - cell_ : column * (cell_ + dress_.gap);
    const Rect rect = {x, line * (height_ + dress_.gap), cell_, height_};
    Box box{.item = items_[i], .rect = rect, .pieces = {}, .mark = {}, .frame = {}};
    const float top = has_words ? dress_.pad * 0.4F : (height_ - sign_) / 2;
    box.mark = {std::floor(x + (cell_ - sign_) / 2), std::floor(rect.y + top), sign_, sign_};
    if (!has_words) return box;
    const TextBlock& label = words(*items_[i]);
    const float middle = x + (cell_ - static_cast<float>(label.ink_width)) / 2;
    box.pieces.push_back({&label, middle, rect.bottom() - static_cast<float>(label.height), Tone::strong});
    return box;
  }

  const Items& items_;
  float width_;
  const Dress& dress_;
  TextCache& texts_;
  const std::string& language_;
  std::size_t columns_ = 1;
  float cell_ = 0;
  float sign_ = 0;
  float height_ = 0;
  float widest_word_ = 0;
  float letters_ = 0;  // the highest line of words
};

}  // namespace

Rows bar_of(const Items& items, float width, const Dress& dress, TextCache& texts, const std::string& language) {
  return items.empty() ? Rows{} : BarMaker(items, width, dress, texts, language).make();
}

}  // namespace perspective::platform
