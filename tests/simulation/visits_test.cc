// Thousands of visits by chance: people send, stop or leave, and take back what they sent; windows are killed, the
// power goes at any step, the line loses requests and answers, the collector refuses some and is put back to a backup;
// sticks travel beside the line, old ones too, and some never come back. Whatever happens, no answer that was thanked
// for is lost, none counts twice, none that was taken back returns, and the ledgers of kiosk and collector balance.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <set>

#include "base/random.h"
#include "protocol/limits.h"
#include "simulation/kiosk.h"

namespace perspective::simulation {
namespace {

constexpr std::uint64_t kVisits = 1000;
constexpr std::int64_t kStepsOfAVisit = 160;   // of its beginning, its put, and what is sent meanwhile, about
constexpr std::int64_t kStepsOfAnErrand = 60;  // of a withdrawal, or of the first receipts, about
constexpr const char* kSpentBefore = "token 1";
constexpr const char* kNotKept = "token 2";
constexpr int kMostSteps = 10'000;
constexpr int kMostTrips = 50;  // of 500 envelopes each

std::uint64_t number_from(const char* variable, std::uint64_t otherwise) {
  const char* said = std::getenv(variable);
  return said != nullptr && *said != '\0' ? std::strtoull(said, nullptr, 10) : otherwise;
}

std::int64_t put_in(const Ledger& ledger) {
  return ledger.waiting + ledger.quarantined + ledger.sent + ledger.withdrawn;
}

envelope::EnvelopeId id_of(const std::string& hex) { return envelope::id_from_hex(hex).value(); }

// What a visit adds to the ledger when it ends so.
Ledger begun_and(std::int64_t Ledger::*end) {
  Ledger one{.started = 1};
  one.*end = 1;
  return one;
}

class Visits : public ::testing::Test {
 protected:
  struct Plan {
    std::int64_t Ledger::*end = nullptr;  // waiting: it is sent
    int crashes = 0;                      // two: it is lost
    bool is_cut = false;
  };
  struct Figures {
    std::uint64_t sent, stopped, timed_out, lost, kills, cuts, copies, imports, replays, taken, withdrawals, restores;
  };

  std::uint64_t below(std::uint64_t bound) { return chance_() % bound; }

  Plan any_plan() {
    Plan plan;
    const auto ends = below(10);
    plan.end = ends < 6 ? &Ledger::waiting : ends < 8 ? &Ledger::stopped : &Ledger::timed_out;
    const auto crashes = below(20);
    plan.crashes = crashes == 0 ? 2 : crashes < 4 ? 1 : 0;
    if (plan.crashes == 2) plan.end = &Ledger::lost;
    plan.is_cut = below(12) == 0;
    return plan;
  }

  // True: the person was thanked.
  bool sit_down(const Plan& plan, const std::string& id) {
    kiosk_->shown().begin_visit(id);
    spend_token();
    if (below(3) == 0) kiosk_->upload(2);
    bool was_put = false;
    for (int crash = 0; crash < plan.crashes; ++crash) {
      // Sometimes in the middle of Send: the next window asks for the same once more.
      if (plan.end == &Ledger::waiting && below(2) == 0) was_put = kiosk_->send(id);
      kiosk_->crash();
      ++figures_.kills;
      if (below(2) == 0) kiosk_->upload(3);
      if (crash + 1 < plan.crashes || plan.end != &Ledger::lost) kiosk_->shown().take_draft();
    }
    if (plan.end == &Ledger::lost) return false;
    if (plan.end == &Ledger::waiting) was_put = kiosk_->send(id) || was_put;
    kiosk_->end_visit(plan.end == &Ledger::stopped ? "stopped" : plan.end == &Ledger::timed_out ? "timed out" : "put");
    return was_put;
  }

  void visit() {
    const auto plan = any_plan();
    const auto id = to_hex(random_bytes(16));
    const auto before = kiosk_->settled_ledger();
    if (plan.is_cut) kiosk_->disk().cut_at(kiosk_->disk().steps() + static_cast<std::int64_t>(below(kStepsOfAVisit)));
    const bool is_thanked = sit_down(plan, id);
    if (plan.is_cut) {
      lose_power();
    }
    if (is_thanked) thanked_.insert(last_thanked_ = id);
    expect_counted(before, kiosk_->settled_ledger(), plan, is_thanked);
  }

