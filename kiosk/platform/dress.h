// A theme made into pixels, once for a size, a set of colours and a monitor.
//
// Units: pixels.
#pragma once

#include "access/theme.h"
#include "platform/shaped_text.h"

namespace perspective::platform {

struct Dress {
  visit::Typeface typeface = visit::Typeface::andika;
  bool is_spaced = false;
  float mm = 0;  // one millimetre
  float small_em = 0;
  float body_em = 0;
  float heading_em = 0;
  float capital = 0;  // of body text
  float picture = 0;  // of an option: its height and width
  float target = 0;   // least height and width of what can be pressed
  float gap = 0;      // between targets
  float pad = 0;      // between an edge and its text
  float margin = 0;   // between the window's edge and everything
  float line = 0;     // of a border
  access::Palette palette = {};

  // A text in that language, on a screen in another or the same.
  TextStyle style(float em, bool is_bold, int width, const std::string& language, const std::string& of_screen) const;
};

Dress dress_of(const visit::Settings& settings, float pixels_per_mm, float viewing_mm, TextCache& texts);

}  // namespace perspective::platform
