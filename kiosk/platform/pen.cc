#include "platform/pen.h"

#include <imgui.h>

#include <cmath>

namespace perspective::platform {
namespace {

constexpr float kPi = 3.14159265F;
constexpr int kCirclePoints = 48;

ImU32 ink(access::Rgb colour) { return IM_COL32(colour.red, colour.green, colour.blue, 255); }
ImVec2 top_left(const Rect& rect) { return {rect.x, rect.y}; }
ImVec2 bottom_right(const Rect& rect) { return {rect.right(), rect.bottom()}; }
ImVec2 centre(const Rect& rect) { return {rect.x + rect.width / 2, rect.y + rect.height / 2}; }
Rect grown(const Rect& rect, float by) { return {rect.x - by, rect.y - by, rect.width + 2 * by, rect.height + 2 * by}; }

}  // namespace

void Pen::fill(const Rect& rect, access::Rgb colour, float radius) const {
  list_->AddRectFilled(top_left(rect), bottom_right(rect), ink(colour), radius);
}

// Inside the rectangle, all of it.
void Pen::frame(const Rect& rect, access::Rgb colour, float thickness, float radius) const {
  const Rect middle = grown(rect, -thickness / 2);
  list_->AddRect(top_left(middle), bottom_right(middle), ink(colour), radius, 0, thickness);
}

void Pen::line(float x1, float y1, float x2, float y2, access::Rgb colour, float thickness) const {
  list_->AddLine({x1, y1}, {x2, y2}, ink(colour), thickness);
}

void Pen::disc(const Rect& rect, access::Rgb colour) const {
  list_->AddCircleFilled(centre(rect), rect.width / 2, ink(colour), kCirclePoints);
}

void Pen::ring(const Rect& rect, access::Rgb colour, float thickness) const {
  list_->AddCircle(centre(rect), (rect.width - thickness) / 2, ink(colour), kCirclePoints, thickness);
}

void Pen::tick(const Rect& rect, access::Rgb colour) const {
  const ImVec2 points[3] = {{rect.x + rect.width * 0.25F, rect.y + rect.height * 0.52F},
                            {rect.x + rect.width * 0.43F, rect.y + rect.height * 0.70F},
                            {rect.x + rect.width * 0.76F, rect.y + rect.height * 0.32F}};
  list_->AddPolyline(points, 3, ink(colour), 0, std::max(2.0F, rect.width * 0.13F));
}

void Pen::chevron(const Rect& rect, access::Rgb colour, float thickness, bool points_left) const {
  const float back = rect.x + rect.width * (points_left ? 0.6F : 0.4F);
  const float tip = rect.x + rect.width * (points_left ? 0.1F : 0.9F);
  const ImVec2 points[3] = {{back, rect.y}, {tip, rect.y + rect.height / 2}, {back, rect.bottom()}};
  list_->AddPolyline(points, 3, ink(colour), 0, thickness);
}

void Pen::half_disc(const Rect& rect, access::Rgb colour) const {
  list_->PathArcTo(centre(rect), rect.width / 2, -kPi / 2, kPi / 2, kCirclePoints / 2);
  list_->PathFillConvex(ink(colour));
}

void Pen::triangle(float x1, float y1, float x2, float y2, float x3, float y3, access::Rgb colour) const {
  list_->AddTriangleFilled({x1, y1}, {x2, y2}, {x3, y3}, ink(colour));
}

// On whole pixels: the mask is not to be resampled.
void Pen::mask(std::uint64_t texture, const Rect& rect, access::Rgb colour) const {
  const ImVec2 from = {std::floor(rect.x), std::floor(rect.y)};
  list_->AddImage(reinterpret_cast<ImTextureID>(static_cast<std::uintptr_t>(texture)), from,
                  {from.x + rect.width, from.y + rect.height}, {0, 0}, {1, 1}, ink(colour));
}

void Pen::text(const TextBlock& block, float x, float y, access::Rgb colour) const {
  mask(block.texture,
       {std::floor(x) - static_cast<float>(block.left), std::floor(y), static_cast<float>(block.mask_width),
        static_cast<float>(block.mask_height)},
       colour);
}

void Pen::spoken(const TextBlock& block, float x, float y, std::size_t begin, std::size_t end) const {
  for (const Rect& part : block.parts(begin, end)) {
    const Rect ground = grown({std::floor(x) + part.x, std::floor(y) + part.y, part.width, part.height}, dress_.mm / 3);
    fill(ground, dress_.palette.focus, dress_.mm / 2);
    list_->PushClipRect(top_left(ground), bottom_right(ground), true);
    text(block, x, y, dress_.palette.focus_edge);
    list_->PopClipRect();
  }
}

void Pen::clip(const Rect& rect) const { list_->PushClipRect(top_left(rect), bottom_right(rect), true); }
void Pen::unclip() const { list_->PopClipRect(); }

float Pen::reach_of_focus() const { return std::max(3.0F, std::round(dress_.mm * 0.9F)) + dress_.line; }

void Pen::focus(const Rect& rect) const {
  const float edge = dress_.line;
  const float width = reach_of_focus() - edge;
  frame(grown(rect, width + edge), dress_.palette.focus_edge, width + 2 * edge, radius() + width + edge);
  frame(grown(rect, width), dress_.palette.focus, width, radius() + width);
}

namespace {

void draw_globe(const Pen& pen, const Rect& rect, access::Rgb colour, float thickness) {
  pen.ring(rect, colour, thickness);
  const float x = rect.x + rect.width / 2;
  const float y = rect.y + rect.height / 2;
  pen.line(rect.x, y, rect.right(), y, colour, thickness);
  pen.line(x, rect.y, x, rect.bottom(), colour, thickness);
  pen.line(rect.x + rect.width * 0.16F, rect.y + rect.height * 0.27F, rect.right() - rect.width * 0.16F,
           rect.y + rect.height * 0.27F, colour, thickness);
  pen.line(rect.x + rect.width * 0.16F, rect.bottom() - rect.height * 0.27F, rect.right() - rect.width * 0.16F,
           rect.bottom() - rect.height * 0.27F, colour, thickness);
}

// A small and a large letter.
void draw_letters(const Pen& pen, const Rect& rect, access::Rgb colour, float thickness) {
  const auto letter = [&](float x, float width, float height) {
    const float bottom = rect.y + rect.height * 0.92F;
    pen.line(x, bottom, x + width / 2, bottom - height, colour, thickness * 1.2F);
    pen.line(x + width / 2, bottom - height, x + width, bottom, colour, thickness * 1.2F);
    pen.line(x + width * 0.22F, bottom - height * 0.36F, x + width * 0.78F, bottom - height * 0.36F, colour, thickness);
  };
  letter(rect.x, rect.width * 0.36F, rect.height * 0.5F);
  letter(rect.x + rect.width * 0.42F, rect.width * 0.58F, rect.height * 0.84F);
}

void draw_speech(const Pen& pen, const Rect& rect, access::Rgb colour, access::Rgb ground) {
  const Rect bubble = {rect.x, rect.y + rect.height * 0.06F, rect.width, rect.height * 0.64F};
  pen.fill(bubble, colour, rect.width * 0.18F);
  const float inside = bubble.bottom() - bubble.height * 0.1F;
  pen.triangle(rect.x + rect.width * 0.2F, inside, rect.x + rect.width * 0.52F, inside, rect.x + rect.width * 0.2F,
               rect.bottom(), colour);
  for (const float at : {0.26F, 0.5F, 0.74F}) {
    const float size = rect.width * 0.13F;
    pen.disc({rect.x + rect.width * at - size / 2, bubble.y + (bubble.height - size) / 2, size, size}, ground);
  }
}

// A loudspeaker, and what comes out of it.
void draw_sound(const Pen& pen, const Rect& rect, access::Rgb colour, float thickness) {
  const float middle = rect.y + rect.height / 2;
  pen.fill({rect.x + rect.width * 0.04F, middle - rect.height * 0.16F, rect.width * 0.22F, rect.height * 0.32F},
           colour);
  pen.triangle(rect.x + rect.width * 0.12F, middle, rect.x + rect.width * 0.52F, rect.y + rect.height * 0.1F,
               rect.x + rect.width * 0.52F, rect.bottom() - rect.height * 0.1F, colour);
  for (const float size : {0.24F, 0.42F}) {
    const float x = rect.x + rect.width * (0.5F + size);
    pen.line(x, middle - rect.height * size * 0.7F, x, middle + rect.height * size * 0.7F, colour, thickness);
  }
}

// Three sliders, each set elsewhere.
void draw_sliders(const Pen& pen, const Rect& rect, access::Rgb colour, access::Rgb ground, float thickness) {
  float y = rect.y + rect.height * 0.18F;
  for (const float at : {0.7F, 0.3F, 0.6F}) {
    pen.line(rect.x, y, rect.right(), y, colour, thickness);
    const float size = rect.width * 0.28F;
    const Rect knob = {rect.x + rect.width * at - size / 2, y - size / 2, size, size};
    pen.disc(knob, ground);
    pen.ring(knob, colour, thickness);
    y += rect.height * 0.32F;
  }
}

void draw_pause(const Pen& pen, const Rect& rect, access::Rgb colour) {
  for (const float at : {0.2F, 0.58F}) {
    pen.fill({rect.x + rect.width * at, rect.y + rect.height * 0.12F, rect.width * 0.22F, rect.height * 0.76F}, colour,
             rect.width * 0.05F);
  }
}

// An eye, struck through.
void draw_hidden_eye(const Pen& pen, const Rect& rect, access::Rgb colour, access::Rgb ground, float thickness) {
  const float middle = rect.y + rect.height / 2;
  for (const float way : {-1.0F, 1.0F}) {
    const float lid = middle + way * rect.height * 0.28F;
    pen.line(rect.x, middle, rect.x + rect.width * 0.32F, lid, colour, thickness);
    pen.line(rect.x + rect.width * 0.32F, lid, rect.x + rect.width * 0.68F, lid, colour, thickness);
    pen.line(rect.x + rect.width * 0.68F, lid, rect.right(), middle, colour, thickness);
  }
  const float size = rect.width * 0.3F;
  pen.disc({rect.x + (rect.width - size) / 2, middle - size / 2, size, size}, colour);
  const auto strike = [&](access::Rgb with, float width) {
    pen.line(rect.x + rect.width * 0.14F, rect.y + rect.height * 0.06F, rect.right() - rect.width * 0.14F,
             rect.bottom() - rect.height * 0.06F, with, width);
  };
  strike(ground, thickness * 3.4F);
  strike(colour, thickness * 1.2F);
}

// An arrow up, as on every keyboard.
void draw_shift(const Pen& pen, const Rect& rect, access::Rgb colour) {
  pen.triangle(rect.x, rect.y + rect.height * 0.52F, rect.x + rect.width / 2, rect.y + rect.height * 0.04F,
               rect.right(), rect.y + rect.height * 0.52F, colour);
  pen.fill({rect.x + rect.width * 0.3F, rect.y + rect.height * 0.5F, rect.width * 0.4F, rect.height * 0.44F}, colour);
}

// An arrow to the left, with a cross in it.
void draw_erase(const Pen& pen, const Rect& rect, access::Rgb colour, access::Rgb ground, float thickness) {
  const float left = rect.x + rect.width * 0.34F;
  const float top = rect.y + rect.height * 0.14F;
  const float bottom = rect.bottom() - rect.height * 0.14F;
  pen.triangle(rect.x - rect.width * 0.06F, rect.y + rect.height / 2, left, top, left, bottom, colour);
  pen.fill({left - 1, top, rect.right() - left + 1, bottom - top}, colour);
  const float x = left + rect.width * 0.14F;
  const float end = rect.right() - rect.width * 0.18F;
  const float y = rect.y + (rect.height - (end - x)) / 2;
  pen.line(x, y, end, y + end - x, ground, thickness * 1.4F);
  pen.line(x, y + end - x, end, y, ground, thickness * 1.4F);
}

void draw_dots(const Pen& pen, const Rect& rect, access::Rgb colour) {
  const float size = rect.width * 0.2F;
  for (const float at : {0.0F, 0.4F, 0.8F}) {
    pen.disc({rect.x + rect.width * at, rect.y + (rect.height - size) / 2, size, size}, colour);
  }
}

void draw_stop(const Pen& pen, const Rect& rect, access::Rgb colour) {
  pen.fill({rect.x + rect.width * 0.1F, rect.y + rect.height * 0.1F, rect.width * 0.8F, rect.height * 0.8F}, colour,
           rect.width * 0.12F);
}

}  // namespace

void draw_icon(const Pen& pen, std::string_view id, const Rect& rect, access::Rgb colour, access::Rgb ground,
               float thickness) {
  if (id == "bar.language") draw_globe(pen, rect, colour, thickness);
  if (id == "bar.size") draw_letters(pen, rect, colour, thickness);
  if (id == "bar.colours") {
    pen.ring(rect, colour, thickness);
    pen.half_disc(rect, colour);
  }
  if (id == "bar.yours") draw_sliders(pen, rect, colour, ground, thickness);
  if (id == "bar.again") draw_sound(pen, rect, colour, thickness);
  if (id == "bar.pause") draw_pause(pen, rect, colour);
  if (id == "bar.hide") draw_hidden_eye(pen, rect, colour, ground, thickness);
  if (id == "bar.talk") draw_speech(pen, rect, colour, ground);
  if (id == "key.shift") draw_shift(pen, rect, colour);
  if (id == "key.erase") draw_erase(pen, rect, colour, ground, thickness);
  if (id == "key.edit") draw_dots(pen, rect, colour);
  if (id == "bar.stop") draw_stop(pen, rect, colour);
}

}  // namespace perspective::platform
