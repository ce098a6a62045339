// Does the kiosk's clock tell the right time, as far as it can know?
//
// Promise:   sealing and keeping need no clock, so a wrong one stops no visit; TLS does, so what waits is not sent.
// Threads:   plain functions.
// Units:     seconds since 1970-01-01 UTC.
#pragma once

#include <cstdint>
#include <optional>

#include "readiness/reason.h"

namespace perspective::readiness {

// More than an answer takes, less than a clock is off that was set to summer time, or than the hour by which
// certificates begin early.
constexpr std::int64_t kClockTolerance_s = 15 * 60;

struct ClockFacts {
  std::int64_t now_s = 0;                       // as this machine has it
  std::int64_t not_before_s = 0;                // the newest thing here that has a date: it cannot be made yet
  std::int64_t not_after_s = 0;                 // the end of the kiosk's certificate
  std::optional<std::int64_t> collector_now_s;  // what the collector's clock says now, where it was heard
};

// clock_wrong, certificate_ended (the clock or the certificate, nobody here can tell), or nothing.
std::optional<Reason> judge_clock(const ClockFacts& facts);

}  // namespace perspective::readiness
