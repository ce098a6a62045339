#include "platform/dress.h"

#include <algorithm>
#include <cmath>

namespace perspective::platform {

Dress dress_of(const visit::Settings& settings, float pixels_per_mm, TextCache& texts) {
  const access::Capitals capitals = access::capitals_of(settings.size);
  Dress dress;
  dress.mm = pixels_per_mm;
  dress.small_em = texts.em_of_capital(capitals.small_mm * pixels_per_mm);
  dress.body_em = texts.em_of_capital(capitals.body_mm * pixels_per_mm);
  dress.heading_em = texts.em_of_capital(capitals.heading_mm * pixels_per_mm);
  dress.capital = capitals.body_mm * pixels_per_mm;
  dress.target = std::ceil(access::kTargetMm * pixels_per_mm);
  dress.gap = std::ceil(access::kGapMm * pixels_per_mm);
  dress.pad = std::ceil(2.2F * pixels_per_mm);
  dress.margin = std::ceil(5.0F * pixels_per_mm);
  dress.line = std::max(2.0F, std::round(0.45F * pixels_per_mm));
  dress.palette = access::palette_of(settings.colours);
  return dress;
}

}  // namespace perspective::platform
