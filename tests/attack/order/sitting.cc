#include "attack/order/sitting.h"

#include <sqlite3.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <stdexcept>

#include "envelope/envelope.h"
#include "protocol/batch.h"
#include "protocol/limits.h"
#include "protocol/receipt.h"
#include "protocol/token_report.h"
#include "support/kiosk_package.h"
#include "support/power_cut_disk.h"
#include "support/source_folder.h"
#include "upload/token_reporter.h"

namespace perspective::attack {
namespace {

using kiosk_package::unwrapped;
using testing::PowerCutDisk;

constexpr const char* kPath = "/outbox.sqlite";
constexpr const char* kInspection = "trial-2026";
constexpr int kMostVisits = 16;
constexpr int kFewestVisits = 8;
constexpr std::size_t kMostLetters = 800;
constexpr int kStepsOfSending = 2;            // the pause, then all that wait, if enough do
constexpr std::int64_t kStepsOfAVisit = 120;  // of its beginning and its put, about

// Keeps all that is sent, and answers as the collector does. It looks for the ids of the visits rather than for
// envelopes of one length: a kiosk without that defence is to be attacked too.
class Wire final : public upload::Transport {
 public:
  Wire(const std::vector<outbox::Envelope>& put, const std::map<outbox::Id, Bytes>& tokens)
      : put_(put), tokens_(tokens) {}

  Result<upload::Answer> send(const upload::Request& request) override {
    if (request.path.ends_with("/tokens")) return take_report(request);
    std::map<std::size_t, const outbox::Envelope*> found;
    for (const auto& envelope : put_) {
      const auto at = std::ranges::search(request.body, envelope.id).begin();
      if (at != request.body.end()) found[static_cast<std::size_t>(at - request.body.begin())] = &envelope;
    }
    std::vector<protocol::Outcome> outcomes;
    batches.emplace_back();
    for (const auto& [at, envelope] : found) {
      batches.back().push_back(envelope->id);
      outcomes.push_back(
          {envelope->id, 201, unwrapped(key_.sign(envelope->id, protocol::digest_of(envelope->body))), ""});
    }
    const auto json = protocol::encode_outcomes(outcomes);
    return upload::Answer{200, {}, Bytes(json.begin(), json.end())};
  }
  Bytes receipt_key() const { return key_.public_key(); }

  std::vector<std::vector<outbox::Id>> batches;
  std::vector<std::vector<outbox::Id>> reports;  // of tokens, each by its visit

 private:
  Result<upload::Answer> take_report(const upload::Request& request) {
    std::map<std::size_t, outbox::Id> found;
    for (const auto& [id, token] : tokens_) {
      const auto at = std::ranges::search(request.body, token).begin();
      if (at != request.body.end()) found[static_cast<std::size_t>(at - request.body.begin())] = id;
    }
    reports.emplace_back();
    for (const auto& [at, id] : found) reports.back().push_back(id);
    const auto receipt = unwrapped(protocol::sign_tokens(key_, kInspection, request.body));
    const auto json = protocol::encode_token_receipt(receipt);
    return upload::Answer{200, {}, Bytes(json.begin(), json.end())};
  }

  const std::vector<outbox::Envelope>& put_;
  const std::map<outbox::Id, Bytes>& tokens_;
  protocol::ReceiptKey key_ = unwrapped(protocol::ReceiptKey::parse(unwrapped(protocol::ReceiptKey::generate_pem())));
};

outbox::Options options() {
  outbox::Options chosen;
  chosen.vfs = PowerCutDisk::kName;
  chosen.reserve = [](const std::filesystem::path&, std::uint64_t) { return true; };
  return chosen;
}

// Somebody sat down, and sent nothing.
void leave(outbox::Outbox& box, outbox::Ending ending) {
  if (!box.begin_visit(kInspection) || !box.end_visit(kInspection, ending)) {
    throw std::runtime_error("a visit could not be counted");
  }
}

class Reading {
 public:
  Reading() {
    if (sqlite3_open_v2(kPath, &database_, SQLITE_OPEN_READWRITE, PowerCutDisk::kName) != SQLITE_OK) {
      throw std::runtime_error("the copy does not open");
    }
  }
  Reading(const Reading&) = delete;
  Reading& operator=(const Reading&) = delete;
  ~Reading() { sqlite3_close(database_); }

  // Every number beside an id; the rowid too, where there is one.
  void read(const std::string& columns, Evidence& evidence) {
    const std::string sql = "SELECT id, " + columns + " FROM envelope";
    sqlite3_stmt* rows = nullptr;
    if (sqlite3_prepare_v2(database_, sql.c_str(), -1, &rows, nullptr) != SQLITE_OK) return;
    while (sqlite3_step(rows) == SQLITE_ROW) {
      outbox::Id id{};
      const auto* bytes = static_cast<const std::uint8_t*>(sqlite3_column_blob(rows, 0));
      std::copy_n(bytes, id.size(), id.begin());
      for (int column = 1; column < sqlite3_column_count(rows); ++column) note(rows, column, id, evidence);
    }
    sqlite3_finalize(rows);
  }

