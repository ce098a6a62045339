// The line breaks: before, during and after the commit, in every way that a gate can break one.
#include "network/hostile_line.h"

namespace perspective::network {
namespace {

constexpr int kEnvelopes = 3;
constexpr std::size_t kHandshakeBytes = 1'000;  // a little less than what a client says of it before its request

struct Break {
  const char* place;
  Where where;
  std::size_t after_bytes;
  double after_body;  // and so much of the batch's length
  int stored;         // envelopes that the collector has when it has happened
};
constexpr Break kBreaks[] = {
    {"at the door", Where::connect, 0, 0, 0},
    {"in the hello", Where::hello, 100, 0, 0},
    {"before the greeting", Where::greeting, 0, 0, 0},
    {"in the greeting", Where::greeting, 200, 0, 0},
    {"before the request", Where::request, 0, 0, 0},
    {"in the request", Where::request, kHandshakeBytes, 0.5, 0},
    {"near the end of the request", Where::request, kHandshakeBytes, 0.99, 0},
    {"after the commit, before the answer", Where::answer, 0, 0, kEnvelopes},
    {"in the answer", Where::answer, 300, 0, kEnvelopes},
};

class BreakingLine : public HostileLine {
 protected:
  // Into an empty outbox, so that the batch is these.
  Fault fault_in_a_batch(const Break& at, Happens how) {
    put(kEnvelopes);
    const auto body_bytes = static_cast<double>(kEnvelopes * (16 + put_.begin()->second.size()));
    return {.where = at.where,
            .happens = how,
            .after_bytes = at.after_bytes + static_cast<std::size_t>(at.after_body * body_bytes)};
  }
  // A connection of its own for each: what the gate does is settled when one is made.
  void begin_anew() { kiosk_ = std::make_unique<Kiosk>(folder_ / "kiosk", *enrolment_); }
};

class BrokenLine : public BreakingLine, public ::testing::WithParamInterface<Happens> {};

TEST_P(BrokenLine, KeepsAllThenSendsAllOnceAndSaysWhy) {
  for (const Break& at : kBreaks) {
    SCOPED_TRACE(at.place);
    begin_anew();
    const auto stored_before = stored_count();
    const auto happened_before = gate_->happened();
    gate_->next(fault_in_a_batch(at, GetParam()));
    const auto broken = kiosk_->step();
    ASSERT_TRUE(gate_->await_happened(happened_before + 1)) << "the gate did nothing: this test tests nothing";
    EXPECT_EQ(broken.next, Next::later);
    EXPECT_EQ(broken.notice, Reason::collector_unreachable);
    EXPECT_TRUE(kiosk_->is_waiting());
    EXPECT_EQ(stored_count() - stored_before, at.stored);
    send_all(*kiosk_);
    EXPECT_EQ(stored_count() - stored_before, kEnvelopes);
  }
  expect_every_envelope_exactly_once();
}

std::string name_of(const ::testing::TestParamInfo<Happens>& how) {
  return how.param == Happens::cut ? "Cut" : how.param == Happens::reset ? "Reset" : "Silence";
}
INSTANTIATE_TEST_SUITE_P(Every, BrokenLine, ::testing::Values(Happens::cut, Happens::reset, Happens::silence), name_of);

// TLS notices it, wherever it is; in the handshake it may look like a stranger's.
TEST_F(BreakingLine, TurnedBitIsNoticedAndCostsNothing) {
  for (const Break& at : kBreaks) {
    if (at.where == Where::connect) continue;
    SCOPED_TRACE(at.place);
    begin_anew();
    const auto happened_before = gate_->happened();
    gate_->next(fault_in_a_batch(at, Happens::flip));
    const auto spoilt = kiosk_->step();
    ASSERT_TRUE(gate_->await_happened(happened_before + 1));
    EXPECT_EQ(spoilt.next, Next::later);
    EXPECT_TRUE(spoilt.notice);
    EXPECT_TRUE(kiosk_->is_waiting());
    send_all(*kiosk_);
  }
  expect_every_envelope_exactly_once();
}

TEST_F(HostileLine, SlowAndSlicedIsOnlySlow) {
  put(kEnvelopes);
  gate_->use({.slice_bytes = 97, .delay_ms = 2});
  EXPECT_EQ(kiosk_->step().next, Next::again);
  expect_every_envelope_exactly_once();
}

TEST_F(HostileLine, KeptConnectionThatBreaksBetweenTwoBatchesIsReplaced) {
  put(1);
  ASSERT_EQ(kiosk_->step().next, Next::again);
  const auto before = gate_->accepted();
  gate_->reset_all();
  put(1);
  send_all(*kiosk_);
  EXPECT_EQ(gate_->accepted(), before + 1);
  expect_every_envelope_exactly_once();
}

// The second batch is repeated on a new connection, at once: libcurl takes the old one for stale.
TEST_F(HostileLine, KeptConnectionThatBreaksAfterTheSecondCommitLosesNothing) {
  put(1);
  gate_->next({.where = Where::answer, .happens = Happens::cut, .exchange = 1});
  ASSERT_EQ(kiosk_->step().next, Next::again);
  put(2);
  send_all(*kiosk_);
  EXPECT_EQ(gate_->happened(), 1U);
  expect_every_envelope_exactly_once();
}

// Fifty never pass, so fewer are tried.
TEST_F(HostileLine, LineThatBreaksInEveryLargeRequestCarriesAllInTheEnd) {
  put(40);
  gate_->always({.where = Where::request, .happens = Happens::reset, .after_bytes = 30'000});
  int steps = 0;
  while (!put_.empty() && kiosk_->step().next != Next::idle) ASSERT_LT(++steps, kMostSteps);
  EXPECT_GE(gate_->happened(), 1U);
  expect_every_envelope_exactly_once();
}

}  // namespace
}  // namespace perspective::network
