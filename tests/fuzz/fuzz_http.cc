// What may come to the collector's door once TLS is done: bytes on a connection, the first of which says in pieces of
// what size. The real server listens on a Unix socket, which reads requests as the doors with TLS do.
//
// Must hold: each answer is one of HTTP's; a handler is asked only for what its route takes, in clean UTF-8; the server
//            answers whoever comes next.
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <optional>

#include "base/random.h"
#include "http/problem.h"
#include "http/server.h"
#include "target.h"
#include "text/normal_form.h"

namespace perspective::http {
namespace {

using fuzz::must;
constexpr std::size_t kMostBody = 2000;
constexpr int kPatience_s = 20;
constexpr std::string_view kGood = "GET /v1/ready HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

fuzz::Milestone asked("a handler was asked");
fuzz::Milestone with_parameter("with a part of the path");
fuzz::Milestone with_query("with something behind a question mark");
fuzz::Milestone with_body("with a body");
fuzz::Milestone in_a_row("two requests were answered on one connection");
fuzz::Milestone refused("a request was no HTTP");
fuzz::Milestone too_long("a body was longer than its route takes");

bool is_utf8(const std::string& text) { return text::in_normal_form(as_bytes(text)).has_value(); }

struct Asked {
  std::atomic<int> requests = 0, parameters = 0, queries = 0, bodies = 0;
};

class House {
 public:
  House() {
    std::filesystem::create_directories(folder_);
    const auto handler = [this](Request request, Respond respond) { respond(answer(request)); };
    Router router;
    router.add({.method = "GET", .path = "/v1/ready", .handler = handler});
    router.add({.method = "GET", .path = "/v1/inspections/{inspection}/tally", .handler = handler});
    for (const char* method : {"POST", "PUT", "DELETE"}) {
      router.add({.method = method,
                  .path = "/v1/inspections/{inspection}/envelopes",
                  .handler = handler,
                  .max_body_bytes = kMostBody});
    }
    router.guard([](const Request& head, const Route& route, const std::shared_ptr<Peer>& peer, Respond respond) {
      must(!route.path.empty() && head.body.empty(), "the gate sees the head alone");
      peer->user = head.header("authorization");
      Response entry;
      if (head.header("authorization") == "none") entry.status = 401;
      respond(std::move(entry));
    });
    must(server_.listen_local(socket_, std::move(router)).has_value(), "the server listens");
    server_.start();
  }
  ~House() {
    server_.stop();
    std::filesystem::remove_all(folder_);
  }
  House(const House&) = delete;
  House& operator=(const House&) = delete;

  // All that the server says to it, until it closes.
  std::string say(std::string_view bytes, std::size_t piece) const {
    const int line = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
    std::strncpy(address.sun_path, socket_.c_str(), sizeof address.sun_path - 1);
    must(::connect(line, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0, "the server lets in");
    const timeval patience{.tv_sec = kPatience_s, .tv_usec = 0};
    ::setsockopt(line, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    while (!bytes.empty()) {
      const auto sent = ::send(line, bytes.data(), std::min(piece, bytes.size()), MSG_NOSIGNAL);
      if (sent < 0 && errno == EINTR) continue;
      if (sent <= 0) break;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    ::shutdown(line, SHUT_WR);
    std::string said;
    char buffer[4096];
    ssize_t got = 0;
    // libFuzzer looks at its clock by a signal, which ends a call that waits.
    while ((got = ::recv(line, buffer, sizeof buffer, 0)) > 0 || (got < 0 && errno == EINTR)) {
      if (got > 0) said.append(buffer, static_cast<std::size_t>(got));
    }
    must(got == 0 || errno == ECONNRESET, "the server closes what was closed to it");
    ::close(line);
    return said;
  }
  Asked asked;

 private:
  Response answer(const Request& request) {
    ++asked.requests;
    must(request.body.size() <= (request.method == "GET" ? 0 : kMostBody), "no body is longer than its route takes");
    for (const auto& [name, value] : request.parameters) {
      must(!value.empty() && is_utf8(value), "parts of a path are text");
      ++asked.parameters;
    }
    for (const auto& [name, value] : request.query) {
      must(is_utf8(name) && is_utf8(value), "what is asked for is text");
      ++asked.queries;
    }
    if (!request.body.empty()) ++asked.bodies;
    return json_response(200, "{}");
  }

  std::filesystem::path folder_ = std::filesystem::temp_directory_path() / ("fuzz-http-" + to_hex(random_bytes(8)));
  std::filesystem::path socket_ = folder_ / "door";
  Server server_{{}, 1};
};

// The answers one behind the other: each has a status and, but for 100, a length. How many, and with which status.
std::vector<int> statuses_of(std::string_view said) {
  std::vector<int> statuses;
  while (!said.empty()) {
    must(said.starts_with("HTTP/1.1 ") && said.size() > 12, "an answer is HTTP");
    const int status = std::atoi(std::string(said.substr(9, 3)).c_str());
    const auto end = said.find("\r\n\r\n");
    must(status >= 100 && status < 600 && end != std::string_view::npos, "it has a status and a head");
    statuses.push_back(status);
    const std::string head(said.substr(0, end));
    const auto length = head.find("Content-Length: ");
    must(length != std::string::npos || status == 100 || status == 304, "its length is said");
    const std::size_t body = length == std::string::npos ? 0 : std::strtoul(head.c_str() + length + 16, nullptr, 10);
    said.remove_prefix(end + 4);
    // After HEAD none follows, whatever was said.
    if (said.size() >= body && !said.starts_with("HTTP/1.1 ")) said.remove_prefix(body);
  }
  return statuses;
}

void count(House& house, const std::vector<int>& statuses) {
  const auto reach = [](std::atomic<int>& count, fuzz::Milestone& milestone) {
    if (count.exchange(0) > 0) milestone.reach();
  };
  reach(house.asked.requests, asked);
  reach(house.asked.parameters, with_parameter);
  reach(house.asked.queries, with_query);
  reach(house.asked.bodies, with_body);
  if (statuses.size() > 1) in_a_row.reach();
  for (const int status : statuses) {
    must(status != 500, "no request makes the collector fail");
    if (status == 400) refused.reach();
    if (status == 413) too_long.reach();
  }
}

}  // namespace
}  // namespace perspective::http

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace perspective::http;
  static House house;
  if (size == 0) return 0;
  const std::size_t piece = data[0] == 0 ? size : 8U * data[0];
  const auto statuses = statuses_of(house.say(perspective::as_text({data + 1, size - 1}), piece));
  count(house, statuses);
  perspective::fuzz::must(house.say(kGood, kGood.size()).starts_with("HTTP/1.1 200 "), "who comes next is answered");
  house.asked.requests = 0;
  return 0;
}