  void expect_counted(const Ledger& before, const Ledger& after, const Plan& plan, bool is_thanked) {
    ASSERT_EQ(after.in_progress(), 0) << "visit " << number_ << (plan.is_cut ? ", cut, " : ", ") << plan.crashes
                                      << " crashes, " << (is_thanked ? "thanked" : "not thanked")
                                      << (kiosk_->outbox().is_sound() ? "" : ", a write failed");
    Ledger added{.started = after.started - before.started,
                 .lost = after.lost - before.lost,
                 .stopped = after.stopped - before.stopped,
                 .timed_out = after.timed_out - before.timed_out,
                 .waiting = put_in(after) - put_in(before)};
    // What the power cut short is lost, or, where not even its beginning was written, has not been. Not so thanks.
    const bool may_be_short = plan.is_cut && !is_thanked;
    const bool is_as_planned = added == begun_and(plan.end);
    const bool is_short = added == begun_and(&Ledger::lost) || added == Ledger{};
    EXPECT_TRUE(is_as_planned || (may_be_short && is_short))
        << "visit " << number_ << ": started " << added.started << ", lost " << added.lost << ", stopped "
        << added.stopped << ", timed out " << added.timed_out << ", put " << added.waiting;
    figures_.sent += static_cast<std::uint64_t>(added.waiting);
    figures_.stopped += static_cast<std::uint64_t>(added.stopped);
    figures_.timed_out += static_cast<std::uint64_t>(added.timed_out);
    figures_.lost += static_cast<std::uint64_t>(added.lost);
  }

  // As many as an inspection has, at most. Where the kiosk could not say whether it was spent, the next one who sits
  // down types the same slip first, and another where it was.
  void spend_token() {
    if (doubtful_ && try_token(*std::exchange(doubtful_, std::nullopt)) != kSpentBefore) return;
    if (spent_.size() >= protocol::kMaxTokens) return;
    outbox::TokenProof proof{};
    for (auto& letter : proof) letter = static_cast<std::uint8_t>('a' + below(26));
    EXPECT_NE(try_token(proof), kSpentBefore);
  }
  std::string try_token(const outbox::TokenProof& proof) {
    const auto said = kiosk_->spend(proof);
    if (said == kNotKept) doubtful_ = proof;
    if (said != kNotKept) spent_.insert(proof);
    return said;
  }
  void lose_power() {
    kiosk_->lose_power(testing::kLosses.at(below(testing::kLosses.size())), chance_());
    ++figures_.cuts;
  }
  // Some of these things are cut off by the power and done again.
  void do_once_or_twice(const std::function<bool()>& deed) {
    if (below(4) == 0) {
      kiosk_->disk().cut_at(kiosk_->disk().steps() + static_cast<std::int64_t>(below(kStepsOfAnErrand)));
      deed();
      lose_power();
    }
    EXPECT_TRUE(deed());
  }

  void copy() {
    const auto waiting = kiosk_->outbox().waiting().value();
    for (const auto& [inspection, ids] : waiting) line_.on_sticks.insert(ids.begin(), ids.end());
    auto bundle = kiosk_->copy();
    if (!bundle) return;
    bundles_.push_back(*std::move(bundle));
    ++figures_.copies;
  }
  void import_bundle(std::size_t number, bool do_receipts_come_back) {
    const auto receipts = collector_.import_bundle(bundles_.at(number));
    ++(number + 1 == bundles_.size() ? figures_.imports : figures_.replays);
    if (!do_receipts_come_back) return;
    do_once_or_twice([&] { return kiosk_->take(receipts).has_value(); });
    ++figures_.taken;
  }
  void import_any() {
    if (bundles_.empty()) return;
    import_bundle(below(2) == 0 ? bundles_.size() - 1 : below(bundles_.size()), below(3) > 0);
  }

