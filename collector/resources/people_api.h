// The routes of people: those who may sign in, and what each does with their own account. A part of the admin API.
//
// Promise:   a link, an authenticator's secret, recovery codes and a token are in one answer each, and nowhere else.
// Who
//            signed in, who did not (from the fifth time on, and each time that doubles), and each change is in the
//            audit; what was typed as an unknown name is nowhere: it may be a password.
// Errors:    as people/*.h; 401 for a name, password or code that is not right; 429 with Retry-After where somebody has
//            to wait (lock_out.h); 503 while another password is looked at.
// Threads:   any, from the pool.
#pragma once

#include <atomic>
#include <boost/json/fwd.hpp>
#include <string>
#include <vector>

#include "http/router.h"
#include "resources/json_body.h"
#include "resources/services.h"

namespace perspective::resources {

void add_people_routes(http::Router& router, Services& services);  // of others: run_people
void add_own_routes(http::Router& router, Services& services);     // signing in, and one's own account

// What both read and say.
Result<std::vector<people::Role>> roles_in(const JsonBody& body);
boost::json::object object_of(const people::Token& token);
Result<http::Response> make_token(const Services& services, const http::Request& request, const std::string& owner);

// One password at a time, on whichever thread: it takes 128 MiB.
class OneAtATime {
 public:
  explicit OneAtATime(std::atomic<bool>& is_busy) : is_busy_(is_busy), is_mine_(!is_busy.exchange(true)) {}
  OneAtATime(const OneAtATime&) = delete;
  OneAtATime& operator=(const OneAtATime&) = delete;
  ~OneAtATime() {
    if (is_mine_) is_busy_ = false;
  }
  bool is_mine() const { return is_mine_; }

 private:
  std::atomic<bool>& is_busy_;
  const bool is_mine_;
};

}  // namespace perspective::resources
