// How this kiosk stands with its collector, as reasons for the supervisor: enrolment, clock, packages, and the PIN that
// inspections in earnest need.
//
// Promise:   asks nobody and reads no file: what is told to it is all it knows, and the clock at each reasons().
// Ownership: refers to the clock.
// Threads:   any.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <set>
#include <string>

#include "base/clock.h"
#include "protocol/enrolment.h"
#include "readiness/reason.h"
#include "upload/collector_time.h"
#include "upload/enrolment.h"
#include "upload/packages.h"

namespace perspective::upload {

class Standing {
 public:
  // enrolment: what load_enrolment() gave.
  Standing(const Result<Enrolment>& enrolment, const Clock& clock, bool is_pin_set = true);

  void take_over(const PackageShelf::Loaded& shelf);  // what is on the shelf now
  void renew(const Enrolment& renewed);               // its certificate is another now
  CollectorTime& collector_time() { return collector_time_; }

  readiness::Reasons reasons() const;
  // Whether an answer of that inspection waits for others, so that it does not show which visit it came from. Where
  // none does, as in a demonstration, nothing is hidden.
  bool hides_visits(const std::string& inspection) const;

 private:
  const Clock& clock_;
  CollectorTime collector_time_;
  readiness::Reasons lasting_;
  bool is_pin_set_;
  mutable std::mutex mutex_;  // of what follows
  protocol::Validity certificate_;
  readiness::Reasons of_packages_;
  std::int64_t packages_begin_s_ = 0;
  std::set<std::string> at_once_;  // inspections of which each answer goes at once
};

}  // namespace perspective::upload
