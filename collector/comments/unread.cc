#include "comments/unread.h"

#include <algorithm>

#include "base/clock.h"

namespace perspective::comments {

std::int64_t sum(const std::vector<Arrived>& arrived) {
  std::int64_t all = 0;
  for (const auto& each : arrived) all += each.day.empty() ? 0 : each.responses;
  return all;
}

std::optional<Unread> unread_of(std::vector<Arrived> arrived, std::int64_t read, std::int64_t stored) {
  std::ranges::sort(arrived, {}, &Arrived::day);
  const auto all = sum(arrived);
  if (stored <= 0 || all <= read) return std::nullopt;
  std::int64_t until_this_day = 0;
  for (const auto& each : arrived) {
    if (each.day.empty()) continue;
    until_this_day += each.responses;
    if (until_this_day > read) return Unread{each.day, std::min(all - read, stored)};
  }
  return std::nullopt;
}

Result<Term> term_of(const WorkingDays& calendar, const std::string& since, int working_days,
                     const std::string& today) {
  const auto began = parse_day(since);
  const auto now = parse_day(today);
  if (!began || !now) return fail(ErrorCode::corrupt, "a day from which a term runs cannot be read");
  const auto due = calendar.after(*began, working_days);
  return Term{.due = day_text(due), .is_alarm = *now >= due, .is_overdue = *now > due};
}

}  // namespace perspective::comments
