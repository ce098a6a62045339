// The machine's sound output, by SDL2: PulseAudio, PipeWire or ALSA, whichever is there.
//
// Promise:   open only while there is something to hear: an open device wakes the machine 43 times a second.
// Errors:    unreachable (retry=true): there is no device now; one may be plugged in later.
// Threads:   one at a time; the tape is wound off on a thread of SDL's, and so is `changed` called.
#pragma once

#include <functional>
#include <memory>

#include "base/result.h"
#include "platform/speech/tape.h"

namespace perspective::platform {

class SoundDevice {
 public:
  // Both outlive it.
  static Result<std::unique_ptr<SoundDevice>> open(int rate_hz, Tape& tape, const std::function<void()>& changed);
  static bool is_there();      // without opening it
  static void leave_thread();  // a thread that opened one or looked for one ends: SDL keeps something of each
  SoundDevice(const SoundDevice&) = delete;
  SoundDevice& operator=(const SoundDevice&) = delete;
  ~SoundDevice();

 private:
  SoundDevice(Tape& tape, const std::function<void()>& changed) : tape_(tape), changed_(changed) {}
  static void fill(void* self, unsigned char* bytes, int count);

  Tape& tape_;
  const std::function<void()>& changed_;
  unsigned device_ = 0;
};

}  // namespace perspective::platform
