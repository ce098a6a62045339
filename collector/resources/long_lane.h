// Where people's long work is done, so that what is short never waits behind it: opening, tallies, sections, exports,
// forms on paper, copies.
//
// Promise:   what was taken is run. Of one person kMostAtOnce are under way at a time and the others wait, so whoever
//            comes waits for no more than that of each other person, however much one has asked for. What waits is
//            bounded, of each and of all. close() returns when the last has ended.
// Threads:   any may call offer(); close() from none of its own.
#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <mutex>
#include <string>

#include "resources/pool.h"

namespace perspective::resources {

class LongLane {
 public:
  static constexpr int kMostAtOnce = 2;
  static constexpr std::size_t kMostWaitingOfOne = 64;

  LongLane(int threads, std::size_t max_waiting) : max_waiting_(max_waiting), pool_(threads, max_waiting) {}

  bool offer(const std::string& person, Pool::Work work);  // false: too much waits already, or closed
  void close() { pool_.close(); }

 private:
  struct Line {
    std::deque<Pool::Work> waiting;
    int places = 0;  // in the pool: being run, or next
  };
  bool take_place(const std::string& person);
  void use_place(const std::string& person);
  Pool::Work next_of(const std::string& person);

  std::mutex mutex_;
  std::map<std::string, Line> lines_;  // of whom something waits or is under way
  std::size_t max_waiting_;
  std::size_t waiting_ = 0;
  Pool pool_;
};

}  // namespace perspective::resources
