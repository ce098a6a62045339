#include "readiness/clock.h"

#include <cstdlib>

namespace perspective::readiness {

std::optional<Reason> judge_clock(const ClockFacts& facts) {
  if (facts.collector_now_s && std::abs(facts.now_s - *facts.collector_now_s) > kClockTolerance_s) {
    return Reason::clock_wrong;
  }
  if (facts.now_s < facts.not_before_s) return Reason::clock_wrong;
  if (facts.now_s > facts.not_after_s) return Reason::certificate_ended;
  return std::nullopt;
}

}  // namespace perspective::readiness
