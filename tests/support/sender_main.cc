// A kiosk without a window, for journeys: perspective-sender FOLDER PORT... in the folder of a kiosk that is enrolled.
// Seals envelopes into its real outbox until standard input ends, takes some of them back, and sends all of it with its
// real sender, each request to whichever of the ports chance says. Then, once nothing waits, it prints as JSON the ids
// that a collector must have now, those that it must not, and how many were set aside. PERSPECTIVE_PAUSE_MS: between
// two envelopes. For each line feed of its input it prints a line of JSON: how many requests were answered since the
// last, and how long half of them took, and ninety-nine of a hundred.
//
// Errors: ends with 1, saying why, also where something still waits four minutes after the end of its input.
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <thread>
#include <vector>

#include "base/random.h"
#include "envelope/envelope.h"
#include "envelope/identity.h"
#include "outbox/outbox.h"
#include "readiness/reason.h"
#include "upload/enrolment.h"
#include "upload/packages.h"
#include "upload/sender.h"
#include "upload/transport.h"

namespace perspective {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t kMost = 100'000;
constexpr std::size_t kMostWaiting = 40;
constexpr std::chrono::minutes kLongest{4};
constexpr std::chrono::milliseconds kPause{5};
constexpr std::uint64_t kTakenBackOneIn = 10;
constexpr upload::Patience kPatience{std::chrono::milliseconds(5000), std::chrono::milliseconds(90'000),
                                     std::chrono::seconds(90)};

template <typename T>
T unwrapped(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().what);
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

enum class Input { silent, asks, ended };
Input input_now() {
  pollfd input{STDIN_FILENO, POLLIN, 0};
  char byte = 0;
  if (::poll(&input, 1, 0) != 1) return Input::silent;
  return ::read(STDIN_FILENO, &byte, 1) == 1 ? Input::asks : Input::ended;
}

std::chrono::milliseconds pause() {
  const char* const wanted = std::getenv("PERSPECTIVE_PAUSE_MS");
  return wanted == nullptr ? kPause : std::chrono::milliseconds(std::atoi(wanted));
}

// One collector, as the sender sees it: each request goes to another of its doors.
class AnyDoor final : public upload::Transport {
 public:
  AnyDoor(const upload::Enrolment& enrolment, const std::vector<std::uint16_t>& ports) {
    for (const auto port : ports) {
      auto identity = enrolment.identity();
      identity.port = port;
      doors_.push_back(std::make_unique<upload::CurlTransport>(std::move(identity), kPatience));
    }
  }
  Result<upload::Answer> send(const upload::Request& request) override {
    const auto began = Clock::now();
    auto answer = doors_[random_below(doors_.size())]->send(request);
    if (answer) taken_ms_.push_back(std::chrono::duration<double, std::milli>(Clock::now() - began).count());
    return answer;
  }
  void tell() {
    std::ranges::sort(taken_ms_);
    const auto of = [this](double share) {
      return taken_ms_.empty() ? 0 : taken_ms_[static_cast<std::size_t>(share * static_cast<double>(taken_ms_.size()))];
    };
    std::cout << R"({"answers": )" << taken_ms_.size() << R"(, "p50_ms": )" << of(0.5) << R"(, "p99_ms": )" << of(0.99)
              << "}" << std::endl;
    taken_ms_.clear();
  }

 private:
  std::vector<double> taken_ms_;
  std::vector<std::unique_ptr<upload::CurlTransport>> doors_;
};

class Kiosk {
 public:
  Kiosk(const std::filesystem::path& folder, const std::vector<std::uint16_t>& ports)
      : outbox_(unwrapped(outbox::Outbox::open(folder / "outbox.sqlite"))),
        enrolment_(unwrapped(upload::load_enrolment(folder))),
        transport_(enrolment_, ports) {
    upload::PackageShelf shelf(folder / "packages", enrolment_.authority_pem);
    unwrapped(shelf.fetch(transport_));
    package_ = shelf.load().packages.at(0);
  }

  void put() {
    outbox::Envelope envelope{.id = {}, .inspection = package_.inspection, .body = {}};
    std::ranges::copy(random_bytes(envelope.id.size()), envelope.id.begin());
    envelope.body = unwrapped(envelope::seal(as_bytes("{}"), package_.padded_bytes,
                                             unwrapped(envelope::Recipient::parse(package_.inspection_certificate)),
                                             unwrapped(envelope::Recipient::parse(package_.recovery_certificate))));
    unwrapped(outbox_->put(envelope));
    kept_.push_back(envelope.id);
    if (random_below(kTakenBackOneIn) != 0) return;
    std::swap(kept_[random_below(kept_.size())], kept_.back());  // sent, perhaps, or still here
    unwrapped(outbox_->withdraw(package_.inspection, kept_.back()));
    withdrawn_.push_back(kept_.back());
    kept_.pop_back();
  }

  // An outbox is compacted after every write: a long one would be what we wait for.
  bool has_room() { return unwrapped(outbox_->waiting())[package_.inspection].size() < kMostWaiting; }
  void send() { last_ = sender_.step(); }
  std::string why_not() {
    return std::to_string(unwrapped(outbox_->waiting())[package_.inspection].size()) +
           " wait: " + (last_.notice ? std::string(readiness::code_of(*last_.notice)) : "no notice");
  }
  void tell_times() { transport_.tell(); }
  bool is_done() { return unwrapped(outbox_->waiting()).empty(); }

  void tell() {
    std::cout << R"({"kept": [)";
    tell(kept_);
    std::cout << R"(], "withdrawn": [)";
    tell(withdrawn_);
    std::cout << R"(], "set_aside": )" << unwrapped(outbox_->quarantined()).size() << "}\n";
  }

 private:
  static void tell(const std::vector<outbox::Id>& ids) {
    for (std::size_t i = 0; i < ids.size(); ++i) std::cout << (i == 0 ? "\"" : ", \"") << to_hex(ids[i]) << '"';
  }

  std::unique_ptr<outbox::Outbox> outbox_;
  const upload::Enrolment enrolment_;
  AnyDoor transport_;
  upload::Step last_;
  protocol::Package package_;
  std::vector<outbox::Id> kept_;
  upload::Sender sender_{*outbox_, transport_, [this](const std::string&) {
                           return upload::Sender::Terms{.receipt_key = package_.receipt_key,
                                                        .envelope_bytes = package_.envelope_bytes};
                         }};
  std::vector<outbox::Id> withdrawn_;
};

std::uint16_t port_in(const std::string& text) {
  std::uint16_t port = 0;
  std::from_chars(text.data(), text.data() + text.size(), port);
  return port;
}

void run(const std::vector<std::string>& words) {
  std::vector<std::uint16_t> ports;
  for (std::size_t i = 1; i < words.size(); ++i) ports.push_back(port_in(words[i]));
  if (ports.empty()) throw std::runtime_error("perspective-sender FOLDER PORT...");
  Kiosk kiosk(words.front(), ports);
  Input input = Input::silent;
  for (std::size_t step = 0; step < kMost && input != Input::ended; ++step) {
    if (kiosk.has_room()) kiosk.put();
    kiosk.send();
    input = input_now();
    if (input == Input::asks) kiosk.tell_times();
    std::this_thread::sleep_for(pause());
  }
  for (const auto ended = Clock::now(); !kiosk.is_done(); std::this_thread::sleep_for(kPause)) {
    kiosk.send();
    if (Clock::now() - ended > kLongest) throw std::runtime_error(kiosk.why_not());
  }
  kiosk.tell();
}

}  // namespace
}  // namespace perspective

int main(int count, char** words) {
  try {
    perspective::run({words + 1, words + count});
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "perspective-sender: " << error.what() << "\n";
    return 1;
  }
}
