#include "platform/paint.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "platform/pen.h"

namespace perspective::platform {
namespace {

using access::Rgb;
using screen::Item;
using screen::Look;
using screen::Place;
using screen::Role;

struct Colours {  // of a button
  Rgb ground;
  Rgb text;
  Rgb edge;
};

class Painter {
 public:
  // `room`: nothing is seen above or below it.
  Painter(const View& view, const Dress& dress, const Pen& pen, const Rect& room, bool is_from_right)
      : view_(view), dress_(dress), palette_(dress.palette), pen_(pen), room_(room), is_from_right_(is_from_right) {}

  void draw(const Box& box, float dy) const {
    const Item& item = *box.item;
    const Rect rect = moved(box.rect, dy);
    switch (item.role) {
      case Role::radio:
      case Role::checkbox:
        return draw_option(box, rect, dy);
      case Role::entry:
        return draw_entry(box, rect, dy);
      case Role::button:
        return draw_button(box, rect, dy);
      case Role::note:
        pen_.fill(rect, palette_.note);
        draw_note_edge(rect);
        return draw_text(box, dy, palette_.text);
      case Role::summary:
        draw_card(moved(box.frame.width > 0 ? box.frame : box.rect, dy), palette_.border, dress_.line * 0.75F);
        return draw_text(box, dy, palette_.text);
      case Role::card:
        return pen_.frame(rect, palette_.text, dress_.line, dress_.mm * 3);
      case Role::helpline:
      case Role::word:
        draw_card(rect, palette_.accent, dress_.line);
        return draw_text(box, dy, palette_.text);
      case Role::status:
        pen_.disc(moved(box.mark, dy), colour_of_status(item));
        return draw_text(box, dy, palette_.text);
      default:
        return draw_text(box, dy, palette_.text);
    }
  }

 private:
  Rgb colour_of_status(const Item& item) const {
    if (item.look == Look::warning) return palette_.warning;
    return item.look == Look::quiet ? palette_.note_edge : palette_.accent;
  }

  static Rect moved(Rect rect, float dy) {
    rect.y += dy;
    return rect;
  }
  bool is_focused(const Item& item) const { return view_.focused == item.id; }

  // Around it; where it fills the room from edge to edge, a little within.
  void draw_focus(Rect rect) const {
    const float reach = pen_.reach_of_focus();
    if (rect.y >= room_.y && rect.bottom() <= room_.bottom()) {
      const float bottom = std::min(rect.bottom(), room_.bottom() - reach);
      rect.y = std::max(rect.y, room_.y + reach);
      rect.height = bottom - rect.y;
    }
    pen_.focus(rect);
  }

  void draw_card(const Rect& rect, Rgb edge, float thickness) const {
    pen_.fill(rect, palette_.card, pen_.radius());
    pen_.frame(rect, edge, thickness, pen_.radius());
  }

  void draw_note_edge(const Rect& rect) const {
    const float width = dress_.mm * 1.4F;
    pen_.fill({is_from_right_ ? rect.right() - width : rect.x, rect.y, width, rect.height}, palette_.note_edge);
  }

  void draw_text(const Box& box, float dy, Rgb colour) const {
    for (const Piece& piece : box.pieces) {
      const bool is_quiet = piece.tone == Tone::quiet;
      pen_.text(*piece.block, piece.x, piece.y + dy, is_quiet ? palette_.quiet_text : colour);
      const auto& spoken = view_.spoken;
      const bool is_heard = spoken && spoken->item == box.item->id && piece.block->text() == box.item->label;
      if (is_heard) pen_.spoken(*piece.block, piece.x, piece.y + dy, spoken->begin, spoken->end);
    }
  }

  void draw_option(const Box& box, const Rect& rect, float dy) const {
    const Item& item = *box.item;
    pen_.fill(rect, item.selected ? palette_.selected : palette_.card, pen_.radius());
    pen_.frame(rect, item.selected ? palette_.accent : palette_.border, item.selected ? dress_.line * 2 : dress_.line,
               pen_.radius());
    draw_mark(item, moved(box.mark, dy));
    draw_picture(box, dy);
    draw_text(box, dy, palette_.text);
    if (is_focused(item)) draw_focus(rect);
  }

