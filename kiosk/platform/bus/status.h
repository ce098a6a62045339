// Whether somebody on this session's bus wants accessibility: org.a11y.Bus says so (its interface org.a11y.Status), a
// screen reader sets it when it starts.
//
// Promise:   no bus, no cost: nothing is started, nothing waited for, nothing logged. Idle without a timer.
// Ownership: wanted() is called once at most, and not after the Status is gone.
// Threads:   that of GLib's main context; GLib keeps a thread of its own for the connection.
#pragma once

#include <functional>
#include <memory>

namespace perspective::platform::bus {

class Status {
 public:
  explicit Status(std::function<void()> wanted);
  Status(const Status&) = delete;
  Status& operator=(const Status&) = delete;
  ~Status();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace perspective::platform::bus
