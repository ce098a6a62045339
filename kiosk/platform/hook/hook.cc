#include "platform/hook/hook.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <system_error>
#include <utility>

namespace perspective::platform {

Result<std::unique_ptr<Hook>> Hook::listen(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof(address.sun_path)) return fail(ErrorCode::io, "hook: the path is too long: " + path);
  std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
  ::unlink(path.c_str());
  const int listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  const bool is_up = listener >= 0 && ::bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0 &&
                     ::listen(listener, 4) == 0;
  if (is_up) return std::unique_ptr<Hook>(new Hook(listener, path));
  const std::string reason = std::generic_category().message(errno);
  if (listener >= 0) ::close(listener);
  return fail(ErrorCode::io, "hook: " + path + ": " + reason);
}

Hook::~Hook() {
  for (const auto& [client, text] : unread_) ::close(client);
  ::close(listener_);
  ::unlink(path_.c_str());
}

int Hook::accept() const { return ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK); }

bool Hook::read(int client) {
  auto found = std::ranges::find(unread_, client, &std::pair<int, std::string>::first);
  if (found == unread_.end()) found = unread_.insert(unread_.end(), {client, {}});
  char buffer[1024];
  const ssize_t count = ::recv(client, buffer, sizeof(buffer), 0);
  if (count <= 0) {
    if (count < 0 && errno == EAGAIN) return true;
    std::erase_if(requests_, [&](const Request& request) { return request.client == client; });
    unread_.erase(found);
    ::close(client);
    return false;
  }
  std::string& text = found->second;
  text.append(buffer, static_cast<std::size_t>(count));
  for (std::size_t end = text.find('\n'); end != std::string::npos; end = text.find('\n')) {
    requests_.push_back({client, text.substr(0, end)});
    text.erase(0, end + 1);
  }
  return true;
}

std::vector<Hook::Request> Hook::take_requests() { return std::exchange(requests_, {}); }

void Hook::answer(int client, const std::string& line) {
  const std::string whole = line + "\n";
  std::size_t sent = 0;
  while (sent < whole.size()) {
    const ssize_t count = ::send(client, whole.data() + sent, whole.size() - sent, MSG_NOSIGNAL);
    if (count < 0 && errno == EAGAIN) {
      ::usleep(1000);
      continue;
    }
    if (count <= 0) return;
    sent += static_cast<std::size_t>(count);
  }
}

}  // namespace perspective::platform