  // Somebody who was thanked, often just now, whatever became of their answers since; there or by an inspector.
  void withdraw() {
    if (thanked_.empty()) return;
    const auto any = std::next(thanked_.begin(), static_cast<std::ptrdiff_t>(below(thanked_.size())));
    const auto id = below(2) == 0 ? last_thanked_ : *any;
    if (below(2) == 0) {
      collector_.withdraw(id_of(id));
    } else {
      do_once_or_twice([&] { return kiosk_->outbox().withdraw(kInspection, id_of(id)).has_value(); });
      withdrawn_there_.insert(id);
    }
    withdrawn_.insert(id);
    ++figures_.withdrawals;
  }
  // All that came in since the backup lies on a stick still: what does not is gone with the database, as that is.
  void restore() {
    collector_.back_up();
    withdraw();
    copy();
    if (bundles_.empty()) return;
    import_bundle(bundles_.size() - 1, below(2) == 0);
    if (below(2) == 0) withdraw();  // of which the backup does not know that it came
    collector_.restore();
    ++figures_.restores;
    for (std::size_t i = bundles_.size(); i-- > 0 && i + 3 > bundles_.size();) import_bundle(i, false);
    import_any();
  }
  void do_errands() {
    if (below(4) == 0) kiosk_->upload(static_cast<int>(below(6)));
    if (below(10) == 0) kiosk_->report_tokens();
    if (below(10) == 0) copy();
    if (below(10) == 0) import_any();
    if (below(12) == 0) withdraw();
    if (below(60) == 0) restore();
  }

  bool is_any_waiting() { return !kiosk_->outbox().waiting().value().empty(); }

  // By network or by stick; what the one has brought the other brings again.
  void finish() {
    line_.is_good = true;
    collector_.end_fieldwork();
    const bool is_by_network = below(2) == 0;
    for (int i = 0; i < kMostSteps && is_by_network && is_any_waiting(); ++i) kiosk_->upload(1);
    for (int trip = 0; trip < kMostTrips && (trip == 0 || is_any_waiting()); ++trip) {
      copy();
      ASSERT_FALSE(bundles_.empty());
      import_bundle(bundles_.size() - 1, true);
    }
    EXPECT_FALSE(is_any_waiting());
    has_asked_ = below(2) == 0;
    if (has_asked_) kiosk_->ask_to_send();
    for (int i = 0; i < kMostSteps && (i == 0 || is_any_waiting()); ++i) kiosk_->upload(1);
    copy();
    import_bundle(bundles_.size() - 1, false);
    by_stick_ = collector_.reconciled().kiosks.at(0).told;
    EXPECT_EQ(kiosk_->report().next, upload::Step::Next::idle);
  }

  std::set<std::string> set_aside() {
    std::set<std::string> ids;
    const auto quarantined = kiosk_->outbox().quarantined().value();
    for (const auto& one : quarantined) ids.insert(to_hex(one.id));
    return ids;
  }
  // Where each envelope is.
  std::multiset<std::string> found() {
    const auto kept = set_aside();
    std::multiset<std::string> all(kept.begin(), kept.end());
    std::optional<store::Id> last;
    for (;;) {
      const auto page = collector_.store().envelopes(kInspection, last, 256).value();
      for (const auto& one : page) all.insert(to_hex(ByteView(one.id)));
      if (page.size() < 256) return all;
      last = page.back().id;
    }
  }

