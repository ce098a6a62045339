// The supervisor's PIN: who may start visits and send. It keeps the curious out and protects no answer (SECURITY.md).
//
// Promise:   what is kept is a salted scrypt hash with its costs, in the file `pin`, 0600; a power cut leaves the old
//            one or the new one. The fifth wrong PIN in a row locks, and so does each wrong one after it, for twice as
//            long as the one before; while it is locked no PIN is looked at, the right one neither. A wrong one is
//            counted on the disk (file `pin-wrong`) before anybody hears of it, so that a restart forgives none; a lock
//            that a restart broke begins anew. A right one writes nothing, unless there are wrong ones to be forgotten:
//            what is on the disk tells of no visit. Neither file holds a time, their dates are set back to 1970.
// Errors:    corrupt: the file is none of ours; io; invalid from set(): the PIN is unfit, and why. No error holds a
// PIN. Threads:   one.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>

#include "base/bytes.h"
#include "base/result.h"
#include "envelope/scrypt.h"

namespace perspective::keeper {

constexpr std::size_t kLeastPinDigits = 6;
constexpr std::size_t kMostPinDigits = 12;

class PinLock {
 public:
  using Time = std::chrono::steady_clock::time_point;
  static constexpr int kFreeWrongs = 4;  // that do not lock
  static constexpr std::chrono::seconds kFirstLock{60};
  static constexpr std::chrono::seconds kLongestLock{60 * 60};

  struct Verdict {
    bool is_right = false;
    std::chrono::seconds locked{0};  // so long is no PIN looked at; rounded up
  };

  static bool is_set(const std::filesystem::path& state);
  static Result<void> set(const std::filesystem::path& state, ByteView pin);  // and forgets wrong ones
  static Result<PinLock> open(const std::filesystem::path& state, Time now);

  Verdict judge(ByteView pin, Time now);

 private:
  PinLock(std::filesystem::path state, envelope::ScryptCost cost, Bytes salt, Bytes hash)
      : state_(std::move(state)), cost_(cost), salt_(std::move(salt)), hash_(std::move(hash)) {}
  Verdict count_wrong(Time now);
  void forget_wrong();
  static std::chrono::seconds lock_of(int wrong);

  std::filesystem::path state_;
  envelope::ScryptCost cost_;
  Bytes salt_;
  Bytes hash_;
  int wrong_ = 0;  // in a row
  std::optional<Time> locked_until_;
};

}  // namespace perspective::keeper
