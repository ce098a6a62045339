// How one respondent presses: by the usual means, or by one or two switches too; and what is taken for a press.
//
// Promise: whatever is set here, touch, mouse and keyboard go on working: no way takes another away.
// Units:   milliseconds.
#pragma once

#include <array>
#include <optional>

namespace perspective::visit {

// A key by its place on the keyboard, which is known even where it has no name; a button of a mouse by its number.
// Interfaces for switches are one or the other to a computer.
struct Control {
  enum class Kind { key, button };
  Kind kind = Kind::key;
  int number = 0;
  bool operator==(const Control&) const = default;
};

// How long a scan stays at each stop: 0.5 to 10 s.
inline constexpr std::array<int, 9> kPaces_ms{500, 700, 1000, 1400, 2000, 3000, 4500, 7000, 10000};
inline constexpr int kUsualPace = 4;
// The same key again, sooner than this after it was let go, is a hand that trembles: at least 0.5 s (EN 301 549, 5.8).
inline constexpr std::array<int, 5> kIgnored_ms{0, 200, 500, 1000, 2000};
// A press, of a key or on the glass, counts once it was held so long: a hand that trembles, or brushes others on its
// way (VVSG 2.0, 7.2-M).
inline constexpr std::array<int, 4> kHeld_ms{0, 200, 500, 1000};

struct Input {
  std::optional<Control> select = {};  // nothing: no switch
  std::optional<Control> move = {};    // nothing beside `select`: one switch, and a scan that moves by itself
  int pace = kUsualPace;               // index of kPaces_ms
  int ignored = 0;                     // index of kIgnored_ms
  int held = 0;                        // index of kHeld_ms
  bool operator==(const Input&) const = default;

  bool has_switch() const { return select.has_value(); }
  bool scans_by_itself() const { return select && !move; }
};

}  // namespace perspective::visit
