// libcurl against a real TLS server: openssl's own, in a process of its own.
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <arpa/inet.h>

#include <array>
#include <csignal>
#include <thread>

#include "base/clock.h"
#include "base/file.h"
#include "kiosk_folder.h"
#include "protocol/enrolment.h"
#include "upload/transport.h"

namespace perspective::upload {
namespace {

class TlsServer {
 public:
  // mode: "-www" answers with a page about the connection, "-HTTP" with the files of the folder, headers and all.
  TlsServer(const std::filesystem::path& folder, const protocol::KeyAndCertificate& server, const char* version,
            const char* mode = "-www") {
    EXPECT_TRUE(write_file(folder / "server.key", as_bytes(server.key_pem)));
    EXPECT_TRUE(write_file(folder / "server.pem", as_bytes(server.certificate_pem)));
    const std::string key = folder / "server.key";
    const std::string certificate = folder / "server.pem";
    std::array<int, 2> output{};
    EXPECT_EQ(pipe2(output.data(), O_CLOEXEC), 0);
    process_ = fork();
    if (process_ == 0) {
      dup2(output[1], STDOUT_FILENO);
      if (chdir(folder.c_str()) != 0) _exit(126);
      execlp("openssl", "openssl", "s_server", "-accept", "127.0.0.1:0", mode, version, "-key", key.c_str(), "-cert",
             certificate.c_str(), nullptr);
      _exit(127);
    }
    close(output[1]);
    port_ = port_said_on(output[0]);
    close(output[0]);
  }
  TlsServer(const TlsServer&) = delete;
  TlsServer& operator=(const TlsServer&) = delete;
  ~TlsServer() {
    kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
  }
  std::uint16_t port() const { return port_; }

 private:
  // "ACCEPT 127.0.0.1:PORT"
  static std::uint16_t port_said_on(int descriptor) {
    std::string said;
    char next = 0;
    while (read(descriptor, &next, 1) == 1) {
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

class CurlTransportTo : public KioskFolder {
 protected:
  protocol::KeyAndCertificate server_for(const std::string& host) const {
    return protocol::issue(authority_, protocol::Use::server, {host}, now_, 30).value();
  }
  Result<Answer> get(std::uint16_t port, std::size_t most = 64 * 1024) const { return get(port, authority_, most); }
  static Result<Answer> get(std::uint16_t port, const protocol::KeyAndCertificate& pinned,
                            std::size_t most = 64 * 1024) {
    CurlTransport transport({"127.0.0.1", port, pinned.certificate_pem, {}, {}});
    return transport.send({.path = "/", .headers = {}, .body = {}, .max_answer_bytes = most});
  }

  std::int64_t now_ = SystemClock().now_s();
  protocol::KeyAndCertificate authority_ = protocol::make_authority("Test", now_, 30).value();
};

TEST_F(CurlTransportTo, ServerOfThePinnedAuthorityIsHeard) {
  const TlsServer server(folder_, server_for("127.0.0.1"), "-tls1_3");
  const auto answer = get(server.port());
  ASSERT_TRUE(answer) << answer.error().what;
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(answer->header("content-type"), "text/html");
}

TEST_F(CurlTransportTo, ServerOfAnotherAuthorityIsRefused) {
  const TlsServer server(folder_, server_for("127.0.0.1"), "-tls1_3");
  EXPECT_EQ(get(server.port(), protocol::make_authority("Test", now_, 30).value()).error().code, ErrorCode::refused);
}

TEST_F(CurlTransportTo, ServerForAnotherHostIsRefused) {
  const TlsServer server(folder_, server_for("192.0.2.1"), "-tls1_3");
  EXPECT_EQ(get(server.port()).error().code, ErrorCode::refused);
}

TEST_F(CurlTransportTo, OlderTlsIsNotSpoken) {
  const TlsServer server(folder_, server_for("127.0.0.1"), "-tls1_2");
  EXPECT_FALSE(get(server.port()));
}

TEST_F(CurlTransportTo, LongerAnswerThanAskedForIsRefused) {
  const TlsServer server(folder_, server_for("127.0.0.1"), "-tls1_3");
  EXPECT_EQ(get(server.port(), 100).error().code, ErrorCode::refused);
}

// A hotel's network sends everyone to its login page.
TEST_F(CurlTransportTo, RedirectionIsNotFollowed) {
  const auto keep = [this](const char* name, std::string_view answer) {
    EXPECT_TRUE(write_file(folder_ / name, as_bytes(answer)));
  };
  keep("moved", "HTTP/1.0 302 Found\r\nLocation: /login\r\nContent-Length: 0\r\n\r\n");
  keep("login", "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n");
  const TlsServer server(folder_, server_for("127.0.0.1"), "-tls1_3", "-HTTP");
  CurlTransport transport({"127.0.0.1", server.port(), authority_.certificate_pem, {}, {}});
  const auto answer = transport.send({.path = "/moved", .headers = {}, .body = {}});
  ASSERT_TRUE(answer) << answer.error().what;
  EXPECT_EQ(answer->status, 302);
}

// A port that is held and does not answer.
class SilentPort {
 public:
  explicit SilentPort(bool is_listening) {
    address_.sin_family = AF_INET;
    address_.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address_;
    EXPECT_EQ(bind(socket_, reinterpret_cast<sockaddr*>(&address_), size), 0);
    EXPECT_EQ(getsockname(socket_, reinterpret_cast<sockaddr*>(&address_), &size), 0);
    if (is_listening) {
      EXPECT_EQ(listen(socket_, 4), 0);
    }
  }
  SilentPort(const SilentPort&) = delete;
  SilentPort& operator=(const SilentPort&) = delete;
  ~SilentPort() { close(socket_); }
  std::uint16_t port() const { return ntohs(address_.sin_port); }

 private:
  int socket_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address_{};
};

TEST_F(CurlTransportTo, NobodyIsUnreachable) {
  const SilentPort nobody(false);
  const auto answer = get(nobody.port());
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, ErrorCode::unreachable);
  EXPECT_TRUE(answer.error().retry);
}

TEST_F(CurlTransportTo, SilentServerIsLeftWhenInterrupted) {
  const SilentPort silent(true);
  CurlTransport transport({"127.0.0.1", silent.port(), authority_.certificate_pem, {}, {}});
  std::thread other([&transport] { transport.interrupt(); });
  EXPECT_EQ(transport.send({.path = "/", .headers = {}, .body = {}}).error().code, ErrorCode::unreachable);
  other.join();
}

}  // namespace
}  // namespace perspective::upload
