// Spent tokens are reported apart from answers, and tell as little of when as those do.
#include "upload/token_reporter.h"

#include <algorithm>
#include <set>

#include "kiosk_folder.h"

namespace perspective::upload {
namespace {

using Next = Step::Next;

class ReportOfTokens : public KioskFolder {
 protected:
  static outbox::TokenProof proof(std::uint8_t number) {
    outbox::TokenProof made{};
    made.fill(number);
    return made;
  }
  void spend(std::uint8_t first, int count, const std::string& inspection = "croydon-2012") {
    for (int i = 0; i < count; ++i) {
      ASSERT_TRUE(outbox_->spend({inspection, proof(static_cast<std::uint8_t>(first + i))}));
    }
  }
  std::size_t unreported() {
    std::size_t count = 0;
    const auto all = outbox_->tokens().value();
    for (const auto& [inspection, tokens] : all) count += tokens.proofs.size() - tokens.reported;
    return count;
  }
  std::size_t requests() const { return collector_.requests().size(); }

  std::size_t at_least_ = 5;
  ScriptedCollector collector_;
  TokenReporter reporter_{*outbox_, collector_, [this](const std::string& inspection) {
                            return Sender::Terms{.receipt_key = collector_.receipt_key(),
                                                 .at_least = inspection == "croydon-2012" ? at_least_ : 1};
                          }};
};

TEST_F(ReportOfTokens, WaitsUntilThereAreEnoughAndThenForAPauseOfItsOwn) {
  spend(1, 4);
  EXPECT_EQ(reporter_.step().next, Next::idle);
  spend(5, 1);
  const auto pause = reporter_.step();
  EXPECT_EQ(pause.next, Next::later);
  EXPECT_GE(pause.wait_s, 1);
  EXPECT_LE(pause.wait_s, Sender::kLongestPause_s);
  EXPECT_EQ(requests(), 0U);
  EXPECT_EQ(reporter_.step().next, Next::again);
  EXPECT_EQ(collector_.spent["croydon-2012"].size(), 5U);
  EXPECT_EQ(reporter_.step().next, Next::idle);
  EXPECT_EQ(requests(), 1U);
}

TEST_F(ReportOfTokens, PausesForAnotherTimeEachTime) {
  std::set<std::int64_t> lengths;
  spend(1, 5);
  for (int i = 0; i < 20; ++i) {
    TokenReporter fresh(*outbox_, collector_,
                        [](const auto&) { return Sender::Terms{.receipt_key = {}, .at_least = 5}; });
    lengths.insert(fresh.step().wait_s);
  }
  EXPECT_GT(lengths.size(), 5U);
}

TEST_F(ReportOfTokens, HasNothingInItButProofsInAnOrderOfChance) {
  std::set<Bytes> orders;
  for (int i = 0; i < 5; ++i) {
    spend(static_cast<std::uint8_t>(1 + 10 * i), 10);
    reporter_.step();
    reporter_.step();
    const auto& body = collector_.requests().back().body;
    Bytes order;
    for (std::size_t at = 0; at < body.size(); at += 32) order.push_back(body[at]);
    EXPECT_TRUE(std::ranges::all_of(order, [&](int number) { return number <= 10 * (i + 1); }));
    std::erase_if(order, [](int number) { return number > 10; });
    orders.insert(order);
  }
  EXPECT_GT(orders.size(), 1U);
}

TEST_F(ReportOfTokens, IsOfAllAgainSoThatNothingTellsWhichWereEarlier) {
  spend(1, 5);
  reporter_.step();
  reporter_.step();
  spend(6, 5);
  reporter_.step();
  reporter_.step();
  EXPECT_EQ(collector_.requests().back().body.size(), 10U * 32U);
  EXPECT_EQ(outbox_->tokens().value().at("croydon-2012").reported, 10U);
}

TEST_F(ReportOfTokens, WhatIsSpentWhileItIsUnderWayWaitsForOthers) {
  spend(1, 5);
  reporter_.step();
  collector_.then_fail(ErrorCode::unreachable);
  EXPECT_EQ(reporter_.step().next, Next::later);
  spend(6, 1);
  while (reporter_.step().next == Next::again) {
  }
  EXPECT_EQ(collector_.spent["croydon-2012"].size(), 5U);
  EXPECT_EQ(unreported(), 1U);
}

TEST_F(ReportOfTokens, EndOfFieldworkLetsAllGoAtOnce) {
  spend(1, 2);
  EXPECT_EQ(reporter_.step().next, Next::idle);
  at_least_ = 1;
  EXPECT_EQ(reporter_.step().next, Next::again);
  EXPECT_EQ(unreported(), 0U);
}

// The database of a collector that was put back from a backup knows nothing of the last report.
TEST_F(ReportOfTokens, IsMadeAgainAfterAStartOnceFieldworkHasEndedAndNotBefore) {
  spend(1, 5);
  const auto run = [this](bool has_ended) {
    TokenReporter started(*outbox_, collector_, [this, has_ended](const auto&) {
      return Sender::Terms{
          .receipt_key = collector_.receipt_key(), .at_least = at_least_, .has_fieldwork_ended = has_ended};
    });
    for (int i = 0; i < 9; ++i) started.step();
    return requests();
  };
  EXPECT_EQ(run(false), 1U);
  EXPECT_EQ(run(false), 1U);
  at_least_ = 1;
  collector_.spent.clear();
  EXPECT_EQ(run(true), 2U);
  EXPECT_EQ(collector_.spent["croydon-2012"].size(), 5U);
  EXPECT_EQ(run(true), 3U);
}

TEST_F(ReportOfTokens, WhoAsksForAllLetsAllGo) {
  spend(1, 2);
  reporter_.let_all_go();
  EXPECT_EQ(reporter_.step().next, Next::again);
  EXPECT_EQ(unreported(), 0U);
}

TEST_F(ReportOfTokens, IsOfOneInspectionAndAtMostFifty) {
  spend(1, 60);
  spend(100, 2, "lewes");
  reporter_.let_all_go();
  while (reporter_.step().next == Next::again) {
    EXPECT_LE(collector_.requests().back().body.size(), protocol::kMaxBatchTokens * 32);
  }
  EXPECT_EQ(collector_.spent["croydon-2012"].size(), 60U);
  EXPECT_EQ(collector_.spent["lewes"].size(), 2U);
  EXPECT_EQ(requests(), 3U);
}

TEST_F(ReportOfTokens, CountsOnlyWithAGenuineReceipt) {
  spend(1, 1);
  at_least_ = 1;
  const std::string forged = protocol::encode_token_receipt({});
  for (const auto& [status, body] : std::vector<std::pair<int, std::string>>{
           {200, "<html>Welcome to our hotel"}, {200, forged}, {200, "{}"}, {503, ""}, {403, ""}, {422, ""}}) {
    collector_.then_answer(status, body);
    EXPECT_EQ(reporter_.step().next, Next::later) << status;
    EXPECT_EQ(unreported(), 1U) << status;
  }
  EXPECT_EQ(reporter_.step().next, Next::again);
  EXPECT_EQ(unreported(), 0U);
}

}  // namespace
}  // namespace perspective::upload