  std::uint64_t seed_ = number_from("PERSPECTIVE_SEED", std::random_device()());
  std::mt19937_64 chance_{seed_};
  Collector collector_;
  Line line_{collector_, chance_};
  std::unique_ptr<Kiosk> kiosk_ = std::make_unique<Kiosk>(line_);
  std::uint64_t number_ = 0;
  std::set<std::string> thanked_;
  std::string last_thanked_;
  std::set<std::string> withdrawn_;
  std::set<std::string> withdrawn_there_;  // at the kiosk
  bool has_asked_ = false;                 // a person at the end: what was set aside was offered once more
  std::set<outbox::TokenProof> spent_;
  std::optional<outbox::TokenProof> doubtful_;  // spent, or not
  std::vector<Bytes> bundles_;                  // each that was ever copied
  std::optional<Ledger> by_stick_;
  Figures figures_{};
};

TEST_F(Visits, LoseNothingDoubleNothingBringNothingBackAndBalance) {
  const auto visits = number_from("PERSPECTIVE_VISITS", kVisits);
  std::printf("PERSPECTIVE_SEED=%lu PERSPECTIVE_VISITS=%lu\n", seed_, visits);
  for (number_ = 0; number_ < visits && !HasFailure(); ++number_) {
    visit();
    do_errands();
  }
  finish();

  const auto everywhere = found();
  const auto lost = std::ranges::count_if(
      thanked_, [&](const auto& id) { return !everywhere.contains(id) && !withdrawn_.contains(id); });
  const auto doubled = std::ranges::count_if(everywhere, [&](const auto& id) { return everywhere.count(id) > 1; });
  // What the kiosk has set aside stays until somebody asks there: an inspector takes it back at the collector alone.
  const auto kept = set_aside();
  const auto resurrected = std::ranges::count_if(withdrawn_, [&](const auto& id) {
    return everywhere.count(id) > (!has_asked_ && kept.contains(id) && !withdrawn_there_.contains(id) ? 1U : 0U);
  });
  EXPECT_EQ(lost, 0);
  EXPECT_EQ(doubled, 0);
  EXPECT_EQ(resurrected, 0);

  const auto sides = collector_.reconciled();
  const auto ledger = kiosk_->ledger();
  const auto tokens = collector_.store().token_counts(kInspection).value().never_issued;
  ASSERT_EQ(sides.kiosks.size(), 1U);
  EXPECT_EQ(by_stick_, ledger);
  EXPECT_EQ(sides.kiosks[0].told, ledger);
  EXPECT_LE(sides.kiosks[0].missing(), sides.collector.known_by_withdrawal);
  EXPECT_EQ(sides.kiosks[0].surplus(), 0);
  EXPECT_EQ(sides.collector.accepted, sides.collector.accounted_for());
  EXPECT_EQ(ledger.in_progress(), 0);
  EXPECT_EQ(ledger.waiting, 0);
  EXPECT_EQ(ledger.quarantined + sides.collector.still_sealed, static_cast<std::int64_t>(everywhere.size()));
  EXPECT_GE(tokens, static_cast<std::int64_t>(spent_.size()));
  EXPECT_LE(tokens, static_cast<std::int64_t>(spent_.size() + (doubtful_ ? 1 : 0)));
  EXPECT_LE(tokens, ledger.started) << "one a visit at most";

  std::printf("%lu visits: %lu sent, %lu stopped, %lu timed out, %lu lost; %lu kills, %lu power cuts\n", number_,
              figures_.sent, figures_.stopped, figures_.timed_out, figures_.lost, figures_.kills, figures_.cuts);
  std::printf(
      "sticks: %lu copied, %lu imported, %lu old ones again, %lu brought receipts; %lu taken back, %lu restores\n",
      figures_.copies, figures_.imports, figures_.replays, figures_.taken, figures_.withdrawals, figures_.restores);
  std::printf(
      "answers lost %ld, doubled %ld, resurrected %ld; started %ld = lost %ld + stopped %ld + timed out %ld + "
      "quarantined %ld + sent %ld + withdrawn %ld; the collector took in %ld = sealed %ld + withdrawn %ld; tokens "
      "%ld\n",
      lost, doubled, resurrected, ledger.started, ledger.lost, ledger.stopped, ledger.timed_out, ledger.quarantined,
      ledger.sent, ledger.withdrawn, sides.collector.accepted, sides.collector.still_sealed, sides.collector.withdrawn,
      tokens);
  for (const auto figure : {figures_.kills, figures_.cuts, figures_.copies, figures_.taken, figures_.withdrawals}) {
    EXPECT_GT(figure, visits / 50);
  }
  EXPECT_GT(figures_.replays, visits / 100);
  EXPECT_GT(figures_.restores, visits / 500);
}

}  // namespace
}  // namespace perspective::simulation
