// A bundle is imported while the collector's disk loses its power, or is full, at every step: nothing is lost, nothing
// counts twice, and the same bundle imported again completes it.
#include <algorithm>
#include <set>

#include "base/file.h"
#include "protocol/withdrawal.h"
#include "simulation/collector.h"
#include "support/power_cut_sweep.h"

namespace perspective::simulation {
namespace {

using envelope::EnvelopeId;
using protocol::SealedEnvelope;

constexpr std::uint8_t kNew = 60;  // of two batches
constexpr std::int64_t kMostSteps = 2000;

EnvelopeId id(std::uint8_t number) {
  EnvelopeId made{};
  made.fill(number);
  return made;
}
SealedEnvelope sealed(std::uint8_t number) { return {id(number), Bytes(kEnvelopeBytes, number)}; }
SealedEnvelope withdrawal_of(std::uint8_t number) { return {id(number), protocol::withdrawal_of(kEnvelopeBytes)}; }

constexpr std::uint8_t kTakenBack = 101;   // has come by network; the bundle takes it back
constexpr std::uint8_t kKnown = 102;       // has come by network, and is in the bundle again
constexpr std::uint8_t kNeverThere = 103;  // is taken back, and never was

// What the collector should have when all is done, and what it may have on the way.
struct Contents {
  std::set<EnvelopeId> envelopes = {};
  std::int64_t accepted = 0;
  std::int64_t withdrawn = 0;
  std::int64_t tokens = 0;
  std::optional<Ledger> ledger;
  bool operator==(const Contents&) const = default;
};

class Desk {
 public:
  Desk() {
    const auto batch = protocol::encode_batch({sealed(kTakenBack), sealed(kKnown)});
    const auto path = std::string("/v1/inspections/") + kInspection + "/envelopes";
    EXPECT_EQ(collector_.ask("POST", path, batch).status, 200);
    collector_.end_fieldwork();
  }
  Bytes bundle() const {
    protocol::Cargo cargo{.inspection = kInspection,
                          .envelopes = {sealed(kKnown), withdrawal_of(kTakenBack), withdrawal_of(kNeverThere)},
                          .tokens = {{1}, {2}, {3}},
                          .ledger = kLedger};
    for (std::uint8_t i = 1; i <= kNew; ++i) cargo.envelopes.push_back(sealed(i));
    return protocol::sign_bundle(cargo, collector_.enrolment.key_pem.text(), collector_.enrolment.certificate_pem)
        .value();
  }
  // True: the inspector was told that all of it is stored.
  bool import() {
    const auto response = collector_.ask_to_import(bundle());
    if (response.status != 200) return false;
    const auto receipts =
        protocol::courier_receipts_from_json(std::string(boost::json::parse(response.body).at("receipts").as_string()));
    EXPECT_EQ(receipts->outcomes.size(), kNew + 3U);
    return true;
  }
  Contents contents() {
    auto& store = collector_.store();
    Contents found{.accepted = collector_.reconciled().collector.accepted,
                   .withdrawn = store.count_withdrawn(kInspection).value(),
                   .tokens = store.token_counts(kInspection)->never_issued,
                   .ledger = collector_.reconciled().kiosks.at(0).told};
    const auto envelopes = store.envelopes(kInspection, std::nullopt, 1000).value();
    for (const auto& one : envelopes) found.envelopes.insert(one.id);
    return found;
  }
  // What must be so at any time, whatever the import had come to.
  std::string fault(const Contents& found) {
    const auto count = static_cast<std::int64_t>(found.envelopes.size());
    if (found.accepted != count + found.withdrawn) return "the counts do not balance";
    if (!found.envelopes.contains(id(kKnown))) return "what was there is lost";
    if (found.envelopes.contains(id(kTakenBack)) && is_taken_back()) return "what was taken back is there again";
    if (found.ledger && found.ledger != kLedger) return "half a ledger";
    return "";
  }
  testing::PowerCutDisk& disk() { return disk_; }
  Collector& collector() { return collector_; }

