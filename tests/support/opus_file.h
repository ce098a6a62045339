// Files of recorded speech as opusenc makes them: a tone stands for the voice of a person.
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

namespace perspective::trial {

constexpr int kTone_hz = 440;

// At this path, a tone so long that says it is these words; empty: does not say.
inline void record(const std::filesystem::path& path, const std::string& language, const std::string& words,
                   int duration_ms = 1000, int channels = 1) {
  constexpr int kFrames_of_ms = 48;
  std::filesystem::path raw = path;
  raw += ".raw";
  {
    std::ofstream out(raw, std::ios::binary);
    for (int i = 0; i < kFrames_of_ms * duration_ms; ++i) {
      const auto frame = static_cast<std::int16_t>(8000 * std::sin(2 * M_PI * kTone_hz * i / 48000));
      for (int channel = 0; channel < channels; ++channel)
        out.write(reinterpret_cast<const char*>(&frame), sizeof frame);
    }
  }
  const auto comment = [](const std::string& name, const std::string& value) {
    return value.empty() ? "" : " --comment '" + name + "=" + value + "'";
  };
  const std::string command = "opusenc --quiet --bitrate 16 --raw --raw-rate 48000 --raw-chan " +
                              std::to_string(channels) + comment("LANGUAGE", language) + comment("DESCRIPTION", words) +
                              " '" + raw.string() + "' '" + path.string() + "'";
  const int ended = std::system(command.c_str());
  std::filesystem::remove(raw);
  if (ended != 0) throw std::runtime_error("opusenc failed: is opus-tools installed?");
}

}  // namespace perspective::trial
