// A real server on loopback and on a Unix socket, with a real authority of its own.
#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <chrono>
#include <string>

#include "base/clock.h"
#include "http/problem.h"
#include "http/server.h"
#include "protocol/enrolment.h"
#include "unit/http/web_client.h"

namespace perspective::http {

inline constexpr int kDays = 30;

struct Identity {
  std::string key_pem;
  std::string certificate_pem;
};

class ServerFixture : public ::testing::Test {
 protected:
  ServerFixture() {
    char name[] = "/tmp/perspective-http-XXXXXX";
    folder_ = ::mkdtemp(name);
    socket_ = folder_ / "admin.sock";
    authority_ = make_authority();
  }
  ~ServerFixture() override {
    server_.reset();
    std::filesystem::remove_all(folder_);
  }

  static protocol::KeyAndCertificate make_authority() {
    return protocol::make_authority("Test authority", SystemClock().now_s(), kDays).value();
  }

  static Identity kiosk_of(const protocol::KeyAndCertificate& authority, const std::string& name) {
    const auto made = protocol::make_device_key().value();
    return {made.key_pem,
            protocol::issue_kiosk(authority, made.request_pem, name, SystemClock().now_s(), kDays).value()};
  }

  void add(Route route) { router_.add(std::move(route)); }

  void start(Limits limits = {}) {
    const auto own = protocol::issue(authority_, protocol::Use::server, {"127.0.0.1"}, SystemClock().now_s(), kDays);
    server_ = std::make_unique<Server>(limits);
    auto port = server_->listen_tls({.address = "127.0.0.1",
                                     .port = 0,
                                     .certificate_pem = own->certificate_pem,
                                     .key_pem = own->key_pem,
                                     .authority_pem = authority_.certificate_pem},
                                    router_);
    ASSERT_TRUE(port) << port.error().what;
    port_ = *port;
    auto local = server_->listen_local(socket_, router_);
    ASSERT_TRUE(local) << local.error().what;
    server_->start();
  }

  WebClient kiosk() const {
    WebClient client("https://127.0.0.1:" + std::to_string(port_));
    client.authority_pem = authority_.certificate_pem;
    return client;
  }

  WebClient kiosk(const Identity& identity) const {
    auto client = kiosk();
    client.certificate_pem = identity.certificate_pem;
    client.key_pem = identity.key_pem;
    return client;
  }

  WebClient local() const {
    WebClient client("http://collector");
    client.socket = socket_;
    return client;
  }

  // A plain connection to the Unix socket, to say what no HTTP library would.
  int connect_local() const {
    const int descriptor = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    socket_.string().copy(address.sun_path, sizeof address.sun_path - 1);
    if (::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return descriptor;
    ::close(descriptor);
    return -1;
  }

  static std::string read_to_end(int descriptor) {
    std::string all;
    char part[4096];
    for (ssize_t count = 0; (count = ::read(descriptor, part, sizeof part)) > 0;) {
      all.append(part, static_cast<std::size_t>(count));
    }
    return all;
  }

  static Route echo(const std::string& method, const std::string& path, std::size_t max_body_bytes = 0) {
    return {.method = method,
            .path = path,
            .handler = [](const Request& request,
                          const Respond& respond) { respond(text_response(std::string(request.text()))); },
            .max_body_bytes = max_body_bytes};
  }

  std::filesystem::path folder_;
  std::filesystem::path socket_;
  protocol::KeyAndCertificate authority_;
  Router router_;
  std::unique_ptr<Server> server_;
  std::uint16_t port_ = 0;
};

}  // namespace perspective::http
