// The collector's doors: TLS for kiosks, TLS for people, a Unix socket for whoever runs the service.
//
// Promise:   TLS 1.3 only: kiosks are ours, and browsers have it since 2018 (RFC 8446). Where the listener names an
//            authority a client certificate is asked for; one that the authority did not issue for clients ends the
//            handshake; none at all is answered 401 where the route needs one. Who asks too often is answered 429
//            with Retry-After. After 401 or 403, and after connection_ms, a connection over the network is closed. The
//            Unix socket has mode 0600 and serves only the user that the service runs as, and root. Every limit below
//            holds before a handler is asked. Nothing of a request is logged.
// Errors:    listen: io with the system's reason; conflict when a service already answers on the socket; invalid for a
//            host that is no address, or for a key or certificate that cannot be used.
// Ownership: owns its threads, sockets and routers.
// Threads:   listen and start from one thread, stop from any; handlers run on the server's threads: they must not
// block. Units:     times in milliseconds.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "http/guests.h"
#include "http/router.h"

namespace perspective::http {

constexpr std::size_t kMaxHeaderBytes = 16 * 1024;

struct Limits {
  int handshake_ms = 10'000;
  int header_ms = 30'000;  // from the end of the last answer: also how long an idle connection is kept
  int body_ms = 180'000;   // a full batch over a slow line
  int write_ms = 180'000;
  int connection_ms = 3'600'000;              // then the certificate is looked at anew
  int stop_ms = 10'000;                       // requests under way when stopping
  std::size_t max_connections = 256;          // each listener; guests.h says who goes when more come
  Rate kiosks{.per_s = 20, .burst = 400};     // requests of one holder, with whatever certificate
  Rate persons{.per_s = 100, .burst = 1000};  // of one person whom the router's gate knows, from whatever address
  Rate strangers{.per_s = 5, .burst = 100};   // of one address, of whoever is neither: enrolment, the authority
};

struct TlsListener {
  std::string address = "0.0.0.0";
  std::uint16_t port = 0;  // 0: any free one
  std::string certificate_pem;
  std::string key_pem;
  std::string authority_pem;  // of the clients; empty: they have no certificates
};

class Server {
 public:
  explicit Server(Limits limits = {}, int threads = 2);
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  ~Server();

  // The port. limits: its own; else the server's.
  Result<std::uint16_t> listen_tls(const TlsListener& listener, Router router, std::optional<Limits> limits = {});
  Result<void> listen_local(const std::filesystem::path& socket, Router router);
  // While serving: who connects from now on to this listener's port is shown this certificate. Any thread.
  Result<void> renew(const TlsListener& listener);
  // Called on a thread of the server's, first after one period; must not block for long. Before start().
  void every(int period_ms, std::function<void()> work);

  void start();
  // No new connections; requests under way are answered, for stop_ms at most; then the threads end. Removes the socket.
  void stop();

 private:
  struct State;
  void end_conversations();
  std::unique_ptr<State> state_;
};

}  // namespace perspective::http
