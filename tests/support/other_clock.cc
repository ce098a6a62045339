// A clock that is wrong: preloaded into a program (LD_PRELOAD), it adds PERSPECTIVE_TEST_CLOCK_S seconds to the time of
// day. What counts time that passes stays right.
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <cstdlib>

namespace {

time_t offset_s() {
  static const time_t offset = [] {
    const char* said = std::getenv("PERSPECTIVE_TEST_CLOCK_S");
    return said == nullptr ? time_t{0} : static_cast<time_t>(std::atoll(said));
  }();
  return offset;
}

}  // namespace

extern "C" int clock_gettime(clockid_t clock, timespec* now) noexcept {
  const long outcome = ::syscall(SYS_clock_gettime, clock, now);
  if (outcome == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) now->tv_sec += offset_s();
  return static_cast<int>(outcome);
}

extern "C" time_t time(time_t* place) noexcept {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  if (place != nullptr) *place = now.tv_sec;
  return now.tv_sec;
}
