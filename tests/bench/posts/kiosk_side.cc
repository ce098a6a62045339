#include "bench/posts/kiosk_side.h"

#include <atomic>
#include <barrier>
#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <exception>
#include <memory>
#include <mutex>
#include <thread>

#include "base/random.h"
#include "bench/samples.h"
#include "upload/packages.h"

namespace perspective::bench {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kIdBytes = std::tuple_size_v<envelope::EnvelopeId>;

asio::ssl::context tls_of(const upload::Enrolment& enrolment) {
  asio::ssl::context tls(asio::ssl::context::tlsv13_client);
  tls.set_verify_mode(asio::ssl::verify_peer);
  tls.add_certificate_authority(asio::buffer(enrolment.authority_pem));
  tls.use_certificate_chain(asio::buffer(enrolment.certificate_pem));
  tls.use_private_key(asio::buffer(enrolment.key_pem.text()), asio::ssl::context::pem);
  return tls;
}

// One keep-alive connection and all that was sent and answered on it.
class Connection {
 public:
  Connection(const EnrolledKiosk& kiosk, const Envelopes& envelopes, std::uint16_t port)
      : kiosk_(kiosk), envelopes_(envelopes), tls_(tls_of(kiosk.enrolment)), stream_(io_, tls_) {
    asio::ip::tcp::resolver resolver(io_);
    asio::connect(stream_.lowest_layer(), resolver.resolve(kiosk.enrolment.host, std::to_string(port)));
    stream_.lowest_layer().set_option(asio::ip::tcp::no_delay(true));
    stream_.set_verify_callback(asio::ssl::host_name_verification(kiosk.enrolment.host));
    stream_.handshake(asio::ssl::stream_base::client);
    request_.method(http::verb::post);
    request_.target("/v1/inspections/" + kiosk.package.inspection + "/envelopes");
    request_.version(11);
    request_.set(http::field::host, kiosk.enrolment.host);
    request_.set(http::field::content_type, "application/octet-stream");
  }

  // The microseconds from the first byte of the request to the last of the answer.
  double post(std::size_t count) {
    request_.body() = batch(count);
    request_.prepare_payload();
    http::response<http::string_body> response;
    const double taken_us = microseconds([&] {
      http::write(stream_, request_);
      http::read(stream_, buffer_, response);
    });
    if (response.result() != http::status::ok) {
      throw std::runtime_error("the collector answered " + std::to_string(response.result_int()) + ": " +
                               response.body());
    }
    answers_.push_back(std::move(response.body()));
    return taken_us;
  }

  std::size_t sent() const { return sent_.size(); }
  // How many envelopes were acknowledged; each must have been.
  std::size_t check() const {
    std::size_t next = 0;
    for (const std::string& answer : answers_) {
      for (const auto& outcome : unwrapped(protocol::decode_outcomes(answer))) {
        const auto& [id, digest] = sent_.at(next++);
        const bool is_acknowledged = outcome.id == id && outcome.status == 201 && outcome.receipt &&
                                     protocol::is_genuine(*outcome.receipt, id, digest, kiosk_.package.receipt_key);
        if (!is_acknowledged) throw std::runtime_error("an envelope came back without its receipt");
      }
    }
    if (next != sent_.size()) throw std::runtime_error("the collector gave fewer outcomes than it got envelopes");
    return next;
  }

 private:
  std::string batch(std::size_t count) {
    std::string body;
    body.reserve(count * (kIdBytes + kiosk_.package.envelope_bytes));
    for (std::size_t i = 0; i < count; ++i) sent_.push_back(envelopes_(body));
    return body;
  }

  const EnrolledKiosk& kiosk_;
  const Envelopes& envelopes_;
  asio::io_context io_;
  asio::ssl::context tls_;
  asio::ssl::stream<asio::ip::tcp::socket> stream_;
  boost::beast::flat_buffer buffer_;
  http::request<http::string_body> request_;
  std::vector<Sent> sent_;
  std::vector<std::string> answers_;
};

// What the threads of one load share.
struct Race {
  explicit Race(const Load& of)
      : load(of),
        left(static_cast<std::int64_t>(of.most_envelopes / of.envelopes_a_request)),
        start(static_cast<std::ptrdiff_t>(of.connections + 1)) {}
  const Load& load;
  std::atomic<std::int64_t> left;  // requests
  std::barrier<> start;
  Clock::time_point end{};
  std::mutex mutex;
  std::vector<double> request_us;
  std::exception_ptr failure;
};

void post_until_end(Connection& connection, Race& race) {
  std::vector<double> request_us;
  race.start.arrive_and_wait();
  try {
    while (Clock::now() < race.end) {
      if (race.left.fetch_sub(1) <= 0) break;
      request_us.push_back(connection.post(race.load.envelopes_a_request));
    }
  } catch (...) {
    const std::lock_guard lock(race.mutex);
    race.failure = std::current_exception();
  }
  const std::lock_guard lock(race.mutex);
  race.request_us.insert(race.request_us.end(), request_us.begin(), request_us.end());
}

}  // namespace

EnrolledKiosk EnrolledKiosk::in(const std::filesystem::path& folder) {
  auto enrolment = unwrapped(upload::load_enrolment(folder));
  auto packages = upload::PackageShelf(folder / "packages", enrolment.authority_pem).load().packages;
  if (packages.empty()) throw std::runtime_error(folder.string() + ": this kiosk has no package");
  return {std::move(enrolment), std::move(packages.front())};
}

Envelopes in_turn(std::vector<Bytes> sealed) {
  struct Turns {
    std::vector<Bytes> sealed;
    std::vector<protocol::Digest> digests;
    std::atomic<std::size_t> next = 0;
  };
  auto turns = std::make_shared<Turns>();
  for (const Bytes& one : sealed) turns->digests.push_back(protocol::digest_of(one));
  turns->sealed = std::move(sealed);
  return [turns](std::string& body) {
    const auto turn = turns->next.fetch_add(1) % turns->sealed.size();
    Sent sent{.digest = turns->digests[turn]};
    std::ranges::copy(random_bytes(sent.id.size()), sent.id.begin());
    body.append(as_text(sent.id)).append(as_text(turns->sealed[turn]));
    return sent;
  };
}

LoadOutcome post(const Load& load, const std::vector<EnrolledKiosk>& kiosks, const Envelopes& envelopes) {
  std::vector<std::unique_ptr<Connection>> connections;
  for (std::size_t i = 0; i < load.connections; ++i) {
    const EnrolledKiosk& kiosk = kiosks[i % kiosks.size()];
    const std::uint16_t port = load.other_port == 0 ? kiosk.enrolment.port : load.other_port;
    connections.push_back(std::make_unique<Connection>(kiosk, envelopes, port));
  }
  Race race(load);
  std::vector<std::jthread> threads;
  for (const auto& connection : connections) {
    threads.emplace_back([&race, &posting = *connection] { post_until_end(posting, race); });
  }
  const auto begun = Clock::now();
  race.end = begun + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(load.longest_s));
  race.start.arrive_and_wait();
  for (auto& thread : threads) thread.join();
  LoadOutcome outcome{.seconds = std::chrono::duration<double>(Clock::now() - begun).count(),
                      .request_us = std::move(race.request_us)};
  if (race.failure) std::rethrow_exception(race.failure);
  for (const auto& connection : connections) {
    outcome.envelopes += load.other_port == 0 ? connection->check() : connection->sent();
  }
  return outcome;
}

}  // namespace perspective::bench
