#include "platform/layout.h"

#include <algorithm>
#include <cmath>

#include "platform/bar.h"
#include "platform/content.h"
#include "platform/keys.h"
#include "platform/rows.h"
#include "text/catalogue.h"

namespace perspective::platform {
namespace {

// A line of more than about 80 letters is hard to follow: heights of a capital to the width of a line.
constexpr float kCapitalsToLine = 56;
// How far letters reach over the end of a line, in their em.
constexpr float kLeanOfLetters = 0.5F;
// Bar and foot take no more of the height than this, if narrower buttons in the foot can help it.
constexpr float kMostOfEdges = 0.6F;
// And smaller letters, in such steps and down to such a part of the small ones, where narrower ones do not.
constexpr float kSmaller = 0.92F;
constexpr float kLeastOfSmall = 0.65F;
// Of what the bar leaves, at most so much is the keyboard's where it need not have more.
constexpr float kMostOfKeys = 0.58F;

Items items_at(const screen::Screen& screen, screen::Place place) {
  Items items;
  for (const screen::Item& item : screen.items) {
    if (item.place == place) items.push_back(&item);
  }
  return items;
}

void shift(Box& box, float x, float y) {
  for (Rect* rect : {&box.rect, &box.mark, &box.picture, &box.frame, &box.view}) {
    rect->x += x;
    rect->y += y;
  }
  for (Piece& piece : box.pieces) {
    piece.x += x;
    piece.y += y;
  }
}

void append(std::vector<Box>& boxes, std::vector<Box> more, float x, float y) {
  for (Box& box : more) {
    shift(box, x, y);
    boxes.push_back(std::move(box));
  }
}

// Made from left to right, then turned round as a whole: what stands first stands at the right edge, marks and icons
// before their words. A block keeps its width, and its lines end where they began.
void mirror(std::vector<Box>& boxes, float width) {
  for (Box& box : boxes) {
    for (Rect* rect : {&box.rect, &box.mark, &box.picture, &box.frame}) {
      if (rect->width > 0) rect->x = width - rect->right();
    }
    for (Piece& piece : box.pieces) piece.x = width - piece.x - static_cast<float>(piece.block->width);
  }
}

// Letters of Nastaliq lean out over the right end of their line.
float margin_of(const std::string& language, const Dress& dress) {
  const float lean = text::is_right_to_left(language) ? std::ceil(dress.heading_em * kLeanOfLetters) : 0;
  return std::max(dress.margin, lean);
}

float line_width(float width, const std::string& language, const Dress& dress) {
  return std::floor(std::min(width - 2 * margin_of(language, dress), kCapitalsToLine * dress.capital));
}

// The keys at the bottom, what is written just above them, and no wider: the eye has a short way.
void lay_out_keyboard(Layout& layout, const screen::Screen& screen, float width, float height, const Dress& dress,
                      TextCache& texts) {
  const float edge = std::floor(dress.gap * 0.5F);
  const float room = height - layout.bar.height;
  Rows keys = keys_of(items_at(screen, screen::Place::keys), width, room * kMostOfKeys, dress, texts, screen.language);
  layout.foot = {0, height - keys.height - 2 * edge, width, keys.height + 2 * edge};
  layout.content = {0, layout.bar.height, width, layout.foot.y - layout.bar.height};
  float side = width;  // beside the keys, which stand in the middle
  for (const Box& key : keys.boxes) side = std::min(side, key.rect.x);
  const float column = std::min(line_width(width, screen.language, dress), width - 2 * side);
  const Items items = items_at(screen, screen::Place::content);
  const float high = layout.content.height - 2 * edge;
  Content content = writing_of(items, column, high, dress, texts, screen.language);
  // What could give way no more takes of the margin below the keys, never of the gap above them.
  const float over = std::clamp(content.height + edge - layout.content.height, 0.0F, edge);
  layout.foot.y += over;
  layout.foot.height -= over;
  layout.content.height += over;
  const float top = std::max(0.0F, layout.content.height - edge - content.height);
  layout.content_height = top + content.height;
  append(layout.boxes, std::move(content.boxes), std::floor((width - column) / 2), top);
  layout.is_from_right = text::is_right_to_left(screen.language);
  if (layout.is_from_right) mirror(layout.boxes, width);  // not the keys: their letters are Latin
  append(layout.boxes, std::move(keys.boxes), 0, layout.foot.y + edge);
}

}  // namespace

const Box* Layout::box(std::string_view id) const {
  for (const Box& each : boxes) {
    if (each.item->id == id) return &each;
  }
  return nullptr;
}

Layout lay_out(const screen::Screen& screen, float width, float height, const Dress& dress, TextCache& texts,
               float least_foot) {
  const std::string& language = screen.language;
  const float inner = width - 2 * dress.margin;
  RowStyle foot_style = {
      .em = dress.body_em, .is_bold = true, .min_width = dress.target * 2.2F, .side = dress.pad * 2, .is_spread = true};
  Rows bar = bar_of(items_at(screen, screen::Place::bar), inner, dress, texts, language);
  // What scrolls by comes as close to the buttons of bar and foot as this: a gap that still counts as one.
  const float edge = std::ceil(dress.gap * 0.9F);
  const float above_bar = std::ceil(dress.gap * 0.55F);
  if (!items_at(screen, screen::Place::keys).empty()) {
    Layout layout;
    if (bar.height > 0) layout.bar = {0, 0, width, above_bar + bar.height + edge};
    append(layout.boxes, std::move(bar.boxes), dress.margin, above_bar);
    lay_out_keyboard(layout, screen, width, height, dress, texts);
    return layout;
  }
  const float column = line_width(width, screen.language, dress);
  Rows foot = rows_of(items_at(screen, screen::Place::foot), column, foot_style, dress, texts, language);
  const auto is_too_high = [&] { return above_bar + bar.height + foot.height + 3 * edge > height * kMostOfEdges; };
  if (is_too_high()) {
    foot_style.em = dress.small_em;
    foot_style.min_width = dress.target;
    foot_style.side = dress.pad;
    foot = rows_of(items_at(screen, screen::Place::foot), column, foot_style, dress, texts, language);
  }
  while (is_too_high() && foot_style.em * kSmaller > dress.small_em * kLeastOfSmall) {
    foot_style.em = std::floor(foot_style.em * kSmaller);
    foot = rows_of(items_at(screen, screen::Place::foot), column, foot_style, dress, texts, language);
  }
  Content content = content_of(items_at(screen, screen::Place::content), column, dress, texts, language);
  const float side = std::floor((width - column) / 2);

  Layout layout;
  if (bar.height > 0) layout.bar = {0, 0, width, above_bar + bar.height + edge};
  if (foot.height > 0) {
    const float foot_height = std::max(least_foot, foot.height + 2 * edge);
    layout.foot = {0, height - foot_height, width, foot_height};
  } else {
    layout.foot = {0, height, width, 0};
  }
  layout.content = {0, layout.bar.height, width, layout.foot.y - layout.bar.height};
  const float above = dress.gap * 0.6F;
  layout.content_height = content.height + above + dress.gap * 0.6F;
  append(layout.boxes, std::move(bar.boxes), dress.margin, above_bar);
  append(layout.boxes, std::move(content.boxes), side, above);
  append(layout.boxes, std::move(foot.boxes), side, layout.foot.y + edge);
  layout.is_from_right = text::is_right_to_left(language);
  if (layout.is_from_right) mirror(layout.boxes, width);
  return layout;
}

}  // namespace perspective::platform
