#include "access/verb.h"

namespace perspective::access {
namespace {

std::optional<Verb> in_entry(const KeyPress& press) {
  switch (press.key) {
    case Key::tab:
      return Verb{press.shift ? VerbKind::previous : VerbKind::next};
    case Key::enter:
      if (press.control && !press.is_repeat) return Verb{VerbKind::page_next};
      return std::nullopt;
    case Key::page_down:
      return Verb{VerbKind::scroll_on};
    case Key::page_up:
      return Verb{VerbKind::scroll_back};
    default:
      return std::nullopt;
  }
}

// Safe to repeat: nothing is answered by it.
std::optional<Verb> moving(const KeyPress& press) {
  switch (press.key) {
    case Key::tab:
      return Verb{press.shift ? VerbKind::previous : VerbKind::next};
    case Key::down:
      return Verb{VerbKind::next};
    case Key::up:
      return Verb{VerbKind::previous};
    case Key::page_down:
      return Verb{VerbKind::scroll_on};
    case Key::page_up:
      return Verb{VerbKind::scroll_back};
    default:
      return std::nullopt;
  }
}

std::optional<Verb> doing(const KeyPress& press) {
  switch (press.key) {
    case Key::enter:
      return Verb{press.control ? VerbKind::page_next : VerbKind::select};
    case Key::space:
      return Verb{VerbKind::select};
    case Key::left:
      return Verb{VerbKind::less};
    case Key::right:
      return Verb{VerbKind::more};
    case Key::backspace:
    case Key::escape:
      return Verb{VerbKind::page_back};
    case Key::digit:
      if (press.digit >= 1) return Verb{VerbKind::option, press.digit};
      return std::nullopt;
    default:
      return std::nullopt;
  }
}

// The same wherever the focus is.
std::optional<Verb> anywhere(const KeyPress& press) {
  if (press.is_repeat) return std::nullopt;
  if (press.key == Key::again) return Verb{VerbKind::say_again};
  if (press.key == Key::pause) return Verb{VerbKind::pause};
  if (press.key == Key::hide) return Verb{VerbKind::hide};
  return std::nullopt;
}

}  // namespace

std::optional<Verb> verb_of(const KeyPress& press, bool is_in_entry) {
  if (const auto verb = anywhere(press)) return verb;
  if (is_in_entry) return in_entry(press);
  if (const auto verb = moving(press)) return verb;
  return press.is_repeat ? std::nullopt : doing(press);
}

}  // namespace perspective::access
