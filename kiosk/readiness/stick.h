// What became of a stick that a supervisor put in, as the screen says it.
//
// Promise:   no number, and nothing of whose answers are on it.
// Threads:   plain values.
#pragma once

#include <cstdint>

namespace perspective::readiness {

enum class StickFate : std::uint8_t {
  done,          // all that could be done with it was
  not_there,     // no stick is mounted where one is looked for
  not_working,   // no room, pulled out, not writable, or it gives back other bytes than it was given
  not_enrolled,  // this kiosk has no key to sign with
};

struct StickNews {
  StickFate fate = StickFate::done;
  bool has_copy = false;          // of what waits, written just now
  bool do_few_wait = false;       // some are not on it: alone there they would tell whose they are
  bool does_more_wait = false;    // than one file holds
  bool has_brought_back = false;  // receipts, and they were taken in
  bool operator==(const StickNews&) const = default;
};

}  // namespace perspective::readiness
