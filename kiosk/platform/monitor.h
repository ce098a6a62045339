// How large the monitor is: what it says of itself, where that can be, and what an installer measured with a bank card.
//
// Promise: what a monitor says is believed only where its pixels come out nearly square and neither tiny nor huge; some
//          say 16 x 9 mm and mean a shape, virtual ones often nothing. 96 pixels an inch then stand in.
// Units:   pixels, millimetres.
#pragma once

#include <optional>

namespace perspective::platform {

struct Size {
  int width = 0;
  int height = 0;
  bool operator==(const Size&) const = default;
};

// A card as banks give out: ISO/IEC 7810, ID-1.
constexpr float kCardWidthMm = 85.60F;
constexpr float kCardHeightMm = 53.98F;

bool is_plausible(Size px, Size mm);
float pixels_per_mm(Size px, Size reported_mm, const std::optional<Size>& measured_mm);
// Of the whole monitor, on which a card is so many pixels wide.
Size monitor_mm(Size px, float card_px);

}  // namespace perspective::platform
