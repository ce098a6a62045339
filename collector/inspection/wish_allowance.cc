#include "inspection/wish_allowance.h"

#include <algorithm>

namespace perspective::inspection {
namespace {

constexpr std::int64_t kDay_s = 24 * 60 * 60;

}  // namespace

WishAllowance::Granted WishAllowance::take(const std::string& kiosk, std::int64_t wishes, std::int64_t now_s) {
  const std::lock_guard lock(mutex_);
  auto& used = used_.try_emplace(kiosk, Used{.since_s = now_s}).first->second;
  const auto days = std::max<std::int64_t>(0, now_s - used.since_s) / kDay_s;
  used.since_s = std::min(now_s, used.since_s + days * kDay_s);  // a clock that was set back begins again
  used.wishes -= std::min(used.wishes, days * kMoreADay);
  if (used.wishes + wishes <= kMost) {
    used.wishes += wishes;
    return Granted::yes;
  }
  if (used.is_told) return Granted::no;
  used.is_told = true;
  return Granted::no_for_the_first_time;
}

void WishAllowance::give_back(const std::string& kiosk, std::int64_t wishes) {
  const std::lock_guard lock(mutex_);
  const auto used = used_.find(kiosk);
  if (used != used_.end()) used->second.wishes -= std::min(used->second.wishes, wishes);
}

}  // namespace perspective::inspection
