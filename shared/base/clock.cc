#include "base/clock.h"

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

}  // namespace perspective
