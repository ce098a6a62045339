#include "http/connection.h"

#include <algorithm>
#include <array>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/serializer.hpp>
#include <boost/beast/http/write.hpp>
#include <chrono>
#include <optional>

#include "http/answering.h"
#include "http/patience.h"
#include "http/problem.h"
#include "http/wire.h"

namespace perspective::http {

namespace asio = boost::asio;
namespace beast = boost::beast;
using boost::system::error_code;

// g++ 12 destroys temporaries of a co_await expression twice, and makes a trap of one inside a condition. So here every
// co_await is a statement of its own, and what it is given has a name.
namespace {

using Buffer = beast::basic_flat_buffer<WipingAllocator<char>>;

constexpr std::size_t kDrainBytes = 256 * 1024;
constexpr auto kRest = std::chrono::seconds(1);

// Calls the handler and waits, on this connection's strand, for its answer from whichever thread.
asio::awaitable<Response> ask(const Handler& handler, Request& request) {
  const asio::any_io_executor executor = co_await asio::this_coro::executor;
  const auto initiate = [&handler, &executor, &request](auto completion) {
    auto held = std::make_shared<decltype(completion)>(std::move(completion));
    auto answering = std::make_shared<Answering>([held, executor](Response response) {
      asio::post(executor, [held, answer = std::move(response)]() mutable { std::move (*held)(std::move(answer)); });
    });
    try {
      handler(std::move(request), [answering](Response response) { answering->answer(std::move(response)); });
    } catch (const std::exception&) {
      answering->answer(problem(500, "The collector failed."));
    }
  };
  Response response =
      co_await asio::async_initiate<const asio::use_awaitable_t<>, void(Response)>(initiate, asio::use_awaitable);
  co_return response;
}

template <typename Stream>
class Conversation {
 public:
  Conversation(Stream& stream, const Caller& caller, House& house, bool& is_idle)
      : stream_(stream),
        peer_(caller.peer),
        guest_(caller.guest),
        who_(caller.address),
        house_(house),
        is_idle_(is_idle) {}

  asio::awaitable<void> run() {
    bool goes_on = true;
    co_await recognise();
    while (goes_on && !house_.guests.is_stopping()) goes_on = co_await exchange();
  }

 private:
  // Whoever has a certificate may have others, and is one guest with all of them; where it is good no more, none.
  asio::awaitable<void> recognise() {
    if (peer_.certificate_holder.empty()) co_return;
    if (house_.router.recogniser()) {
      Request head;
      head.peer = peer_;
      const Response answer = co_await ask(house_.router.recogniser(), head);
      refused_ = answer.status == 200 ? std::nullopt : std::optional(answer);
      if (refused_) co_return;
    }
    is_known_ = true;
    who_ = "holder " + peer_.certificate_holder;
    house_.guests.know(guest_, who_);
  }

  // One request and its answer; false: the connection is over.
  asio::awaitable<bool> exchange() {
    Parser parser;
    parser.header_limit(kMaxHeaderBytes);
    parser.body_limit(boost::none);  // set by the route, below
    error_code error;
    bool goes_on = false;
    std::optional<Response> complaint;
    co_await read_header(parser, error, complaint);
    if (error) {
      co_await refuse(parser, complaint);
      co_return false;
    }
    // That a store did not answer, or too many asked, says nothing of who this is.
    if (refused_ && refused_->status >= 500) co_await recognise();
    asked_by_.reset();
    std::optional<Response> refusal = find_route(parser);
    if (!refusal && house_.router.gate()) {
      const Response entry = co_await ask_gate(parser);
      refusal = entry.status == 200 ? std::nullopt : std::optional(entry);
    }
    if (std::optional<Response> later = too_often()) refusal = std::move(later);
    // Before its body: a stranger has room for one at each of their addresses.
    if (!refusal && match_.route->needs_certificate) refusal = refused_;
    if (!refusal) refusal = objection_to_type(*match_.route, parser);
    const auto room = refusal ? nullptr : room_for_body(parser);
    if (!refusal && !room) refusal = problem(503, "Too much of yours, or of all, is on its way; try again soon.");
    if (refusal) {
      goes_on = co_await decline(parser, *refusal);
      co_return goes_on;
    }
    parser.body_limit(match_.route->max_body_bytes);
    co_await read_body(parser, error, complaint);
    if (error) {
      co_await refuse(parser, complaint);
      co_return false;
    }
    Request request = request_of(parser);
    std::optional<AtWork> at_work(std::in_place, house_.guests, guest_);
    Response response = co_await ask(match_.route->handler, request);
    at_work.reset();
    const auto place = room_for_answer(response);
    if (response.goes_on) {
      co_await go_on(std::move(response), parser);
      co_return false;
    }
    goes_on = parser.get().keep_alive() && !house_.guests.is_stopping();
    goes_on = co_await answer(response, parser, goes_on);
    co_return goes_on;
  }

