// Hears what collectors store and take back, on a connection of its own (NOTIFY).
//
// Promise:   a notice follows its commit, after at most a moment; several of one kind may come as one. At the start,
//            and whenever the connection was lost and is there again, comes one for everything: whoever then looks
//            misses nothing. While the database is gone it is tried again and again.
// Errors:    none: no connection, no notice.
// Ownership: owns its thread; the destructor ends it, after at most the time that a connection attempt may take, or
//            `patience` where a server stands still that it has just begun to ask.
// Threads:   on_notice is called on the listener's own.
#pragma once

#include <chrono>
#include <thread>

#include "postgres/connection.h"
#include "postgres/notice.h"

namespace perspective::postgres {

class Listener {
 public:
  Listener(Address address, OnNotice on_notice, std::chrono::milliseconds patience);
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;
  ~Listener();

 private:
  void work();
  void listen(Connection& connection);
  bool is_over_within(std::chrono::milliseconds time) const;  // waits; true at once when it is to stop

  const Address address_;
  const OnNotice on_notice_;
  const std::chrono::milliseconds patience_;
  const int stop_;      // can be read once it is to stop
  std::thread thread_;  // last: starts when all else is there
};

}  // namespace perspective::postgres
