#include "platform/speech/tape.h"

#include <algorithm>
#include <cmath>

namespace perspective::platform {

void Tape::wind_on(std::span<const std::int16_t> frames, const std::optional<Heard>& heard) {
  const std::lock_guard lock(mutex_);
  if (heard) marks_.push_back({wound_on_, *heard});
  frames_.insert(frames_.end(), frames.begin(), frames.end());
  wound_on_ += frames.size();
}

bool Tape::wind_off(std::span<std::int16_t> frames) {
  const std::lock_guard lock(mutex_);
  const std::size_t count = is_paused_ ? 0 : std::min(frames.size(), frames_.size());
  const auto there = frames_.begin() + static_cast<std::ptrdiff_t>(count);
  const auto softened = [this](std::int16_t frame) {
    return static_cast<std::int16_t>(std::lround(gain_ * static_cast<float>(frame)));
  };
  std::transform(frames_.begin(), there, frames.begin(), softened);
  std::fill(frames.begin() + static_cast<std::ptrdiff_t>(count), frames.end(), std::int16_t{0});
  frames_.erase(frames_.begin(), there);
  wound_off_ += count;
  const auto before = heard_;
  while (!is_paused_ && !marks_.empty() && marks_.front().at <= wound_off_) {
    heard_ = marks_.front().heard;
    marks_.pop_front();
  }
  return heard_ != before;
}

void Tape::cut() {
  const std::lock_guard lock(mutex_);
  wound_off_ = wound_on_;
  frames_.clear();
  marks_.clear();
  heard_.reset();
}

void Tape::pause(bool is_paused) {
  const std::lock_guard lock(mutex_);
  is_paused_ = is_paused;
}

void Tape::set_volume(int volume) {
  const std::lock_guard lock(mutex_);
  const int below_dB = (visit::kVolumes - 1 - std::clamp(volume, 0, visit::kVolumes - 1)) * visit::kVolumeStep_dB;
  gain_ = std::pow(10.0F, -static_cast<float>(below_dB) / 20.0F);
}

std::size_t Tape::waiting() const {
  const std::lock_guard lock(mutex_);
  return frames_.size();
}

Tape::Heard Tape::word_now() const {
  const std::lock_guard lock(mutex_);
  return heard_;
}

}  // namespace perspective::platform
