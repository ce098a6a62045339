// A disk that gives out at one step.
//
// Promise: a program that links this asks the system through it. The `step`th call from here on (from 1) that opens,
//          looks at, reads, writes, syncs, renames or removes a file, or makes a folder, fails with EIO.
// Threads: of the thread that said so alone.
#pragma once

#include <cstddef>
#include <functional>

namespace perspective::keys {

class FailingDisk {
 public:
  static void fail_at(std::size_t step);
  // Called before each of those calls of this thread, until it is called with nothing: what is on the disk then is what
  // a process that dies there leaves.
  static void watch(std::function<void()> watcher);
  // Ends that. Returns whether a call failed.
  static bool is_well_again();
};

}  // namespace perspective::keys
