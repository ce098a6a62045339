#include "measure.h"

#include <algorithm>
#include <cmath>
#include <sstream>

#include "text/sentences.h"

namespace perspective::sweep {
namespace {

using access::Rgb;
using platform::Box;
using platform::Layout;
using platform::Piece;
using platform::Rect;
using screen::Item;
using screen::Place;
using screen::Role;

// Of the window's height: two lines of the largest letters, even of Nastaliq, on the smallest monitor.
constexpr float kLeastContent = 0.25F;
constexpr float kSlack = 0.6F;  // positions are rounded to whole pixels when they are drawn

std::string number(double value) {
  const auto text = std::to_string(value);
  return text.substr(0, text.find('.') + 3);
}

bool overlap(const Rect& a, const Rect& b) {
  return a.x + kSlack < b.right() && b.x + kSlack < a.right() && a.y + kSlack < b.bottom() && b.y + kSlack < a.bottom();
}
Rect common(const Rect& a, const Rect& b) {
  const float x = std::max(a.x, b.x);
  const float y = std::max(a.y, b.y);
  return {x, y, std::max(0.0F, std::min(a.right(), b.right()) - x),
          std::max(0.0F, std::min(a.bottom(), b.bottom()) - y)};
}
float distance(const Rect& a, const Rect& b) {
  const float x = std::max({0.0F, a.x - b.right(), b.x - a.right()});
  const float y = std::max({0.0F, a.y - b.bottom(), b.y - a.bottom()});
  return std::hypot(x, y);
}

// One such has to be broken.
bool has_word_wider_than_the_window(const platform::TextBlock& block) {
  const std::string_view text = block.text();
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find_first_of(" \n", begin), text.size());
    float width = 0;
    for (const Rect& part : block.parts(begin, end)) width += part.width;
    if (width > static_cast<float>(block.width)) return true;
    begin = end + 1;
  }
  return false;
}

// Of a long text over the keyboard, the lines that are seen.
Rect ink_of(const Box& box, const Piece& piece) {
  const Rect ink = {piece.x + static_cast<float>(piece.block->ink_left), piece.y,
                    static_cast<float>(piece.block->ink_width), static_cast<float>(piece.block->height)};
  return box.view.height > 0 ? common(ink, box.view) : ink;
}

// Of what somebody wrote or may have written, only the label is ours. Buttons have no sentences.
bool has_crowded_lines(const Item& item, const std::string& language) {
  const bool is_written = item.role == Role::entry || item.id.starts_with("answer.");
  for (const std::string& words : {item.label, is_written ? std::string() : item.value}) {
    std::istringstream lines(words);
    for (std::string line; std::getline(lines, line);) {
      if (text::sentences_of(line, language).size() > 1) return true;
    }
  }
  return false;
}

// Over the keys much gives way, but never this.
bool has_to_stay(const Item& item) {
  const bool is_asked = item.role == Role::heading || item.role == Role::entry || item.role == Role::status;
  const bool is_wrong = item.role == Role::note && item.id.find('.') == std::string::npos;  // not a caution
  return item.place == Place::content && (is_asked || is_wrong);
}
void check_stays(const Frame& frame, Findings& findings) {
  const Layout& layout = frame.layout;
  if (std::ranges::find(frame.screen.items, Place::keys, &Item::place) == frame.screen.items.end()) return;
  for (const Item& item : frame.screen.items) {
    if (!has_to_stay(item)) continue;
    const Box* box = layout.box(item.id);
    if (box == nullptr) {
      findings.push_back({"gave way to the keys", item.id, item.label});
    } else if (!frame.seen_through(*box).holds(frame.on_window(*box, box->rect))) {
      findings.push_back({"not wholly seen over the keys", item.id, item.label});
    }
  }
}

}  // namespace

Range text_contrast(visit::Colours colours) {
  switch (colours) {
    case visit::Colours::standard:
      return {10, 21};
    case visit::Colours::low_contrast:
      return {4.5, 6};
    default:
      return {20, 21};
  }
}

Rect Frame::on_window(const Box& box, Rect rect) const {
  if (box.item->place == Place::content) rect.y += dy();
  return rect;
}
Rect Frame::seen_through(const Box& box) const {
  return box.item->place == Place::content ? layout.content : Rect{0, 0, width, height};
}

Rect Frame::text_seen_through(const Box& box) const {
  return box.view.height > 0 ? common(seen_through(box), on_window(box, box.view)) : seen_through(box);
}

