// Inside collector/http: requests and answers as Beast has them, and what of a request's head is refused by its grammar
// alone. Includes Boost.Beast; connection.cc only.
//
// Errors:    as answers.
// Threads:   pure.
#pragma once

#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/vector_body.hpp>
#include <cstdint>
#include <optional>

#include "http/message.h"
#include "http/router.h"

namespace perspective::http {

using Parser =
    boost::beast::http::request_parser<boost::beast::http::vector_body<std::uint8_t, WipingAllocator<std::uint8_t>>>;
using WireResponse = boost::beast::http::response<boost::beast::http::string_body>;

// always: what every answer has in its head.
WireResponse to_wire(Response response, const Headers& always, const Parser& parser, bool keep_alive);

// Why reading failed; nothing where nobody is there to read it.
std::optional<Response> complaint_of(const boost::system::error_code& cause, const Parser& parser);

// A body that is not what the address takes. No body is no wrong one.
std::optional<Response> objection_to_type(const Route& route, const Parser& parser);

// A head within its 16 KiB that nobody has a use for, and that costs whoever reads it. Before anything else is asked.
constexpr std::size_t kMaxHeaderFields = 64;
std::optional<Response> objection_to_size(const Parser& parser);

// What keeps a request from its handler.
std::optional<Response> objection(const Match& match, const Parser& parser, const Peer& peer);

}  // namespace perspective::http
