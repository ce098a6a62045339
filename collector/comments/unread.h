// What nobody has read, told by counts alone, so that it is known while an inspection is locked.
//
// Promise:   `since` is a day on which, or after which, the oldest response came that nobody has looked at: never a
//            later one. Counts are all that is asked for; which response it is nobody can say.
// Threads:   pure.
// Units:     days as "2026-11-26"; the count in responses.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "comments/working_days.h"

namespace perspective::comments {

constexpr int kReadWithin = 2;    // working days after the day on which a response came
constexpr int kDecideWithin = 1;  // working days after the day on which a concern was raised

struct Arrived {
  std::string day;  // empty: it was withdrawn before it could be read
  std::int64_t responses = 0;
};
std::int64_t sum(const std::vector<Arrived>& arrived);  // of those with a day

struct Unread {
  std::string since;
  std::int64_t responses = 0;
  bool operator==(const Unread&) const = default;
};
// `read`: how many of all that ever came there were when all of them had been read. `stored`: how many are here now.
std::optional<Unread> unread_of(std::vector<Arrived> arrived, std::int64_t read, std::int64_t stored);

// What should be done by the end of `due`. It is an alarm from the beginning of that day.
struct Term {
  std::string due;
  bool is_alarm = false;
  bool is_overdue = false;  // the day has passed
  bool operator==(const Term&) const = default;
};
// Errors: corrupt where one is no day.
Result<Term> term_of(const WorkingDays& calendar, const std::string& since, int working_days, const std::string& today);

}  // namespace perspective::comments
