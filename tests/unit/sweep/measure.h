// What can be wrong with a screen: each function adds what it finds. accessibility.md's rows stand beside the numbers.
//
// Units: pixels, but where a name says millimetres.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "platform/dress.h"
#include "platform/layout.h"
#include "raster.h"

namespace perspective::sweep {

struct Range {
  double least;
  double most;
};
Range text_contrast(visit::Colours colours);     // VVSG 2.0, 7.1-C and D
inline constexpr double kOtherContrast = 3;      // WCAG 2.2, 1.4.11 and 2.4.13
inline constexpr double kDisabledContrast = 3;   // WCAG asks for none; people still have to find it
inline constexpr float kLeastTarget_mm = 12.7F;  // VVSG 2.0, 7.2-I
inline constexpr float kLeastGap_mm = 2.54F;

struct Finding {
  std::string kind;
  std::string item;
  std::string detail;
};
using Findings = std::vector<Finding>;

// A frame as it lies on the window.
struct Frame {
  const screen::Screen& screen;
  const platform::Layout& layout;
  float width;
  float height;
  float pixels_per_mm;
  float scroll;
  // From the content's own y to the window's: as the painter has it, to the last bit, for it rounds down to pixels.
  float dy() const { return layout.content.y - scroll; }
  platform::Rect on_window(const platform::Box& box, platform::Rect rect) const;
  platform::Rect seen_through(const platform::Box& box) const;
  platform::Rect text_seen_through(const platform::Box& box) const;
};

// Said in its own language: `english` is what the same item says there, or null.
void check_words(const screen::Screen& screen, const screen::Screen* english, Findings& findings);
void check_places(const Frame& frame, Findings& findings);
void check_targets(const Frame& frame, Findings& findings);
// On the pixels. The worst contrast of a text is kept in `worst`.
void check_ink(const Frame& frame, const Picture& picture, const Masks& masks, visit::Colours colours, double& worst,
               Findings& findings);
void check_edges(const Frame& frame, const Picture& picture, const platform::Dress& dress, Findings& findings);
// The same frame with and without the ring around `focused`.
void check_ring(const Frame& frame, const std::string& focused, const Picture& without, const Picture& with,
                Findings& findings);

}  // namespace perspective::sweep
