#include "platform/speech/stretch.h"

#include <algorithm>
#include <cstddef>

namespace perspective::platform {

Stretch::Stretch(int rate_hz) : stream_(sonicCreateStream(rate_hz, 1)) {}

void Stretch::set_percent(int percent) { sonicSetSpeed(stream_.get(), static_cast<float>(percent) / 100.0F); }

std::vector<std::int16_t> Stretch::put(std::span<const std::int16_t> frames) {
  std::vector<std::int16_t> copy(frames.begin(), frames.end());  // sonic's interface is not const
  sonicWriteShortToStream(stream_.get(), copy.data(), static_cast<int>(copy.size()));
  return take();
}

std::vector<std::int16_t> Stretch::finish() {
  sonicFlushStream(stream_.get());
  return take();
}

std::vector<std::int16_t> Stretch::take() {
  std::vector<std::int16_t> ready(static_cast<std::size_t>(std::max(0, sonicSamplesAvailable(stream_.get()))));
  const int read = sonicReadShortFromStream(stream_.get(), ready.data(), static_cast<int>(ready.size()));
  ready.resize(static_cast<std::size_t>(std::max(0, read)));
  return ready;
}

}  // namespace perspective::platform
