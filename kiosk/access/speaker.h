// What is said aloud, and how. Two implementations: espeak-ng and a sound device (platform/speech), and one that
// remembers what it was given (tests/support).
//
// Promise:   say() and stop() cut what is being said, within 100 ms, and end a pause: never two voices at once
//            (EN 301 549, 5.1.3.5). A change of rate or volume loses no word (VVSG 2.0, 7.1-K).
// Threads:   one, that of the window.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "visit/settings.h"

namespace perspective::access {

inline constexpr std::size_t kNotShown = static_cast<std::size_t>(-1);

// One breath of the narrator: an item's words, in one language.
struct Said {
  std::string text = {};
  std::string language = {};
  std::string item = {};             // id on the screen, for the highlight; empty: none
  std::size_t shown_at = kNotShown;  // where in the text the item's label begins, which stands on the screen
  std::size_t shown_bytes = 0;
  std::size_t own_at =
      0;  // where the item's own words are, with which a recording may stand in: of "1. Yes" the "Yes",
  std::size_t own_bytes = 0;  // of an option with a twin the twin; 0: nowhere
  bool is_slow = false;       // the four words are to be written down
  bool operator==(const Said&) const = default;
};

// The word that is heard now and stands on the screen: bytes of its item's label.
struct SpokenWord {
  std::string item;
  std::size_t begin = 0;
  std::size_t end = 0;
  bool operator==(const SpokenWord&) const = default;
};

class Speaker {
 public:
  Speaker() = default;
  Speaker(const Speaker&) = delete;
  Speaker& operator=(const Speaker&) = delete;
  virtual ~Speaker() = default;

  virtual void say(std::vector<Said> said) = 0;  // in place of all that was to be said
  virtual void stop() = 0;
  virtual void pause(bool is_paused) = 0;                  // goes on where it was
  virtual void set_sound(const visit::Sound& sound) = 0;   // its rate and its volume
  virtual std::optional<SpokenWord> word_now() const = 0;  // nothing: silence
  virtual bool is_heard() const = 0;                       // false: there is no sound device; a visit goes on without
};

}  // namespace perspective::access
