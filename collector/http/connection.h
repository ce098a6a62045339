// Inside collector/http: one connection's conversation. Includes Boost.Asio and Beast; server.cc and connection.cc
// only.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <string>

#include "http/bodies.h"
#include "http/guests.h"
#include "http/router.h"
#include "http/server.h"

namespace perspective::http {

using TcpStream = boost::beast::tcp_stream;
using TlsStream = boost::beast::ssl_stream<TcpStream>;
using LocalStream = boost::beast::basic_stream<boost::asio::local::stream_protocol>;

// What a connection needs of its listener; outlives it.
struct House {
  const Limits& limits;
  const Router& router;
  Guests guests = {};
  Rates rates = {};
  Bodies bodies = {};
  Bodies answers = {};
};

struct Caller {
  Peer peer;
  std::string address;  // counted as one when it asks too often, until it is known who it is; empty: nobody counts
  std::size_t guest = 0;
};

// Request after request until the client or the server has had enough. is_idle is true while nothing is under way;
// it is read and written on the stream's strand.
template <typename Stream>
boost::asio::awaitable<void> converse(Stream& stream, const Caller& caller, House& house, bool& is_idle);

// Reads on for a moment, so that a client in the middle of sending sees our last words and not a reset connection.
template <typename Stream>
boost::asio::awaitable<void> drain(Stream& stream);

}  // namespace perspective::http
