#include "base/ration.h"

#include <algorithm>

namespace perspective {
namespace {

constexpr std::int64_t kDay_s = 24 * 60 * 60;

}  // namespace

Ration::Granted Ration::take(const std::string& who, std::int64_t count, std::int64_t now_s) {
  const std::lock_guard lock(mutex_);
  auto& used = used_.try_emplace(who, Used{.since_s = now_s}).first->second;
  const auto days = std::max<std::int64_t>(0, now_s - used.since_s) / kDay_s;
  used.since_s = std::min(now_s, used.since_s + days * kDay_s);  // a clock that was set back begins again
  used.count -= std::min(used.count, days * bounds_.more_a_day);
  if (days > 0) used.is_told = false;
  if (used.count + count <= bounds_.most) {
    used.count += count;
    return Granted::yes;
  }
  if (used.is_told) return Granted::no;
  used.is_told = true;
  return Granted::no_for_the_first_time;
}

void Ration::give_back(const std::string& who, std::int64_t count) {
  const std::lock_guard lock(mutex_);
  const auto used = used_.find(who);
  if (used != used_.end()) used->second.count -= std::min(used->second.count, count);
}

}  // namespace perspective
