// A client that says over TLS what no HTTP library would.
#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>

#include "base/file.h"

namespace perspective::http {

inline std::string in_two_bytes(std::size_t number) {
  return {static_cast<char>(number >> 8U & 0xFFU), static_cast<char>(number & 0xFFU)};
}

// A greeting of TLS 1.3 (RFC 8446, 4.1.2) that knows X25519 and groups that nobody has, with shares of those alone:
// well made, so that a server asks for another share.
inline std::string greeting(std::size_t groups, std::size_t shares) {
  const auto extension = [](std::size_t type, const std::string& body) {
    return in_two_bytes(type) + in_two_bytes(body.size()) + body;
  };
  std::string known = in_two_bytes(0x001D);
  for (std::size_t i = 0; i < groups; ++i) known += in_two_bytes(0x4000 + i);
  std::string shared;
  for (std::size_t i = 0; i < shares; ++i) shared += in_two_bytes(0x4000 + i % groups) + in_two_bytes(1) + "s";
  const std::string extensions =
      extension(43, std::string("\x02\x03\x04", 3)) + extension(13, std::string("\x00\x04\x04\x03\x08\x04", 6)) +
      extension(10, in_two_bytes(known.size()) + known) + extension(51, in_two_bytes(shared.size()) + shared);
  const std::string body = "\x03\x03" + std::string(32, 'r') + std::string("\0\x00\x02\x13\x01\x01\0", 7) +
                           in_two_bytes(extensions.size()) + extensions;
  const std::string message = std::string("\x01\0", 2) + in_two_bytes(body.size()) + body;
  std::string records;
  for (std::size_t at = 0; at < message.size(); at += 16'384) {
    const auto part = message.substr(at, 16'384);
    records += "\x16\x03\x01" + in_two_bytes(part.size()) + part;
  }
  return records;
}

// Says over TLS what no HTTP library would, and hears to the end.
class RawTls {
 public:
  explicit RawTls(std::uint16_t port, int max_version = TLS1_3_VERSION, const char* old_ciphers = nullptr) {
    ::signal(SIGPIPE, SIG_IGN);  // OpenSSL writes to who has left
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    EXPECT_EQ(::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    SSL_CTX_set_max_proto_version(context_.get(), max_version);
    if (old_ciphers != nullptr) {
      EXPECT_EQ(SSL_CTX_set_cipher_list(context_.get(), old_ciphers), 1);
    }
    tls_.reset(SSL_new(context_.get()));
    SSL_set_fd(tls_.get(), socket_);
  }
  RawTls(const RawTls&) = delete;
  RawTls& operator=(const RawTls&) = delete;
  ~RawTls() {
    tls_.reset();
    ::close(socket_);
  }

  void show(const std::string& certificate_pem, const std::string& key_pem, const std::filesystem::path& folder) {
    EXPECT_TRUE(write_file(folder / "client.pem", as_bytes(certificate_pem + key_pem)));
    const std::string file = folder / "client.pem";
    EXPECT_EQ(SSL_use_certificate_file(tls_.get(), file.c_str(), SSL_FILETYPE_PEM), 1);
    EXPECT_EQ(SSL_use_PrivateKey_file(tls_.get(), file.c_str(), SSL_FILETYPE_PEM), 1);
  }
  bool shake_hands() { return SSL_connect(tls_.get()) == 1; }
  bool say(const std::string& text) { return SSL_write(tls_.get(), text.data(), static_cast<int>(text.size())) > 0; }
  bool say_plainly(const std::string& text) const {
    return ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(text.size());
  }
  // One byte of what comes then: 0x16 is a handshake that goes on, 0x15 an alert.
  int hear_plainly() const {
    unsigned char byte = 0;
    pollfd waiting{socket_, POLLIN, 0};
    return ::poll(&waiting, 1, 20'000) == 1 && ::recv(socket_, &byte, 1, 0) == 1 ? byte : -1;
  }
  void stop_speaking() const { ::shutdown(socket_, SHUT_WR); }
  // Until the server ends the connection.
  std::string hear_all() {
    std::string all;
    char part[4096];
    for (int count = 0; (count = SSL_read(tls_.get(), part, sizeof part)) > 0;) {
      all.append(part, static_cast<std::size_t>(count));
    }
    return all;
  }
  // As much as the first line of an answer that is well.
  std::string hear_some() {
    char part[17];
    const int count = SSL_read(tls_.get(), part, sizeof part);
    return {part, static_cast<std::size_t>(std::max(count, 0))};
  }
  bool change_keys(int times) {  // asks the other side to do so, too
    for (int i = 0; i < times; ++i)
      if (SSL_key_update(tls_.get(), SSL_KEY_UPDATE_REQUESTED) != 1 || SSL_do_handshake(tls_.get()) != 1) return false;
    return true;
  }
  bool is_closed_in_time() const {
    pollfd waiting{socket_, POLLIN, 0};
    return ::poll(&waiting, 1, 20'000) == 1;
  }
  bool is_reset_soon() const {
    pollfd waiting{socket_, 0, 0};  // nothing but an error or both ends closed
    return ::poll(&waiting, 1, 300) == 1;
  }

 private:
  int socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_{SSL_CTX_new(TLS_client_method()), &SSL_CTX_free};
  std::unique_ptr<SSL, decltype(&SSL_free)> tls_{nullptr, &SSL_free};
};

}  // namespace perspective::http
