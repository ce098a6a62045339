#include <gtest/gtest.h>

#include <algorithm>

#include "outbox/outbox.h"
#include "support/power_cut_disk.h"

namespace perspective::outbox {
namespace {

using testing::Loss;
using testing::PowerCutDisk;

constexpr const char* kPath = "/outbox.sqlite";

class OutboxPowerCut : public ::testing::Test {
 protected:
  static Envelope envelope(std::uint8_t number) {
    Envelope made{{}, "croydon-2012", Bytes(9000, number)};
    made.id.fill(number);
    return made;
  }

  static Options options() {
    Options chosen;
    chosen.vfs = PowerCutDisk::kName;
    chosen.reserve = [](const std::filesystem::path&, std::uint64_t) { return true; };
    return chosen;
  }

  static bool holds(PowerCutDisk& disk, std::uint8_t number) {
    return std::ranges::any_of(disk.names(), [number](const auto& named) {
      const auto& bytes = named.second->now;
      return std::search_n(bytes.begin(), bytes.end(), 64, number) != bytes.end();
    });
  }
};

// Between the end of the removal and the end of the compaction, too.
TEST_F(OutboxPowerCut, RemovedEnvelopeLeavesNoByteBehindWhereverThePowerGoes) {
  int cuts_after_removal = 0;
  for (std::int64_t step = 0;; ++step) {
    PowerCutDisk disk;
    auto outbox = Outbox::open(kPath, options());
    ASSERT_TRUE(outbox && (*outbox)->put(envelope(90)) && (*outbox)->put(envelope(3)) && holds(disk, 90));
    const auto cut = disk.steps() + step;
    disk.cut_at(cut);
    if ((*outbox)->remove(envelope(90).id, Leaving::sent)) {
      EXPECT_FALSE(holds(disk, 90)) << "cut at step " << step;
      cuts_after_removal += disk.steps() > cut;
      if (disk.steps() <= cut) break;
    }
  }
  EXPECT_GT(cuts_after_removal, 3);
}

TEST_F(OutboxPowerCut, NothingGoesToAnyFileButItsOwnTwo) {
  PowerCutDisk disk;
  auto outbox = Outbox::open(kPath, options());
  ASSERT_TRUE(outbox);
  for (std::uint8_t number = 0; number < 30; ++number) {  // more than SQLite keeps in its cache
    Envelope large{{}, "croydon-2012", Bytes(options().envelope_bytes, number)};
    large.id.fill(number);
    ASSERT_TRUE((*outbox)->put(large));
  }
  for (const auto& [name, file] : disk.names()) EXPECT_TRUE(name.starts_with(kPath)) << "'" << name << "'";
}

TEST_F(OutboxPowerCut, AfterAFailedSyncNoVisitMayStart) {
  PowerCutDisk disk;
  auto outbox = Outbox::open(kPath, options());
  ASSERT_TRUE(outbox);
  disk.fail_syncs(true);
  EXPECT_FALSE((*outbox)->put(envelope(1)));
  disk.fail_syncs(false);
  const auto later = (*outbox)->put(envelope(2));
  ASSERT_FALSE(later);
  EXPECT_FALSE(later.error().retry);
  EXPECT_EQ((*outbox)->state().value(), State::full);
}

TEST_F(OutboxPowerCut, DiskThatIsFullAtTheStartOpensAndSaysFull) {
  PowerCutDisk disk;
  { ASSERT_TRUE(Outbox::open(kPath, options()).value()->put(envelope(1))); }
  disk.cut_at(disk.steps());
  EXPECT_FALSE(Outbox::open(kPath, options()));  // room enough, and yet no write succeeds: the disk is broken
  auto full = options();
  full.reserve = [](const std::filesystem::path&, std::uint64_t) { return false; };
  const auto outbox = Outbox::open(kPath, full);
  ASSERT_TRUE(outbox);
  EXPECT_EQ((*outbox)->state().value(), State::full);
  EXPECT_EQ((*outbox)->draw_batch(50).value().size(), 1U);
}

}  // namespace
}  // namespace perspective::outbox