  // What keeps the request from its handler.
  std::optional<Response> find_route(const Parser& parser) {
    if (auto too_large = objection_to_size(parser)) return too_large;
    auto target = parse_target(std::string(parser.get().target()));
    if (!target) return problem(target.error(), peer_);
    target_ = *std::move(target);
    match_ = house_.router.find(std::string(parser.get().method_string()), target_.path);
    return objection(match_, parser, peer_);
  }

  // Whoever asked before on this connection may be another now.
  asio::awaitable<Response> ask_gate(const Parser& parser) {
    asked_by_ = std::make_shared<Peer>(peer_);
    Request head = head_of(parser);
    const Handler gate = [this](Request request, Respond respond) {
      house_.router.gate()(request, *match_.route, asked_by_, std::move(respond));
    };
    Response response = co_await ask(gate, head);
    if (!asked_by_->known_as.empty()) house_.guests.know(guest_, "person " + asked_by_->known_as);
    co_return response;
  }

  bool is_known_person() const { return asked_by_ && !asked_by_->known_as.empty(); }
  std::string asker() const { return is_known_person() ? "person " + asked_by_->known_as : who_; }

  // One that does not say how long it is may become as long as its address takes.
  std::shared_ptr<void> room_for_body(const Parser& parser) {
    const std::size_t most = parser.chunked() ? match_.route->max_body_bytes : 0;
    return house_.bodies.room_for(peer_.is_local ? "" : asker(), parser.content_length().value_or(most));
  }

  // Until it has gone: who asks and does not read holds no more than that.
  std::shared_ptr<void> room_for_answer(Response& response) {
    auto room = house_.answers.room_for(peer_.is_local ? "" : asker(), response.body.size());
    if (!room) response = problem(503, "Too many answers to you, or to all, are on their way; try again soon.");
    return room;
  }

  // An office has one address: who is known is counted apart from the strangers in it.
  std::optional<Response> too_often() {
    if (who_.empty()) return std::nullopt;
    const bool is_person = is_known_person();
    const Rate& known = is_person ? house_.limits.persons : house_.limits.kiosks;
    const Rate& rate = is_person || is_known_ ? known : house_.limits.strangers;
    const int seconds = house_.rates.seconds_until_allowed(asker(), rate, now_ms());
    if (seconds == 0) return std::nullopt;
    Response response = problem(429, "This is more often than the collector answers one kiosk, person or address.");
    response.headers.emplace_back("Retry-After", std::to_string(seconds));
    return response;
  }

  // complaint: what is to be said where there is an error. Whoever began no request is told nothing.
  asio::awaitable<void> read_header(Parser& parser, error_code& error, std::optional<Response>& complaint) {
    is_idle_ = true;
    const Patience<Stream> patience(stream_, house_.limits.header_ms);
    co_await beast::http::async_read_header(stream_, buffer_, parser, asio::redirect_error(asio::use_awaitable, error));
    is_idle_ = false;
    if (error) complaint = complaint_of(error, parser);
    const bool has_begun = parser.got_some() || buffer_.size() > 0;
    if (error && patience.has_ended() && has_begun) complaint = problem(408, "The header came too slowly.");
  }

  asio::awaitable<void> read_body(Parser& parser, error_code& error, std::optional<Response>& complaint) {
    const Patience<Stream> patience(stream_, house_.limits.body_ms);
    if (beast::iequals(parser.get()[beast::http::field::expect], "100-continue") && !parser.is_done()) {
      beast::http::response<beast::http::empty_body> go_on(beast::http::status::continue_, 11);
      co_await beast::http::async_write(stream_, go_on, asio::redirect_error(asio::use_awaitable, error));
      if (error) co_return;
    }
    co_await beast::http::async_read(stream_, buffer_, parser, asio::redirect_error(asio::use_awaitable, error));
    if (error) complaint = complaint_of(error, parser);
    if (error && patience.has_ended()) complaint = problem(408, "The body came too slowly. Nothing of it was taken.");
  }

  Request head_of(const Parser& parser) const {
    Request request;
    request.method = std::string(parser.get().method_string());
    request.path = target_.path;
    request.query = target_.query;
    request.parameters = match_.parameters;
    for (const auto& field : parser.get().base()) request.headers[lower_case(field.name_string())] = field.value();
    request.peer = asked_by_ ? *asked_by_ : peer_;
    return request;
  }

  Request request_of(Parser& parser) const {
    Request request = head_of(parser);
    request.body = std::move(parser.get().body());
    request.has_gone = [socket = beast::get_lowest_layer(stream_).socket().native_handle()] {
      return has_closed(socket);
    };
    return request;
  }

