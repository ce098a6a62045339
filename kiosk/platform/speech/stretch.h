// Speech faster or slower at the same pitch (libsonic), block by block, so that the rate can change at any moment.
//
// Promise:   every frame that is put in comes out, faster or slower, at most 40 ms of them late.
// Threads:   one at a time.
// Units:     frames, mono, 16 bit.
#pragma once

#include <sonic.h>

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace perspective::platform {

class Stretch {
 public:
  explicit Stretch(int rate_hz);

  void set_percent(int percent);                                        // of the rate of what is put in
  std::vector<std::int16_t> put(std::span<const std::int16_t> frames);  // gives what is ready by now
  std::vector<std::int16_t> finish();                                   // and the rest

 private:
  struct Free {
    void operator()(sonicStream stream) const { sonicDestroyStream(stream); }
  };
  std::vector<std::int16_t> take();

  std::unique_ptr<sonicStreamStruct, Free> stream_;
};

}  // namespace perspective::platform
