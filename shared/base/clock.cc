#include "base/clock.h"

#include <array>
#include <ctime>

namespace perspective {

std::int64_t SystemClock::now_s() const { return static_cast<std::int64_t>(std::time(nullptr)); }

std::string day_of(std::int64_t time_s) {
  const auto time = static_cast<std::time_t>(time_s);
  std::tm parts{};
  gmtime_r(&time, &parts);
  char day[16];
  std::strftime(day, sizeof day, "%Y-%m-%d", &parts);
  return day;
}

std::string http_date(std::int64_t time_s) {
  static constexpr auto kDays = std::to_array<const char*>({"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"});
  static constexpr auto kMonths =
      std::to_array<const char*>({"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"});
  const auto time = static_cast<std::time_t>(time_s);
  std::tm parts{};
  gmtime_r(&time, &parts);
  char rest[32];
  std::strftime(rest, sizeof rest, " %Y %H:%M:%S GMT", &parts);
  char day[8];
  std::strftime(day, sizeof day, ", %d ", &parts);
  const auto at = [](const auto& names, int place) { return names.at(static_cast<std::size_t>(place)); };
  return std::string(at(kDays, parts.tm_wday)) + day + at(kMonths, parts.tm_mon) + rest;
}

}  // namespace perspective
