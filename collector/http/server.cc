#include "http/server.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <list>
#include <optional>
#include <thread>
#include <utility>

#include "base/log.h"
#include "http/connection.h"
#include "http/local_user.h"
#include "http/patience.h"
#include "http/tls.h"

namespace perspective::http {

namespace asio = boost::asio;
using boost::system::error_code;
using Local = asio::local::stream_protocol;
using Tcp = asio::ip::tcp;

namespace {

constexpr int kFullPauseMs = 100;  // when the system has no file descriptor left

std::unexpected<Error> cannot(const std::string& what, const error_code& error) {
  return fail(ErrorCode::io, what + ": " + error.message());
}

// Nothing for another user than our own and root.
std::optional<Peer> local_peer(int socket) {
  ucred other{};
  socklen_t size = sizeof other;
  if (::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &other, &size) != 0) return std::nullopt;
  if (other.uid != ::geteuid() && other.uid != 0) return std::nullopt;
  return Peer{.is_local = true,
              .certificate_pem = {},
              .user = local_user(other.uid, other.pid),
              .person = local_person(other.uid, other.pid)};
}

// Stays on the list of guests for as long as it lives.
class Stay {
 public:
  Stay(Guests& guests, std::size_t guest) : guests_(guests), guest_(guest) {}
  Stay(const Stay&) = delete;
  Stay& operator=(const Stay&) = delete;
  ~Stay() { guests_.leave(guest_); }

