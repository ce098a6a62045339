// What a Screen looks like, in millimetres and in colours that have roles. Pixels are made of it once, by the window.
//
// Promise: heights of capitals, targets and gaps are those of VVSG 2.0 and EN 301 549; a test holds the colours of each
//          theme to their contrast.
// Units:   millimetres on the real monitor.
#pragma once

#include <cstdint>

#include "visit/settings.h"

namespace perspective::access {

constexpr float kTargetMm = 12.7F;  // no target is lower or narrower
constexpr float kGapMm = 3.0F;      // between targets; the rule says 2.54

struct Capitals {  // heights of a capital letter
  float small_mm;  // bar, progress, hints: the lower end of the size's range
  float body_mm;
  float heading_mm;
};
// How far the eyes are from the screen, if the installer says nothing else: at a desk.
constexpr float kViewingMm = 600;
// Four sizes are those of VVSG 2.0, 7.1-G; `distant` is 0.7 degrees high as seen from there (EN 301 549, 5.1.4): 4.9 mm
// from 400 mm, 7.3 from 600, 9.8 from 800.
Capitals capitals_of(visit::TextSize size, float viewing_mm = kViewingMm);

struct Rgb {
  std::uint8_t red;
  std::uint8_t green;
  std::uint8_t blue;
  bool operator==(const Rgb&) const = default;
};

struct Palette {
  Rgb background;
  Rgb text;
  Rgb quiet_text;  // progress, hints
  Rgb bar;         // behind the controls on top
  Rgb card;        // behind an option, an entry, an answer
  Rgb border;      // of card and button, on background, bar and card
  Rgb selected;    // behind what is selected
  Rgb accent;      // border and mark of what is selected
  Rgb on_accent;   // the tick in the mark
  Rgb primary;     // the button to go on
  Rgb on_primary;
  Rgb warning;  // the button that deletes
  Rgb on_warning;
  Rgb note;       // behind a caution
  Rgb note_edge;  // its edge
  Rgb off_text;   // of a button that can not be pressed yet
  Rgb focus;      // ring: bright, between two dark lines or the other way round
  Rgb focus_edge;
};
Palette palette_of(visit::Colours colours);

// WCAG 2: from 1 (the same) to 21 (black and white).
double contrast(Rgb one, Rgb other);

}  // namespace perspective::access
