// What time it is at the collector, heard from the answers that it gives anyway ("Date"). Nothing of it is kept when
// the program ends.
//
// Promise:   only answers count, and an answer is what the genuine collector said (transport.h). The clock of this
//            machine plays no part: what was heard grows with the time since the machine started.
// Threads:   any.
// Units:     seconds since 1970-01-01 UTC.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "upload/transport.h"

namespace perspective::upload {

class CollectorTime {
 public:
  void hear(const std::string& date);  // as in HTTP; what is none is passed over
  std::optional<std::int64_t> now_s() const;

 private:
  static constexpr std::int64_t kNever = INT64_MIN;
  std::atomic<std::int64_t> at_start_s_ = kNever;  // the collector's time when this machine started
};

// The same transport, listened to. `time` outlives it.
std::unique_ptr<Transport> listening(std::unique_ptr<Transport> transport, CollectorTime& time);

}  // namespace perspective::upload
