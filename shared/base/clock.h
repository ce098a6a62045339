// The time of day, handed in so that tests set it by hand.
//
// Threads: now() from any.
// Units:   seconds since 1970-01-01 UTC, without leap seconds.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace perspective {

class Clock {
 public:
  Clock() = default;
  Clock(const Clock&) = delete;
  Clock& operator=(const Clock&) = delete;
  virtual ~Clock() = default;
  virtual std::int64_t now_s() const = 0;
};

class SystemClock final : public Clock {
 public:
  std::int64_t now_s() const override;
};

class HandSetClock final : public Clock {
 public:
  explicit HandSetClock(std::int64_t now_s) : now_s_(now_s) {}
  std::int64_t now_s() const override { return now_s_; }
  void set(std::int64_t now_s) { now_s_ = now_s; }

 private:
  std::atomic<std::int64_t> now_s_;
};

// "2026-11-22", UTC. The collector keeps days, never times, beside anything that came from a kiosk.
std::string day_of(std::int64_t time_s);
// Only that form, and only a day that there is.
std::optional<std::chrono::sys_days> parse_day(std::string_view text);
std::string day_text(std::chrono::sys_days day);
// "2026-11-22T11:00:00Z", UTC.
std::string time_text(std::int64_t time_s);

// "Sun, 22 Nov 2026 11:00:00 GMT", as HTTP writes a time (RFC 9110), whatever the locale.
std::string http_date(std::int64_t time_s);
// Only that form; nothing for another.
std::optional<std::int64_t> time_of_http_date(std::string_view date);

}  // namespace perspective
