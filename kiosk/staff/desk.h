// The supervisor's screens between two visits, and which of them is there. Again Screens.
//
// Promise:   whatever stops a visit is said on the start screen. Nothing of a PIN is kept here but how many of its
//            digits were typed; its screen shows no more than that.
//            Nothing here counts answers or visits.
// Threads:   plain values.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "readiness/report.h"
#include "readiness/stick.h"
#include "screen/screen.h"
#include "staff/staff.h"
#include "text/catalogue.h"
#include "visit/settings.h"

namespace perspective::staff {

// Short enough to be remembered, long enough that trying takes for ever (keeper/pin_lock.h).
constexpr std::size_t kLeastPinDigits = 6;
constexpr std::size_t kMostPinDigits = 12;

enum class Page { start, pin, before, send, sending, sent, ready, stick, copying, copied };

// What became of a PIN that was typed.
enum class PinNews { none, being_tried, wrong, locked };

// Where sound comes out, as the supervisor hears of it.
enum class Sound { none, loudspeaker, headphones };

struct Desk {
  Page page = Page::start;
  bool has_pin = false;
  std::size_t typed = 0;  // digits of the PIN
  PinNews news = PinNews::none;
  int locked_min = 0;                // locked: so many minutes, rounded up
  screen::StartVisit chosen = {};    // before: the visit
  int volume = visit::kUsualVolume;  // that it starts with

  std::optional<readiness::Reason> why_not_sent = {};  // sent: nothing, all that waited was

  readiness::Facts facts = {};  // ready

  readiness::StickNews stick = {};  // copied

  bool is_locked() const { return page == Page::pin; }
};

// What the screens show beside it.
struct Facts {
  std::vector<Offered> offered;
  Status status;
  Sound sound = Sound::none;
};

// Ids. pin: key.0 to key.9, key.erase, key.enter, typed, news. before: guardian, willing, sound, sound.test, volume,
// volume.less, volume.more, practise.text, back, practise, start. send: text, back, send. sending: back. sent: text,
// failed.<code>, close. stick: text, back, use. copying: back. copied: copy, few, more, brought_back, nothing,
// not_there, not_working, not_enrolled; again, close.
screen::Screen screen_of(const Desk& desk, const Facts& facts, const text::Catalogue& words);

}  // namespace perspective::staff
