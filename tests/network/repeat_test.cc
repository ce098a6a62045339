// The same envelopes twice, at once, in other orders, and long after.
#include <future>

#include "network/hostile_line.h"

namespace perspective::network {
namespace {

class Repeated : public HostileLine {
 protected:
  // The kiosk's folder as a backup would bring it back: the same identity, the same envelopes.
  std::unique_ptr<Kiosk> copy_of_the_kiosk(const std::string& name) {
    std::filesystem::copy(folder_ / "kiosk", folder_ / name, std::filesystem::copy_options::recursive);
    return std::make_unique<Kiosk>(folder_ / name, *enrolment_);
  }
};

TEST_F(Repeated, TwoSendersWithTheSameEnvelopesAtOnceStoreEachOnce) {
  put(60);
  const auto twin = copy_of_the_kiosk("twin");
  gate_->use({.slice_bytes = 4000, .delay_ms = 1});  // so that they really meet
  auto other = std::async(std::launch::async, [&] { send_all(*twin); });
  send_all(*kiosk_);
  other.get();
  EXPECT_EQ(twin->outbox->state().value(), outbox::State::empty);
  EXPECT_EQ(twin->outbox->ledgers().value()["lewes"].sent, 60);
  expect_every_envelope_exactly_once();
}

TEST_F(Repeated, FolderOfAnEarlierDaySendsNothingTwice) {
  put(10);
  const auto earlier = copy_of_the_kiosk("earlier");
  send_all(*kiosk_);
  send_all(*earlier);
  EXPECT_EQ(earlier->outbox->state().value(), outbox::State::empty);
  expect_every_envelope_exactly_once();
}

// The network swallows a batch and delivers it when everything is long over.
TEST_F(Repeated, OldBatchThatArrivesAfterTheNewerOneChangesNothing) {
  put(3);
  gate_->next({.where = Where::request, .happens = Happens::hold});
  EXPECT_EQ(kiosk_->step().notice, Reason::collector_unreachable);
  put(4);
  send_all(*kiosk_);
  ASSERT_EQ(stored_count(), 7);
  gate_->release();
  ASSERT_TRUE(gate_->await_over()) << "the old batch was not delivered to its end";
  EXPECT_EQ(stored_count(), 7);
  expect_every_envelope_exactly_once();
}

// Held past the handshake, so that the collector reads the whole old request although its kiosk has left.
TEST_F(Repeated, HalfOfABatchThatComesLateIsCompletedOrForgotten) {
  put(3);
  gate_->next({.where = Where::request, .happens = Happens::hold, .after_bytes = 2'000});
  EXPECT_EQ(kiosk_->step().notice, Reason::collector_unreachable);
  EXPECT_EQ(stored_count(), 0);
  gate_->release();
  ASSERT_TRUE(gate_->await_over());
  EXPECT_EQ(stored_count(), 3) << "the whole batch was on the way, and is stored though nobody heard the answer";
  send_all(*kiosk_);
  expect_every_envelope_exactly_once();
}

TEST_F(Repeated, BatchesInAnotherOrderAreTheSameEnvelopes) {
  put(12);
  gate_->next({.where = Where::answer, .happens = Happens::cut});
  gate_->next({.where = Where::answer, .happens = Happens::reset});
  for (int i = 0; i < 2; ++i) EXPECT_EQ(kiosk_->step().notice, Reason::collector_unreachable);
  EXPECT_EQ(stored_count(), 12);
  send_all(*kiosk_);
  expect_every_envelope_exactly_once();
}

}  // namespace
}  // namespace perspective::network
