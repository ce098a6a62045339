// The store on a disk that loses its power at every step: what was acknowledged, and so got its receipt, is there
// again.
#include <gtest/gtest.h>

#include <algorithm>
#include <future>
#include <initializer_list>
#include <set>

#include "base/sqlite.h"
#include "store/sqlite_store.h"
#include "unit/outbox/power_cut_disk.h"

namespace perspective::store {
namespace {

using outbox::Loss;
using outbox::PowerCutDisk;

constexpr const char* kPath = "/collector.sqlite";

class StorePowerCut : public ::testing::TestWithParam<Loss> {
 protected:
  static Envelope envelope(std::uint8_t number) {
    Envelope made;
    made.id.fill(number);
    made.body = Bytes(9000, number);
    return made;
  }
  static bool put(Store& store, std::uint8_t number) {
    std::promise<bool> stored;
    store.put({"croydon", "kiosk-a", "2026-11-22", {envelope(number)}},
              [&](const auto& outcomes) { stored.set_value(outcomes.has_value()); });
    return stored.get_future().get();
  }
  static std::set<std::uint8_t> acknowledged_until_the_power_goes() {
    std::set<std::uint8_t> acknowledged;
    auto store = SqliteStore::open(kPath, PowerCutDisk::kName);
    if (!store) return acknowledged;
    const Inspection croydon{
        .head = {.id = "croydon", .area = "Croydon", .state = "open"}, .definition = "{}", .package = {1}};
    if (!(*store)->add_inspection(croydon)) return acknowledged;
    for (const auto number : std::initializer_list<std::uint8_t>{7, 3, 9}) {
      if (put(**store, number)) acknowledged.insert(number);
    }
    return acknowledged;
  }
  static void expect_all_there(const std::set<std::uint8_t>& acknowledged, std::int64_t step) {
    auto database = sqlite::Database::open(kPath, PowerCutDisk::kName);
    ASSERT_TRUE(database);
    for (const auto number : acknowledged) {
      auto found = database->prepare("SELECT body FROM envelopes WHERE id = ?");
      ASSERT_TRUE(found) << "cut at step " << step;
      const auto row = found->bind(1, ByteView(envelope(number).id)).step();
      EXPECT_TRUE(row && *row && found->blob(0) == envelope(number).body) << "cut at step " << step;
    }
  }
};

TEST_P(StorePowerCut, LosesNothingThatWasAcknowledged) {
  std::size_t most = 0;
  for (std::int64_t step = 0;; ++step) {
    PowerCutDisk disk;
    disk.cut_at(step);
    const auto acknowledged = acknowledged_until_the_power_goes();
    most = std::max(most, acknowledged.size());
    const bool was_cut = disk.steps() > step;
    disk.survive(GetParam());
    expect_all_there(acknowledged, step);
    if (!was_cut) break;
    ASSERT_LT(step, 2000) << "the power never lasts";
  }
  EXPECT_EQ(most, 3U);
}

INSTANTIATE_TEST_SUITE_P(Losses, StorePowerCut,
                         ::testing::Values(Loss::everything_unsynced, Loss::contents, Loss::nothing));

}  // namespace
}  // namespace perspective::store
