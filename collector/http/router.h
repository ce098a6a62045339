// Method and path template to handler: "/v1/inspections/{inspection}/tally".
//
// Promise:   a fixed part wins over a {name}; a {name} is one non-empty part between slashes.
// Ownership: owns its routes; a Match points into the router.
// Threads:   add() before serving; find() from any thread.
// Units:     sizes in bytes.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
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
  bool is_open = false;            // a gate lets in whom it does not know
  std::string takes = {};          // the only media type of a body; empty: any
  bool has_tag = false;            // what it gives has an ETag, and it heeds If-None-Match
  bool heeds_if_match = false;     // 412 where what it changes is another by now
  bool is_watch = false;           // asked by a page that waits for news: no sign that somebody is there
};

// Asked before the body of a request is read: who is it, and may this come from there? Fills in `peer` and answers 200,
// or anything else, which is the answer then. Must not block; may answer from any thread.
using Gate =
    std::function<void(const Request& head, const Route& route, const std::shared_ptr<Peer>& peer, Respond respond)>;
using Headers = std::vector<std::pair<std::string, std::string>>;

struct Match {
  const Route* route = nullptr;
  std::map<std::string, std::string, std::less<>> parameters;
  std::string allowed;  // no route, but these methods on this path: "GET, POST"
};

// What a path may have; no route of ours has a third of it.
constexpr std::size_t kMaxPathBytes = 1024;
constexpr std::size_t kMaxQueryNames = 32;

class Router {
 public:
  void add(Route route);
  Match find(std::string_view method, std::string_view path) const;
  void guard(Gate gate) { gate_ = std::move(gate); }
  const Gate& gate() const { return gate_; }
  // Asked once a connection whose handshake showed a certificate, with the peer alone: is its holder known, still? 200,
  // or anything else: then it is a stranger's, who may ask and is told why not. As a gate it must not block.
  void recognise(Handler recogniser) { recogniser_ = std::move(recogniser); }
  const Handler& recogniser() const { return recogniser_; }
  // In every answer that does not say otherwise.
  void say_always(Headers headers) { always_ = std::move(headers); }
  const Headers& always() const { return always_; }
  const std::vector<Route>& routes() const { return routes_; }

 private:
  struct Pattern {
    std::vector<std::string> parts;
    std::size_t names = 0;
  };
  std::vector<Route> routes_;
  std::vector<Pattern> patterns_;  // of each route
  Gate gate_;
  Handler recogniser_;
  Headers always_;
};

// The {names} of a route's path, in their order.
std::vector<std::string> names_in(std::string_view path);

struct Target {
  std::string path;
  std::map<std::string, std::string, std::less<>> query;
};
// Splits "path?query". Errors: invalid where it does not begin with '/', a % is not followed by two hex digits, what
// comes of it is no UTF-8 or has a zero byte in it, or the query has more than kMaxQueryNames parts.
Result<Target> parse_target(std::string_view target);

// Errors: invalid, as above.
Result<std::string> percent_decode(std::string_view text);

}  // namespace perspective::http
