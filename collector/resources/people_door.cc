#include "resources/people_door.h"

#include <algorithm>
#include <memory>
#include <set>
#include <utility>

#include "http/problem.h"
#include "people/devices.h"
#include "resources/admin_api.h"

namespace perspective::resources {

using http::Peer;
using http::Request;
using http::Respond;
using http::Response;

namespace {

constexpr std::string_view kBearer = "Bearer ";

bool only_at_the_machine(const http::Route& route) {
  return route.method == "POST" &&
         (route.path == "/v1/backups" || route.path == "/v1/key-copies" || route.path == "/v1/keys");
}

std::string small(std::string_view text) {
  std::string low(text);
  std::ranges::transform(low, low.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return low;
}

Response unknown(std::string_view why) {
  Response response = http::problem(401, why);
  response.headers.emplace_back("WWW-Authenticate", "Bearer realm=\"Perspective\"");
  return response;
}

// lasts_s: below 0, until the browser is closed.
void set_cookie(Response& response, std::string_view name, const std::string& secret, std::int64_t lasts_s) {
  const std::string end = lasts_s < 0 ? "" : "; Max-Age=" + std::to_string(lasts_s);
  response.headers.emplace_back("Set-Cookie",
                                std::string(name) + "=" + secret + "; Path=/; Secure; HttpOnly; SameSite=Strict" + end);
}

Response go_on() { return Response{}; }

bool shows_token(const Request& head) { return head.header("authorization").starts_with(kBearer); }

// What they may not do is refused before a body is read.
Response introduce(const Result<people::Person>& person, std::string_view right, Peer& peer) {
  if (person) peer.known_as = person->name;
  if (!person && person.error().code == ErrorCode::refused) return unknown(person.error().what + ".");
  if (!person) return problem_of(person.error(), peer);
  peer.user = person->name;
  peer.token = person->token;
  peer.rights = person->rights;
  const auto needed = people::right_named(right);
  return needed && !may(peer, *needed) ? refused_for(*needed, peer) : go_on();
}

void identify(const Services& services, const Request& head, const http::Route& route,
              const std::shared_ptr<Peer>& peer, const Respond& respond) {
  if (!shows_token(head)) {
    if (const auto why = why_not_ours(head)) return respond(http::problem(403, *why));
  }
  if (!shows_token(head) && cookie_of(head, kSessionCookie).empty()) {
    return respond(route.is_open ? go_on() : unknown("Sign in first, or show an API token."));
  }
  const bool is_taken = services.pool->offer([&services, head, &route, peer, respond] {
    const auto person = person_asking(services, head, !route.is_watch && !route.is_open);
    if (!route.is_open) return respond(introduce(person, route.right, *peer));
    if (person) peer->known_as = person->name;
    respond(go_on());
  });
  if (is_taken) return;
  respond(route.is_open ? go_on() : http::problem(503, "The collector is busy; try again soon."));
}

}  // namespace

// They have no certificates: until they are signed in an address is all that tells them apart, and an office has one.
// The first page is some forty files, and twenty people may open it at nine: whoever is refused one of them sees a page
// that never comes.
http::Limits limits_of_people() {
  http::Limits limits;
  limits.body_ms = 60'000;
  limits.write_ms = 60'000;
  limits.strangers = limits.persons;
  return limits;
}

Result<people::Person> person_asking(const Services& services, const Request& head, bool is_activity) {
  if (!shows_token(head)) return services.people->sessions.person(cookie_of(head, kSessionCookie), is_activity);
  return services.people->tokens.person(head.header("authorization").substr(kBearer.size()));
}

std::string cookie_of(const Request& request, std::string_view name) {
  const std::string cookies = request.header("cookie");
  for (std::size_t start = 0; start < cookies.size();) {
    const auto end = std::min(cookies.find(';', start), cookies.size());
    std::string_view one = std::string_view(cookies).substr(start, end - start);
    one.remove_prefix(std::min(one.find_first_not_of(' '), one.size()));
    if (one.starts_with(name) && one.substr(name.size()).starts_with('=')) {
      return std::string(one.substr(name.size() + 1));
    }
    start = end + 1;
  }
  return {};
}

void set_session(Response& response, const std::string& secret) {
  set_cookie(response, kSessionCookie, secret, secret.empty() ? 0 : -1);
}

void set_device(Response& response, const std::string& secret) {
  set_cookie(response, kDeviceCookie, secret, people::kDeviceLasts_s);
}

std::optional<std::string> why_not_ours(const Request& head) {
  if (head.method == "GET" || head.method == "HEAD") return std::nullopt;
  const std::string site = head.header("sec-fetch-site");
  if (!site.empty() && site != "same-origin") return "A change must come from a page of this collector.";
  const std::string origin = head.header("origin");
  if (!origin.empty() && small(origin) != "https://" + small(head.header("host"))) {
    return "A change must come from a page of this collector.";
  }
  const std::string type = small(head.header("content-type"));
  const bool is_json = type == "application/json" || type.starts_with("application/json;");
  if (is_json || !head.header("perspective-request").empty()) return std::nullopt;
  return "A change is sent as application/json, or with the header Perspective-Request.";
}

http::Router people_routes(Services& services) {
  http::Router router;
  const http::Router all = admin_routes(services);
  for (const auto& route : all.routes()) {
    if (!only_at_the_machine(route)) router.add(route);
  }
  router.guard([&services](const Request& head, const http::Route& route, const std::shared_ptr<Peer>& peer,
                           const Respond& respond) { identify(services, head, route, peer, respond); });
  // OWASP, HTTP Headers and REST Security Cheat Sheets: what answers for machines needs. Pages say what they need
  // instead.
  router.say_always({{"Strict-Transport-Security", "max-age=63072000; includeSubDomains"},
                     {"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"},
                     {"Referrer-Policy", "no-referrer"},
                     {"X-Frame-Options", "DENY"}});
  return router;
}

}  // namespace perspective::resources
