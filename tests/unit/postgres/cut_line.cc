#include "cut_line.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace perspective::postgres {
namespace {

constexpr int kLookMs = 50;
constexpr const char* kSocket = ".s.PGSQL.5432";

sockaddr_un address_of(const std::filesystem::path& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path.string().copy(address.sun_path, sizeof address.sun_path - 1);
  return address;
}

bool pass_on(int to, std::string_view bytes) {
  return ::send(to, bytes.data(), bytes.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(bytes.size());
}

}  // namespace

CutLine::CutLine(std::filesystem::path server_socket) : server_socket_(std::move(server_socket)) {
  std::string name = (std::filesystem::temp_directory_path() / "perspective-cut-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder for a line");
  folder_ = name;
  listener_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const auto address = address_of(folder_ / kSocket);
  if (::bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
      ::listen(listener_, 16) != 0) {
    throw std::runtime_error("no socket for a line");
  }
  thread_ = std::thread([this] { accept_all(); });
}

CutLine::~CutLine() {
  is_over_ = true;
  thread_.join();
  for (auto& carrier : carriers_) carrier.join();
  ::close(listener_);
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

std::string CutLine::url(const std::string& database) const {
  std::string host;
  for (const char c : folder_.string()) host += c == '/' ? "%2F" : std::string(1, c);
  return "postgresql://perspective@" + host + "/" + database;
}

void CutLine::accept_all() {
  while (!is_over_) {
    pollfd ready{listener_, POLLIN, 0};
    if (::poll(&ready, 1, kLookMs) != 1) continue;
    if (const int client = ::accept(listener_, nullptr, nullptr); client >= 0) {
      carriers_.emplace_back([this, client] { carry(client); });
    }
  }
}

void CutLine::carry(int client) {
  const int server = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const auto address = address_of(server_socket_);
  bool is_open = ::connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  bool is_to_be_lost = false;
  std::array<char, 16384> buffer{};
  while (is_open && !is_over_) {
    std::array<pollfd, 2> ends{{{client, POLLIN, 0}, {server, POLLIN, 0}}};
    ::poll(ends.data(), ends.size(), kLookMs);
    for (const auto& [from, to] : {std::pair(0U, server), std::pair(1U, client)}) {
      if (!is_open || ends.at(from).revents == 0) continue;
      const auto size = ::recv(ends.at(from).fd, buffer.data(), buffer.size(), 0);
      is_open = size > 0;
      if (!is_open) continue;
      const std::string_view bytes(buffer.data(), static_cast<std::size_t>(size));
      const bool is_asked = to == server;
      if (is_asked && bytes.find("COMMIT") != std::string_view::npos) is_to_be_lost = is_armed_.exchange(false);
      if (!is_asked && is_to_be_lost) {
        ++lost_;
        is_open = false;
        continue;
      }
      is_open = pass_on(to, bytes);
    }
  }
  ::close(client);
  ::close(server);
}

}  // namespace perspective::postgres
