// The outbox on a disk that loses its power at every step of everything that an outbox does.
#include <gtest/gtest.h>

#include <algorithm>

#include "outbox/outbox.h"
#include "support/power_cut_expectations.h"

namespace perspective::outbox {
namespace {

using testing::Loss;
using testing::PowerCutDisk;
using testing::PowerCutSweep;
using testing::Synced;

constexpr const char* kPath = "/outbox.sqlite";
constexpr const char* kInspection = "croydon-2012";
constexpr std::uint8_t kNumbers[] = {61, 62, 63, 64};

class Room {
 public:
  bool open() {
    Options options;
    options.vfs = PowerCutDisk::kName;
    options.reserve = [](const std::filesystem::path&, std::uint64_t) { return true; };
    auto opened = Outbox::open(kPath, options);
    if (opened) outbox_ = std::move(*opened);
    return outbox_ != nullptr;
  }
  void close() { outbox_.reset(); }

  std::vector<std::function<bool()>> work() {
    const auto put = [this](std::uint8_t number) { return outbox_->put(envelope(number)).has_value(); };
    const auto remove = [this](std::uint8_t number, Leaving leaving) {
      return outbox_->remove(envelope(number).id, leaving).has_value();
    };
    const auto begin = [this] { return outbox_->begin_visit(kInspection).has_value(); };
    const auto end = [this](Ending ending) { return outbox_->end_visit(kInspection, ending).has_value(); };
    const auto spend = [this](std::uint8_t number) { return outbox_->spend(token(number)).has_value(); };
    return {
        begin,
        [=] { return put(62); },
        begin,
        [=] { return put(61); },
        [=] { return put(61); },           // again: nothing
        [=] { return end(Ending::put); },  // nothing either
        begin,
        [=] { return end(Ending::stopped); },
        [=] { return put(63); },
        begin,
        [=] { return remove(61, Leaving::sent); },
        [=, this] { return outbox_->set_notice("some words").has_value(); },
        [=] { return end(Ending::timed_out); },
        [=, this] { return outbox_->quarantine(envelope(62).id, 409).has_value(); },
        begin,
        [=, this] { return close(), open(); },
        [=, this] { return outbox_->write_off_visits().has_value(); },
        [=] { return spend(71); },
        [=, this] { return close(), open(); },
        [=] { return spend(71); },  // again: nothing
        [=] { return spend(72); },
        [=, this] { return outbox_->note_reported("croydon-2012", 2).has_value(); },
        [=] { return put(64); },
        [=] { return remove(63, Leaving::withdrawn); },
        [=, this] { return outbox_->set_notice("").has_value(); },
        [=, this] { return outbox_->withdraw("croydon-2012", envelope(64).id).has_value(); },
        [=] { return put(64); },  // as after a crash: it stays away
        [=, this] { return outbox_->withdraw("croydon-2012", envelope(65).id).has_value(); },
        [=, this] { return outbox_->end_withdrawal(envelope(65).id).has_value(); },
    };
  }

  std::string contents() {
    std::string all;
    const auto waiting = outbox_->draw_batch(50);
    const auto set_aside = outbox_->quarantined();
    const auto ledgers = outbox_->ledgers();
    const auto notice = outbox_->notice();
    const auto tokens = outbox_->tokens();
    if (!waiting || !set_aside || !ledgers || !notice || !tokens) return "it cannot be read";
    for (const auto& [inspection, spent] : *tokens) {
      for (const auto& proof : spent.proofs) all += "spent " + std::to_string(proof[0]) + "\n";
      all += "reported " + std::to_string(spent.reported) + "\n";
    }
    for (const auto number : kNumbers) {
      const auto found = std::ranges::find(*waiting, envelope(number).id, &Envelope::id);
      if (found == waiting->end()) continue;
      if (found->body.empty()) {
        all += "withdrawal of #" + std::to_string(number) + "\n";
        continue;
      }
      all += "waits " + std::to_string(number) + (found->body == envelope(number).body ? "\n" : " spoilt\n");
    }
    all += std::to_string(waiting->size()) + " wait\n";
    for (const auto& one : *set_aside)
      all += "aside " + std::to_string(one.id[0]) + " " + std::to_string(one.status) + "\n";
    return all + told(ledgers->contains(kInspection) ? ledgers->at(kInspection) : Ledger{}) + "notice: " + *notice;
  }

