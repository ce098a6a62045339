#include "resources/event_api.h"

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include "http/problem.h"
#include "resources/life_api.h"
#include "resources/people_door.h"

namespace perspective::resources {

using http::Request;
using http::Response;
using std::chrono::steady_clock;

namespace {

constexpr auto kFresh = std::chrono::seconds(1);

// What all of them wait for, and who they are.
class Board {
 public:
  Result<std::string> text(const Services& services) {
    const std::lock_guard one_looks(mutex_);
    const auto now = steady_clock::now();
    if (text_ && now - looked_ < kFresh) return *text_;
    auto list = inspections_json(services);
    if (!list) return list;
    text_ = *std::move(list);
    looked_ = now;
    return *text_;
  }
  // A place for as long as what is given back lives; nothing: there is none.
  static std::shared_ptr<void> place(const std::shared_ptr<Board>& board, const std::string& who) {
    const std::lock_guard hold(board->mutex_);
    std::size_t all = 0;
    for (const auto& [name, count] : board->waiting_) all += count;
    if (all >= kMostWaiting || board->waiting_[who] >= kMostOfOne) return nullptr;
    ++board->waiting_[who];
    return {board.get(), [board, who](void*) { board->leave(who); }};
  }

 private:
  void leave(const std::string& who) {
    const std::lock_guard hold(mutex_);
    if (--waiting_[who] == 0) waiting_.erase(who);
  }

  std::mutex mutex_;
  std::map<std::string, std::size_t> waiting_;  // how often each
  std::optional<std::string> text_;
  steady_clock::time_point looked_;
};

// One who waits.
struct Watch {
  std::shared_ptr<Board> board;
  std::shared_ptr<void> place;
  Request head;  // by which they are known
  std::string told = {};
  int silent_ms = 0;
};

std::string event_of(const std::string& list) { return "event: inspections\ndata: " + list + "\n\n"; }

bool may_still_see(const Services& services, const Request& head) {
  if (head.peer.is_local) return true;
  const auto person = person_asking(services, head, false);
  return person && people::has(person->rights, people::Right::see_inspections);
}

Response no_more() { return http::problem(401, "This is over."); }

// Looks at the session each time: it is their leave to know.
Result<Response> look_again(const Services& services, Watch& watch) {
  if (!may_still_see(services, watch.head)) return no_more();
  auto list = watch.board->text(services);
  if (!list) return std::unexpected(list.error());
  Response next;
  watch.silent_ms += kLookEvery_ms;
  if (*list != watch.told) {
    watch.told = *std::move(list);
    next.body = event_of(watch.told);
  } else if (watch.silent_ms >= kBeat_ms) {
    next.body = ": here\n\n";
  }
  if (!next.body.empty()) watch.silent_ms = 0;
  return next;
}

Result<Response> wait(const Services& services, const std::shared_ptr<Board>& board, const Request& request) {
  const std::string who = request.peer.is_local ? std::string() : request.peer.user;
  auto watch = std::make_shared<Watch>(Watch{.board = board, .place = Board::place(board, who), .head = {}});
  if (!watch->place) return http::problem(503, "Too many pages wait for news already; close one, or try again later.");
  watch->head.headers = request.headers;
  watch->head.peer = request.peer;
  auto list = board->text(services);
  if (!list) return std::unexpected(list.error());
  watch->told = *std::move(list);
  Response response{.status = 200,
                    .content_type = "text/event-stream",
                    .body = "retry: 5000\n\n" + event_of(watch->told),
                    .headers = {}};
  response.goes_on = std::make_shared<http::GoesOn>(http::GoesOn{
      .period_ms = kLookEvery_ms,
      .next = on_pool(services, [&services, watch](const Request&) { return look_again(services, *watch); })});
  return response;
}

}  // namespace

void add_event_routes(http::Router& router, Services& services) {
  const auto board = std::make_shared<Board>();
  router.add(
      {.method = "GET",
       .path = "/v1/events",
       .handler = for_those_who_may(
           people::Right::see_inspections,
           on_pool(services, [&services, board](const Request& request) { return wait(services, board, request); })),
       .right = std::string(people::name_of(people::Right::see_inspections)),
       .is_watch = true});
}

}  // namespace perspective::resources