 private:
  Guests& guests_;
  std::size_t guest_;
};

// A connection with what its interruption needs; the coroutine and the list of guests share it.
template <typename Stream>
struct Connection {
  explicit Connection(Stream connected) : stream(std::move(connected)) {}
  Stream stream;
  bool is_idle = true;
};

// `how` is done to the connection on its strand, if it is still there.
template <typename Stream>
std::function<void()> on_strand(const std::shared_ptr<Connection<Stream>>& connection,
                                void (*how)(Connection<Stream>&)) {
  return [weak = std::weak_ptr(connection), how] {
    const auto held = weak.lock();
    if (!held) return;
    asio::post(held->stream.get_executor(), [held, how] { how(*held); });
  };
}

template <typename Stream>
void end_if_idle(Connection<Stream>& connection) {
  if (connection.is_idle) boost::beast::get_lowest_layer(connection.stream).cancel();
}

// Whatever is under way: its answer is lost, and whoever asked asks again.
template <typename Stream>
void end_now(Connection<Stream>& connection) {
  boost::beast::get_lowest_layer(connection.stream).close();
}

// One household has a whole /64 of addresses (RFC 6177), so that is what counts as one.
std::string network_of(const Tcp::socket& socket) {
  error_code error;
  const auto end = socket.remote_endpoint(error);
  if (error) return "gone";
  if (!end.address().is_v6()) return end.address().to_string();
  auto bytes = end.address().to_v6().to_bytes();
  if (end.address().to_v6().is_v4_mapped()) return end.address().to_string();
  std::fill(bytes.begin() + 8, bytes.end(), std::uint8_t{0});
  return asio::ip::address_v6(bytes).to_string();
}

asio::awaitable<void> serve_tls(std::shared_ptr<Connection<TlsStream>> connection, std::size_t guest, std::string who,
                                House& house) {
  const Stay stay(house.guests, guest);
  TlsStream& stream = connection->stream;
  error_code error;
  boost::beast::get_lowest_layer(stream).expires_after(std::chrono::milliseconds(house.limits.handshake_ms));
  co_await stream.async_handshake(asio::ssl::stream_base::server, asio::redirect_error(asio::use_awaitable, error));
  if (error) {
    co_await drain(boost::beast::get_lowest_layer(stream));  // the alert that says why
    co_return;
  }
  Caller caller{.peer = peer_of(stream.native_handle()), .address = who, .guest = guest};
  caller.peer.address = std::move(who);
  co_await converse(stream, caller, house, connection->is_idle);
  boost::beast::get_lowest_layer(stream).expires_after(std::chrono::seconds(2));
  co_await stream.async_shutdown(asio::redirect_error(asio::use_awaitable, error));
}

asio::awaitable<void> serve_local(std::shared_ptr<Connection<LocalStream>> connection, std::size_t guest,
                                  House& house) {
  const Stay stay(house.guests, guest);
  std::optional<Peer> peer = local_peer(connection->stream.socket().native_handle());
  if (!peer) co_return;
  const Caller caller{.peer = *std::move(peer), .address = {}, .guest = guest};
  co_await converse(connection->stream, caller, house, connection->is_idle);
}

template <typename Acceptor, typename Welcome>
asio::awaitable<void> accept_all(Acceptor& acceptor, asio::io_context& context, House& house, Welcome welcome) {
  while (!house.guests.is_stopping()) {
    const auto strand = asio::make_strand(context);
    error_code error;
    auto socket = co_await acceptor.async_accept(strand, asio::redirect_error(asio::use_awaitable, error));
    if (!error) {
      welcome(std::move(socket));
    } else if (!house.guests.is_stopping()) {
      log::error("a listener could not accept a connection: " + error.message());
      asio::steady_timer pause(context, std::chrono::milliseconds(kFullPauseMs));
      co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
    }
  }
}

struct Chore {
  int period_ms = 0;
  std::function<void()> work;
};

asio::awaitable<void> repeat(asio::io_context& context, Chore chore) {
  for (error_code error; !error;) {
    asio::steady_timer pause(context, std::chrono::milliseconds(chore.period_ms));
    co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
    if (!error) chore.work();
  }
}

struct TlsDoor {
  TlsDoor(asio::io_context& context, const Limits& allowed, Router given)
      : acceptor(asio::make_strand(context)), limits(allowed), router(std::move(given)), house{limits, router} {}
  std::optional<Tcp::acceptor> acceptor;
  Limits limits;
  Router router;
  House house;
  std::unique_ptr<asio::ssl::context> tls;  // on the acceptor's strand once it serves; a connection keeps its own
  std::uint16_t port = 0;
};

struct LocalDoor {
  LocalDoor(asio::io_context& context, const Limits& limits, Router given)
      : acceptor(asio::make_strand(context)), router(std::move(given)), house{limits, router} {}
  std::optional<Local::acceptor> acceptor;
  Router router;
  House house;
  std::filesystem::path path;
};

void welcome_tls(TlsDoor& door, Tcp::socket socket) {
  error_code ignored;
  socket.set_option(Tcp::no_delay(true), ignored);
  std::string who = network_of(socket);
  auto connection = std::make_shared<Connection<TlsStream>>(TlsStream(TcpStream(std::move(socket)), *door.tls));
  const std::size_t guest = door.house.guests.enter(
      door.house.limits.max_connections, who, now_ms(),
      {on_strand(connection, end_if_idle<TlsStream>), on_strand(connection, end_now<TlsStream>)});
  if (guest == 0) return;
  const auto executor = connection->stream.get_executor();
  asio::co_spawn(executor, serve_tls(std::move(connection), guest, std::move(who), door.house), asio::detached);
}

void welcome_local(LocalDoor& door, Local::socket socket) {
  auto connection = std::make_shared<Connection<LocalStream>>(LocalStream(std::move(socket)));
  const std::size_t guest = door.house.guests.enter(door.house.limits.max_connections, {}, now_ms(),
                                                    {on_strand(connection, end_if_idle<LocalStream>), {}});
  if (guest == 0) return;
  const auto executor = connection->stream.get_executor();
  asio::co_spawn(executor, serve_local(std::move(connection), guest, door.house), asio::detached);
}

Result<void> open_tcp(Tcp::acceptor& acceptor, const std::string& address, std::uint16_t port) {
  error_code error;
  const auto host = asio::ip::make_address(address, error);
  if (error) return fail(ErrorCode::invalid, "'" + address + "' is no IP address to listen on");
  const Tcp::endpoint endpoint(host, port);
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(Tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (error) return cannot("listening on " + address + " port " + std::to_string(port), error);
  return {};
}

// A socket that a service has left behind is removed; one that answers is not.
Result<void> clear_place(asio::io_context& context, const std::filesystem::path& path) {
  std::error_code ignored;
  if (!std::filesystem::exists(std::filesystem::symlink_status(path, ignored))) return {};
  Local::socket probe(context);
  error_code error;
  probe.connect(Local::endpoint(path.string()), error);
  if (!error) return fail(ErrorCode::conflict, "a collector is already running on " + path.string());
  if (!std::filesystem::is_socket(path, ignored)) {
    return fail(ErrorCode::conflict, path.string() + " is there and is no socket; move it away");
  }
  std::filesystem::remove(path, ignored);
  return {};
}

Result<void> open_local(Local::acceptor& acceptor, const std::filesystem::path& path) {
  constexpr std::size_t kMaxPathBytes = 107;  // sun_path
  if (path.string().size() > kMaxPathBytes) {
    return fail(ErrorCode::invalid, "the path of the socket is too long for the system (107 bytes): " + path.string());
  }
  error_code error;
  acceptor.open(Local(), error);
  if (!error) acceptor.bind(Local::endpoint(path.string()), error);
  if (error) return cannot("making the socket " + path.string(), error);
  // Nobody can connect before listen(), so the mode is in place in time.
  if (::chmod(path.c_str(), S_IRUSR | S_IWUSR) != 0) {
    return cannot("setting the mode of " + path.string(), error_code(errno, boost::system::system_category()));
  }
  acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (error) return cannot("listening on " + path.string(), error);
  return {};
}

template <typename Acceptor>
void close(Acceptor& acceptor) {
  asio::post(acceptor.get_executor(), [&acceptor] {
    error_code ignored;
    acceptor.close(ignored);
  });
}

}  // namespace

struct Server::State {
  State(Limits given, int thread_count) : limits(given), threads_wanted(thread_count) {}
  // Sockets end before the context, doors after it: its end destroys the coroutines that refer to them.
  ~State() {
    for (TlsDoor& door : tls_doors) door.acceptor.reset();
    for (LocalDoor& door : local_doors) door.acceptor.reset();
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  Limits limits;
  int threads_wanted;
  std::list<TlsDoor> tls_doors;
  std::list<LocalDoor> local_doors;
  asio::io_context context;
  std::vector<std::thread> threads;
};

Server::Server(Limits limits, int threads) : state_(std::make_unique<State>(limits, threads)) {}

Server::~Server() { stop(); }

Result<std::uint16_t> Server::listen_tls(const TlsListener& listener, Router router, std::optional<Limits> limits) {
  auto tls = tls_context(listener);
  if (!tls) return std::unexpected(tls.error());
  TlsDoor& door = state_->tls_doors.emplace_back(state_->context, limits.value_or(state_->limits), std::move(router));
  door.tls = *std::move(tls);
  if (auto opened = open_tcp(*door.acceptor, listener.address, listener.port); !opened) {
    const Error error = std::move(opened.error());
    state_->tls_doors.pop_back();
    return std::unexpected(error);
  }
  door.port = door.acceptor->local_endpoint().port();
  return door.port;
}

Result<void> Server::renew(const TlsListener& listener) {
  for (TlsDoor& door : state_->tls_doors) {
    if (door.port != listener.port) continue;
    auto tls = tls_context(listener);
    if (!tls) return std::unexpected(tls.error());
    // A function that is posted must be copied.
    auto fresh = std::make_shared<std::unique_ptr<asio::ssl::context>>(*std::move(tls));
    asio::post(door.acceptor->get_executor(), [&door, fresh] { door.tls = std::move(*fresh); });
    return {};
  }
  return fail(ErrorCode::not_found, "no listener on port " + std::to_string(listener.port));
}

void Server::every(int period_ms, std::function<void()> work) {
  asio::co_spawn(state_->context, repeat(state_->context, {period_ms, std::move(work)}), asio::detached);
}

Result<void> Server::listen_local(const std::filesystem::path& socket, Router router) {
  if (auto clear = clear_place(state_->context, socket); !clear) return clear;
  LocalDoor& door = state_->local_doors.emplace_back(state_->context, state_->limits, std::move(router));
  if (auto opened = open_local(*door.acceptor, socket); !opened) {
    state_->local_doors.pop_back();
    return opened;
  }
  door.path = socket;
  return {};
}

void Server::start() {
  for (TlsDoor& door : state_->tls_doors) {
    auto welcome = [&door](Tcp::socket socket) { welcome_tls(door, std::move(socket)); };
    asio::co_spawn(door.acceptor->get_executor(), accept_all(*door.acceptor, state_->context, door.house, welcome),
                   asio::detached);
  }
  for (LocalDoor& door : state_->local_doors) {
    auto welcome = [&door](Local::socket socket) { welcome_local(door, std::move(socket)); };
    asio::co_spawn(door.acceptor->get_executor(), accept_all(*door.acceptor, state_->context, door.house, welcome),
                   asio::detached);
  }
  for (int i = 0; i < state_->threads_wanted; ++i) {
    state_->threads.emplace_back([this] { state_->context.run(); });
  }
}

void Server::stop() {
  if (!state_->threads.empty()) end_conversations();
  std::error_code ignored;
  for (LocalDoor& door : state_->local_doors) {
    if (!door.path.empty()) std::filesystem::remove(std::exchange(door.path, {}), ignored);
  }
}

void Server::end_conversations() {
  for (TlsDoor& door : state_->tls_doors) door.house.guests.ask_to_leave();
  for (LocalDoor& door : state_->local_doors) door.house.guests.ask_to_leave();
  for (TlsDoor& door : state_->tls_doors) close(*door.acceptor);
  for (LocalDoor& door : state_->local_doors) close(*door.acceptor);
  for (TlsDoor& door : state_->tls_doors) door.house.guests.wait_until_gone(state_->limits.stop_ms);
  for (LocalDoor& door : state_->local_doors) door.house.guests.wait_until_gone(state_->limits.stop_ms);
  state_->context.stop();
  for (std::thread& thread : state_->threads) thread.join();
  state_->threads.clear();
}

}  // namespace perspective::http
