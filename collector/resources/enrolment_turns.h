// Whose invite is looked at next. Where it is one, used or not, a look is an scrypt, a sixth of a second of one core
// where there is much to do; anybody may ask for one. A guess costs next to nothing (inspection/kiosks.h).
//
// Promise:   one look at a time, in the order of arrival; an address waits with one at most, so whoever comes waits for
//            no more looks than there are other addresses, and is not turned away for them. After kFreeLooks wrong
//            secrets an address waits before its next look, each time twice as long, up to kLongestWait_s; a good one,
//            or ten minutes, and that is forgotten. What is remembered is bounded.
// Threads:   any. A look is taken on a thread of its own, so none of the pools waits for one.
// Units:     times in milliseconds of a clock that never goes back.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>

#include "resources/pool.h"

namespace perspective::resources {

class EnrolmentTurns {
 public:
  static constexpr int kFreeLooks = 5;
  static constexpr int kLongestWait_s = 60;
  static constexpr std::size_t kMostRemembered = 4096;  // addresses
  enum class Saw { good, wrong, neither };
  enum class Offer { taken, waits_already, too_soon, full };
  struct Look {
    Saw saw = Saw::neither;
    std::function<void()> tell;  // when its address has a place again: whoever hears it may ask at once
  };
  struct Answer {
    Offer offer = Offer::taken;
    int seconds = 0;  // until it may come again
  };

  Answer offer(const std::string& address, std::int64_t now_ms, std::function<Look()> look);
  std::size_t remembered();
  void close();  // who waits is not looked at any more

 private:
  struct Standing {
    bool waits = false;
    int wrong = 0;
    std::int64_t not_before_ms = 0;
    std::int64_t forgotten_ms = 0;
  };
  void note(const std::string& address, Saw saw, std::int64_t now_ms);
  void forget_some(std::int64_t now_ms);

  std::atomic<bool> is_closing_ = false;
  std::mutex mutex_;
  std::map<std::string, Standing> standings_;
  Pool lane_{1, 256};  // as many as the door lets in
};

}  // namespace perspective::resources
