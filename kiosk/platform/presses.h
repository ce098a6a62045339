// Keys and buttons on their way from the window: a bounce, a tremor and what was only brushed go no further, and a
// letter goes with its key.
//
// Promise:   what is held back until it was held long enough comes then, once, with its letter.
// Ownership: owns its functions.
// Threads:   one.
#pragma once

#include <functional>
#include <optional>

#include "access/input_map.h"
#include "access/press_filter.h"
#include "access/verb.h"

namespace perspective::platform {

struct HeardKey {
  access::Press press;
  std::optional<access::KeyPress> meaning;  // of a key, where it has one
  bool is_letter = false;                   // it may be one of those that write a letter
};

class Presses {
 public:
  struct To {
    std::function<void(const HeardKey&)> key;
    std::function<void(std::uint32_t)> character;
    std::function<void(std::chrono::milliseconds)> wait;  // call due() after so long
  };
  explicit Presses(To to) : to_(std::move(to)) {}

  void down(const HeardKey& heard, access::Instant now, const visit::Input& input);
  void repeat(HeardKey heard);
  void up(const visit::Control& control, access::Instant now);
  void character(std::uint32_t character);  // of the key that went down last
  void due(access::Instant now);

 private:
  To to_;
  access::PressFilter filter_;
  access::PressFilter::Heard last_ = access::PressFilter::Heard::accepted;
  std::optional<HeardKey> waiting_;
  std::optional<std::uint32_t> its_character_;
};

}  // namespace perspective::platform
