#include "support/gate_connection.h"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace perspective::gate {
namespace {

using std::chrono::steady_clock;

constexpr std::size_t kChunkBytes = 16 * 1024;

bool is_only_for_now(int error) { return error == EAGAIN || error == EWOULDBLOCK || error == EINTR; }

// A socket that is closed in this way says RST and not FIN.
void close_with_reset(int socket) {
  const linger at_once{1, 0};
  ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

}  // namespace

Connection::Connection(int client, int server, const Fault& fault, const Line& line)
    : fault_(fault), line_(line), client_(client), server_(server) {
  up_.from = down_.to = client;
  up_.to = down_.from = server;
}

Connection::~Connection() {
  if (client_ >= 0) ::close(client_);
  if (server_ >= 0) ::close(server_);
}

int Connection::events_of(const Flow& reads, const Flow& writes) const {
  if (is_silent_) return POLLIN;
  int events = 0;
  const bool has_room = reads.waiting.size() + reads.held.size() < Gate::kMostHeldBytes;
  if (!reads.has_ended && !is_ending_ && has_room) events |= POLLIN;
  if (!writes.waiting.empty() && steady_clock::now() >= writes.next_write) events |= POLLOUT;
  return events;
}

void Connection::wish(std::vector<pollfd>& polled, int& wait_ms) const {
  // One from which nothing is wanted is left out: that it hung up would be told again and again.
  const auto add = [&polled](int socket, int events) {
    polled.push_back({events == 0 ? -1 : socket, static_cast<short>(events), 0});
  };
  add(client_, events_of(up_, down_));
  add(server_, events_of(down_, up_));
  for (const Flow* flow : {&up_, &down_}) {
    if (flow->waiting.empty()) continue;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(flow->next_write - steady_clock::now()).count();
    if (left <= 0) continue;
    wait_ms = wait_ms < 0 ? static_cast<int>(left) : std::min(wait_ms, static_cast<int>(left));
  }
}

void Connection::work(const pollfd& client, const pollfd& server) {
  if (is_over_) return;
  if (is_silent_) {
    if (client.revents != 0) swallow(client_);
    if (server.revents != 0) swallow(server_);
    is_over_ = client_ < 0 && server_ < 0;
    return;
  }
  if ((client.revents & ~POLLOUT) != 0 && !up_.has_ended && !is_ending_) read(up_, true);
  if ((server.revents & ~POLLOUT) != 0 && !down_.has_ended && !is_ending_ && !is_silent_) read(down_, false);
  if (is_silent_) return;
  write(up_);
  write(down_);
  finish();
}

void Connection::read(Flow& flow, bool is_up) {
  std::array<std::uint8_t, kChunkBytes> chunk;
  const ssize_t count = ::recv(flow.from, chunk.data(), chunk.size(), 0);
  if (count > 0) return take(flow, is_up, chunk.data(), static_cast<std::size_t>(count));
  if (count < 0 && is_only_for_now(errno)) return;
  flow.has_ended = true;
}

bool Connection::is_wanted_turn() const {
  switch (fault_.where) {
    case Where::connect:
      return false;  // it was, at once
    case Where::hello:
      return turn_ == 0;
    case Where::greeting:
      return turn_ == 1;
    case Where::request:
      return turn_ == 2 + 2 * fault_.exchange;
    case Where::answer:
      return turn_ == 3 + 2 * fault_.exchange;
  }
  return false;
}

void Connection::take(Flow& flow, bool is_up, const std::uint8_t* bytes, std::size_t count) {
  if (is_up != (turn_ % 2 == 0)) {
    ++turn_;
    turn_bytes_ = 0;
  }
  const std::size_t before = turn_bytes_;
  turn_bytes_ += count;
  auto& taking = flow.is_holding ? flow.held : flow.waiting;
  const bool is_here =
      fault_.happens != Happens::nothing && !has_happened_ && is_wanted_turn() && turn_bytes_ > fault_.after_bytes;
  const std::size_t passing = is_here ? fault_.after_bytes - std::min(before, fault_.after_bytes) : count;
  taking.insert(taking.end(), bytes, bytes + passing);
  if (is_here) strike(flow, bytes + passing, count - passing);
}

void Connection::strike(Flow& flow, const std::uint8_t* rest, std::size_t count) {
  has_happened_ = true;
  switch (fault_.happens) {
    case Happens::nothing:
      return;
    case Happens::cut:
    case Happens::reset:
      is_ending_ = true;
      return;
    case Happens::silence:
      write(flow);  // what comes before the place
      is_silent_ = true;
      return;
    case Happens::hold:
      flow.is_holding = true;
      flow.held.assign(rest, rest + count);
      return;
    case Happens::flip:
      flow.waiting.insert(flow.waiting.end(), rest, rest + count);
      flow.waiting[flow.waiting.size() - count] ^= 1U;
      return;
  }
}

void Connection::strike_at_once() {
  has_happened_ = true;
  is_silent_ = fault_.happens == Happens::silence || fault_.happens == Happens::hold;
  if (is_silent_) return;
  if (fault_.happens == Happens::reset) close_with_reset(client_);
  is_over_ = true;
}

void Connection::write(Flow& flow) {
  if (flow.waiting.empty() || steady_clock::now() < flow.next_write) return;
  const std::size_t most = line_.slice_bytes == 0 ? flow.waiting.size() : line_.slice_bytes;
  const ssize_t count = ::send(flow.to, flow.waiting.data(), std::min(most, flow.waiting.size()), MSG_NOSIGNAL);
  if (count < 0 && is_only_for_now(errno)) return;
  if (count < 0) {
    is_over_ = true;
    return;
  }
  flow.waiting.erase(flow.waiting.begin(), flow.waiting.begin() + count);
  flow.next_write = steady_clock::now() + std::chrono::milliseconds(line_.delay_ms);
}

// Each end for itself: that one has gone must not be seen at the other.
void Connection::swallow(int& socket) {
  std::array<std::uint8_t, kChunkBytes> chunk;
  const ssize_t count = ::recv(socket, chunk.data(), chunk.size(), 0);
  if (count > 0 || (count < 0 && is_only_for_now(errno))) return;
  ::close(socket);
  socket = -1;
}

void Connection::finish() {
  if (is_ending_) {
    if (!up_.waiting.empty() || !down_.waiting.empty()) return;
    if (fault_.happens == Happens::reset) {
      close_with_reset(client_);
      close_with_reset(server_);
    }
    is_over_ = true;
    return;
  }
  for (Flow* flow : {&up_, &down_}) {
    if (!flow->has_ended || flow->is_told || !flow->waiting.empty() || flow->is_holding) continue;
    ::shutdown(flow->to, SHUT_WR);
    flow->is_told = true;
  }
  if (up_.is_told && down_.is_told) is_over_ = true;
}

void Connection::release() {
  for (Flow* flow : {&up_, &down_}) {
    flow->is_holding = false;
    flow->waiting.insert(flow->waiting.end(), flow->held.begin(), flow->held.end());
    flow->held.clear();
  }
}

void Connection::reset() {
  if (client_ >= 0) close_with_reset(client_);
  if (server_ >= 0) close_with_reset(server_);
  is_over_ = true;
}

}  // namespace perspective::gate