void check_words(const screen::Screen& screen, const screen::Screen* english, Findings& findings) {
  int first_level = 0;
  for (const Item& item : screen.items) {
    first_level += item.role == Role::heading && item.level == 1 ? 1 : 0;
    if (!item.label.empty() && item.spoken.empty()) findings.push_back({"unspoken", item.id, item.label});
    if (is_focusable(item) && item.label.empty()) findings.push_back({"nameless", item.id, ""});
    for (const std::string& words : {item.label, item.spoken}) {
      const bool is_written = item.role == Role::entry || item.role == Role::summary;  // may be anybody's words
      if (!is_written && words.find_first_of("{}") != std::string::npos) {
        findings.push_back({"unfilled words", item.id, words});
      }
    }
    const bool is_own = item.language.empty() || item.language == screen.language;
    if (has_crowded_lines(item, is_own ? screen.language : item.language)) {
      findings.push_back({"two sentences on a line", item.id, item.label + " " + item.value});
    }
    const Item* other = english == nullptr ? nullptr : english->item(item.id);
    if (other == nullptr || !is_own || item.label == other->label) continue;
    if (item.spoken == other->spoken) findings.push_back({"spoken in another language", item.id, item.spoken});
  }
  // Each language has a heading of its own where one is chosen.
  const bool has_languages = std::ranges::any_of(
      screen.items, [](const Item& item) { return item.role == Role::heading && !item.language.empty(); });
  const bool is_blank = screen.id == "hidden";  // on purpose
  if (has_languages ? first_level < 1 : first_level != 1 && !is_blank) {
    findings.push_back({"headings of level 1", "", std::to_string(first_level)});
  }
}

void check_places(const Frame& frame, Findings& findings) {
  const Layout& layout = frame.layout;
  check_stays(frame, findings);
  const float content_share = layout.content.height / frame.height;
  if (content_share < kLeastContent) findings.push_back({"little room for the content", "", number(content_share)});
  for (const Box& box : layout.boxes) {
    const auto add = [&](const std::string& kind, float by) {
      findings.push_back({kind, box.item->id, number(by) + " px: " + box.item->label});
    };
    const bool is_content = box.item->place == Place::content;
    const float bottom = is_content ? layout.content_height : frame.height;
    const Rect room = {0, 0, frame.width, bottom};
    for (const Rect& rect : {box.rect, box.mark, box.frame, box.picture}) {
      const Rect outer = {room.x - kSlack, room.y - kSlack, room.width + 2 * kSlack, room.height + 2 * kSlack};
      if (rect.width > 0 && !outer.holds(rect)) add("beyond the window", rect.right() - frame.width);
    }
    Rect own = box.frame.width > 0 ? box.frame : box.rect;
    if (box.item->role == Role::entry && box.view.height == 0) {  // its label stands above
      const float label = box.pieces.back().y;
      own = {own.x, label, own.width, own.bottom() - label};
    }
    for (const Piece& piece : box.pieces) {
      const Rect ink = ink_of(box, piece);
      const float from = piece.x - static_cast<float>(piece.block->left);
      const float over = static_cast<float>(piece.block->mask_width - piece.block->width - piece.block->left);
      if ((piece.block->left > 0 && from < -1) ||
          (over > 1 && from + static_cast<float>(piece.block->mask_width) > frame.width + 2))
        add("letters beyond the window",
            std::max(-from, from + static_cast<float>(piece.block->mask_width) - frame.width));
      const bool is_written = box.item->role == Role::entry || box.item->role == Role::summary;
      if (piece.block->is_broken_in_word() && !is_written && !has_word_wider_than_the_window(*piece.block)) {
        add("a word is broken", ink.width);
      }
      if (ink.x < own.x - kSlack || ink.right() > own.right() + kSlack)
        add("wider than its box", ink.right() - own.right());
      if (ink.y < own.y - kSlack || ink.bottom() > own.bottom() + kSlack)
        add("higher than its box", ink.bottom() - own.bottom());
      if (box.mark.width > 0 && overlap(ink, box.mark)) add("words on their mark", ink.x - box.mark.right());
      if (box.picture.width > 0 && overlap(ink, box.picture))
        add("words on their picture", ink.x - box.picture.right());
      for (const Box& other : layout.boxes) {
        if ((other.item->place == Place::content) != is_content) continue;
        for (const Piece& second : other.pieces) {
          if (&second > &piece && overlap(ink, ink_of(other, second))) add("overlaps " + other.item->id, 0);
        }
      }
    }
  }
}

void check_targets(const Frame& frame, Findings& findings) {
  const auto& boxes = frame.layout.boxes;
  for (const Box& box : boxes) {
    if (!is_focusable(*box.item)) continue;
    const float width_mm = box.rect.width / frame.pixels_per_mm;
    const float height_mm = box.rect.height / frame.pixels_per_mm;
    if (std::min(width_mm, height_mm) < kLeastTarget_mm) {
      findings.push_back({"small target", box.item->id, number(width_mm) + " x " + number(height_mm) + " mm"});
    }
    const Rect seen = common(frame.on_window(box, box.rect), frame.seen_through(box));
    for (const Box& other : boxes) {
      if (&other <= &box || !is_focusable(*other.item)) continue;
      const Rect beside = common(frame.on_window(other, other.rect), frame.seen_through(other));
      if (seen.height <= 0 || beside.height <= 0) continue;
      const float gap_mm = distance(seen, beside) / frame.pixels_per_mm;
      if (gap_mm < kLeastGap_mm)
        findings.push_back({"close to " + other.item->id, box.item->id, number(gap_mm) + " mm"});
    }
  }
}

}  // namespace perspective::sweep
