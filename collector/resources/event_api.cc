#include "resources/event_api.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include "base/random.h"
#include "http/problem.h"
#include "resources/life_api.h"
#include "resources/people_door.h"
#include "resources/watch_places.h"

namespace perspective::resources {

using http::Request;
using http::Response;
using std::chrono::steady_clock;

namespace {

constexpr auto kFresh = std::chrono::seconds(1);

// What all of them wait for, and who they are.
class Board {
 public:
  // Where somebody goes on who has read the event of this name; without one: from now on. nullopt: that is of another
  // run, so what they know is not known here.
  Result<std::optional<std::uint64_t>> place_after(const Services& services, const std::string& event) {
    const std::lock_guard one_looks(mutex_);
    if (auto looked = look(services); !looked) return std::unexpected(looked.error());
    if (event.empty()) return changes_;
    const std::string_view number = std::string_view(event).substr(std::min(run_.size(), event.size()));
    std::uint64_t seen = 0;
    const auto read = std::from_chars(number.data(), number.data() + number.size(), seen);
    const bool is_whole = read.ec == std::errc() && read.ptr == number.data() + number.size();
    if (!event.starts_with(run_) || !is_whole || seen > changes_) return std::nullopt;
    return seen;
  }
  std::string name_of(std::uint64_t change) const { return run_ + std::to_string(change); }
  // What changed since `seen` was the number of the latest change, which it is again then; nothing: nothing did.
  Result<std::optional<std::string>> news(const Services& services, std::optional<std::uint64_t>& seen) {
    const std::lock_guard one_looks(mutex_);
    if (auto looked = look(services); !looked) return std::unexpected(looked.error());
    if (seen == changes_) return std::nullopt;
    std::string list;
    for (const auto& [id, known] : known_) {
      if (!seen || known.change > *seen) list += (list.empty() ? "" : ",") + known.text;
    }
    seen = changes_;
    return "{\"inspections\":[" + list + "]}";
  }

 private:
  Result<void> look(const Services& services) {
    const auto now = steady_clock::now();
    if (looked_ && now - *looked_ < kFresh) return {};
    auto texts = inspection_texts(services);
    if (!texts) return std::unexpected(texts.error());
    looked_ = now;
    const auto change = changes_ + 1;
    for (auto& [id, text] : *texts) {
      auto& known = known_[id];
      if (known.text == text) continue;
      known = {std::move(text), change};
      changes_ = change;
    }
    return {};
  }

  const std::string run_ = to_hex(random_bytes(8)) + "-";  // of this process: another counts from nothing
  std::mutex mutex_;
  struct Known {
    std::string text;  // of one inspection, as JSON
    std::uint64_t change = 0;
  };
  std::map<std::string, Known> known_;  // each that ever was is still there
  std::uint64_t changes_ = 0;
  std::optional<steady_clock::time_point> looked_;
};

// One who waits.
struct Watch {
  std::shared_ptr<Board> board;
  std::shared_ptr<const WatchPlaces::Place> place;
  Request head;  // by which they are known
  std::optional<std::uint64_t> seen = {};
  int silent_ms = 0;
};

std::string event_of(const Watch& watch, const std::string& list) {
  return "id: " + watch.board->name_of(*watch.seen) + "\nevent: inspections\ndata: " + list + "\n\n";
}

bool may_still_see(const Services& services, const Request& head) {
  if (head.peer.is_local) return true;
  const auto person = person_asking(services, head, false);
  return person && people::has(person->rights, people::Right::see_inspections);
}

Response no_more() { return http::problem(401, "This is over."); }

// Looks at the session each time: it is their leave to know.
Result<Response> look_again(const Services& services, Watch& watch) {
  if (watch.place->has_made_room || !may_still_see(services, watch.head)) return no_more();
  const auto news = watch.board->news(services, watch.seen);
  if (!news) return std::unexpected(news.error());
  Response next;
  watch.silent_ms += kLookEvery_ms;
  if (*news) {
    next.body = event_of(watch, **news);
  } else if (watch.silent_ms >= kBeat_ms) {
    next.body = ": here\n\n";
  }
  if (!next.body.empty()) watch.silent_ms = 0;
  return next;
}

Result<Response> wait(const Services& services, const std::shared_ptr<Board>& board, WatchPlaces& places,
                      const Request& request) {
  const std::string who = request.peer.is_local ? std::string() : request.peer.user;
  auto watch = std::make_shared<Watch>(Watch{.board = board, .place = places.take(who), .head = {}});
  if (!watch->place) return http::problem(503, "Too many pages wait for news already; close one, or try again later.");
  watch->head.headers = request.headers;
  watch->head.peer = request.peer;
  // What a browser says by itself, connecting again, is newer than what was asked for at first.
  const auto last = request.header("last-event-id");
  const auto seen = board->place_after(services, last.empty() ? request.query_value("since") : last);
  if (!seen) return std::unexpected(seen.error());
  watch->seen = *seen;
  const auto news = board->news(services, watch->seen);
  if (!news) return std::unexpected(news.error());
  Response response{.status = 200,
                    .content_type = "text/event-stream",
                    .body = "retry: 5000\n\n" + event_of(*watch, news->value_or(R"({"inspections":[]})")),
                    .headers = {}};
  response.goes_on = std::make_shared<http::GoesOn>(http::GoesOn{
      .period_ms = kLookEvery_ms,
      .next = on_pool(services, [&services, watch](const Request&) { return look_again(services, *watch); })});
  return response;
}

}  // namespace

void add_event_routes(http::Router& router, Services& services) {
  const auto board = std::make_shared<Board>();
  const auto places = std::make_shared<WatchPlaces>(kMostWaiting, kMostOfOne);
  router.add({.method = "GET",
              .path = "/v1/events",
              .handler = for_those_who_may(
                  people::Right::see_inspections,
                  on_pool(services, [&services, board, places](
                                        const Request& request) { return wait(services, board, *places, request); })),
              .right = std::string(people::name_of(people::Right::see_inspections)),
              .is_watch = true});
}

}  // namespace perspective::resources