  // Of an envelope that is not in the queue any more.
  std::string left_behind(PowerCutDisk& disk) {
    const auto there = contents();
    for (const auto number : kNumbers) {
      if (there.find(" " + std::to_string(number)) != std::string::npos) continue;
      for (const auto& [name, file] : disk.names()) {
        const auto& bytes = file->now;
        if (std::search_n(bytes.begin(), bytes.end(), 64, number) != bytes.end()) {
          return std::to_string(number) + " is gone, and yet it is in " + name;
        }
      }
    }
    return "";
  }

 private:
  static std::string told(const Ledger& ledger) {
    if (ledger.in_progress() < 0 || ledger.in_progress() > 1) return "the ledger does not balance\n";
    std::string all;
    for (const auto number : {ledger.started, ledger.lost, ledger.stopped, ledger.timed_out, ledger.waiting,
                              ledger.quarantined, ledger.sent, ledger.withdrawn}) {
      all += std::to_string(number) + "; ";
    }
    return all + "\n";
  }
  static Envelope envelope(std::uint8_t number) {
    Envelope made{{}, kInspection, Bytes(9000, number)};
    made.id.fill(number);
    return made;
  }
  static Token token(std::uint8_t number) {
    Token made{"croydon-2012", {}};
    made.proof.fill(number);
    return made;
  }
  std::unique_ptr<Outbox> outbox_;
};

const PowerCutSweep<Room>& sweep() {
  static const PowerCutSweep<Room> all;
  return all;
}

using testing::Lie;

class OutboxSweep : public ::testing::TestWithParam<Loss> {};

TEST_P(OutboxSweep, KeepsWhatItAcknowledgedWhereverThePowerGoes) {
  testing::expect_kept_wherever_the_power_goes(sweep(), GetParam(), 500);
}

TEST_P(OutboxSweep, KeepsItAlsoWhenThePowerGoesAgainWhileReopening) {
  testing::expect_kept_when_it_goes_again_while_reopening(sweep(), GetParam());
}

INSTANTIATE_TEST_SUITE_P(Lost, OutboxSweep, ::testing::ValuesIn(testing::kLosses),
                         [](const auto& one) { return testing::name_of(one.param); });

class OutboxSweepNotices : public ::testing::TestWithParam<Lie> {};

TEST_P(OutboxSweepNotices, ASyncThatIsLeftOut) { testing::expect_noticed(sweep(), GetParam()); }

// Without the journal's syncs nothing breaks as long as the database's own come in time: nothing of a change is in the
// database before its sync, so that nothing has to be rolled back. It is a disk that writes in its own order that needs
// the journal. Without the folder's sync (one, after the journal is made) the database itself has no name.
INSTANTIATE_TEST_SUITE_P(
    Of, OutboxSweepNotices,
    ::testing::Values(Lie{"All",
                          {Synced::database, Synced::journal, Synced::folder},
                          {Loss::everything_unsynced, Loss::contents, Loss::some}},
                      Lie{"Database", {Synced::database}, {Loss::everything_unsynced, Loss::contents, Loss::some}},
                      Lie{"Journal", {Synced::journal}, {Loss::some}},
                      Lie{"Folder", {Synced::folder}, {Loss::everything_unsynced, Loss::some}}),
    [](const auto& one) { return one.param.name; });

// Of 22 syncs of the database 14 are noticed, of 66 of the journal 23: SQLite syncs a journal before and after it
// counts its pages, which matters only to some losses of some, and the last compaction has nothing to lose.
TEST(OutboxSweepNoticesOne, SyncTakenOutAlone) {
  testing::expect_some_noticed_alone(sweep(), {Synced::database, Synced::journal}, 5);
}

}  // namespace
}  // namespace perspective::outbox