  static constexpr Ledger kLedger{.started = 65, .stopped = 2, .sent = 62, .withdrawn = 1};
  static Contents complete() {
    Contents all{.accepted = kNew + 2, .withdrawn = 1, .tokens = 3, .ledger = kLedger};
    for (std::uint8_t i = 1; i <= kNew; ++i) all.envelopes.insert(id(i));
    all.envelopes.insert(id(kKnown));
    return all;
  }

 private:
  bool is_taken_back() const {
    return read_text(collector_.withdrawals()).value_or("").find(to_hex(ByteView(id(kTakenBack)))) != std::string::npos;
  }

  testing::PowerCutDisk disk_;
  Collector collector_{testing::PowerCutDisk::kName};
};

// From `step` of the import on the disk fails in the way that `break_at` sets; then it is as `loss` leaves it. True:
// the step was reached.
bool sweep_one(std::int64_t step, testing::Loss loss, void (testing::PowerCutDisk::*break_at)(std::int64_t)) {
  Desk desk;
  const auto at = desk.disk().steps() + step;
  (desk.disk().*break_at)(at);
  const bool was_told = desk.import();
  const bool is_reached = desk.disk().steps() > at || !was_told;
  desk.collector().restart([&] { desk.disk().survive(loss, static_cast<std::uint64_t>(step)); });
  const auto found = desk.contents();
  const auto where = "lost " + testing::name_of(loss) + ", at step " + std::to_string(step);
  EXPECT_EQ(desk.fault(found), "") << where;
  EXPECT_TRUE(!was_told || found == Desk::complete()) << where << ": told, and not there";
  for (int again = 0; again < 2; ++again) {
    EXPECT_TRUE(desk.import()) << where;
    EXPECT_EQ(desk.contents(), Desk::complete()) << where;
  }
  return is_reached;
}

std::int64_t stride() { return testing::sweeps_are_long() ? 1 : 3; }

class ImportSweep : public ::testing::TestWithParam<testing::Loss> {};

TEST_P(ImportSweep, LosesNothingCountsNothingTwiceAndCompletesWhereverThePowerGoes) {
  std::int64_t cuts = 0;
  for (std::int64_t step = 0; step < kMostSteps && !HasFailure(); step += stride()) {
    if (!sweep_one(step, GetParam(), &testing::PowerCutDisk::cut_at)) break;
    ++cuts;
  }
  std::printf("import cut at %ld places, lost %s\n", cuts, testing::name_of(GetParam()).c_str());
  EXPECT_GT(cuts, 20);
}

INSTANTIATE_TEST_SUITE_P(Lost, ImportSweep, ::testing::ValuesIn(testing::kLosses),
                         [](const auto& one) { return testing::name_of(one.param); });

TEST(ImportOnAFullDisk, LosesNothingAndCompletesOnceThereIsRoom) {
  std::int64_t places = 0;
  for (std::int64_t step = 0; step < kMostSteps && !::testing::Test::HasFailure(); step += stride()) {
    if (!sweep_one(step, testing::Loss::nothing, &testing::PowerCutDisk::fill_at)) break;
    ++places;
  }
  std::printf("import with the disk full at %ld places\n", places);
  EXPECT_GT(places, 20);
}

// What keeps away what was taken back comes before anything is stored.
TEST(ImportOnAFullDisk, StoresNothingOfABatchWhoseWithdrawalsCannotBeKept) {
  Desk desk;
  fs::remove(desk.collector().withdrawals());
  fs::create_directories(desk.collector().withdrawals() / "in the way");
  EXPECT_FALSE(desk.import());
  EXPECT_EQ(desk.fault(desk.contents()), "");
  EXPECT_TRUE(desk.contents().envelopes.contains(id(kTakenBack)));
  fs::remove_all(desk.collector().withdrawals());
  EXPECT_TRUE(desk.import());
  EXPECT_EQ(desk.contents(), Desk::complete());
}

}  // namespace
}  // namespace perspective::simulation
