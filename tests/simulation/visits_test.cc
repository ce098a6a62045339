// Thousands of visits by chance: people send, stop or leave; windows are killed, the power goes at any step, the line
// loses requests and answers, the collector refuses some. Whatever happens, no answer that was thanked for is lost,
// none counts twice, and the ledgers of kiosk and collector balance.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <set>

#include "base/random.h"
#include "inspection/reconciliation.h"
#include "simulation/kiosk.h"

namespace perspective::simulation {
namespace {

constexpr std::uint64_t kVisits = 1000;
constexpr std::int64_t kStepsOfAVisit = 160;  // of its beginning, its put, and what is sent meanwhile, about
constexpr int kMostSteps = 10'000;

std::uint64_t number_from(const char* variable, std::uint64_t otherwise) {
  const char* said = std::getenv(variable);
  return said != nullptr && *said != '\0' ? std::strtoull(said, nullptr, 10) : otherwise;
}

std::int64_t put_in(const Ledger& ledger) { return ledger.waiting + ledger.quarantined + ledger.sent; }

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
    std::uint64_t sent, stopped, timed_out, lost, kills, cuts;
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
      kiosk_->lose_power(testing::kLosses.at(below(testing::kLosses.size())), chance_());
      ++figures_.cuts;
    }
    if (is_thanked) thanked_.insert(id);
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

  void send_all() {
    line_.is_good = true;
    line_.end_fieldwork();
    for (int i = 0; i < kMostSteps && kiosk_->ledger().waiting > 0; ++i) kiosk_->upload(1);
    EXPECT_EQ(kiosk_->report().next, upload::Step::Next::idle);
  }

  // Where each envelope is that somebody was thanked for.
  std::multiset<std::string> found() {
    std::multiset<std::string> all;
    const auto set_aside = kiosk_->outbox().quarantined().value();
    for (const auto& one : set_aside) all.insert(to_hex(one.id));
    std::optional<store::Id> last;
    for (;;) {
      const auto page = line_.store().envelopes(kInspection, last, 256).value();
      for (const auto& one : page) all.insert(to_hex(ByteView(one.id)));
      if (page.size() < 256) return all;
      last = page.back().id;
    }
  }

  std::uint64_t seed_ = number_from("PERSPECTIVE_SEED", std::random_device()());
  std::mt19937_64 chance_{seed_};
  Line line_{chance_};
  std::unique_ptr<Kiosk> kiosk_ = std::make_unique<Kiosk>(line_);
  std::uint64_t number_ = 0;
  std::set<std::string> thanked_;
  Figures figures_{};
};

TEST_F(Visits, LoseNothingThatWasThankedForCountNothingTwiceAndBalance) {
  const auto visits = number_from("PERSPECTIVE_VISITS", kVisits);
  std::printf("PERSPECTIVE_SEED=%lu PERSPECTIVE_VISITS=%lu\n", seed_, visits);
  for (number_ = 0; number_ < visits && !HasFailure(); ++number_) {
    visit();
    if (below(4) == 0) kiosk_->upload(static_cast<int>(below(6)));
  }
  send_all();

  const auto everywhere = found();
  const auto lost = std::ranges::count_if(thanked_, [&](const auto& id) { return !everywhere.contains(id); });
  const auto doubled = std::ranges::count_if(everywhere, [&](const auto& id) { return everywhere.count(id) > 1; });
  EXPECT_EQ(lost, 0);
  EXPECT_EQ(doubled, 0);

  const auto sides = inspection::reconcile(line_.store(), kInspection, {}).value();
  const auto ledger = kiosk_->ledger();
  ASSERT_EQ(sides.kiosks.size(), 1U);
  EXPECT_EQ(sides.kiosks[0].told, ledger);
  EXPECT_EQ(sides.kiosks[0].missing(), 0);
  EXPECT_EQ(sides.kiosks[0].surplus(), 0);
  EXPECT_EQ(sides.collector.accepted, sides.collector.accounted_for());
  EXPECT_EQ(ledger.in_progress(), 0);
  EXPECT_EQ(ledger.waiting, 0);
  EXPECT_EQ(ledger.sent + ledger.quarantined, static_cast<std::int64_t>(everywhere.size()));

  std::printf("%lu visits: %lu sent, %lu stopped, %lu timed out, %lu lost; %lu kills, %lu power cuts\n", number_,
              figures_.sent, figures_.stopped, figures_.timed_out, figures_.lost, figures_.kills, figures_.cuts);
  std::printf(
      "answers lost %ld, doubled %ld; started %ld = lost %ld + stopped %ld + timed out %ld + quarantined %ld + "
      "sent %ld; the collector took in %ld\n",
      lost, doubled, ledger.started, ledger.lost, ledger.stopped, ledger.timed_out, ledger.quarantined, ledger.sent,
      sides.collector.accepted);
  EXPECT_GT(figures_.cuts, visits / 50);
  EXPECT_GT(figures_.kills, visits / 50);
}

}  // namespace
}  // namespace perspective::simulation
