// The routes of people: those who may sign in, and what each does with their own account. A part of the admin API.
//
// Promise:   a link, an authenticator's secret, recovery codes and a token are in one answer each, and nowhere else.
// Who
//            signed in, who did not (from the fifth time on, and each time that doubles), and each change is in the
//            audit; what was typed as an unknown name is nowhere: it may be a password.
// Errors:    as people/*.h; 401 for a name, password or code that is not right; 429 with Retry-After where somebody has
//            to wait (lock_out.h); 503 while too many passwords are to be looked at (password_turns.h).
// Threads:   any, from the pool.
#pragma once

#include <boost/json/fwd.hpp>
#include <string>
#include <vector>

#include "http/router.h"
#include "resources/json_body.h"
#include "resources/services.h"

namespace perspective::resources {

void add_people_routes(http::Router& router, Services& services);   // of others: run_people
void add_sign_in_routes(http::Router& router, Services& services);  // and joining: open to whoever comes
void add_own_routes(http::Router& router, Services& services);      // one's own account

// What both read and say.
Result<std::vector<people::Role>> roles_in(const JsonBody& body);
boost::json::object object_of(const people::Token& token);
Result<http::Response> page_of_tokens(const Services& services, const http::Request& request,
                                      const std::vector<people::Token>& tokens);
Result<http::Response> make_token(const Services& services, const http::Request& request, const std::string& owner);

}  // namespace perspective::resources
