#include "comments/working_days.h"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "base/clock.h"

namespace perspective::comments {

namespace json = boost::json;
using std::chrono::days;
using std::chrono::sys_days;

namespace {

constexpr days kWarnBefore{90};

Result<sys_days> day_in(const json::value& value, std::string_view what) {
  const auto day = value.is_string() ? parse_day(std::string_view(value.get_string())) : std::nullopt;
  if (day) return *day;
  return fail(ErrorCode::invalid, fmt::format("{} is no day: write it as \"2026-12-28\"", what));
}

}  // namespace

Result<WorkingDays> WorkingDays::parse(std::string_view text) {
  boost::system::error_code error;
  const json::value value = json::parse(json::string_view(text.data(), text.size()), error);
  const json::object* const object = error ? nullptr : value.if_object();
  const json::value* const until = object == nullptr ? nullptr : object->if_contains("until");
  const json::value* const holidays = object == nullptr ? nullptr : object->if_contains("bank_holidays");
  if (until == nullptr || holidays == nullptr || !holidays->is_array()) {
    return fail(ErrorCode::invalid, "the list of bank holidays has no \"until\" or no \"bank_holidays\"");
  }
  WorkingDays list;
  const auto last = day_in(*until, "\"until\"");
  if (!last) return std::unexpected(last.error());
  list.until_ = *last;
  for (const auto& each : holidays->get_array()) {
    const auto day = day_in(each, fmt::format("bank holiday {}", list.holidays_.size() + 1));
    if (!day) return std::unexpected(day.error());
    list.holidays_.insert(*day);
  }
  return list;
}

bool WorkingDays::is_working_day(sys_days day) const {
  const std::chrono::weekday weekday(day);
  return weekday != std::chrono::Saturday && weekday != std::chrono::Sunday && !holidays_.contains(day);
}

sys_days WorkingDays::after(sys_days day, int working_days) const {
  while (working_days > 0) {
    day += days(1);
    if (is_working_day(day)) --working_days;
  }
  return day;
}

std::string WorkingDays::warning(sys_days today) const {
  if (today + kWarnBefore <= until_) return {};
  const std::string says = until_ == sys_days{} ? "There is no list of bank holidays"
                           : today > until_     ? fmt::format("The list of bank holidays ended on {}", day_text(until_))
                                                : fmt::format("The list of bank holidays ends on {}", day_text(until_));
  return says +
         ": put the days that GOV.UK has published since into comments/working-days.json of the collector's "
         "assets. Days that are not in it count as working days, so that alarms come too early.";
}

}  // namespace perspective::comments
