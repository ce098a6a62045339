// Fills a running collector with responses, in fifties over eight connections; and, as what opening them is measured
// against, opens envelopes on every processor in a plain loop.
#include <CLI/CLI.hpp>
#include <thread>

#include "base/random.h"
#include "bench/posts/kiosk_side.h"
#include "bench/samples.h"
#include "envelope/envelope.h"
#include "support/kiosk_package.h"
#include "support/reference_case.h"

namespace perspective::bench {
namespace {

constexpr std::size_t kConnections = 8;
constexpr std::size_t kEnvelopesARequest = 50;
constexpr std::size_t kDifferentEnvelopes = 64;
constexpr double kNeverEnds_s = 1e6;

// What people at the reference case answered, in turn: each as a response of its own, sealed as a kiosk does it.
class Respondents {
 public:
  explicit Respondents(const protocol::Package& package)
      : package_(package),
        inspection_(unwrapped(envelope::Recipient::parse(package.inspection_certificate))),
        recovery_(unwrapped(envelope::Recipient::parse(package.recovery_certificate))) {
    for (const auto& [id, packed] : package.questionnaires) {
      const auto questionnaire = unwrapped(survey::Questionnaire::parse(packed.definition));
      for (auto& one : reference_case::submissions(questionnaire, reference_case::kResponses)) {
        one.inspection = package.inspection;
        submissions_.push_back(std::move(one));
      }
    }
  }
  protocol::SealedEnvelope next() {
    auto submission = submissions_[turn_.fetch_add(1) % submissions_.size()];
    protocol::SealedEnvelope sealed;
    std::ranges::copy(random_bytes(sealed.id.size()), sealed.id.begin());
    submission.envelope = to_hex(ByteView(sealed.id));
    sealed.body =
        unwrapped(envelope::seal(as_bytes(survey::to_json(submission)), package_.padded_bytes, inspection_, recovery_));
    return sealed;
  }

 private:
  const protocol::Package& package_;
  const envelope::Recipient inspection_;
  const envelope::Recipient recovery_;
  std::vector<survey::Submission> submissions_;
  std::atomic<std::size_t> turn_ = 0;
};

Envelopes each_anew(Respondents& respondents) {
  return [&respondents](std::string& body) {
    const auto sealed = respondents.next();
    body.append(as_text(sealed.id)).append(as_text(sealed.body));
    return Sent{sealed.id, protocol::digest_of(sealed.body)};
  };
}

void fill(const std::filesystem::path& kiosk, std::size_t responses, bool is_to_be_opened, Samples& samples) {
  std::vector<EnrolledKiosk> kiosks;
  kiosks.push_back(EnrolledKiosk::in(kiosk));
  Respondents respondents(kiosks.front().package);
  std::vector<Bytes> some;
  for (std::size_t i = 0; i < kDifferentEnvelopes; ++i) some.push_back(respondents.next().body);
  const auto envelopes = is_to_be_opened ? each_anew(respondents) : in_turn(std::move(some));
  const auto send = [&](std::size_t count, std::size_t connections, std::size_t a_request) {
    if (count == 0) return 0.0;
    const auto outcome = post({.connections = connections,
                               .envelopes_a_request = a_request,
                               .most_envelopes = count,
                               .longest_s = kNeverEnds_s},
                              kiosks, envelopes);
    if (outcome.envelopes != count) throw std::runtime_error("the collector took another number than it was sent");
    return outcome.seconds;
  };
  const std::size_t rest = responses % kEnvelopesARequest;
  const double seconds = send(responses - rest, kConnections, kEnvelopesARequest) + send(rest, 1, 1);
  samples.add("filled_per_s", static_cast<double>(responses) / seconds);
  samples.add("envelope_bytes", static_cast<double>(kiosks.front().package.envelope_bytes));
}

// With keys of its own: those of the collector never leave it.
void open(const std::filesystem::path& kiosk, double longest_s, Samples& samples) {
  const kiosk_package::Keys keys;
  auto package = EnrolledKiosk::in(kiosk).package;
  package.inspection_certificate = keys.inspection.certificate_pem;
  package.recovery_certificate = keys.recovery.certificate_pem;
  Respondents respondents(package);
  std::vector<Bytes> some;
  for (std::size_t i = 0; i < kDifferentEnvelopes; ++i) some.push_back(respondents.next().body);
  std::atomic<std::size_t> opened = 0;
  const double taken_us = microseconds([&] {
    const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(longest_s);
    std::vector<std::jthread> threads;
    for (unsigned i = 0; i < std::thread::hardware_concurrency(); ++i) {
      threads.emplace_back([&] {
        std::size_t own = 0;
        for (; std::chrono::steady_clock::now() < end; ++own) {
          unwrapped(envelope::open(some[own % some.size()], keys.inspection.key));
        }
        opened += own;
      });
    }
  });
  samples.add("opened_per_s", static_cast<double>(opened) / taken_us * 1e6);
}

int main_of(int count, char** words) {
  CLI::App app("Fills a collector with responses, or opens envelopes in a plain loop.", "bench_responses");
  std::filesystem::path kiosk;
  std::size_t responses = 0;
  double open_s = 0;
  bool is_to_be_opened = false;
  app.add_option("--kiosk", kiosk, "Folder of an enrolled kiosk")->required();
  app.add_option("--fill", responses, "So many responses to the collector");
  app.add_flag("--to-be-opened", is_to_be_opened, "Each is sealed anew, so that it counts; else the same go again");
  app.add_option("--open", open_s, "Open envelopes for so many seconds");
  CLI11_PARSE(app, count, words);
  Samples samples;
  if (responses > 0) fill(kiosk, responses, is_to_be_opened, samples);
  if (open_s > 0) open(kiosk, open_s, samples);
  samples.print();
  return 0;
}

}  // namespace
}  // namespace perspective::bench

int main(int count, char** words) {
  return perspective::bench::end_of("bench_responses", perspective::bench::main_of, count, words);
}
