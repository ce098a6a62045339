// Recorded speech: files of Opus (RFC 6716, in Ogg: RFC 7845) that say in their own comments which words they are.
//
// A clip has the comments LANGUAGE ("cy") and DESCRIPTION (the words, exactly as they would be said). So a text that
// was changed is never said by the recording of another, and no list of files has to be kept.
//
// Promise:   a file that is broken, too large or too long is as if it were not there.
// Threads:   in() on one; after that, any.
// Units:     frames, mono, 16 bit.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace perspective::platform {

class Clips {
 public:
  static constexpr std::size_t kMaxFileBytes = 1024 * 1024;
  static constexpr int kMaxDuration_s = 60;  // of one file
  static constexpr std::size_t kMaxClips = 4000;

  Clips() = default;
  static Clips in(const std::filesystem::path& folder);  // and in those below; none: no clips

  bool has(const std::string& language, const std::string& words) const;
  // Nothing: there is none, or it is broken.
  std::optional<std::vector<std::int16_t>> frames(const std::string& language, const std::string& words,
                                                  int rate_hz) const;

 private:
  std::map<std::pair<std::string, std::string>, std::filesystem::path> paths_;  // by language and words
};

}  // namespace perspective::platform
