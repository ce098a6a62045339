#include "support/gate.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <list>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "support/gate_connection.h"

namespace perspective::gate {
namespace {

constexpr std::chrono::seconds kPatience{20};

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  return address;
}

[[noreturn]] void give_up(const char* what) { throw std::system_error(errno, std::system_category(), what); }

int listening_socket() {
  const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  const sockaddr_in address = loopback(0);
  if (listener < 0) give_up("a gate's socket");
  if (::bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) give_up("a gate's port");
  if (::listen(listener, SOMAXCONN) != 0) give_up("a gate's port");
  return listener;
}

// Not waited for: on loopback it is there at once or fails at once, and poll() tells which.
int connected_to(std::uint16_t port) {
  const int connected = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  const sockaddr_in address = loopback(port);
  if (connected < 0) give_up("a gate's way on");
  const int done = ::connect(connected, reinterpret_cast<const sockaddr*>(&address), sizeof address);
  if (done == 0 || errno == EINPROGRESS) return connected;
  ::close(connected);
  return -1;
}

}  // namespace

struct Gate::State {
  explicit State(std::uint16_t port) : to_port(port) {}
  ~State() {
    connections.clear();
    ::close(listener);
    ::close(wake);
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  void tell() const {
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(wake, &one, sizeof one);
  }
  void run();
  void obey();
  void accept_all();
  void welcome(int client);
  void bury();
  void serve(Connection& connection, const pollfd* polled);

  const int listener = listening_socket();
  const int wake = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  std::list<Connection> connections;  // of the thread alone

  mutable std::mutex mutex;  // of all below
  mutable std::condition_variable changed;
  std::uint16_t to_port;
  Line line;
  Fault always;
  std::deque<Fault> next;
  std::size_t accepted = 0;
  std::size_t happened = 0;
  std::size_t over = 0;  // connections with a fault that are no more
  bool is_to_release = false;
  bool is_to_reset = false;
  bool is_to_end = false;
  std::thread thread;
};

void Gate::State::obey() {
  std::uint64_t drained = 0;
  [[maybe_unused]] const auto count = ::read(wake, &drained, sizeof drained);
  const std::lock_guard lock(mutex);
  if (std::exchange(is_to_release, false)) {
    for (Connection& connection : connections) connection.release();
  }
  if (std::exchange(is_to_reset, false)) {
    for (Connection& connection : connections) connection.reset();
  }
}

void Gate::State::accept_all() {
  for (;;) {
    const int client = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (client < 0) return;
    if (connections.size() >= kMostConnections) {
      ::close(client);
      continue;
    }
    welcome(client);
  }
}

void Gate::State::welcome(int client) {
  const int at_once = 1;
  ::setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
  const std::lock_guard lock(mutex);
  ++accepted;
  Fault fault = always;
  if (!next.empty()) {
    fault = next.front();
    next.pop_front();
  }
  const bool is_at_connect = fault.where == Where::connect && fault.happens != Happens::nothing;
  const int server = is_at_connect ? -1 : connected_to(to_port);
  if (server >= 0) ::setsockopt(server, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
  Connection& connection = connections.emplace_back(client, server, fault, line);
  if (server < 0 && !is_at_connect) connection.reset();
  if (is_at_connect) {
    connection.strike_at_once();
    ++happened;
    changed.notify_all();
  }
}

void Gate::State::serve(Connection& connection, const pollfd* polled) {
  const bool had_happened = connection.has_happened();
  connection.work(polled[0], polled[1]);
  if (connection.has_happened() == had_happened) return;
  const std::lock_guard lock(mutex);
  ++happened;
  changed.notify_all();
}

void Gate::State::bury() {
  const std::lock_guard lock(mutex);
  connections.remove_if([this](const Connection& connection) {
    if (connection.is_over() && connection.has_happened()) ++over;
    return connection.is_over();
  });
  changed.notify_all();
}

void Gate::State::run() {
  for (;;) {
    {
      const std::lock_guard lock(mutex);
      if (is_to_end) return;
    }
    std::vector<pollfd> polled{{wake, POLLIN, 0}, {listener, POLLIN, 0}};
    int wait_ms = -1;
    for (Connection& connection : connections) connection.wish(polled, wait_ms);
    if (::poll(polled.data(), polled.size(), wait_ms) < 0 && errno != EINTR) return;
    if (polled[0].revents != 0) obey();
    const pollfd* of_connection = polled.data() + 2;
    for (Connection& connection : connections) {
      serve(connection, of_connection);
      of_connection += 2;
    }
    bury();
    if (polled[1].revents != 0) accept_all();
  }
}

Gate::Gate(std::uint16_t to_port) : state_(std::make_unique<State>(to_port)) {
  state_->thread = std::thread([this] { state_->run(); });
}

Gate::~Gate() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->is_to_end = true;
  }
  state_->tell();
  state_->thread.join();
}

std::uint16_t Gate::port() const {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  if (::getsockname(state_->listener, reinterpret_cast<sockaddr*>(&address), &size) != 0) give_up("a gate's port");
  return ntohs(address.sin_port);
}

void Gate::lead_to(std::uint16_t port) {
  const std::lock_guard lock(state_->mutex);
  state_->to_port = port;
}

void Gate::use(const Line& line) {
  const std::lock_guard lock(state_->mutex);
  state_->line = line;
}

void Gate::always(const Fault& fault) {
  const std::lock_guard lock(state_->mutex);
  state_->always = fault;
}

void Gate::next(const Fault& fault) {
  const std::lock_guard lock(state_->mutex);
  state_->next.push_back(fault);
}

void Gate::forgive() {
  const std::lock_guard lock(state_->mutex);
  state_->always = {};
  state_->next.clear();
}

void Gate::release() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->is_to_release = true;
  }
  state_->tell();
}

void Gate::reset_all() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->is_to_reset = true;
  }
  state_->tell();
}

std::size_t Gate::accepted() const {
  const std::lock_guard lock(state_->mutex);
  return state_->accepted;
}

std::size_t Gate::happened() const {
  const std::lock_guard lock(state_->mutex);
  return state_->happened;
}

bool Gate::await_happened(std::size_t count) const {
  std::unique_lock lock(state_->mutex);
  return state_->changed.wait_for(lock, kPatience, [&] { return state_->happened >= count; });
}

bool Gate::await_over() const {
  std::unique_lock lock(state_->mutex);
  return state_->changed.wait_for(lock, kPatience, [this] { return state_->over == state_->happened; });
}

}  // namespace perspective::gate
