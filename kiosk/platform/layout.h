// Where each item of a Screen stands in a window: bar on top, foot at the bottom, the content between them, which
// scrolls when it does not fit.
//
// Promise:   nothing is cut or overlaps; a word is broken only where it is wider than the window. Everything that can
//            be pressed is at least a target high and wide and a gap away from its neighbour.
// Ownership: a Layout refers to items of the screen and to blocks of the cache it was made with.
// Threads:   plain values.
// Units:     pixels; content boxes count from the top of the content, others from that of the window.
#pragma once

#include <vector>

#include "platform/dress.h"
#include "platform/geometry.h"
#include "platform/shaped_text.h"
#include "screen/screen.h"

namespace perspective::platform {

// Of one screen, in its order; whoever makes boxes of them gets some.
using Items = std::vector<const screen::Item*>;

enum class Tone { strong, quiet };
struct Piece {
  const TextBlock* block = nullptr;
  float x = 0;
  float y = 0;
  Tone tone = Tone::strong;
};
struct Box {
  const screen::Item* item = nullptr;
  Rect rect;
  std::vector<Piece> pieces;
  Rect mark;          // radio, checkbox: the circle or square; a button's icon; empty: none
  Rect picture = {};  // of an option; empty: none
  Rect frame;         // summary: the card that it shares with its button; empty: none
  Rect view = {};     // entry over the keys: the part of its text that is seen; empty: all
};
struct Layout {
  std::vector<Box> boxes;      // in reading order
  bool is_from_right = false;  // mirrored: the screen's language runs from right to left
  Rect bar;                    // empty where the screen has none
  Rect content;                // the part of the window that shows it
  Rect foot;
  float content_height = 0;
  bool fits() const { return content_height <= content.height + 0.5F; }
  const Box* box(std::string_view id) const;  // null: none
};

// `least_foot`: the foot is at least so high.
Layout lay_out(const screen::Screen& screen, float width, float height, const Dress& dress, TextCache& texts,
               float least_foot = 0);

}  // namespace perspective::platform
