// The time of day of this program, put wrong for one side at a time: time() is ours here, and who asks it is OpenSSL,
// when it looks at certificates, and SystemClock. The kiosk is whatever runs on the test's own thread, the collector
// all else.
//
// Threads: the test's own.
#pragma once

#include <cstdint>

namespace perspective::network {

enum class Side { kiosk, collector };

// For as long as it lives.
class WrongClock {
 public:
  WrongClock(Side side, std::int64_t ahead_s);
  WrongClock(const WrongClock&) = delete;
  WrongClock& operator=(const WrongClock&) = delete;
  ~WrongClock();
};

}  // namespace perspective::network
