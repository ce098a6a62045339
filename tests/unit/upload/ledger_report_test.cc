#include "upload/ledger_report.h"

#include "kiosk_folder.h"
#include "protocol/ledger.h"

namespace perspective::upload {
namespace {

using Next = Step::Next;

constexpr const char* kInspection = "croydon-2012";

class ReportOfAKiosk : public KioskFolder {
 protected:
  ReportOfAKiosk() { collector_.answer_at("/v1/inspections/croydon-2012/ledger", {200, {}, {}}); }

  Step step(const std::vector<std::string>& ended = {kInspection}) { return report_.step(ended); }
  Ledger told() const { return protocol::decode_ledger(as_text(collector_.requests().back().body)).value(); }
  void stop_one() {
    ASSERT_TRUE(outbox_->begin_visit(kInspection));
    ASSERT_TRUE(outbox_->end_visit(kInspection, outbox::Ending::stopped));
  }
  void expect_later(const Step& step) {
    EXPECT_EQ(step.next, Next::later);
    EXPECT_GE(step.wait_s, LedgerReport::kDelay_s);
  }

  ScriptedCollector collector_;
  LedgerReport report_{*outbox_, collector_};
};

TEST_F(ReportOfAKiosk, IsNotMadeWhileFieldworkIsOpen) {
  stop_one();
  EXPECT_EQ(step({}).next, Next::idle);
  EXPECT_TRUE(collector_.requests().empty());
}

TEST_F(ReportOfAKiosk, TellsEveryEndingOnce) {
  stop_one();
  put(1);
  ASSERT_TRUE(outbox_->remove(envelope(1).id, outbox::Leaving::sent));
  EXPECT_EQ(step().next, Next::idle);
  EXPECT_EQ(step().next, Next::idle);
  ASSERT_EQ(collector_.requests().size(), 1U);
  EXPECT_EQ(told(), (Ledger{.started = 2, .stopped = 1, .sent = 1}));
}

TEST_F(ReportOfAKiosk, IsMadeWhereNobodySatDown) {
  EXPECT_EQ(step().next, Next::idle);
  EXPECT_EQ(told(), Ledger{});
}

TEST_F(ReportOfAKiosk, WaitsUntilAllHasGone) {
  put(1);
  expect_later(step());
  EXPECT_TRUE(collector_.requests().empty());
  ASSERT_TRUE(outbox_->quarantine(envelope(1).id, 422));  // that will not go
  EXPECT_EQ(step().next, Next::idle);
  EXPECT_EQ(told(), (Ledger{.started = 1, .quarantined = 1}));
}

TEST_F(ReportOfAKiosk, WaitsForTheOneWhoStillSitsThere) {
  ASSERT_TRUE(outbox_->begin_visit(kInspection));
  expect_later(step());
  EXPECT_TRUE(collector_.requests().empty());
}

TEST_F(ReportOfAKiosk, IsMadeAgainWhenACountHasChanged) {
  step();
  stop_one();
  EXPECT_EQ(step().next, Next::idle);
  EXPECT_EQ(told(), (Ledger{.started = 1, .stopped = 1}));
}

TEST_F(ReportOfAKiosk, IsRepeatedUntilTheCollectorHasIt) {
  collector_.then_fail(ErrorCode::unreachable);
  collector_.then_answer(409);
  const auto unreachable = step();
  expect_later(unreachable);
  EXPECT_EQ(unreachable.notice, readiness::Reason::collector_unreachable);
  const auto refused = step();
  expect_later(refused);
  EXPECT_FALSE(refused.notice);  // nothing that a supervisor could do
  EXPECT_EQ(step().next, Next::idle);
  EXPECT_EQ(collector_.requests().size(), 3U);
}

TEST_F(ReportOfAKiosk, OfOneInspectionDoesNotWaitForAnother) {
  ASSERT_TRUE(outbox_->begin_visit("barnet"));
  expect_later(step({"barnet", kInspection}));
  ASSERT_EQ(collector_.requests().size(), 1U);
  EXPECT_EQ(collector_.requests()[0].path, "/v1/inspections/croydon-2012/ledger");
}

}  // namespace
}  // namespace perspective::upload
