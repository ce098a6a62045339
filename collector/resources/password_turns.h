// Whose password is looked at next. Each look takes 128 MiB and half a second, and anybody may ask for one.
//
// Promise:   strangers have one look at a time among them, and so have those who have shown what only they can have:
// the
//            cookie of a browser in which they signed in before, a session, a good link. So however many strangers
//            come, from however many addresses, they keep out nobody but each other. Those who are known have their
//            turns by person, so that one who asks on and on keeps nobody else waiting for more than two. Some wait, on
//            no thread; who comes then is told to come again (503, Retry-After).
// Threads:   any. A turn is taken on a thread of its own.
#pragma once

#include <functional>
#include <string>
#include <variant>

#include "resources/fair_lane.h"
#include "resources/pool.h"
#include "resources/services.h"

namespace perspective::resources {

class PasswordTurns {
 public:
  FairLane& of_known() { return known_; }
  Pool& of_strangers() { return strangers_; }
  void close();

 private:
  FairLane known_{1, 16};  // eight seconds of them; by name
  Pool strangers_{1, 4};   // who waits longer has gone
};

// What is left to be done of an answer when its turn has come.
struct Turn {
  std::string known_as;  // a name; empty: a stranger
  Answer answer;
};
// On the pool, and quick: the answer at once, or a turn.
using Look = std::function<Result<std::variant<http::Response, Turn>>(const http::Request&)>;
http::Handler in_turn(const Services& services, Look look);

}  // namespace perspective::resources