  // The same of tokens: which visit each was spent for is for the score alone.
  void read_tokens(const std::string& columns, Evidence& evidence) {
    const std::string sql = "SELECT proof, " + columns + " FROM token";
    sqlite3_stmt* rows = nullptr;
    if (sqlite3_prepare_v2(database_, sql.c_str(), -1, &rows, nullptr) != SQLITE_OK) return;
    while (sqlite3_step(rows) == SQLITE_ROW) {
      const auto* bytes = static_cast<const std::uint8_t*>(sqlite3_column_blob(rows, 0));
      const Bytes proof(bytes, bytes + sqlite3_column_bytes(rows, 0));
      const auto visit = std::ranges::find(evidence.tokens, proof, &std::pair<const outbox::Id, Bytes>::second);
      if (visit == evidence.tokens.end()) continue;
      for (int column = 1; column < sqlite3_column_count(rows); ++column) {
        if (sqlite3_column_type(rows, column) != SQLITE_INTEGER) continue;
        evidence.numbers_of_tokens[sqlite3_column_name(rows, column)][visit->first] =
            sqlite3_column_double(rows, column);
      }
    }
    sqlite3_finalize(rows);
  }

 private:
  static void note(sqlite3_stmt* rows, int column, const outbox::Id& id, Evidence& evidence) {
    const int type = sqlite3_column_type(rows, column);
    if (type == SQLITE_INTEGER || type == SQLITE_FLOAT) {
      evidence.numbers[sqlite3_column_name(rows, column)][id] = sqlite3_column_double(rows, column);
    } else if (std::string_view(sqlite3_column_name(rows, column)) == "body") {
      const auto* body = static_cast<const std::uint8_t*>(sqlite3_column_blob(rows, column));
      evidence.bodies[id] = Bytes(body, body + sqlite3_column_bytes(rows, column));
      evidence.lengths[id] = evidence.bodies[id].size();
    }
  }

  sqlite3* database_ = nullptr;
};

}  // namespace

struct Sitting::Parts {
  kiosk_package::Keys keys;
  protocol::Package package =
      kiosk_package::package(keys, {std::string(kSourceFolder) + "/assets/questionnaires/victims"}, kInspection);
  envelope::Recipient inspection = unwrapped(envelope::Recipient::parse(package.inspection_certificate));
  envelope::Recipient recovery = unwrapped(envelope::Recipient::parse(package.recovery_certificate));

  outbox::Envelope sealed(const Visit& visit) const {
    const std::string answers = R"({"format":1,"answers":{"comment":")" + std::string(visit.letters, 'a') + "\"}}";
    return {visit.id, kInspection,
            unwrapped(envelope::seal(as_bytes(answers), package.padded_bytes, inspection, recovery))};
  }
};

Sitting::Sitting() : parts_(std::make_unique<Parts>()) {}
Sitting::~Sitting() = default;

Day Sitting::day(std::uint64_t seed, Moment moment) {
  std::mt19937_64 chance(seed);
  const auto below = [&](std::uint64_t bound) {
    return std::uniform_int_distribution<std::uint64_t>(0, bound - 1)(chance);
  };
  Day day;
  PowerCutDisk disk;
  std::vector<outbox::Envelope> put;
  Wire wire(put, day.evidence.tokens);
  auto box = unwrapped(outbox::Outbox::open(kPath, options()));
  const auto terms = [&](const std::string&) {
    return upload::Sender::Terms{.receipt_key = wire.receipt_key(), .at_least = protocol::kSmallestBatch};
  };
  upload::Sender sender(*box, wire, terms);
  upload::TokenReporter reporter(*box, wire, terms);
  const bool has_network = below(2) == 0;
  const std::uint64_t last = kFewestVisits + below(kMostVisits - kFewestVisits);
  for (std::uint64_t number = 0; number <= last; ++number) {
    Visit visit{.id = {}, .letters = below(kMostLetters), .token = {}};
    for (auto& byte : visit.id) byte = static_cast<std::uint8_t>(below(256));
    for (auto& byte : visit.token) byte = static_cast<std::uint8_t>(below(256));
    day.visits.push_back(visit);
    day.evidence.tokens[visit.id] = Bytes(visit.token.begin(), visit.token.end());
    day.evidence.letters.push_back(visit.letters);
    put.push_back(parts_->sealed(visit));
    if (below(3) == 0) leave(*box, below(2) == 0 ? outbox::Ending::stopped : outbox::Ending::timed_out);
    const bool is_cut = number == last && moment != Moment::between_visits;
    if (is_cut) disk.cut_at(disk.steps() + static_cast<std::int64_t>(below(kStepsOfAVisit)));
    if (!(box->begin_visit(kInspection) && box->spend({kInspection, visit.token}) && box->put(put.back())) && !is_cut) {
      throw std::runtime_error("a visit could not be put");
    }
    for (int step = 0; has_network && number != last && step < kStepsOfSending; ++step) {
      sender.step();
      reporter.step();
    }
  }
  box.reset();
  disk.survive(testing::kLosses.at(below(testing::kLosses.size())), seed);
  if (moment == Moment::started_again) {
    const auto again = unwrapped(outbox::Outbox::open(kPath, options()));
    if (!again->write_off_visits()) throw std::runtime_error("a lost visit could not be counted");
  }
  for (const auto& [name, file] : disk.names()) day.evidence.files[name] = file->now;
  Reading reading;
  reading.read("*", day.evidence);
  reading.read("rowid", day.evidence);
  reading.read_tokens("*", day.evidence);
  reading.read_tokens("rowid", day.evidence);
  day.evidence.batches = wire.batches;
  day.evidence.reports = wire.reports;
  return day;
}

}  // namespace perspective::attack
