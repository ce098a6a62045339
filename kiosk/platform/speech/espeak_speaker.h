// The speaker that is heard: espeak-ng on a thread of its own, one sound device.
//
// Promise:   that of access::Speaker. The first sound of a sentence comes when the sentence is made, not before: 10 to
//            40 ms. No device, or no voice: say() is silent, is_heard() is false, and the next say() looks again.
//            Whoever is not spoken to pays for neither voice nor device.
//            What is recorded (clips.h) is heard in place of espeak-ng, and stands out as a whole.
//            Nothing is written anywhere; what is being said stays with the sound server some 100 ms (SECURITY.md).
// Ownership: owns voice, tape, device and thread.
// Threads:   that of the window; what is told is told on others, whenever it may have changed.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <thread>
#include <vector>

#include "access/speaker.h"
#include "platform/speech/clips.h"
#include "platform/speech/sound_device.h"
#include "platform/speech/tape.h"
#include "platform/speech/voice.h"

namespace perspective::platform {

class EspeakSpeaker final : public access::Speaker {
 public:
  struct Told {
    std::function<void()> word_changed;   // word_now()
    std::function<void()> heard_changed;  // is_heard()
  };
  // Of recordings: a folder of them, and those that packages brought.
  explicit EspeakSpeaker(Told told, std::filesystem::path clips = {}, std::vector<Bytes> packed_clips = {});
  ~EspeakSpeaker() override;

  void say(std::vector<access::Said> said) override;
  void stop() override;
  void pause(bool is_paused) override;
  void set_sound(const visit::Sound& sound) override;
  std::optional<access::SpokenWord> word_now() const override;
  bool is_heard() const override;
  void look();  // whether there is a device, without a word: is_heard() tells, soon

 private:
  // What was to be said when work on it began; of an older turn nothing may reach the tape.
  using Turn = std::uint64_t;

  void work();
  bool wait_for_work(std::unique_lock<std::mutex>& lock);  // false: the end
  bool ensure_sound();
  void is_now_heard(bool is_heard);
  Speech made(access::Said& said);
  void perform(access::Said said, Turn turn);
  bool wind_on(std::span<const std::int16_t> frames, const std::optional<Tape::Heard>& word, Turn turn);
  int percent_of(const access::Said& said) const;

  Told told_;
  Tape tape_;
  std::filesystem::path clips_folder_;
  std::vector<Bytes> packed_clips_;      // until they are read
  std::optional<Clips> clips_;           // the thread's alone, read when there is something to say
  std::optional<Voice> voice_;           // the thread's alone, made when there is something to say
  std::unique_ptr<SoundDevice> device_;  // likewise

  mutable std::mutex mutex_;
  std::condition_variable wakes_;
  std::deque<access::Said> queue_;
  Turn turn_ = 0;
  visit::Sound sound_;
  bool is_heard_ = true;  // until a device could not be opened
  bool is_to_look_ = false;
  bool is_stopping_ = false;
  std::thread thread_;
};

}  // namespace perspective::platform
