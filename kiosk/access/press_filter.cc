#include "access/press_filter.h"

namespace perspective::access {

PressFilter::Heard PressFilter::down(const visit::Control& control, Instant now, const Times& times) {
  const bool is_same = last_ == control;
  if (is_same && is_last_down_) return Heard::ignored;
  const bool is_bounce = is_same && now - let_go_ < times.ignored;
  last_ = control;
  is_last_down_ = true;
  waiting_.reset();  // two at once are a palm, or a slip: the later one may still be meant
  if (is_bounce) return Heard::ignored;
  if (times.held.count() == 0) return Heard::accepted;
  waiting_ = {control, now + times.held};
  return Heard::waiting;
}

void PressFilter::up(const visit::Control& control, Instant now) {
  if (waiting_ && waiting_->control == control) waiting_.reset();
  if (last_ != control) return;
  is_last_down_ = false;
  // That of an ignored press too: a tremor of a whole second is still one press.
  let_go_ = now;
}

std::optional<visit::Control> PressFilter::due(Instant now) {
  if (!waiting_ || now < waiting_->until) return std::nullopt;
  const visit::Control control = waiting_->control;
  waiting_.reset();
  return control;
}

PressFilter::Times times_of(const visit::Input& input) {
  return {.ignored = std::chrono::milliseconds(visit::kIgnored_ms[static_cast<std::size_t>(input.ignored)]),
          .held = std::chrono::milliseconds(visit::kHeld_ms[static_cast<std::size_t>(input.held)])};
}

}  // namespace perspective::access
