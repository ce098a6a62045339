// Who else may answer where the collector should: a login page, an impostor with a certificate, a server of old TLS.
#pragma once

#include <arpa/inet.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <csignal>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>

#include "base/file.h"
#include "http/server.h"
#include "protocol/enrolment.h"

namespace perspective::network {

inline const std::string kLoginPage = "<!doctype html><title>Guest Wi-Fi</title><p>Please log in.</p>";

// Says one thing to everybody, without TLS, as the network of a hotel does.
class PlainServer {
 public:
  explicit PlainServer(std::string answer) : answer_(std::move(answer)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    EXPECT_EQ(::bind(listener_, reinterpret_cast<sockaddr*>(&address), size), 0);
    EXPECT_EQ(::listen(listener_, 8), 0);
    EXPECT_EQ(::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size), 0);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  PlainServer(const PlainServer&) = delete;
  PlainServer& operator=(const PlainServer&) = delete;
  ~PlainServer() {
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
  }
  std::uint16_t port() const { return port_; }
  int asked() const { return asked_; }

 private:
  void serve() {
    for (int client = 0; (client = ::accept(listener_, nullptr, nullptr)) >= 0;) {
      std::array<char, 4096> heard{};
      [[maybe_unused]] const auto count = ::recv(client, heard.data(), heard.size(), 0);
      ::send(client, answer_.data(), answer_.size(), MSG_NOSIGNAL);
      ++asked_;
      ::shutdown(client, SHUT_WR);
      while (::recv(client, heard.data(), heard.size(), 0) > 0) {
      }
      ::close(client);
    }
  }

  std::string answer_;
  int listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  std::uint16_t port_ = 0;
  std::atomic<int> asked_ = 0;
  std::thread thread_;
};

inline std::string http_answer(const std::string& head, const std::string& body) {
  return head + "\r\nContent-Type: text/html\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\nConnection: close\r\n\r\n" + body;
}

// TLS as the collector speaks it, with a certificate of the test's choice; `answers` is asked for every batch.
class Impostor {
 public:
  using Answers = std::function<http::Response(const http::Request&)>;
  Impostor(const protocol::KeyAndCertificate& own, const std::string& authority_of_kiosks, Answers answers) {
    http::Router router;
    router.add({.method = "POST",
                .path = "/v1/inspections/{inspection}/envelopes",
                .handler =
                    [this, answers = std::move(answers)](const http::Request& request, const http::Respond& respond) {
                      ++asked_;
                      respond(answers(request));
                    },
                .max_body_bytes = 8'000'000});
    const auto port = server_.listen_tls({.address = "127.0.0.1",
                                          .port = 0,
                                          .certificate_pem = own.certificate_pem,
                                          .key_pem = own.key_pem,
                                          .authority_pem = authority_of_kiosks},
                                         std::move(router));
    EXPECT_TRUE(port) << port.error().what;
    port_ = port.value_or(0);
    server_.start();
  }
  std::uint16_t port() const { return port_; }
  int asked() const { return asked_; }

 private:
  std::atomic<int> asked_ = 0;
  std::uint16_t port_ = 0;
  http::Server server_;  // last: it ends first
};

// openssl s_server with these arguments, in a process of its own that ends with this.
class OpensslServer {
 public:
  explicit OpensslServer(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"openssl", "s_server", "-accept", "127.0.0.1:0", "-www"});
    std::vector<char*> words;
    for (auto& argument : arguments) words.push_back(argument.data());
    words.push_back(nullptr);
    std::array<int, 2> output{};
    EXPECT_EQ(::pipe2(output.data(), O_CLOEXEC), 0);
    process_ = ::fork();
    if (process_ == 0) {
      ::dup2(output[1], STDOUT_FILENO);
      ::execvp("openssl", words.data());
      ::_exit(127);
    }
    ::close(output[1]);
    port_ = port_said_on(output[0]);
    ::close(output[0]);
  }
  OpensslServer(const OpensslServer&) = delete;
  OpensslServer& operator=(const OpensslServer&) = delete;
  ~OpensslServer() {
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
  }
  std::uint16_t port() const { return port_; }

 private:
  // "ACCEPT 127.0.0.1:PORT"
  static std::uint16_t port_said_on(int descriptor) {
    std::string said;
    char next = 0;
    while (::read(descriptor, &next, 1) == 1) {
      if (next == '\n' && said.starts_with("ACCEPT")) {
        return static_cast<std::uint16_t>(std::stoi(said.substr(said.rfind(':') + 1)));
      }
      said = next == '\n' ? "" : said + next;
    }
    ADD_FAILURE() << "openssl s_server did not start";
    return 0;
  }

  pid_t process_ = -1;
  std::uint16_t port_ = 0;
};

// A P-256 key with a certificate that it signed itself, for this address.
protocol::KeyAndCertificate self_signed(const std::filesystem::path& folder);
// An RSA key and a certificate of this authority: what key exchange without forward secrecy needs. Files key.pem and
// certificate.pem in the folder.
void make_rsa_server(const std::filesystem::path& folder, const protocol::KeyAndCertificate& authority);

}  // namespace perspective::network
