#include "resources/enrolment_turns.h"

#include <algorithm>
#include <utility>

namespace perspective::resources {
namespace {

constexpr std::int64_t kForgottenAfter_ms = 600'000;

}  // namespace

EnrolmentTurns::Answer EnrolmentTurns::offer(const std::string& address, std::int64_t now_ms,
                                             std::function<Look()> look) {
  {
    const std::lock_guard lock(mutex_);
    forget_some(now_ms);
    auto& standing = standings_[address];
    if (!standing.waits && now_ms >= standing.forgotten_ms) standing = {};
    if (standing.waits) return {Offer::waits_already, 1};
    if (now_ms < standing.not_before_ms) {
      return {Offer::too_soon, static_cast<int>((standing.not_before_ms - now_ms + 999) / 1000)};
    }
    standing.waits = true;
  }
  const bool is_taken = lane_.offer([this, address, now_ms, look = std::move(look)] {
    if (is_closing_) return;
    const Look seen = look();
    note(address, seen.saw, now_ms);
    seen.tell();
  });
  if (is_taken) return {};
  note(address, Saw::neither, now_ms);
  return {Offer::full, 5};
}

std::size_t EnrolmentTurns::remembered() {
  const std::lock_guard lock(mutex_);
  return standings_.size();
}

void EnrolmentTurns::close() {
  is_closing_ = true;
  lane_.close();
}

void EnrolmentTurns::note(const std::string& address, Saw saw, std::int64_t now_ms) {
  const std::lock_guard lock(mutex_);
  auto& standing = standings_[address];
  standing.waits = false;
  standing.forgotten_ms = now_ms + kForgottenAfter_ms;
  if (saw == Saw::good) standing = {};
  if (saw != Saw::wrong) return;
  standing.wrong += 1;
  if (standing.wrong < kFreeLooks) return;
  const int wait_s = std::min(kLongestWait_s, 1 << std::min(standing.wrong - kFreeLooks, 6));
  standing.not_before_ms = now_ms + std::int64_t{wait_s} * 1000;
}

// Whoever has nothing to wait for is nobody in particular. Of more strangers than that the rest are let go, too: they
// begin anew, and still have one place each.
void EnrolmentTurns::forget_some(std::int64_t now_ms) {
  if (standings_.size() < kMostRemembered) return;
  std::erase_if(standings_,
                [&](const auto& entry) { return !entry.second.waits && now_ms >= entry.second.forgotten_ms; });
  if (standings_.size() < kMostRemembered) return;
  std::erase_if(standings_, [](const auto& entry) { return !entry.second.waits; });
}

}  // namespace perspective::resources
