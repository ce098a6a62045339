// One child of the keeper: a process of its own, with a channel to it.
//
// Promise:   started by fork and exec with three descriptors (isolation.h) and nothing else open that we know of; every
//            signal has its default meaning in it.
// Errors:    io when the system cannot start one more process.
// Ownership: owns the process: destroying it ends it and waits for that.
// Threads:   one.
#pragma once

#include <sys/types.h>

#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "keeper/channel.h"

namespace perspective::keeper {

struct Program {
  std::string executable = "/proc/self/exe";
  std::vector<std::string> arguments;  // after the program's name; the keeper's process id is added as the last one
};

class ChildProcess {
 public:
  static Result<ChildProcess> start(const Program& program, int packages, int draft);
  ChildProcess(ChildProcess&& other) noexcept;
  ChildProcess& operator=(ChildProcess&& other) noexcept;
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;
  ~ChildProcess();

  const Channel& channel() const { return channel_; }
  pid_t id() const { return id_; }
  bool has_exited();  // asks the system, without waiting
  void ask_to_end() const;
  void end();  // at once

  bool is_ready = false;   // its window is open
  bool has_visit = false;  // a visit began in it, or it took a draft over; and it has not ended
  bool has_ended = false;  // its visit ended as it should

 private:
  ChildProcess(pid_t id, Channel channel) : id_(id), channel_(std::move(channel)) {}

  pid_t id_;  // -1: none any more
  Channel channel_;
};

}  // namespace perspective::keeper
