// Text to sound by espeak-ng, made on this machine, whole sentences at once (10 to 40 ms each).
//
// Promise:   words are in the order of the text, each at most once, on the boundaries of its white space.
//            At the usual 120 to 125 words a minute; a language that espeak-ng does not speak is said in its first.
// Errors:    not_found: espeak-ng's data is not there.
// Ownership: espeak-ng is one a process, begun by the first Voice and kept to the end: one Voice at a time.
// Threads:   one at a time.
// Units:     frames of `rate_hz`, mono, 16 bit; bytes of UTF-8.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"

namespace perspective::platform {

struct SpeechWord {
  std::size_t begin = 0;  // bytes of the text
  std::size_t end = 0;
  std::size_t frame = 0;  // where it begins to be heard
};
struct Speech {
  std::vector<std::int16_t> frames;
  std::vector<SpeechWord> words;
};

class Voice {
 public:
  static Result<Voice> open();
  Voice(Voice&&) = default;
  Voice& operator=(Voice&&) = delete;

  Speech speak(const std::string& text, const std::string& language);
  int rate_hz() const { return rate_hz_; }

 private:
  explicit Voice(int rate_hz) : rate_hz_(rate_hz) {}
  int rate_hz_ = 0;
  std::string language_;
};

}  // namespace perspective::platform
