// The collector's store on a disk that loses its power at every step of everything that a store does.
#include <gtest/gtest.h>

#include <algorithm>
#include <future>

#include "store/sqlite_store.h"
#include "support/power_cut_expectations.h"

namespace perspective::store {
namespace {

using testing::Loss;
using testing::PowerCutDisk;
using testing::PowerCutSweep;
using testing::Synced;

constexpr const char* kPath = "/collector.sqlite";
constexpr const char* kCroydon = "croydon";

class Room {
 public:
  bool open() {
    auto opened = SqliteStore::open(kPath, PowerCutDisk::kName);
    if (!opened) return false;
    const auto salt = (*opened)->salt();
    if (!salt || salt->size() != 16) return false;
    if (salt_.empty()) salt_ = *salt;
    if (salt_ != *salt) return false;
    store_ = std::move(*opened);
    return true;
  }
  void close() { store_.reset(); }

  std::vector<std::function<bool()>> work() {
    return {
        [this] { return store_->add_inspection(inspection(1, true)).has_value(); },
        [this] {
          return put({7, 3});
        },
        [this] { return put({9}); },
        [this] {
          return put({9, 5});
        },  // one of them again
        [this] {
          return store_->withdraw(kCroydon, std::vector{envelope(3).id, envelope(20).id}).has_value();
        },
        [this] {
          return store_->add_invite({Bytes(32, 1), kCroydon, "Foyer", 2000}).has_value();
        },
        [this] {
          return store_->enrol(Bytes(32, 1), 1000, {"kiosk-b", "Foyer", "aa", false, {}}).has_value();
        },
        [this] {
          return store_->put_annotation(kCroydon, {envelope(1).id, Bytes(5000, 1)}).has_value();
        },
        [this] { return close(), open(); },
        [this] {
          return store_->put_annotation(kCroydon, {envelope(1).id, Bytes(6000, 2)}).has_value();
        },
        [this] { return store_->revoke("kiosk-b").has_value(); },
        [this] { return put({8}); },
        [this] { return store_->update_inspection(inspection(2, false)).has_value(); },
        [this] { return put({6}); },  // it takes no more
    };
  }

  std::string contents() {
    std::string all;
    const auto found = store_->inspections();
    const auto kiosks = store_->kiosks();
    const auto invites = store_->live_invites(0);
    if (!found || !kiosks || !invites) return "it cannot be read";
    for (const auto& head : *found) all += head.id + " " + std::to_string(head.version) + in_it(head.id);
    for (const auto& one : *kiosks) {
      all += "kiosk " + one.id + (one.is_revoked ? " revoked" : "") + " for " + std::to_string(one.inspections.size()) +
             "\n";
    }
    return all + std::to_string(invites->size()) + " invites";
  }

  // The store promises it for a closed one alone, which this is not.
  static std::string left_behind(PowerCutDisk&) { return ""; }

 private:
  static Envelope envelope(std::uint8_t number) {
    Envelope made;
    made.id.fill(number);
    made.digest.fill(number);
    made.body = Bytes(9000, number);
    return made;
  }
  static Inspection inspection(int version, bool is_accepting) {
    return {.head = {.id = kCroydon, .area = "Croydon", .state = "s", .version = version, .is_accepting = is_accepting},
            .definition = "{}",
            .package = Bytes(3000, static_cast<std::uint8_t>(version))};
  }
  bool put(const std::vector<std::uint8_t>& numbers) {
    Batch batch{kCroydon, "kiosk-a", "2026-11-22", {}};
    for (const auto number : numbers) batch.envelopes.push_back(envelope(number));
    std::promise<bool> stored;
    store_->put(std::move(batch), [&](const auto& outcomes) { stored.set_value(outcomes.has_value()); });
    return stored.get_future().get();
  }
  std::string in_it(const std::string& id) {
    const auto whole = store_->inspection(id);
    const auto envelopes = store_->envelopes(id, std::nullopt, 100);
    const auto counts = store_->daily_counts(id);
    const auto annotations = store_->annotations(id);
    const auto tombstones = store_->withdrawn();
    const auto withdrawn = store_->count_withdrawn(id);
    if (!whole || !envelopes || !counts || !annotations || !tombstones || !withdrawn) return " cannot be read";
    std::string all = " package of " + std::to_string(whole->package.at(0)) + "\n";
    for (const auto& one : *envelopes) {
      const auto expected = envelope(one.id[0]);
      const bool is_whole = one.body == expected.body && one.digest == expected.digest && one.id == expected.id;
      all += "holds " + std::to_string(one.id[0]) + (is_whole ? "\n" : " spoilt\n");
    }
    for (const auto& one : *counts) all += one.day + " " + one.kiosk + " " + std::to_string(one.envelopes) + "\n";
    for (const auto& one : *tombstones) all += "tombstone of " + std::to_string(one.id[0]) + "\n";
    all += std::to_string(*withdrawn) + " withdrawn\n";
    for (const auto& one : *annotations) {
      all += "annotation of " + std::to_string(one.body.size()) + " times " + std::to_string(one.body.at(0)) + "\n";
    }
    return all;
  }

  std::unique_ptr<Store> store_;
  Bytes salt_;
};

const PowerCutSweep<Room>& sweep() {
  static const PowerCutSweep<Room> all;
  return all;
}

using testing::Lie;

class StoreSweep : public ::testing::TestWithParam<Loss> {};

TEST_P(StoreSweep, KeepsWhatItAcknowledgedWhereverThePowerGoes) {
  testing::expect_kept_wherever_the_power_goes(sweep(), GetParam(), 350);
}

TEST_P(StoreSweep, KeepsItAlsoWhenThePowerGoesAgainWhileReopening) {
  testing::expect_kept_when_it_goes_again_while_reopening(sweep(), GetParam());
}

INSTANTIATE_TEST_SUITE_P(Lost, StoreSweep, ::testing::ValuesIn(testing::kLosses),
                         [](const auto& one) { return testing::name_of(one.param); });

class StoreSweepNotices : public ::testing::TestWithParam<Lie> {};

TEST_P(StoreSweepNotices, ASyncThatIsLeftOut) { testing::expect_noticed(sweep(), GetParam()); }

// The log is what a commit rests on: without its syncs the last commits are gone. Without the database's, checkpoints
// reset a log whose pages nobody has. Without the folder's, the database has no name. The journal is used once, to turn
// the empty database into one with a log: there is nothing yet to lose, so its syncs may be left out.
INSTANTIATE_TEST_SUITE_P(
    Of, StoreSweepNotices,
    ::testing::Values(Lie{"All",
                          {Synced::database, Synced::journal, Synced::log, Synced::folder},
                          {Loss::everything_unsynced, Loss::contents, Loss::some}},
                      Lie{"Database", {Synced::database}, {Loss::everything_unsynced, Loss::contents, Loss::some}},
                      Lie{"Log", {Synced::log}, {Loss::everything_unsynced, Loss::contents, Loss::some}},
                      Lie{"Journal", {Synced::journal}, {}},
                      Lie{"Folder", {Synced::folder}, {Loss::everything_unsynced, Loss::some}}),
    [](const auto& one) { return one.param.name; });

// Of 7 syncs of the database 6 are noticed, of 29 of the log 13; the others come just before a checkpoint, which syncs
// the same again, or order a log before the compaction of what is there anyway. Each of the folder's five is made good
// by the next.
TEST(StoreSweepNoticesOne, SyncTakenOutAlone) {
  testing::expect_some_noticed_alone(sweep(), {Synced::database, Synced::log}, 3);
}

}  // namespace
}  // namespace perspective::store
