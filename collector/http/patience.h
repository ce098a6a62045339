// How long a connection is waited for, and whether anybody is still there; a part of connection.cc.
//
// Threads: on the stream's strand.
#pragma once

#include <poll.h>
#include <sys/socket.h>

#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/stream_traits.hpp>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <memory>

namespace perspective::http {

constexpr int kDrainMs = 2'000;

// Of a clock that never goes back.
inline std::int64_t now_ms() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

template <typename Stream>
void allow(Stream& stream, int time_ms) {
  boost::beast::get_lowest_layer(stream).expires_after(std::chrono::milliseconds(time_ms));
}

// The end of patience with a client that sends slowly. Beast's own clock closes the connection, and then nobody can be
// told why; this one only ends what is under way. On the stream's strand.
template <typename Stream>
class Patience {
 public:
  Patience(Stream& stream, int time_ms)
      : timer_(stream.get_executor(), std::chrono::milliseconds(time_ms)),
        waiting_(std::make_shared<Waiting>(&stream)) {
    boost::beast::get_lowest_layer(stream).expires_after(std::chrono::milliseconds(time_ms + kDrainMs));
    timer_.async_wait([waiting = waiting_](const boost::system::error_code& error) {
      if (error || waiting->stream == nullptr) return;
      waiting->has_ended = true;
      boost::beast::get_lowest_layer(*waiting->stream).cancel();
    });
  }
  Patience(const Patience&) = delete;
  Patience& operator=(const Patience&) = delete;
  ~Patience() { waiting_->stream = nullptr; }
  bool has_ended() const { return waiting_->has_ended; }

 private:
  struct Waiting {
    explicit Waiting(Stream* of) : stream(of) {}
    Stream* stream;
    bool has_ended = false;
  };
  boost::asio::steady_timer timer_;
  std::shared_ptr<Waiting> waiting_;
};

// Whoever waits for what comes next says nothing more: a byte is the end of TLS, none at all that of the connection.
template <typename Stream>
bool has_hung_up(Stream& stream) {
  char byte = 0;
  const auto seen =
      ::recv(boost::beast::get_lowest_layer(stream).socket().native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  return seen >= 0 || (errno != EAGAIN && errno != EWOULDBLOCK);
}

// The same while an answer is made, whatever was said and not read yet. From any thread, while the socket is open.
inline bool has_closed(int socket) {
  pollfd asked{.fd = socket, .events = POLLRDHUP, .revents = 0};
  return ::poll(&asked, 1, 0) == 1 && (asked.revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0;
}

}  // namespace perspective::http
