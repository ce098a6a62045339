// Who hears what is said: answers are spoken into headphones, or to a whole room if the person chose so on purpose
// (EN 301 549, 5.1.3.8-9).
//
// Threads: plain values.
#pragma once

#include "visit/settings.h"

namespace perspective::access {

// Where sound comes out of this kiosk.
enum class Outlet { none, loudspeaker, headphones };

// Whether a person who wants to be read to may be: nobody else hears it, or they said that others may.
constexpr bool may_speak(Outlet outlet, const visit::Sound& sound) {
  return outlet == Outlet::headphones || (outlet == Outlet::loudspeaker && sound.is_aloud);
}

}  // namespace perspective::access
