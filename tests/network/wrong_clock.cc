#include "network/wrong_clock.h"

#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <ctime>

namespace {

thread_local bool is_kiosk = false;
std::atomic<std::int64_t> kiosk_ahead_s = 0;
std::atomic<std::int64_t> collector_ahead_s = 0;

}  // namespace

extern "C" time_t time(time_t* place) noexcept {
  timespec now{};
  ::syscall(SYS_clock_gettime, CLOCK_REALTIME, &now);
  now.tv_sec += is_kiosk ? kiosk_ahead_s.load() : collector_ahead_s.load();
  if (place != nullptr) *place = now.tv_sec;
  return now.tv_sec;
}

namespace perspective::network {

WrongClock::WrongClock(Side side, std::int64_t ahead_s) {
  is_kiosk = true;
  (side == Side::kiosk ? kiosk_ahead_s : collector_ahead_s) = ahead_s;
}

WrongClock::~WrongClock() {
  kiosk_ahead_s = 0;
  collector_ahead_s = 0;
}

}  // namespace perspective::network
