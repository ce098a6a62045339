// Which days somebody works on, so that "within two working days" is a day: weekends and bank holidays are none.
//
// Promise:   of days that its list does not cover only weekends are free, so that what is due is due too early and
//            never too late.
// Errors:    parse: invalid, naming what is wrong.
// Threads:   plain values.
// Units:     days as "2026-11-26".
#pragma once

#include <chrono>
#include <set>
#include <string>
#include <string_view>

#include "base/result.h"

namespace perspective::comments {

class WorkingDays {
 public:
  WorkingDays() = default;  // weekends alone
  // assets/comments/working-days.json, which says where its dates come from.
  static Result<WorkingDays> parse(std::string_view json);

  bool is_working_day(std::chrono::sys_days day) const;
  // So many working days after this day, itself not counted: from a Friday two lead to a Tuesday.
  std::chrono::sys_days after(std::chrono::sys_days day, int working_days) const;
  // A sentence once the list ends soon, or has ended; empty: it does not.
  std::string warning(std::chrono::sys_days today) const;

 private:
  std::set<std::chrono::sys_days> holidays_;
  std::chrono::sys_days until_{};  // the last day that the list covers
};

}  // namespace perspective::comments
