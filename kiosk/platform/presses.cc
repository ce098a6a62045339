#include "platform/presses.h"

#include <algorithm>

namespace perspective::platform {

using Heard = access::PressFilter::Heard;

void Presses::down(const HeardKey& heard, access::Instant now, const visit::Input& input) {
  access::PressFilter::Times times = access::times_of(input);
  const visit::Control& control = heard.press.control;
  const bool is_switch = input.select == control || input.move == control;
  if (is_switch) times.ignored = std::max(times.ignored, access::kContactBounce);
  // Shift is held with others: it waits for nothing.
  if (heard.press.is_never_a_switch) times = {};
  last_ = filter_.down(control, now, times);
  waiting_.reset();
  its_character_.reset();
  if (last_ == Heard::accepted) return to_.key(heard);
  if (last_ == Heard::ignored) return;
  waiting_ = heard;
  to_.wait(times.held);
}

// What has not been accepted yet, or never will be, is not repeated either.
void Presses::repeat(HeardKey heard) {
  if (last_ != Heard::accepted) return;
  heard.press.is_repeat = true;
  to_.key(heard);
}

void Presses::up(const visit::Control& control, access::Instant now) {
  filter_.up(control, now);
  if (waiting_ && waiting_->press.control == control) waiting_.reset();
}

void Presses::character(std::uint32_t character) {
  if (last_ == Heard::accepted) return to_.character(character);
  if (waiting_) its_character_ = character;
}

void Presses::due(access::Instant now) {
  if (!filter_.due(now) || !waiting_) return;
  const HeardKey heard = *waiting_;
  waiting_.reset();
  last_ = Heard::accepted;
  to_.key(heard);
  if (its_character_) to_.character(*its_character_);
  its_character_.reset();
}

}  // namespace perspective::platform
