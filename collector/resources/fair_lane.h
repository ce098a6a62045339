// Threads for whoever asks, each beside the others: one for what kiosks ask; one for people's long work (opening,
// tallies, sections, exports, forms on paper, copies), so that what is short never waits behind it.
//
// Promise:   what was taken is run. Of one who asks kMostAtOnce are under way at a time and the others wait, so whoever
//            comes waits for no more than that of each other one, however much one has asked for. What waits is
//            bounded, of each and of all; but some of each has room whatever the others have asked for, so that some
//            do not fill it for all. close() returns when the last has ended. What throws: as in Pool.
// Threads:   any may call offer() and run(); close() from none of its own.
#pragma once

#include <cstddef>
#include <deque>
#include <limits>
#include <map>
#include <mutex>
#include <string>
#include <utility>

#include "resources/pool.h"

namespace perspective::resources {

class FairLane {
 public:
  // What whoever is turned away by the lane of long work is told.
  static constexpr const char* kFull = "Too much that takes long is being done; try again soon.";
  static constexpr int kMostAtOnce = 2;
  static constexpr std::size_t kMostWaitingOfOne = 64;
  static constexpr std::size_t kAlwaysRoomFor = 4;  // waiting, of each

  FairLane(int threads, std::size_t max_waiting) : max_waiting_(max_waiting), pool_(threads, kNoBound) {}

  bool offer(const std::string& who, Pool::Work work);       // false: too much waits already, or closed
  void run(Pool::Work work) { pool_.run(std::move(work)); }  // what is nobody's: as Pool's
  void close() { pool_.close(); }

 private:
  // Nobody has more places than kMostAtOnce.
  static constexpr std::size_t kNoBound = std::numeric_limits<std::size_t>::max();
  struct Line {
    std::deque<Pool::Work> waiting;
    int places = 0;  // in the pool: being run, or next
  };
  bool take_place(const std::string& who);
  void use_place(const std::string& who);
  Pool::Work next_of(const std::string& who);

  std::mutex mutex_;
  std::map<std::string, Line> lines_;  // of whom something waits or is under way
  std::size_t max_waiting_;
  std::size_t waiting_ = 0;
  Pool pool_;
};

}  // namespace perspective::resources
