#include "base/clock.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <ctime>

namespace perspective {
namespace {

constexpr auto kDays = std::to_array<const char*>({"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"});
constexpr auto kMonths =
    std::to_array<const char*>({"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"});

// -1: no number.
int number_in(std::string_view text, std::size_t at, std::size_t digits) {
  int number = -1;
  const char* const begin = text.data() + at;
  const auto parsed = std::from_chars(begin, begin + digits, number);
  return parsed.ec == std::errc() && parsed.ptr == begin + digits ? number : -1;
}

std::string in_utc(std::int64_t time_s, const char* form) {
  const auto time = static_cast<std::time_t>(time_s);
  std::tm parts{};
  gmtime_r(&time, &parts);
  char text[32];
  std::strftime(text, sizeof text, form, &parts);
  return text;
}

}  // namespace

std::int64_t SystemClock::now_s() const { return static_cast<std::int64_t>(std::time(nullptr)); }

std::string day_of(std::int64_t time_s) { return in_utc(time_s, "%Y-%m-%d"); }

std::optional<std::chrono::sys_days> parse_day(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const int year = number_in(text, 0, 4);
  const int month = number_in(text, 5, 2);
  const int day = number_in(text, 8, 2);
  if (year < 0 || month < 0 || day < 0) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date);
}

std::string day_text(std::chrono::sys_days day) {
  return day_of(std::chrono::duration_cast<std::chrono::seconds>(day.time_since_epoch()).count());
}

std::string time_text(std::int64_t time_s) { return in_utc(time_s, "%Y-%m-%dT%H:%M:%SZ"); }

std::string http_date(std::int64_t time_s) {
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

std::optional<std::int64_t> time_of_http_date(std::string_view date) {
  constexpr std::string_view kForm = "Sun, 06 Nov 1994 08:49:37 GMT";
  if (date.size() != kForm.size()) return std::nullopt;
  std::tm parts{};
  const auto month =
      std::ranges::find(kMonths, date.substr(8, 3), [](const char* name) { return std::string_view(name); });
  parts.tm_mday = number_in(date, 5, 2);
  parts.tm_mon = static_cast<int>(month - kMonths.begin());
  parts.tm_year = number_in(date, 12, 4) - 1900;
  parts.tm_hour = number_in(date, 17, 2);
  parts.tm_min = number_in(date, 20, 2);
  parts.tm_sec = number_in(date, 23, 2);
  if (month == kMonths.end()) return std::nullopt;
  const auto time_s = static_cast<std::int64_t>(timegm(&parts));
  if (http_date(time_s) != date) return std::nullopt;  // what was no date, or not in this form
  return time_s;
}

}  // namespace perspective
