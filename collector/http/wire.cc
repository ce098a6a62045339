#include "http/wire.h"

#include <algorithm>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/error.hpp>
#include <iterator>
#include <string>
#include <utility>

#include "base/clock.h"
#include "http/problem.h"

namespace perspective::http {

namespace beast = boost::beast;

WireResponse to_wire(Response response, const Headers& always, const Parser& parser, bool keep_alive) {
  WireResponse wire(beast::http::int_to_status(static_cast<unsigned>(response.status)), 11);
  if (!response.content_type.empty()) wire.set(beast::http::field::content_type, response.content_type);
  for (const auto& [name, value] : always) wire.set(name, value);
  for (const auto& [name, value] : response.headers) {
    const bool is_one_of_many = beast::iequals(name, "Set-Cookie");
    is_one_of_many ? wire.insert(name, value) : wire.set(name, value);
  }
  if (wire[beast::http::field::cache_control].empty()) wire.set(beast::http::field::cache_control, "no-store");
  // By it a kiosk finds out that its own clock is wrong.
  wire.set(beast::http::field::date, http_date(SystemClock().now_s()));
  wire.set("X-Content-Type-Options", "nosniff");
  wire.body() = std::move(response.body);
  wire.keep_alive(keep_alive);
  wire.prepare_payload();
  // An answer to HEAD, or 304, names no body.
  if (response.status == 304 || parser.get().method() == beast::http::verb::head) wire.body().clear();
  return wire;
}

std::optional<Response> complaint_of(const boost::system::error_code& cause, const Parser& parser) {
  using beast::http::error;
  const bool is_in_first_line = parser.get().target().empty();
  if (cause == error::header_limit && is_in_first_line) return problem(414, "The address may hold 16 KiB.");
  if (cause == error::header_limit) return problem(431, "The header may hold 16 KiB.");
  if (cause == error::body_limit) return problem(413, "The body is larger than this address takes.");
  if (cause == error::end_of_stream || cause == error::partial_message) return std::nullopt;
  const bool is_grammar = cause.category() == beast::http::make_error_code(error::bad_method).category();
  if (is_grammar) return problem(400, "This is not HTTP as the collector reads it.");
  return std::nullopt;
}

std::optional<Response> objection_to_type(const Route& route, const Parser& parser) {
  const bool has_body = parser.chunked() || parser.content_length().value_or(0) > 0;
  if (!has_body || route.takes.empty()) return std::nullopt;
  const std::string_view given = media_type(parser.get()[beast::http::field::content_type]);
  if (beast::iequals(given, route.takes)) return std::nullopt;
  Response response = problem(415, "This address takes " + route.takes + ": say so in Content-Type.");
  response.headers.emplace_back("Accept", route.takes);
  return response;
}

std::optional<Response> objection_to_size(const Parser& parser) {
  const auto target = parser.get().target();
  if (std::min(target.find('?'), target.size()) > kMaxPathBytes) return problem(414, "The path may hold 1 KiB.");
  const auto fields = std::ranges::distance(parser.get().base());
  if (static_cast<std::size_t>(fields) > kMaxHeaderFields) return problem(431, "The header may hold 64 fields.");
  return std::nullopt;
}

std::optional<Response> objection(const Match& match, const Parser& parser, const Peer& peer) {
  if (!match.route && match.allowed.empty()) return problem(404, "There is nothing at this address.");
  if (!match.route) {
    Response response = problem(405, "This address takes " + match.allowed + ".");
    response.headers.emplace_back("Allow", match.allowed);
    return response;
  }
  if (match.route->needs_certificate && peer.certificate_pem.empty())
    return problem(401, "Enrol this kiosk first: it showed no certificate.");
  const auto length = parser.content_length();
  if (length && *length > match.route->max_body_bytes)
    return problem(413, "This address takes " + std::to_string(match.route->max_body_bytes) + " bytes at most.");
  return std::nullopt;
}

}  // namespace perspective::http
