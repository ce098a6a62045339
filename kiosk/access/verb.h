// Verbs, not keys: whatever a person presses becomes one of these before anything else sees it.
#pragma once

#include <optional>

namespace perspective::access {

enum class VerbKind {
  next,       // focus to the next item
  previous,   // focus to the one before
  less,       // of what the focused item sets by steps; where it sets nothing, as previous
  more,       // as next
  select,     // do what the focused item does
  option,     // press the option with that number, from 1
  page_next,  // what the primary button of the foot does
  page_back,  // what the back or close button does
  scroll_on,
  scroll_back,
  say_again,
  pause,  // the speech, or go on
  hide,   // the screen
};
struct Verb {
  VerbKind kind = VerbKind::next;
  int number = 0;  // of the option; on a pad of numbers 10 is the key 0
  bool operator==(const Verb&) const = default;
};

// The keys that mean something, without a toolkit's numbers.
enum class Key {
  tab,
  enter,
  space,
  backspace,
  erase,
  escape,
  up,
  down,
  left,
  right,
  page_up,
  page_down,
  home,
  end,
  digit,
  again,
  pause,
  hide
};
struct KeyPress {
  Key key = Key::tab;
  bool shift = false;
  bool control = false;
  int digit = 0;           // 0 to 9
  bool is_repeat = false;  // the key is being held
};

// What a key means. In an entry most keys belong to the text: nullopt hands them to it.
// A held key only moves the focus and scrolls, it never does anything twice. Five keys are enough: up and down move the
// focus, left and right are less and more, Enter selects.
std::optional<Verb> verb_of(const KeyPress& press, bool is_in_entry);

}  // namespace perspective::access
