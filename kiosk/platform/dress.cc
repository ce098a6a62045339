#include "platform/dress.h"

#include <algorithm>
#include <cmath>

#include "text/catalogue.h"

namespace perspective::platform {

// Smaller than that a line of a drawing is thinner than one of the letters beside it.
constexpr float kLeastPictureMm = 9;

TextStyle Dress::style(float em, bool is_bold, int width, const std::string& language,
                       const std::string& of_screen) const {
  return {.size_px = em,
          .is_bold = is_bold,
          .typeface = typeface,
          .is_spaced = is_spaced,
          .width = width,
          .language = language,
          .is_from_right = text::is_right_to_left(of_screen)};
}

Dress dress_of(const visit::Settings& settings, float pixels_per_mm, float viewing_mm, TextCache& texts) {
  const access::Capitals capitals = access::capitals_of(settings.size, viewing_mm);
  Dress dress;
  dress.typeface = settings.typeface;
  dress.is_spaced = settings.is_spaced;
  dress.mm = pixels_per_mm;
  const auto em = [&](float mm) { return texts.em_of_capital(mm * pixels_per_mm, settings.typeface); };
  dress.small_em = em(capitals.small_mm);
  dress.body_em = em(capitals.body_mm);
  dress.heading_em = em(capitals.heading_mm);
  dress.capital = capitals.body_mm * pixels_per_mm;
  dress.picture = std::max(2.2F * capitals.body_mm, kLeastPictureMm) * pixels_per_mm;
  dress.target = std::ceil(access::kTargetMm * pixels_per_mm);
  dress.gap = std::ceil(access::kGapMm * pixels_per_mm);
  dress.pad = std::ceil(2.2F * pixels_per_mm);
  dress.margin = std::ceil(5.0F * pixels_per_mm);
  dress.line = std::max(2.0F, std::round(0.45F * pixels_per_mm));
  dress.palette = access::palette_of(settings.colours);
  return dress;
}

}  // namespace perspective::platform
