// What is about to be heard: frames that the speaker winds on and the sound device winds off, and the words in them.
//
// Promise:   cut() is heard with the device's next buffer. A pause loses nothing. Never two voices: there is one tape.
// Threads:   any; a lock that is held for a copy of some milliseconds of sound at most.
// Units:     frames, mono, 16 bit; decibels below the loudest.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include "access/speaker.h"

namespace perspective::platform {

class Tape {
 public:
  using Heard = std::optional<access::SpokenWord>;  // nothing: silence, or what is not on the screen

  // `heard`: from the first of these frames on; nothing: as before.
  void wind_on(std::span<const std::int16_t> frames, const std::optional<Heard>& heard);
  // Fills all of `frames`, with silence where there is nothing. True: word_now() changed.
  bool wind_off(std::span<std::int16_t> frames);
  void cut();

  void pause(bool is_paused);
  void set_volume(int volume);  // of visit::kVolumes

  std::size_t waiting() const;  // frames
  Heard word_now() const;

 private:
  struct Mark {
    std::uint64_t at = 0;
    Heard heard;
  };
  mutable std::mutex mutex_;
  std::deque<std::int16_t> frames_;
  std::deque<Mark> marks_;
  std::uint64_t wound_on_ = 0;
  std::uint64_t wound_off_ = 0;
  Heard heard_;
  float gain_ = 1;
  bool is_paused_ = false;
};

}  // namespace perspective::platform
