#include "upload/standing.h"

#include <algorithm>

#include "protocol/enrolment.h"
#include "readiness/clock.h"

namespace perspective::upload {

using readiness::Reason;

Standing::Standing(const Result<Enrolment>& enrolment, const Clock& clock, bool is_pin_set)
    : clock_(clock), is_pin_set_(is_pin_set) {
  const auto certificate =
      enrolment ? protocol::validity_of(enrolment->certificate_pem) : std::unexpected(enrolment.error());
  if (certificate) {
    certificate_ = *certificate;
  } else {
    lasting_.insert(Reason::enrolment_damaged);
  }
}

void Standing::take_over(const PackageShelf::Loaded& shelf) {
  readiness::Reasons reasons;
  for (const Error& problem : shelf.problems) {
    reasons.insert(problem.code == ErrorCode::refused ? Reason::package_not_genuine : Reason::package_damaged);
  }
  std::int64_t begin_s = 0;
  std::set<std::string> at_once;
  for (const protocol::Package& package : shelf.packages) {
    const auto made = protocol::validity_of(package.inspection_certificate);
    if (made) begin_s = std::max(begin_s, made->not_before_s);
    const bool is_trial = package.smallest_batch <= 1;
    if (is_trial) at_once.insert(package.inspection);
    if (!is_trial && package.is_fieldwork_open && !is_pin_set_) reasons.insert(Reason::pin_missing);
  }
  const std::lock_guard lock(mutex_);
  of_packages_ = std::move(reasons);
  packages_begin_s_ = begin_s;
  at_once_ = std::move(at_once);
}

bool Standing::hides_visits(const std::string& inspection) const {
  const std::lock_guard lock(mutex_);
  return !at_once_.contains(inspection);
}

void Standing::renew(const Enrolment& renewed) {
  const auto certificate = protocol::validity_of(renewed.certificate_pem);
  const std::lock_guard lock(mutex_);
  if (certificate) certificate_ = *certificate;
}

readiness::Reasons Standing::reasons() const {
  const std::lock_guard lock(mutex_);
  auto reasons = lasting_;
  reasons.insert(of_packages_.begin(), of_packages_.end());
  const auto clock = readiness::judge_clock({.now_s = clock_.now_s(),
                                             .not_before_s = std::max(certificate_.not_before_s, packages_begin_s_),
                                             .not_after_s = certificate_.not_after_s,
                                             .collector_now_s = collector_time_.now_s()});
  if (clock) reasons.insert(*clock);
  return readiness::without_echoes(std::move(reasons));
}

}  // namespace perspective::upload