  // As dark as the words, so that it is as easy to see on every ground.
  void draw_picture(const Box& box, float dy) const {
    if (box.picture.width <= 0 || !view_.texture_of) return;
    const auto texture = view_.texture_of(box.item->picture, static_cast<int>(box.picture.width));
    if (texture != 0) pen_.mask(texture, moved(box.picture, dy), palette_.text);
  }

  void draw_mark(const Item& item, const Rect& mark) const {
    const bool is_round = item.role == Role::radio;
    const float corner = mark.width * 0.16F;
    if (item.selected) {
      if (is_round) {
        pen_.disc(mark, palette_.accent);
      } else {
        pen_.fill(mark, palette_.accent, corner);
      }
      pen_.tick(mark, palette_.on_accent);
    } else if (is_round) {
      pen_.ring(mark, palette_.text, dress_.line);
    } else {
      pen_.frame(mark, palette_.text, dress_.line, corner);
    }
  }

  void draw_entry(const Box& box, const Rect& rect, float dy) const {
    const bool focused = is_focused(*box.item);
    draw_card(rect, palette_.text, dress_.line);
    if (box.view.height > 0) pen_.clip(moved(box.view, dy));
    draw_text(box, dy, palette_.text);
    if (view_.caret && !box.pieces.empty()) {
      const Piece& text = box.pieces.front();
      const Rect caret = text.block->caret(*view_.caret);
      const float width = std::max(2.0F, std::round(dress_.mm * 0.5F));
      pen_.fill({std::floor(text.x + caret.x), text.y + dy + caret.y, width, caret.height}, palette_.text);
    }
    if (box.view.height > 0) pen_.unclip();
    if (focused) draw_focus(rect);
  }

  Colours colours_of(const Item& item) const {
    if (!item.enabled) {
      const Rgb ground = item.place == Place::bar ? palette_.bar : palette_.background;
      return {ground, palette_.off_text, palette_.off_text};
    }
    if (item.look == Look::primary) return {palette_.primary, palette_.on_primary, palette_.primary};
    if (item.look == Look::warning) return {palette_.warning, palette_.on_warning, palette_.warning};
    if (item.look == Look::guide) return {palette_.selected, palette_.text, palette_.accent};
    return {item.selected ? palette_.selected : palette_.card, palette_.text, palette_.border};
  }

  void draw_button(const Box& box, const Rect& rect, float dy) const {
    const Item& item = *box.item;
    const Colours colours = colours_of(item);
    pen_.fill(rect, colours.ground, pen_.radius());
    const bool is_on = item.place == Place::keys && item.selected;
    const float thickness = item.look == Look::guide || is_on ? 2.0F : item.enabled ? 1.0F : 0.5F;
    pen_.frame(rect, is_on ? palette_.accent : colours.edge, dress_.line * thickness, pen_.radius());
    if (box.mark.width > 0 && item.place == Place::content) {
      pen_.chevron(moved(box.mark, dy), colours.text, std::max(2.0F, dress_.line * 1.5F), is_from_right_);
    } else if (box.mark.width > 0) {
      draw_icon(pen_, item.id, moved(box.mark, dy), colours.text, colours.ground, std::max(1.5F, dress_.line));
    }
    draw_text(box, dy, colours.text);
    if (item.enabled && is_focused(item)) draw_focus(rect);
  }

