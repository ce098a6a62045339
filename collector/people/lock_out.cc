#include "people/lock_out.h"

#include <algorithm>

namespace perspective::people {

std::int64_t wait_s(const Failures& failures, int free, std::int64_t now_s) {
  const int beyond = failures.count - free;
  if (beyond < 0 || failures.count == 0) return 0;
  const auto wait = std::min(std::int64_t{1} << std::min(beyond, 20), kLongestWait_s);
  // A clock that was put back makes nobody wait longer than that.
  return std::clamp(failures.last_s + wait - now_s, std::int64_t{0}, wait);
}

}  // namespace perspective::people
