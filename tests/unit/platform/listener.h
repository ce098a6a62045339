// Listens to a speaker. What it plays goes to a file, at the pace of a sound device, by SDL's disk driver.
//
// Promise:   a machine that is late makes nothing else of what is heard. Each word is noted as the device's thread
//            tells of it, none is missed by looking too seldom; and gaps in which the speaker was late can be taken
//            out.
#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "platform/speech/espeak_speaker.h"

namespace perspective::platform {

using Frames = std::vector<std::int16_t>;

class Listener {
 public:
  explicit Listener(const std::filesystem::path& file, std::filesystem::path clips = {}, std::vector<Bytes> packed = {})
      : device_(file), speaker_({[this] { note(); }, [] {}}, std::move(clips), std::move(packed)) {}

  EspeakSpeaker& speaker() { return speaker_; }

  // Waits until there are so many, or no word stands out any more: gives those that did, in order.
  std::vector<access::SpokenWord> hear(std::size_t count = static_cast<std::size_t>(-1)) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::minutes{1}, [&] { return is_over_ || words_.size() >= count; });
    return words_;
  }

 private:
  struct DiskDevice {
    explicit DiskDevice(const std::filesystem::path& file) {
      ::setenv("SDL_AUDIODRIVER", "disk", 1);
      ::setenv("SDL_DISKAUDIOFILE", file.c_str(), 1);
    }
  };

  void note() {
    const auto word = speaker_.word_now();
    const std::lock_guard lock(mutex_);
    if (word) words_.push_back(*word);
    is_over_ = !word && !words_.empty();
    changed_.notify_all();
  }

  DiskDevice device_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<access::SpokenWord> words_;
  bool is_over_ = false;
  EspeakSpeaker speaker_;  // ends first: until then it tells
};

// All of it only when its speaker is gone: SDL keeps the file's last block in memory.
inline Frames played(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  Frames frames(bytes.size() / 2);
  if (!frames.empty()) std::memcpy(frames.data(), bytes.data(), frames.size() * 2);
  return frames;
}

// Silence is what nothing was there to play for: no tone and no voice is exactly nothing for so long.
inline Frames without_silence(const Frames& frames) {
  constexpr std::ptrdiff_t kSilence = 64;  // 3 ms
  Frames sounding;
  for (auto at = frames.begin(); at != frames.end();) {
    const auto sound = std::find_if(at, frames.end(), [](std::int16_t frame) { return frame != 0; });
    if (sound - at < kSilence) sounding.insert(sounding.end(), at, sound);
    at = std::find(sound, frames.end(), std::int16_t{0});
    sounding.insert(sounding.end(), sound, at);
  }
  return sounding;
}

}  // namespace perspective::platform
