// Acknowledged posts a second to a running collector over mutual TLS, beside bare rows a second into SQLite on the same
// disk; round by round, so that a slow moment of the machine meets both.
#include <CLI/CLI.hpp>
#include <filesystem>

#include "bench/posts/kiosk_side.h"
#include "bench/posts/raw_store.h"
#include "bench/samples.h"
#include "envelope/envelope.h"

namespace perspective::bench {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kDifferentEnvelopes = 64;
constexpr std::size_t kConnections[] = {1, 8, 32};
constexpr std::size_t kEnvelopesARequest[] = {1, 50};
constexpr std::size_t kRowsACommit[] = {1, 32};

struct Setting {
  std::vector<std::string> kiosks;
  fs::path raw;
  std::uint16_t without_storing = 0;
  int rounds = 3;
  std::size_t most = 2000;
  double longest_s = 1.5;
};

std::vector<Bytes> sealed_envelopes(const protocol::Package& package) {
  const auto inspection = unwrapped(envelope::Recipient::parse(package.inspection_certificate));
  const auto recovery = unwrapped(envelope::Recipient::parse(package.recovery_certificate));
  std::vector<Bytes> sealed;
  for (std::size_t i = 0; i < kDifferentEnvelopes; ++i) {
    sealed.push_back(unwrapped(envelope::seal(Bytes(i, 'x'), package.padded_bytes, inspection, recovery)));
  }
  return sealed;
}

void measure_raw(const Setting& setting, RawStore& store, const std::vector<Bytes>& bodies, Samples& samples) {
  for (const std::size_t rows : kRowsACommit) {
    const auto outcome = store.insert(bodies, rows, setting.most, setting.longest_s);
    const std::string name = "raw_" + std::to_string(rows);
    samples.add(name + "_per_s", static_cast<double>(outcome.rows) / outcome.seconds);
    samples.add(name + "_p50_us", quantile(outcome.commit_us, 0.5));
    samples.add(name + "_p99_us", quantile(outcome.commit_us, 0.99));
  }
}

void measure_posts(const Setting& setting, std::string_view what, std::uint16_t port,
                   const std::vector<EnrolledKiosk>& kiosks, const Envelopes& bodies, Samples& samples) {
  for (const std::size_t connections : kConnections) {
    for (const std::size_t envelopes : kEnvelopesARequest) {
      // Every connection gets to post a few times.
      const std::size_t most = std::max(setting.most, 2 * connections * envelopes);
      const auto outcome = post({.connections = connections,
                                 .envelopes_a_request = envelopes,
                                 .most_envelopes = most,
                                 .longest_s = setting.longest_s,
                                 .other_port = port},
                                kiosks, bodies);
      const std::string name = std::string(what) + "_" + std::to_string(connections) + "x" + std::to_string(envelopes);
      samples.add(name + "_per_s", static_cast<double>(outcome.envelopes) / outcome.seconds);
      samples.add(name + "_p50_us", quantile(outcome.request_us, 0.5));
      samples.add(name + "_p99_us", quantile(outcome.request_us, 0.99));
    }
  }
}

int main_of(int count, char** words) {
  Setting setting;
  CLI::App app("Posts envelopes to a collector, and writes bare rows into SQLite.", "bench_posts");
  app.add_option("--kiosk", setting.kiosks, "Folder of an enrolled kiosk; more than one may be named")->required();
  app.add_option("--raw", setting.raw, "File of the bare rows, on the collector's disk")->required();
  app.add_option("--without-storing", setting.without_storing,
                 "Port of a server that takes the same requests and stores nothing; measured, too");
  app.add_option("--rounds", setting.rounds)->check(CLI::PositiveNumber);
  app.add_option("--most", setting.most, "Envelopes in one measurement")->check(CLI::PositiveNumber);
  app.add_option("--seconds", setting.longest_s, "Of one measurement, at most")->check(CLI::PositiveNumber);
  CLI11_PARSE(app, count, words);
  std::vector<EnrolledKiosk> kiosks;
  for (const auto& folder : setting.kiosks) kiosks.push_back(EnrolledKiosk::in(folder));
  const auto bodies = sealed_envelopes(kiosks.front().package);
  const auto envelopes = in_turn(bodies);
  RawStore store(setting.raw);
  Samples samples;
  for (int round = 0; round < setting.rounds; ++round) {
    measure_raw(setting, store, bodies, samples);
    measure_posts(setting, "posts", 0, kiosks, envelopes, samples);
    if (setting.without_storing == 0) continue;
    measure_posts(setting, "without_storing", setting.without_storing, kiosks, envelopes, samples);
  }
  samples.print();
  return 0;
}

}  // namespace
}  // namespace perspective::bench

int main(int count, char** words) {
  return perspective::bench::end_of("bench_posts", perspective::bench::main_of, count, words);
}
