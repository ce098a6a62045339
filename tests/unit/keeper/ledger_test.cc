// What the keeper has counted of each visit when it is over.
#include <csignal>

#include "keeper_with_children.h"

namespace perspective::keeper {
namespace {

class KeeperThatCounts : public KeeperWithChildren {
 protected:
  Ledger ledger() const { return outbox_->ledgers().value()["croydon-2012"]; }
  // Written after the next child is on the screen.
  Ledger ledger_without_visits() const {
    for (int i = 0; i < kPatienceMs / 10 && ledger().in_progress() > 0; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return ledger();
  }
  // The child that comes next.
  Puppet end(const Puppet& shown, const std::string& how) const {
    auto next = next_child();
    shown.tell("end " + how);
    next.await("show");
    next.open_window();
    return next;
  }
};

TEST_F(KeeperThatCounts, VisitAsItBegins) {
  const auto child = first_child();
  child.begin_visit("words");
  child.tell("put sealed");
  EXPECT_EQ(child.await("put"), "put ok");
  EXPECT_EQ(ledger(), (Ledger{.started = 1, .waiting = 1}));
}

TEST_F(KeeperThatCounts, VisitThatWasStoppedApartFromOneThatTimedOut) {
  const auto first = first_child();
  first.begin_visit("one");
  const auto second = end(first, "stopped");
  second.begin_visit("two");
  const auto third = end(second, "timed out");
  EXPECT_EQ(ledger_without_visits(), (Ledger{.started = 2, .stopped = 1, .timed_out = 1}));
}

TEST_F(KeeperThatCounts, VisitThatGoesOnAfterACrashOnce) {
  const auto first = first_child();
  const auto second = next_child();
  first.begin_visit("half a visit");
  first.tell("die");
  EXPECT_EQ(second.await("show"), "show draft=half a visit");
  EXPECT_EQ(ledger(), (Ledger{.started = 1}));
  second.take_draft();
  second.tell("put sealed");
  EXPECT_EQ(second.await("put"), "put ok");
  EXPECT_EQ(ledger(), (Ledger{.started = 1, .waiting = 1}));
}

TEST_F(KeeperThatCounts, VisitThatTwoWindowsDiedOfAsLost) {
  const auto first = first_child();
  const auto second = next_child();
  first.begin_visit("poison");
  first.tell("die");
  second.await("show");
  second.take_draft();
  second.open_window();
  const auto third = next_child();
  second.tell("die");
  third.await("show");
  EXPECT_EQ(ledger_without_visits(), (Ledger{.started = 1, .lost = 1}));
}

TEST_F(KeeperThatCounts, VisitThatTheKeepersEndCutShortAsLost) {
  const auto child = first_child();
  child.begin_visit("words");
  stop();
  EXPECT_EQ(ledger(), (Ledger{.started = 1, .lost = 1}));
}

TEST_F(KeeperThatCounts, NoVisitThatTheFullDiskTurnedAway) {
  const auto child = first_child();
  has_room_ = false;
  child.tell("start");
  EXPECT_EQ(child.await("state"), "state 2 disk_full");
  const auto next = next_child();
  child.tell("end lost");
  next.await("show");
  EXPECT_EQ(ledger(), Ledger{});
}

// Its keeper was killed, or the power went: another one finds what it had begun.
TEST_F(KeeperThatCounts, VisitThatAnEarlierKeeperBeganAsLost) {
  stop();
  keeper_.reset();
  ASSERT_TRUE(outbox_->begin_visit("croydon-2012"));
  Keeper::Parts parts;
  parts.outbox = outbox_.get();
  parts.child = theatre_->child();
  keeper_ = Keeper::create(std::move(parts)).value();
  EXPECT_EQ(ledger(), (Ledger{.started = 1, .lost = 1}));
}

}  // namespace
}  // namespace perspective::keeper
