// What a physical press means to this respondent: their switch, something else that is known, or a switch that we have
// not met yet.
//
// Promise: pure. A switch that was learnt means the switch everywhere, in an entry too. A press that is known for
//          something else keeps its meaning; only what would otherwise do nothing offers scanning (EN 301 549, 5.2).
// Threads: plain values.
#pragma once

#include "visit/input.h"

namespace perspective::access {

// A press and what else it could be; the window knows the latter.
struct Press {
  visit::Control control;
  bool has_meaning = false;        // a verb, or something to write where that can be written now
  bool is_never_a_switch = false;  // Shift and the like, held with others; Escape, the way out
  bool is_select = false;          // it would press what has the focus
  bool is_repeat = false;          // it is being held
  bool operator==(const Press&) const = default;
};

enum class Meaning {
  usual,   // whatever it would have meant
  select,  // of the scan
  move,    // of the scan
  learn,   // someone is asked to press their switch
  offer,   // nobody knows it: may be a switch
};

// What came of it.
enum class Taken {
  no,  // it means whatever it would have meant
  yes,
  scrolls,  // the window is to show more
};

// `is_listening`: the screen asks for a switch.
Meaning meaning_of(const Press& press, const visit::Input& input, bool is_listening);

}  // namespace perspective::access