  const View& view_;
  const Dress& dress_;
  const access::Palette& palette_;
  const Pen& pen_;
  const Rect& room_;
  bool is_from_right_;
};

constexpr ImGuiWindowFlags kBare = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                                   ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoNav |
                                   ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoBringToFrontOnFocus |
                                   ImGuiWindowFlags_NoScrollWithMouse;

void begin(const Rect& rect) {
  ImGui::SetNextWindowPos({rect.x, rect.y});
  ImGui::SetNextWindowSize({std::max(1.0F, rect.width), std::max(1.0F, rect.height)});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowMinSize, {1, 1});
  ImGui::Begin("screen", nullptr, kBare);
}

// A child: drawn over the window, cut off at its own edges.
void begin_content(const Rect& rect) {
  ImGui::SetCursorScreenPos({rect.x, rect.y});
  ImGui::BeginChild("content", {std::max(1.0F, rect.width), std::max(1.0F, rect.height)}, false, kBare);
}

void end() {
  ImGui::End();
  ImGui::PopStyleVar(3);
}

// ImGui's button is pressed when the press starts and ends in it.
void hit_test(const Item& item, const Rect& rect, PaintResult& result) {
  if (!is_focusable(item)) return;
  ImGui::SetCursorScreenPos({rect.x, rect.y});
  ImGui::PushID(item.id.c_str());
  if (ImGui::InvisibleButton("target", {rect.width, rect.height})) {
    const ImVec2 at = ImGui::GetIO().MousePos;
    result.pressed = Pressed{.id = item.id, .x = at.x - rect.x, .y = at.y - rect.y};
  }
  ImGui::PopID();
}

// How far the content has been moved, for those who see: a thin bar at the edge where lines end.
void draw_progress(const Pen& pen, const Layout& layout, const View& view, const Dress& dress) {
  if (layout.fits()) return;
  const float width = std::max(4.0F, dress.mm * 1.2F);
  const Rect& content = layout.content;
  const float part = content.height / layout.content_height;
  const float x = layout.is_from_right ? width * 0.6F : content.right() - width * 1.6F;
  const Rect rail = {x, content.y + width, width, content.height - 2 * width};
  const float place = view.scroll / layout.content_height;
  pen.fill({rail.x, rail.y + rail.height * place, width, rail.height * part}, dress.palette.border, width / 2);
}

void draw_surfaces(const Pen& pen, const Layout& layout, const Dress& dress) {
  const access::Palette& palette = dress.palette;
  pen.fill({0, 0, layout.content.width, layout.foot.bottom()}, palette.background);
  if (layout.bar.height > 0) {
    pen.fill(layout.bar, palette.bar);
    pen.fill({0, layout.bar.bottom() - 1, layout.bar.width, 1}, palette.border);
  }
  if (layout.foot.height > 0) pen.fill({0, layout.foot.y, layout.foot.width, 1}, palette.border);
}

// One ring around all that a scan would enter.
void draw_group(const Pen& pen, const Layout& layout, const View& view, const Dress& dress, bool is_content) {
  if (view.lit.size() < 2) return;
  std::optional<Rect> around;
  for (const Box& box : layout.boxes) {
    if ((box.item->place == Place::content) != is_content ||
        std::ranges::find(view.lit, box.item->id) == view.lit.end())
      continue;
    if (!around) around = box.rect;
    const float right = std::max(around->right(), box.rect.right());
    const float bottom = std::max(around->bottom(), box.rect.bottom());
    around->x = std::min(around->x, box.rect.x);
    around->y = std::min(around->y, box.rect.y);
    around->width = right - around->x;
    around->height = bottom - around->y;
  }
  if (!around) return;
  if (is_content) around->y += layout.content.y - view.scroll;
  // A little wider than what it holds, so that no button of it looks like the one that is meant.
  const float room = dress.line * 1.5F;
  pen.focus({around->x - room, around->y - room, around->width + 2 * room, around->height + 2 * room});
}

}  // namespace

PaintResult paint(const Layout& layout, const View& view, const Dress& dress) {
  PaintResult result;
  const Rect window = {0, 0, layout.content.width, std::max(layout.foot.bottom(), layout.content.bottom())};
  const auto draw_where = [&](bool is_content) {
    const Pen pen(ImGui::GetWindowDrawList(), dress);
    const Painter painter(view, dress, pen, is_content ? layout.content : window, layout.is_from_right);
    for (const Box& box : layout.boxes) {
      if ((box.item->place == Place::content) != is_content) continue;
      const float dy = is_content ? layout.content.y - view.scroll : 0;
      Rect rect = box.rect;
      rect.y += dy;
      hit_test(*box.item, rect, result);
      painter.draw(box, dy);
      result.drawn.push_back({box.item->id, rect, !is_content || layout.content.holds(rect)});
    }
    draw_group(pen, layout, view, dress, is_content);
  };
  begin({0, 0, layout.content.width, layout.foot.bottom()});
  draw_surfaces(Pen(ImGui::GetWindowDrawList(), dress), layout, dress);
  draw_where(false);
  begin_content(layout.content);
  draw_where(true);
  draw_progress(Pen(ImGui::GetWindowDrawList(), dress), layout, view, dress);
  ImGui::EndChild();
  end();
  return result;
}

}  // namespace perspective::platform
