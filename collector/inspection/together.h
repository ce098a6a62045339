// The same work done by several at once: by who calls, and by whoever else is free.
//
// Promise:   `work` is run here, and as often again as a hand was free in time; when together() returns nobody is at it
//            any more, and nobody will begin. A hand that comes too late finds nothing left to do, so that who waits
//            for no hand can never wait for ever: all may be waiting themselves.
// Errors:    what one of them throws is thrown here, once all have ended.
// Threads:   any; `work` must bear being run by several.
#pragma once

#include <functional>

namespace perspective::inspection {

struct Hands {
  std::function<bool(std::function<void()> work)> offer = {};  // to a thread of a pool; false: it is full
  int most = 0;                                                // beside who calls
};

void together(const Hands& hands, const std::function<void()>& work);

}  // namespace perspective::inspection
