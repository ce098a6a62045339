#include "platform/monitor.h"

#include <algorithm>
#include <cmath>

namespace perspective::platform {
namespace {

constexpr float kUsual = 96.0F / 25.4F;
// From a large television to a telephone: 38 to 510 pixels an inch.
constexpr float kFewest = 1.5F;
constexpr float kMost = 20;
constexpr float kMostStretched = 1.1F;

float across(Size px, Size mm) { return static_cast<float>(px.width) / static_cast<float>(mm.width); }
float down(Size px, Size mm) { return static_cast<float>(px.height) / static_cast<float>(mm.height); }

}  // namespace

bool is_plausible(Size px, Size mm) {
  if (px.width <= 0 || px.height <= 0 || mm.width <= 0 || mm.height <= 0) return false;
  // Shapes that stand where a size should, in whole centimetres.
  for (const Size shape : {Size{160, 90}, Size{160, 100}}) {
    if (mm == shape) return false;
  }
  const float wider = std::max(across(px, mm), down(px, mm));
  const float closer = std::min(across(px, mm), down(px, mm));
  return closer >= kFewest && wider <= kMost && wider / closer <= kMostStretched;
}

float pixels_per_mm(Size px, Size reported_mm, const std::optional<Size>& measured_mm) {
  if (measured_mm && measured_mm->width > 0 && measured_mm->height > 0) {
    return (across(px, *measured_mm) + down(px, *measured_mm)) / 2;
  }
  return is_plausible(px, reported_mm) ? (across(px, reported_mm) + down(px, reported_mm)) / 2 : kUsual;
}

Size monitor_mm(Size px, float card_px) {
  const float per_mm = card_px / kCardWidthMm;
  const auto mm = [per_mm](int pixels) { return static_cast<int>(std::lround(static_cast<float>(pixels) / per_mm)); };
  return {mm(px.width), mm(px.height)};
}

}  // namespace perspective::platform
