#include "access/theme.h"

#include <algorithm>
#include <cmath>

namespace perspective::access {
namespace {

constexpr Rgb rgb(std::uint32_t hex) {
  return {static_cast<std::uint8_t>(hex >> 16U), static_cast<std::uint8_t>(hex >> 8U), static_cast<std::uint8_t>(hex)};
}

// Twice the tangent of 0.35 degrees.
constexpr float kHeightToDistance = 0.0122175F;

constexpr Rgb kBlack = rgb(0x000000);
constexpr Rgb kWhite = rgb(0xFFFFFF);

// Warm white, ink, and the green of "go on": text at least 10:1 everywhere.
constexpr Palette kStandard = {.background = rgb(0xFBF7F0),
                               .text = rgb(0x1B2330),
                               .quiet_text = rgb(0x29323F),
                               .bar = rgb(0xF1E9DC),
                               .card = kWhite,
                               .border = rgb(0x77705F),
                               .selected = rgb(0xE0F1EA),
                               .accent = rgb(0x0B5D4A),
                               .on_accent = kWhite,
                               .primary = rgb(0x07473A),
                               .on_primary = kWhite,
                               .warning = rgb(0x7A1420),
                               .on_warning = kWhite,
                               .note = rgb(0xFFF1D2),
                               .note_edge = rgb(0xB4540A),
                               .off_text = rgb(0x6A6457),
                               .focus = rgb(0xFFDD00),
                               .focus_edge = rgb(0x0B0C0C)};

constexpr Palette two_colours(Rgb paper, Rgb ink, Rgb off) {
  return {.background = paper,
          .text = ink,
          .quiet_text = ink,
          .bar = paper,
          .card = paper,
          .border = ink,
          .selected = paper,
          .accent = ink,
          .on_accent = paper,
          .primary = ink,
          .on_primary = paper,
          .warning = ink,
          .on_warning = paper,
          .note = paper,
          .note_edge = ink,
          .off_text = off,
          .focus = rgb(0xFFDD00),
          .focus_edge = kBlack};
}

// For people whom glare hurts: text between 4.5:1 and 6:1, nothing brighter than paper in the shade.
constexpr Palette kSoft = {.background = rgb(0xDAD5C8),
                           .text = rgb(0x55534D),
                           .quiet_text = rgb(0x55534D),
                           .bar = rgb(0xD2CDBF),
                           .card = rgb(0xE0DCD1),
                           .border = rgb(0x6B685F),
                           .selected = rgb(0xD5DDD3),
                           .accent = rgb(0x4E5B54),
                           .on_accent = rgb(0xDAD5C8),
                           .primary = rgb(0x4E5B54),
                           .on_primary = rgb(0xDAD5C8),
                           .warning = rgb(0x6B4A45),
                           .on_warning = rgb(0xDAD5C8),
                           .note = rgb(0xE0D6BF),
                           .note_edge = rgb(0x7A5A34),
                           .off_text = rgb(0x6B685F),
                           .focus = rgb(0x3F4A57),
                           .focus_edge = rgb(0xDAD5C8)};

double linear(std::uint8_t channel) {
  const double value = channel / 255.0;
  return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

double luminance(Rgb colour) {
  return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) + 0.0722 * linear(colour.blue);
}

// 0.7 degrees, a little rounded up.
Capitals distant(float viewing_mm) {
  const float least = std::ceil(viewing_mm * kHeightToDistance * 10) / 10;
  return {.small_mm = least, .body_mm = least * 1.03F, .heading_mm = least * 1.15F};
}

}  // namespace

Capitals capitals_of(visit::TextSize size, float viewing_mm) {
  switch (size) {
    case visit::TextSize::smallest:
      return {.small_mm = 3.5F, .body_mm = 3.9F, .heading_mm = 5.2F};
    case visit::TextSize::standard:
      return {.small_mm = 4.8F, .body_mm = 5.2F, .heading_mm = 6.6F};
    case visit::TextSize::large:
      return {.small_mm = 6.4F, .body_mm = 6.7F, .heading_mm = 7.8F};
    case visit::TextSize::distant:
      return distant(viewing_mm);
    case visit::TextSize::largest:
      return {.small_mm = 8.5F, .body_mm = 8.7F, .heading_mm = 9.4F};
  }
  return {};
}

Palette palette_of(visit::Colours colours) {
  switch (colours) {
    case visit::Colours::standard:
      return kStandard;
    case visit::Colours::black_on_white:
      return two_colours(kWhite, kBlack, rgb(0x595959));
    case visit::Colours::white_on_black:
      return two_colours(kBlack, kWhite, rgb(0xA6A6A6));
    case visit::Colours::low_contrast:
      return kSoft;
  }
  return kStandard;
}

double contrast(Rgb one, Rgb other) {
  const double lighter = std::max(luminance(one), luminance(other));
  const double darker = std::min(luminance(one), luminance(other));
  return (lighter + 0.05) / (darker + 0.05);
}

}  // namespace perspective::access
