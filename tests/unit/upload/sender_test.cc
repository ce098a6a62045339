#include "upload/sender.h"

#include "kiosk_folder.h"
#include "protocol/limits.h"

namespace perspective::upload {
namespace {

using Next = Step::Next;

class RepeatTable : public KioskFolder {
 protected:
  Step step() { return sender_.step(); }
  void expect_kept() {
    EXPECT_EQ(outbox_->draw_batch(50).value().size(), 1U);
    EXPECT_TRUE(outbox_->quarantined().value().empty());
  }
  void expect_set_aside(int status) {
    EXPECT_TRUE(outbox_->draw_batch(50).value().empty());
    ASSERT_EQ(outbox_->quarantined().value().size(), 1U);
    EXPECT_EQ(outbox_->quarantined().value()[0].status, status);
    EXPECT_EQ(state(), outbox::State::waiting);
  }
  void expect_waits_about(const Step& step, std::int64_t seconds) {
    EXPECT_EQ(step.next, Next::later);
    EXPECT_GE(step.wait_s, seconds);
    EXPECT_LE(step.wait_s, seconds + seconds / 4);
    EXPECT_TRUE(step.notice);
  }

  ScriptedCollector collector_;
  Sender sender_{*outbox_, collector_,
                 [this](const std::string&) { return Sender::Terms{.receipt_key = collector_.receipt_key()}; }};
};

TEST_F(RepeatTable, NothingWaitingIsIdleWithoutARequest) {
  EXPECT_EQ(step().next, Next::idle);
  EXPECT_TRUE(collector_.requests().empty());
}

TEST_F(RepeatTable, NewEnvelopeIsRemovedOnItsReceipt) {
  put(1);
  EXPECT_EQ(step().next, Next::again);
  EXPECT_EQ(state(), outbox::State::empty);
  EXPECT_EQ(collector_.stored.at(envelope(1).id), envelope(1).body);
  EXPECT_EQ(outbox_->ledgers().value()["croydon-2012"].sent, 1);
}

TEST_F(RepeatTable, RepeatedEnvelopeIsRemovedOnTheSameReceipt) {
  put(1);
  collector_.stored[envelope(1).id] = envelope(1).body;
  step();
  EXPECT_EQ(state(), outbox::State::empty);
}

TEST_F(RepeatTable, AnswerLostAfterTheCommitChangesNothing) {
  put(1);
  collector_.then([this](const Request& request) -> Result<Answer> {
    for (const auto& one : ScriptedCollector::batch_in(request)) collector_.stored[one.id] = one.body;
    return fail(ErrorCode::unreachable, "cut", true);
  });
  EXPECT_EQ(step().next, Next::later);
  EXPECT_EQ(step().next, Next::again);
  EXPECT_EQ(collector_.stored.size(), 1U);
  EXPECT_EQ(state(), outbox::State::empty);
}

TEST_F(RepeatTable, WithdrawnEnvelopeLeavesOnASignedReceipt) {
  put(1);
  collector_.withdrawn.insert(envelope(1).id);
  step();
  EXPECT_EQ(state(), outbox::State::empty);
  EXPECT_EQ(outbox_->ledgers().value()["croydon-2012"].withdrawn, 1);
  EXPECT_EQ(outbox_->ledgers().value()["croydon-2012"].sent, 0);
}

TEST_F(RepeatTable, WithdrawnWithoutAReceiptIsKept) {
  put(1);
  collector_.twist = [](protocol::Outcome& outcome) { outcome = {outcome.id, 410, std::nullopt, "withdrawn"}; };
  EXPECT_EQ(step().next, Next::later);
  expect_kept();
}

TEST_F(RepeatTable, SuccessWithoutAReceiptIsNone) {
  put(1);
  collector_.twist = [](protocol::Outcome& outcome) { outcome.receipt.reset(); };
  EXPECT_EQ(step().next, Next::later);
  expect_kept();
}

TEST_F(RepeatTable, ForgedReceiptIsNone) {
  put(1);
  collector_.twist = [](protocol::Outcome& outcome) { (*outcome.receipt)[5] ^= 1U; };
  EXPECT_EQ(step().next, Next::later);
  expect_kept();
}

TEST_F(RepeatTable, ReceiptForOtherBytesIsNone) {
  put(1);
  collector_.twist = [this](protocol::Outcome& outcome) {
    outcome.receipt = collector_.receipt_for({outcome.id, Bytes(100, 9)});
  };
  EXPECT_EQ(step().next, Next::later);
  expect_kept();
}

TEST_F(RepeatTable, ReceiptForAnotherEnvelopeMovesNeither) {
  put(1);
  collector_.twist = [this](protocol::Outcome& outcome) {
    outcome.receipt = collector_.receipt_for({envelope(2).id, envelope(1).body});
  };
  step();
  expect_kept();
}

TEST_F(RepeatTable, LoginPageIsNoSuccess) {
  put(1);
  collector_.then_answer(200, "<html>Welcome to the hotel</html>");
  expect_waits_about(step(), Sender::kFirstDelay_s);
  expect_kept();
}

TEST_F(RepeatTable, OutcomeForAnEnvelopeThatWasNotSentIsIgnored) {
  put(1);
  collector_.then([this](const Request&) {
    const protocol::SealedEnvelope other{envelope(2).id, envelope(2).body};
    const auto json = protocol::encode_outcomes({{other.id, 201, collector_.receipt_for(other), ""}});
    return Answer{200, {}, Bytes(json.begin(), json.end())};
  });
  EXPECT_EQ(step().next, Next::later);
  expect_kept();
}

class SetAsideStatus : public RepeatTable, public ::testing::WithParamInterface<int> {};
INSTANTIATE_TEST_SUITE_P(Each, SetAsideStatus, ::testing::Values(409, 413, 422));

TEST_P(SetAsideStatus, OfOneEnvelopeGoesToQuarantineWithANotice) {
  put(1);
  collector_.twist = [](protocol::Outcome& outcome) { outcome = {outcome.id, GetParam(), std::nullopt, "no"}; };
  EXPECT_EQ(step().notice, readiness::Reason::set_aside);
  expect_set_aside(GetParam());
}

TEST_P(SetAsideStatus, OfAWholeBatchIsLookedIntoOneByOne) {
  for (std::uint8_t i = 1; i <= 3; ++i) put(i);
  collector_.then_answer(GetParam());
  EXPECT_EQ(step().next, Next::again);
  EXPECT_EQ(outbox_->draw_batch(50).value().size(), 3U);
  collector_.then_answer(GetParam());
  step();
  EXPECT_EQ(ScriptedCollector::batch_in(collector_.requests()[1]).size(), 1U);
  EXPECT_EQ(outbox_->quarantined().value().size(), 1U);
  EXPECT_EQ(outbox_->draw_batch(50).value().size(), 2U);
}

TEST_P(SetAsideStatus, OfWhatWasWithdrawnSinceEndsWhenAPersonAsksForAllToBeSent) {
  put(1);
  put(2);
  collector_.twist = [](protocol::Outcome& outcome) { outcome = {outcome.id, GetParam(), std::nullopt, "no"}; };
  step();
  collector_.withdrawn.insert(envelope(1).id);
  collector_.twist = [](protocol::Outcome& outcome) {
    if (outcome.id[0] == 2) outcome = {outcome.id, GetParam(), std::nullopt, "no"};
  };
  EXPECT_EQ(step().next, Next::idle) << "by itself it asks no second time";
  sender_.let_all_go();
  while (step().next == Next::again) {
  }
  EXPECT_EQ(collector_.batches(), 2U);
  expect_set_aside(GetParam());
  EXPECT_EQ(outbox_->quarantined().value()[0].id, envelope(2).id);
  EXPECT_EQ(outbox_->ledgers().value()["croydon-2012"].withdrawn, 1);
}

class RefusingStatus : public RepeatTable, public ::testing::WithParamInterface<int> {};
INSTANTIATE_TEST_SUITE_P(Each, RefusingStatus, ::testing::Values(401, 403, 404));

TEST_P(RefusingStatus, KeepsAndTellsTheSupervisor) {
  put(1);
  collector_.then_answer(GetParam());
  const auto refused = step();
  expect_waits_about(refused, Sender::kLongestDelay_s);
  EXPECT_EQ(refused.notice, readiness::Reason::kiosk_not_accepted);
  expect_kept();
}

class BusyStatus : public RepeatTable, public ::testing::WithParamInterface<int> {};
INSTANTIATE_TEST_SUITE_P(Each, BusyStatus, ::testing::Values(429, 503));

TEST_P(BusyStatus, WaitsAsLongAsItIsAskedTo) {
  put(1);
  collector_.then_answer(GetParam(), "", {{"retry-after", "120"}});
  expect_waits_about(step(), 120);
  expect_kept();
}

TEST_P(BusyStatus, WaitsNoLongerThanAnHour) {
  put(1);
  collector_.then_answer(GetParam(), "", {{"retry-after", "999999999"}});
  expect_waits_about(step(), Sender::kLongestRetryAfter_s);
}

TEST_P(BusyStatus, WithoutANumberWaitsAsForAnyFailure) {
  put(1);
  collector_.then_answer(GetParam(), "", {{"retry-after", "Sun, 22 Nov 2026 11:00:00 GMT"}});
  expect_waits_about(step(), Sender::kFirstDelay_s);
}

class FailingStatus : public RepeatTable, public ::testing::WithParamInterface<int> {};
INSTANTIATE_TEST_SUITE_P(Each, FailingStatus, ::testing::Values(500, 502, 504, 302, 204, 100, 418));

TEST_P(FailingStatus, KeepsForLater) {
  put(1);
  collector_.then_answer(GetParam());
  expect_waits_about(step(), Sender::kFirstDelay_s);
  expect_kept();
}

TEST_F(RepeatTable, NobodyAnsweringKeepsForLaterWithGrowingDelay) {
  put(1);
  std::int64_t expected = Sender::kFirstDelay_s;
  for (int i = 0; i < 12; ++i) {
    collector_.then_fail(ErrorCode::unreachable);
    expect_waits_about(step(), expected);
    expected = std::min(2 * expected, Sender::kLongestDelay_s);
  }
  expect_kept();
}

TEST_F(RepeatTable, SuccessEndsTheGrowing) {
  put(1);
  for (int i = 0; i < 5; ++i) collector_.then_fail(ErrorCode::unreachable);
  for (int i = 0; i < 6; ++i) step();
  put(2);
  collector_.then_fail(ErrorCode::unreachable);
  expect_waits_about(step(), Sender::kFirstDelay_s);
}

TEST_F(RepeatTable, StrangerIsSaidDifferentlyFromNobody) {
  put(1);
  collector_.then_fail(ErrorCode::refused);
  EXPECT_EQ(step().notice, readiness::Reason::collector_unproven);
  collector_.then_fail(ErrorCode::unreachable);
  EXPECT_EQ(step().notice, readiness::Reason::collector_unreachable);
}

TEST_F(RepeatTable, WithoutAPackageNothingIsSent) {
  put(1);
  Sender without(*outbox_, collector_, [](const std::string&) { return Sender::Terms(); });
  EXPECT_EQ(without.step().notice, readiness::Reason::package_missing);
  EXPECT_TRUE(collector_.requests().empty());
  expect_kept();
}

TEST_F(RepeatTable, BatchIsOfOneInspectionAndWithinTheLimit) {
  for (int i = 0; i < 60; ++i) put(static_cast<std::uint8_t>(i), i < 55 ? "croydon-2012" : "barnet");
  while (step().next == Next::again) {
  }
  EXPECT_EQ(state(), outbox::State::empty);
  std::size_t sent = 0;
  for (const auto& request : collector_.requests()) {
    const auto batch = ScriptedCollector::batch_in(request);
    EXPECT_LE(batch.size(), protocol::kMaxBatchEnvelopes);
    for (const auto& one : batch) EXPECT_EQ(one.id[0] < 55, request.path == "/v1/inspections/croydon-2012/envelopes");
    sent += batch.size();
  }
  EXPECT_EQ(sent, 60U);
}

TEST_F(RepeatTable, MixedOutcomesAreSettledOneByOne) {
  for (std::uint8_t i = 1; i <= 3; ++i) put(i);
  collector_.twist = [](protocol::Outcome& outcome) {
    if (outcome.id[0] == 2) outcome = {outcome.id, 422, std::nullopt, "unknown version"};
    if (outcome.id[0] == 3) outcome = {outcome.id, 503, std::nullopt, "later"};
  };
  EXPECT_EQ(step().next, Next::again);
  EXPECT_EQ(outbox_->quarantined().value().size(), 1U);
  EXPECT_EQ(outbox_->draw_batch(50).value().at(0).id[0], 3);
  EXPECT_EQ(step().next, Next::later);
}

}  // namespace
}  // namespace perspective::upload
