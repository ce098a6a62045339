#include "platform/speech/espeak_speaker.h"

#include <algorithm>
#include <utility>

#include "platform/speech/stretch.h"

namespace perspective::platform {
namespace {

using std::chrono::milliseconds;

// As much is made ahead of the ear as a busy machine may be late; a new rate is heard after as long.
constexpr int kAhead_ms = 120;
constexpr int kBlock_ms = 20;
constexpr milliseconds kLook{20};        // how often the tape's end is looked at while something is said
constexpr milliseconds kLinger{1500};    // an open device, after the last word: the next tap often follows soon
constexpr int kSlow_percent = 70;        // of the chosen rate
constexpr int kPauseAfterSlow_ms = 600;  // time to write the word down

std::size_t frames_of(int duration_ms, int rate_hz) { return static_cast<std::size_t>(duration_ms * rate_hz / 1000); }

// Nothing, where what is said does not stand on the screen: "selected, 1 of 3".
Tape::Heard shown_word(const access::Said& said, const SpeechWord& word) {
  const bool is_shown = said.shown_at != access::kNotShown && word.begin >= said.shown_at &&
                        word.begin < said.shown_at + said.shown_bytes;
  if (!is_shown) return std::nullopt;
  const std::size_t end = std::min(word.end, said.shown_at + said.shown_bytes);
  return access::SpokenWord{said.item, word.begin - said.shown_at, end - said.shown_at};
}

}  // namespace

EspeakSpeaker::EspeakSpeaker(Told told, std::filesystem::path clips, std::vector<Bytes> packed_clips)
    : told_(std::move(told)), clips_folder_(std::move(clips)), packed_clips_(std::move(packed_clips)) {
  tape_.set_volume(sound_.volume);
  thread_ = std::thread([this] { work(); });
}

EspeakSpeaker::~EspeakSpeaker() {
  {
    const std::lock_guard lock(mutex_);
    is_stopping_ = true;
    ++turn_;
    tape_.cut();
  }
  wakes_.notify_all();
  thread_.join();
}

void EspeakSpeaker::say(std::vector<access::Said> said) {
  {
    const std::lock_guard lock(mutex_);
    ++turn_;
    tape_.cut();
    tape_.pause(false);
    queue_.assign(std::make_move_iterator(said.begin()), std::make_move_iterator(said.end()));
  }
  wakes_.notify_all();
}

void EspeakSpeaker::stop() { say({}); }

void EspeakSpeaker::pause(bool is_paused) {
  {
    const std::lock_guard lock(mutex_);
    tape_.pause(is_paused);
  }
  wakes_.notify_all();
}

void EspeakSpeaker::set_sound(const visit::Sound& sound) {
  const std::lock_guard lock(mutex_);
  sound_ = sound;
  tape_.set_volume(sound.volume);
}

std::optional<access::SpokenWord> EspeakSpeaker::word_now() const { return tape_.word_now(); }

bool EspeakSpeaker::is_heard() const {
  const std::lock_guard lock(mutex_);
  return is_heard_;
}

void EspeakSpeaker::look() {
  {
    const std::lock_guard lock(mutex_);
    is_to_look_ = true;
  }
  wakes_.notify_all();
}

void EspeakSpeaker::work() {
  std::unique_lock lock(mutex_);
  while (wait_for_work(lock)) {
    const bool is_to_look = std::exchange(is_to_look_, false) && !device_;
    if (is_to_look) {
      lock.unlock();
      is_now_heard(SoundDevice::is_there());
      lock.lock();
    }
    if (queue_.empty()) continue;
    access::Said said = std::move(queue_.front());
    queue_.pop_front();
    const Turn turn = turn_;
    lock.unlock();
    if (ensure_sound()) perform(std::move(said), turn);
    lock.lock();
  }
  lock.unlock();
  device_.reset();
  SoundDevice::leave_thread();
}

// Closes the device when nothing has been said for a while: idle costs no wake-up.
bool EspeakSpeaker::wait_for_work(std::unique_lock<std::mutex>& lock) {
  const auto is_due = [this] { return is_stopping_ || is_to_look_ || !queue_.empty(); };
  while (device_ && !is_due()) {
    if (tape_.waiting() > 0) {
      wakes_.wait_for(lock, kLook);
    } else if (!wakes_.wait_for(lock, kLinger, is_due)) {
      lock.unlock();
      device_.reset();
      lock.lock();
    }
  }
  wakes_.wait(lock, is_due);
  return !is_stopping_;
}

bool EspeakSpeaker::ensure_sound() {
  if (!clips_) clips_ = Clips::in(clips_folder_, std::exchange(packed_clips_, {}));
  if (!voice_) {
    if (auto opened = Voice::open()) voice_.emplace(std::move(*opened));
  }
  if (voice_ && !device_) {
    if (auto opened = SoundDevice::open(voice_->rate_hz(), tape_, told_.word_changed)) device_ = std::move(*opened);
  }
  is_now_heard(device_ != nullptr);
  return device_ != nullptr;
}

void EspeakSpeaker::is_now_heard(bool is_heard) {
  bool has_changed = false;
  {
    const std::lock_guard lock(mutex_);
    has_changed = std::exchange(is_heard_, is_heard) != is_heard;
  }
  if (has_changed) told_.heard_changed();
}

int EspeakSpeaker::percent_of(const access::Said& said) const {
  const std::lock_guard lock(mutex_);
  const int percent = visit::kRates_percent[static_cast<std::size_t>(
      std::clamp(sound_.rate, 0, static_cast<int>(visit::kRates_percent.size()) - 1))];
  return said.is_slow ? percent * kSlow_percent / 100 : percent;
}

// Waits until there is room on the tape, then winds on. False: something else is to be said by now.
bool EspeakSpeaker::wind_on(std::span<const std::int16_t> frames, const std::optional<Tape::Heard>& word, Turn turn) {
  std::unique_lock lock(mutex_);
  const auto full = frames_of(kAhead_ms, voice_->rate_hz());
  while (turn == turn_ && tape_.waiting() >= full) wakes_.wait_for(lock, kLook);
  if (turn != turn_) return false;
  tape_.wind_on(frames, word);
  return true;
}

// Recorded words, whole, or within what is said around them: "1. " "Yes" ", selected".
Speech EspeakSpeaker::made(access::Said& said) {
  if (auto whole = clips_->frames(said.language, said.text, voice_->rate_hz())) {
    said.shown_at = 0;
    return {std::move(*whole), {{0, said.shown_bytes, 0}}};
  }
  std::size_t at = said.own_at;
  std::size_t bytes = said.own_bytes;
  auto recorded = clips_->frames(said.language, said.text.substr(at, bytes), voice_->rate_hz());
  if (!recorded && said.shown_at != access::kNotShown) {
    at = said.shown_at;
    bytes = said.shown_bytes;
    recorded = clips_->frames(said.language, said.text.substr(at, bytes), voice_->rate_hz());
  }
  if (!recorded) return voice_->speak(said.text, said.language);
  said.shown_at = at;  // and the label stands out as a whole, by whichever words it is said
  const std::size_t shown_end = at + said.shown_bytes;
  Speech speech;
  const auto append = [&](const std::vector<std::int16_t>& frames, std::size_t begin, std::size_t word_end) {
    speech.words.push_back({begin, word_end, speech.frames.size()});
    speech.frames.insert(speech.frames.end(), frames.begin(), frames.end());
  };
  const std::string before = said.text.substr(0, at);
  const std::string after = said.text.substr(at + bytes);
  if (!before.empty()) append(voice_->speak(before, said.language).frames, shown_end, shown_end);
  append(*recorded, at, shown_end);
  if (!after.empty()) append(voice_->speak(after, said.language).frames, shown_end, shown_end);
  return speech;
}

void EspeakSpeaker::perform(access::Said said, Turn turn) {
  const Speech speech = made(said);
  const auto block = frames_of(kBlock_ms, voice_->rate_hz());
  Stretch stretch(voice_->rate_hz());
  auto word = speech.words.begin();
  for (std::size_t at = 0; at < speech.frames.size(); at += block) {
    const std::size_t end = std::min(at + block, speech.frames.size());
    std::optional<Tape::Heard> begins;
    for (; word != speech.words.end() && word->frame < end; ++word) begins = shown_word(said, *word);
    stretch.set_percent(percent_of(said));
    const auto ready = stretch.put(std::span(speech.frames).subspan(at, end - at));
    if (!wind_on(ready, begins, turn)) return;
  }
  if (!wind_on(stretch.finish(), std::nullopt, turn)) return;
  const std::vector<std::int16_t> silence(said.is_slow ? frames_of(kPauseAfterSlow_ms, voice_->rate_hz()) : 0);
  if (!wind_on(silence, std::nullopt, turn)) return;
  const std::lock_guard lock(mutex_);
  if (turn == turn_) tape_.wind_on({}, Tape::Heard{});
}

}  // namespace perspective::platform
