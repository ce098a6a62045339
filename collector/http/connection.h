// Inside collector/http: one connection's conversation. Includes Boost.Asio and Beast; server.cc and connection.cc
// only.
#pragma once

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>

#include "http/router.h"
#include "http/server.h"

namespace perspective::http {

using TcpStream = boost::beast::tcp_stream;
using TlsStream = boost::beast::ssl_stream<TcpStream>;
using LocalStream = boost::beast::basic_stream<boost::asio::local::stream_protocol>;

// Who is in: counts connections, and tells the idle ones to leave when the server stops.
class Guests {
 public:
  // interrupt: called from another thread when the server stops; must not block. 0: full or stopping.
  std::size_t enter(std::size_t max_connections, std::function<void()> interrupt);
  void leave(std::size_t guest);
  bool is_stopping() const { return is_stopping_; }
  void ask_to_leave();
  void wait_until_gone(int patience_ms);

 private:
  std::atomic<bool> is_stopping_ = false;
  std::mutex mutex_;
  std::condition_variable is_gone_;
  std::map<std::size_t, std::function<void()>> interrupts_;
  std::size_t last_ = 0;
};

// What a connection needs of its listener; outlives it.
struct House {
  const Limits& limits;
  const Router& router;
  Guests guests;
};

// Request after request until the client or the server has had enough. is_idle is true while nothing is under way;
// it is read and written on the stream's strand.
template <typename Stream>
boost::asio::awaitable<void> converse(Stream& stream, const Peer& peer, House& house, bool& is_idle);

// Reads on for a moment, so that a client in the middle of sending sees our last words and not a reset connection.
template <typename Stream>
boost::asio::awaitable<void> drain(Stream& stream);

}  // namespace perspective::http