  asio::awaitable<bool> answer(Response& response, const Parser& parser, bool keep_alive) {
    // Who is shut out begins anew, and so does who has been here long: the handshake looks at the certificate again.
    const bool is_shut_out = !peer_.is_local && (response.status == 401 || response.status == 403);
    if (is_shut_out || std::chrono::steady_clock::now() >= end_) keep_alive = false;
    WireResponse wire = to_wire(std::move(response), house_.router.always(), parser, keep_alive);
    allow(stream_, house_.limits.write_ms);
    error_code error;
    co_await beast::http::async_write(stream_, wire, asio::redirect_error(asio::use_awaitable, error));
    co_return !error && keep_alive;
  }

  // Its end is that of the connection (RFC 9112, 6.3): nobody knows before how long it will be.
  asio::awaitable<void> go_on(Response response, const Parser& parser) {
    const auto more = std::exchange(response.goes_on, nullptr);
    std::string part = std::exchange(response.body, {});
    WireResponse head = to_wire(std::move(response), house_.router.always(), parser, false);
    head.erase(beast::http::field::content_length);
    beast::http::response_serializer<beast::http::string_body> serializer(head);
    allow(stream_, house_.limits.write_ms);
    error_code error;
    co_await beast::http::async_write_header(stream_, serializer, asio::redirect_error(asio::use_awaitable, error));
    const asio::any_io_executor executor = co_await asio::this_coro::executor;
    while (!error && !house_.guests.is_stopping() && std::chrono::steady_clock::now() < end_) {
      if (!part.empty()) {
        const asio::const_buffer bytes = asio::buffer(part);
        allow(stream_, house_.limits.write_ms);
        co_await asio::async_write(stream_, bytes, asio::redirect_error(asio::use_awaitable, error));
        if (error) break;
      }
      asio::steady_timer pause(executor, std::chrono::milliseconds(more->period_ms));
      co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
      if (has_hung_up(stream_)) break;
      Request nothing;
      Response next = co_await ask(more->next, nothing);
      if (next.status != 200) break;
      part = std::move(next.body);
    }
  }

  // A refusal after which the connection cannot go on; said where somebody is there to hear it.
  asio::awaitable<void> refuse(const Parser& parser, const std::optional<Response>& response) {
    if (!response) co_return;
    Response said = *response;
    co_await answer(said, parser, false);
    co_await drain(stream_);
  }

  // A refusal before the body was read: the connection goes on only where there is none, and not for whoever sends what
  // none of our programs does, and what takes longest to read.
  asio::awaitable<bool> decline(const Parser& parser, Response& response) {
    const bool has_body = parser.chunked() || parser.content_length().value_or(0) > 0;
    const bool is_too_large = response.status == 414 || response.status == 431;
    const bool keep_alive = parser.get().keep_alive() && !has_body && !is_too_large;
    const bool is_too_often = response.status == 429;
    const bool goes_on = co_await answer(response, parser, keep_alive);
    if (has_body) co_await drain(stream_);
    if (goes_on && is_too_often) co_await rest();
    co_return goes_on;
  }

  // A refusal costs nearly what an answer does: whoever asks on all the same is heard once a second here.
  asio::awaitable<void> rest() {
    is_idle_ = true;
    const asio::any_io_executor executor = co_await asio::this_coro::executor;
    asio::steady_timer pause(executor, kRest);
    error_code error;
    co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
  }

  Stream& stream_;
  const Peer& peer_;
  const std::size_t guest_;
  std::string who_;                  // counts as one
  bool is_known_ = false;            // as the holder of a certificate that is good
  std::optional<Response> refused_;  // what whoever shows one that is not is told
  House& house_;
  bool& is_idle_;
  std::chrono::steady_clock::time_point end_ =
      std::chrono::steady_clock::now() + std::chrono::milliseconds(house_.limits.connection_ms);
  Target target_;  // of the request under way
  Match match_;
  std::shared_ptr<Peer> asked_by_;  // whom the gate found
  Buffer buffer_{kMaxHeaderBytes + 64 * 1024};
};

}  // namespace

template <typename Stream>
asio::awaitable<void> converse(Stream& stream, const Caller& caller, House& house, bool& is_idle) {
  Conversation<Stream> conversation(stream, caller, house, is_idle);
  co_await conversation.run();
}

template <typename Stream>
asio::awaitable<void> drain(Stream& stream) {
  allow(stream, kDrainMs);
  std::array<char, 8192> rest{};
  for (std::size_t drained = 0; drained < kDrainBytes;) {
    error_code error;
    const asio::mutable_buffer place = asio::buffer(rest);
    drained += co_await stream.async_read_some(place, asio::redirect_error(asio::use_awaitable, error));
    if (error) break;
  }
}

template asio::awaitable<void> drain(TcpStream&);
template asio::awaitable<void> converse(TlsStream&, const Caller&, House&, bool&);
template asio::awaitable<void> converse(LocalStream&, const Caller&, House&, bool&);

}  // namespace perspective::http
