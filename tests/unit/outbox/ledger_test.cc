// What the outbox counts of its visits; that no cut of the power unbalances it is in power_cut_sweep_test.cc.
#include <gtest/gtest.h>

#include <algorithm>

#include "base/random.h"
#include "outbox/outbox.h"
#include "support/power_cut_disk.h"

namespace perspective::outbox {
namespace {

namespace fs = std::filesystem;

constexpr const char* kCroydon = "croydon-2012";
constexpr const char* kBarnet = "barnet";

class LedgerOfAKiosk : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("ledger-" + to_hex(random_bytes(8)));
    fs::create_directory(folder_);
    outbox_ = open("outbox.sqlite");
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::unique_ptr<Outbox> open(const std::string& name, const char* vfs = "") const {
    Options options;
    options.vfs = vfs;
    options.envelope_bytes = 8192;
    options.reserve = [this](const fs::path&, std::uint64_t) { return has_room_; };
    return Outbox::open(folder_ / name, options).value();
  }

  static Envelope envelope(std::uint8_t number, const std::string& inspection = kCroydon) {
    Envelope made{{}, inspection, Bytes(5000, static_cast<std::uint8_t>(number + 1))};
    made.id.fill(number);
    return made;
  }
  void send(std::uint8_t number) const {
    ASSERT_TRUE(outbox_->begin_visit(kCroydon));
    ASSERT_TRUE(outbox_->put(envelope(number)));
    ASSERT_TRUE(outbox_->end_visit(kCroydon, Ending::put));
  }
  void leave(Ending ending, const std::string& inspection = kCroydon) const {
    ASSERT_TRUE(outbox_->begin_visit(inspection));
    ASSERT_TRUE(outbox_->end_visit(inspection, ending));
  }
  Ledger ledger(const std::string& inspection = kCroydon) const { return outbox_->ledgers().value()[inspection]; }

  fs::path folder_;
  bool has_room_ = true;
  std::unique_ptr<Outbox> outbox_;
};

TEST_F(LedgerOfAKiosk, VisitIsInProgressUntilItEnds) {
  EXPECT_EQ(ledger(), Ledger{});
  ASSERT_TRUE(outbox_->begin_visit(kCroydon));
  EXPECT_EQ(ledger().in_progress(), 1);
  ASSERT_TRUE(outbox_->end_visit(kCroydon, Ending::stopped));
  EXPECT_EQ(ledger(), (Ledger{.started = 1, .stopped = 1}));
}

TEST_F(LedgerOfAKiosk, EachEndIsCountedAsWhatItWas) {
  leave(Ending::lost);
  leave(Ending::stopped);
  leave(Ending::stopped);
  leave(Ending::timed_out);
  send(1);
  EXPECT_EQ(ledger(), (Ledger{.started = 5, .lost = 1, .stopped = 2, .timed_out = 1, .waiting = 1}));
  EXPECT_EQ(ledger().in_progress(), 0);
}

TEST_F(LedgerOfAKiosk, EnvelopeIsCountedWhereItIsAndOnce) {
  for (std::uint8_t number = 1; number <= 4; ++number) send(number);
  ASSERT_TRUE(outbox_->remove(envelope(1).id, Leaving::sent));
  ASSERT_TRUE(outbox_->remove(envelope(1).id, Leaving::sent));
  ASSERT_TRUE(outbox_->remove(envelope(2).id, Leaving::withdrawn));
  ASSERT_TRUE(outbox_->quarantine(envelope(3).id, 409));
  EXPECT_EQ(ledger(), (Ledger{.started = 4, .waiting = 1, .quarantined = 1, .sent = 1, .withdrawn = 1}));
}

TEST_F(LedgerOfAKiosk, VisitThatWasPutCannotBeLostAnyMore) {
  ASSERT_TRUE(outbox_->begin_visit(kCroydon));
  ASSERT_TRUE(outbox_->put(envelope(1)));
  ASSERT_TRUE(outbox_->end_visit(kCroydon, Ending::lost));
  ASSERT_TRUE(outbox_->write_off_visits());
  EXPECT_EQ(ledger(), (Ledger{.started = 1, .waiting = 1}));
}

TEST_F(LedgerOfAKiosk, VisitThatSaysItWasPutAndWasNotIsLost) {
  leave(Ending::put);
  EXPECT_EQ(ledger(), (Ledger{.started = 1, .lost = 1}));
}

TEST_F(LedgerOfAKiosk, VisitThatAPowerCutEndedIsLost) {
  ASSERT_TRUE(outbox_->begin_visit(kCroydon));
  outbox_ = open("outbox.sqlite");
  EXPECT_EQ(ledger().in_progress(), 1);
  ASSERT_TRUE(outbox_->write_off_visits());
  EXPECT_EQ(ledger(), (Ledger{.started = 1, .lost = 1}));
}

TEST_F(LedgerOfAKiosk, VisitWhoseEndCouldNotBeWrittenIsLostWhenTheNextBegins) {
  ASSERT_TRUE(outbox_->begin_visit(kBarnet));
  ASSERT_TRUE(outbox_->begin_visit(kCroydon));
  EXPECT_EQ(ledger(kBarnet), (Ledger{.started = 1, .lost = 1}));
  EXPECT_EQ(ledger().in_progress(), 1);
}

TEST_F(LedgerOfAKiosk, VisitThatCouldNotBeginIsCountedWhenItIsPut) {
  has_room_ = false;
  const auto refused = outbox_->begin_visit(kCroydon);
  ASSERT_FALSE(refused);
  EXPECT_TRUE(refused.error().retry);
  EXPECT_EQ(ledger(), Ledger{});
  has_room_ = true;
  ASSERT_TRUE(outbox_->put(envelope(1)));
  EXPECT_EQ(ledger(), (Ledger{.started = 1, .waiting = 1}));
}

TEST_F(LedgerOfAKiosk, InspectionsAreCountedApart) {
  leave(Ending::stopped, kBarnet);
  send(1);
  ASSERT_TRUE(outbox_->end_visit(kBarnet, Ending::stopped));  // none is in progress
  EXPECT_EQ(ledger(kBarnet), (Ledger{.started = 1, .stopped = 1}));
  EXPECT_EQ(ledger(), (Ledger{.started = 1, .waiting = 1}));
}

TEST_F(LedgerOfAKiosk, FileTellsNotInWhichOrderVisitsEnded) {
  std::vector<int> order{0, 1, 2, 3, 4};
  std::vector<std::uint8_t> first;
  do {
    testing::PowerCutDisk disk;  // in memory, for its speed
    outbox_ = open("/outbox.sqlite", testing::PowerCutDisk::kName);
    for (const int which : order) {
      if (which == 0) send(1);
      if (which == 1) leave(Ending::stopped);
      if (which == 2) leave(Ending::timed_out);
      if (which == 3) leave(Ending::lost, kBarnet);
      if (which == 4) send(2);
    }
    outbox_.reset();
    const auto& bytes = disk.names().at("/outbox.sqlite")->now;
    if (first.empty()) first = bytes;
    ASSERT_EQ(bytes, first);
  } while (std::ranges::next_permutation(order).found);
}

}  // namespace
}  // namespace perspective::outbox
