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
