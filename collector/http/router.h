// Method and path template to handler: "/v1/inspections/{inspection}/tally".
//
// Promise:   a fixed part wins over a {name}; a {name} is one non-empty part between slashes.
// Ownership: owns its routes; a Match points into the router.
// Threads:   add() before serving; find() from any thread.
// Units:     sizes in bytes.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "http/message.h"

namespace perspective::http {

constexpr std::size_t kSmallBodyBytes = 64 * 1024;

struct Route {
  std::string method;
  std::string path;
  Handler handler;
  std::size_t max_body_bytes = 0;
  bool needs_certificate = false;  // 401 without one; whether that kiosk may is the handler's business
  std::string right = {};          // which its handler asks for, by name: for whoever describes the route
};

struct Match {
  const Route* route = nullptr;
  std::map<std::string, std::string, std::less<>> parameters;
  std::string allowed;  // no route, but these methods on this path: "GET, POST"
};

class Router {
 public:
  void add(Route route);
  Match find(std::string_view method, std::string_view path) const;
  const std::vector<Route>& routes() const { return routes_; }

 private:
  std::vector<Route> routes_;
};

// The {names} of a route's path, in their order.
std::vector<std::string> names_in(std::string_view path);

struct Target {
  std::string path;
  std::map<std::string, std::string, std::less<>> query;
};
// Splits "path?query". Errors: invalid where it does not begin with '/' or a % is not followed by two hex digits.
Result<Target> parse_target(std::string_view target);

// Errors: invalid, as above.
Result<std::string> percent_decode(std::string_view text);

}  // namespace perspective::http
