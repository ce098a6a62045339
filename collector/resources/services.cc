#include "resources/services.h"

#include <exception>
#include <functional>
#include <memory>
#include <utility>

#include "base/log.h"
#include "http/problem.h"
#include "resources/conditions.h"
#include "resources/fair_lane.h"
#include "resources/people_door.h"

namespace perspective::resources {

http::Response answer_of(const Answer& answer, const http::Request& request) {
  try {
    auto response = answer(request);
    return response ? *std::move(response) : problem_of(response.error(), request.peer);
  } catch (const std::exception&) {
    // Without what(): it may name what was being read.
    log::error("a request failed: " + request.method + ", out of memory or a broken promise");
    return http::problem(500, "The collector failed.");
  }
}

http::Response problem_of(const Error& error, const http::Peer& peer) {
  if (http::status_of(error) >= 500) log::error(error.what);
  return http::problem(error, peer);
}

const std::string& person_of(const http::Peer& peer) { return peer.person.empty() ? peer.user : peer.person; }

namespace {

// Takes a work for whoever asks up; false where too much waits.
using Offer = std::function<bool(const http::Peer& peer, Pool::Work work)>;

// Who only reads, and has hung up while it waited, would keep others waiting for what nobody hears. What changes
// something was asked for, and is done.
bool is_for_nobody(const http::Request& request) {
  return request.method == "GET" && request.has_gone && request.has_gone();
}

http::Handler on(Offer offer, Answer answer, const char* busy) {
  return [offer = std::move(offer), answer = std::move(answer), busy](http::Request request,
                                                                      const http::Respond& respond) {
    auto asked = std::make_shared<http::Request>(std::move(request));
    const bool is_taken = offer(asked->peer, [asked, answer, respond] {
      respond(is_for_nobody(*asked) ? http::problem(503, "Whoever asked has gone.") : answer_of(answer, *asked));
    });
    if (!is_taken) respond(http::problem(503, busy));
  };
}

constexpr const char* kBusy = "The collector is busy; try again soon.";

}  // namespace

http::Handler on_pool(const Services& services, Answer answer) {
  const auto offer = [&services](const http::Peer&, Pool::Work work) { return services.pool->offer(std::move(work)); };
  return on(offer, std::move(answer), kBusy);
}

http::Handler on_short_lane(const Services& services, Answer answer) {
  const auto offer = [&services](const http::Peer& peer, Pool::Work work) {
    return services.short_lane->offer(person_of(peer), std::move(work));
  };
  return on(offer, std::move(answer), kBusy);
}

http::Handler on_kiosk_lane(const Services& services, Answer answer) {
  const auto offer = [&services](const http::Peer& peer, Pool::Work work) {
    return services.kiosk_lane->offer(peer.certificate_holder, std::move(work));
  };
  return on(offer, std::move(answer), kBusy);
}

http::Handler on_lane(const Services& services, Answer answer) {
  const auto offer = [&services](const http::Peer& peer, Pool::Work work) {
    return services.lane->offer(person_of(peer), std::move(work));
  };
  return on(offer, std::move(answer), FairLane::kFull);
}

bool takes_long(people::Right right, std::string_view path) {
  using enum people::Right;
  switch (right) {
    case hold_keys:
    case read_answers:
    case read_releases:
    case decide_concerns:
    case run_service:
    case read_audit:
    case set_up_inspections:
      return true;
    default:
      return path.ends_with("/concerns") || path.ends_with("/reconciliation") || path == "/v1/bundles";
  }
}

Answer asking(const Services& services, Asked asked) {
  return [&services, asked](const http::Request& request) { return asked(services, request); };
}

bool may(const http::Peer& peer, people::Right right) { return peer.is_local || people::has(peer.rights, right); }

http::Response refused_for(people::Right right, const http::Peer& peer) {
  const std::string needed = "This needs the right \"" + std::string(people::name_of(right)) + "\"";
  return http::problem(403, needed + (peer.token.empty() ? "." : ", which this token has not."));
}

http::Handler for_those_who_may(people::Right right, http::Handler handler) {
  return [right, handler = std::move(handler)](http::Request request, http::Respond respond) {
    if (may(request.peer, right)) return handler(std::move(request), std::move(respond));
    respond(refused_for(right, request.peer));
  };
}

Answer for_those_who_still_may(const Services& services, people::Right right, Answer answer) {
  return [&services, right, answer = std::move(answer)](const http::Request& request) -> Result<http::Response> {
    if (request.peer.is_local || request.method == "GET") return answer(request);
    const auto person = person_asking(services, request);
    if (!person) return std::unexpected(person.error());
    if (!people::has(person->rights, right)) return refused_for(right, request.peer);
    return answer(request);
  };
}

namespace {

void add_guarded(http::Router& router, const Services& services, people::Right right, http::Route route,
                 Answer answer) {
  Answer still = for_those_who_still_may(services, right, std::move(answer));
  route.handler = for_those_who_may(right, takes_long(right, route.path) ? on_lane(services, std::move(still))
                                                                         : on_short_lane(services, std::move(still)));
  route.right = std::string(people::name_of(right));
  router.add(std::move(route));
}

http::Route route_of(std::string method, std::string path, std::size_t max_body_bytes) {
  http::Route route;
  route.method = std::move(method);
  route.path = std::move(path);
  route.max_body_bytes = max_body_bytes;
  if (max_body_bytes > 0) route.takes = kJson;
  return route;
}

}  // namespace

void add_route(http::Router& router, const Services& services, people::Right right, std::string method,
               std::string path, Answer answer, std::size_t max_body_bytes) {
  http::Route route = route_of(std::move(method), std::move(path), max_body_bytes);
  route.has_tag = route.method == "GET";
  answer = route.has_tag ? unless_known(tagged(services, std::move(answer), Reach::of_this_start))
                         : without_if_match(std::move(answer));
  add_guarded(router, services, right, std::move(route), std::move(answer));
}

void add_state(http::Router& router, const Services& services, people::Right right, std::string path, Answer state) {
  http::Route route = route_of("GET", std::move(path), 0);
  route.has_tag = true;
  state = unless_known(tagged(services, std::move(state), Reach::of_every_collector));
  add_guarded(router, services, right, std::move(route), std::move(state));
}

void add_change(http::Router& router, const Services& services, people::Right right, std::string path, Answer change,
                Answer state) {
  http::Route route = route_of("POST", std::move(path), http::kSmallBodyBytes);
  route.heeds_if_match = true;
  change = unless_changed(services, std::move(change), tagged(services, std::move(state), Reach::of_every_collector));
  add_guarded(router, services, right, std::move(route), std::move(change));
}

}  // namespace perspective::resources
