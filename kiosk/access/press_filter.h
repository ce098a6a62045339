// Which presses of a key or button are meant: not the bounce of a contact or of a hand that trembles, not one that was
// brushed in passing, and a held one only once.
//
// Promise: pure; time is passed in and only ever compared. Every press is accepted at most once.
//          Only a key that is the same as the one before can bounce: fast typing loses nothing (EN 301 549, 5.8).
// Threads: a plain value.
#pragma once

#include <chrono>
#include <optional>

#include "visit/input.h"

namespace perspective::access {

// Since whenever; it never goes back.
using Instant = std::chrono::milliseconds;

// A contact settles within a few milliseconds, a finger's tremor is longer: what acts is never taken twice within this.
inline constexpr std::chrono::milliseconds kContactBounce{50};

class PressFilter {
 public:
  struct Times {
    std::chrono::milliseconds ignored{0};  // after the same key was let go
    std::chrono::milliseconds held{0};     // until it counts
  };
  enum class Heard {
    accepted,
    ignored,
    waiting,  // ask due() once it could have been held long enough
  };

  Heard down(const visit::Control& control, Instant now, const Times& times);
  void up(const visit::Control& control, Instant now);
  // That is still held, was not accepted yet, and has been held long enough.
  std::optional<visit::Control> due(Instant now);

 private:
  struct Waiting {
    visit::Control control;
    Instant until{0};
  };
  std::optional<visit::Control> last_;  // of the presses, ignored ones too
  bool is_last_down_ = false;
  Instant let_go_{0};
  std::optional<Waiting> waiting_;
};

PressFilter::Times times_of(const visit::Input& input);

}  // namespace perspective::access
