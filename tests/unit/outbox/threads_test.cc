// The window's thread puts while the sender's takes out and others look: "any; calls wait for each other". What races
// is told by the thread sanitizer (tests/builds tsan); what is lost or counted twice by any build.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <latch>
#include <thread>

#include "base/random.h"
#include "outbox/outbox.h"

namespace perspective::outbox {
namespace {

namespace fs = std::filesystem;

constexpr const char* kInspection = "croydon-2012";
constexpr std::uint8_t kVisits = 12;

class OutboxOfSeveralThreads : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("outbox-" + to_hex(random_bytes(8)));
    fs::create_directory(folder_);
    Options options;
    options.envelope_bytes = 8192;
    options.reserve = [](const fs::path&, std::uint64_t) { return true; };
    outbox_ = Outbox::open(folder_ / "outbox.sqlite", options).value();
  }
  void TearDown() override {
    outbox_.reset();
    fs::remove_all(folder_);
  }

  static Envelope envelope(std::uint8_t number) {
    Envelope made{{}, kInspection, Bytes(2000, number)};
    made.id.fill(number);
    return made;
  }

  // As the window: each visit is begun, spends its token, is put.
  void answer() {
    for (std::uint8_t number = 1; number <= kVisits; ++number) {
      Token token{kInspection, {}};
      token.proof.fill(number);
      EXPECT_TRUE(outbox_->begin_visit(kInspection));
      EXPECT_TRUE(outbox_->spend(token));
      EXPECT_TRUE(outbox_->put(envelope(number)));
    }
  }
  // As the sender: everything leaves but what the collector sets aside.
  void send_until_all_are_gone() {
    std::size_t gone = 0;
    while (gone < kVisits && !::testing::Test::HasFailure()) {
      const auto batch = outbox_->draw_batch(5).value();
      if (batch.empty()) std::this_thread::yield();
      for (const auto& one : batch) {
        EXPECT_EQ(one.body, envelope(one.id[0]).body);
        EXPECT_TRUE(is_set_aside(one.id) ? outbox_->quarantine(one.id, 422) : outbox_->remove(one.id, Leaving::sent));
        ++gone;
      }
      EXPECT_TRUE(outbox_->set_notice(gone % 2 == 0 ? "" : "collector_unreachable"));
    }
  }
  // As whoever draws the supervisor's screen: what is seen is true of some moment.
  void look(const std::atomic<bool>& is_over) {
    do {
      const auto ledgers = outbox_->ledgers().value();
      const auto found = ledgers.find(kInspection);
      if (found != ledgers.end()) {
        const auto& ledger = found->second;
        EXPECT_TRUE(ledger.in_progress() == 0 || ledger.in_progress() == 1) << ledger.in_progress();
        EXPECT_EQ(ledger.lost + ledger.stopped + ledger.timed_out + ledger.withdrawn, 0);
      }
      EXPECT_LE(outbox_->waiting().value()[kInspection].size(), kVisits);
      EXPECT_NE(outbox_->state().value(), State::full);
      EXPECT_TRUE(outbox_->notice() && outbox_->visited() && outbox_->is_sound());
    } while (!is_over);
  }
  static bool is_set_aside(const Id& id) { return id[0] % 6 == 0; }

  fs::path folder_;
  std::unique_ptr<Outbox> outbox_;
};

TEST_F(OutboxOfSeveralThreads, CountsEachVisitOnceWhoeverElseIsAtIt) {
  std::atomic<bool> is_over = false;
  std::latch all_are_here(3);
  std::jthread sender([&] {
    all_are_here.arrive_and_wait();
    send_until_all_are_gone();
  });
  std::jthread screen([&] {
    all_are_here.arrive_and_wait();
    look(is_over);
  });
  all_are_here.arrive_and_wait();
  answer();
  sender.join();
  is_over = true;
  screen.join();

  const auto ledger = outbox_->ledgers().value().at(kInspection);
  EXPECT_EQ(ledger.started, kVisits);
  EXPECT_EQ(ledger.quarantined, kVisits / 6);
  EXPECT_EQ(ledger.sent, kVisits - kVisits / 6);
  EXPECT_EQ(ledger.waiting, 0);
  EXPECT_TRUE(outbox_->draw_batch(50).value().empty());
  EXPECT_EQ(outbox_->tokens().value().at(kInspection).proofs.size(), kVisits);
}

}  // namespace
}  // namespace perspective::outbox
