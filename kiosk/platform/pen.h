// Strokes and fills in the theme's colours, on ImGui's draw list.
//
// Units: pixels of the window.
#pragma once

#include <cstdint>

#include "platform/layout.h"

struct ImDrawList;

namespace perspective::platform {

class Pen {
 public:
  Pen(ImDrawList* list, const Dress& dress) : list_(list), dress_(dress) {}

  void fill(const Rect& rect, access::Rgb colour, float radius = 0) const;
  void frame(const Rect& rect, access::Rgb colour, float thickness, float radius) const;
  void line(float x1, float y1, float x2, float y2, access::Rgb colour, float thickness) const;
  void disc(const Rect& rect, access::Rgb colour) const;
  void ring(const Rect& rect, access::Rgb colour, float thickness) const;
  void tick(const Rect& rect, access::Rgb colour) const;
  void chevron(const Rect& rect, access::Rgb colour, float thickness, bool points_left) const;
  void half_disc(const Rect& rect, access::Rgb colour) const;
  void triangle(float x1, float y1, float x2, float y2, float x3, float y3, access::Rgb colour) const;
  void mask(std::uint64_t texture, const Rect& rect, access::Rgb colour) const;
  void text(const TextBlock& block, float x, float y, access::Rgb colour) const;
  // Part of a text, on the colours of the ring: light behind it, its letters dark, or the other way round.
  void spoken(const TextBlock& block, float x, float y, std::size_t begin, std::size_t end) const;
  void clip(const Rect& rect) const;  // until unclip()
  void unclip() const;
  void focus(const Rect& rect) const;  // two-toned: seen on any ground
  float reach_of_focus() const;        // so far beyond the rectangle
  float radius() const { return dress_.mm * 1.6F; }

 private:
  ImDrawList* list_;
  const Dress& dress_;
};

// The signs of the bar, drawn, so that they need no font: id says which.
void draw_icon(const Pen& pen, std::string_view id, const Rect& rect, access::Rgb colour, access::Rgb ground,
               float thickness);

}  // namespace perspective::platform
