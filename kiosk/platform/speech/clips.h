// Recorded speech: files of Opus (RFC 6716, in Ogg: RFC 7845) that say in their own comments which words they are, of
// packages and of a folder; those of packages go first.
//
// A clip has the comments LANGUAGE ("cy") and DESCRIPTION (the words, exactly as they would be said). So a text that
// was changed is never said by the recording of another, and no list of files has to be kept.
//
// Promise:   a file that is broken, too large or too long is as if it were not there.
// Ownership: keeps those of packages; those of the folder stay there.
// Threads:   in() on one; after that, any.
// Units:     frames, mono, 16 bit.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/bytes.h"

namespace perspective::platform {

class Clips {
 public:
  static constexpr std::size_t kMaxFileBytes = 1024 * 1024;
  static constexpr int kMaxDuration_s = 60;  // of one file
  static constexpr std::size_t kMaxClips = 4000;

  Clips() = default;
  // `folder`: and those below; empty, or not there: no clips of it.
  static Clips in(const std::filesystem::path& folder, std::vector<Bytes> packed = {});

  bool has(const std::string& language, const std::string& words) const;
  // Nothing: there is none, or it is broken.
  std::optional<std::vector<std::int16_t>> frames(const std::string& language, const std::string& words,
                                                  int rate_hz) const;

 private:
  using Source = std::variant<std::filesystem::path, Bytes>;
  bool add(Source source);                                         // false: broken, or does not say its words
  std::map<std::pair<std::string, std::string>, Source> sources_;  // by language and words
};

}  // namespace perspective::platform
