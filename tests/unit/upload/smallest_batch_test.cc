// How many wait before any goes, and what goes then.
#include <algorithm>
#include <set>

#include "kiosk_folder.h"
#include "upload/sender.h"

namespace perspective::upload {
namespace {

using Next = Step::Next;

class SmallestBatch : public KioskFolder {
 protected:
  void put_from(std::uint8_t first, int count, const std::string& inspection = "croydon-2012") {
    for (int i = 0; i < count; ++i) put(static_cast<std::uint8_t>(first + i), inspection);
  }
  std::size_t requests() const { return collector_.requests().size(); }
  std::size_t sent_last() const { return ScriptedCollector::batch_in(collector_.requests().back()).size(); }
  void expect_pause(const Step& step) {
    EXPECT_EQ(step.next, Next::later);
    EXPECT_GE(step.wait_s, 1);
    EXPECT_LE(step.wait_s, Sender::kLongestPause_s);
    EXPECT_FALSE(step.notice);
  }

  std::size_t at_least_ = 5;
  ScriptedCollector collector_;
  Sender sender_{*outbox_, collector_, [this](const std::string& inspection) {
                   return Sender::Terms{.receipt_key = collector_.receipt_key(),
                                        .at_least = inspection == "croydon-2012" ? at_least_ : 1};
                 }};
};

TEST_F(SmallestBatch, FewerThanThatWaitWithoutARequestOrANotice) {
  put_from(1, 4);
  const auto step = sender_.step();
  EXPECT_EQ(step.next, Next::idle);
  EXPECT_FALSE(step.notice);
  EXPECT_EQ(requests(), 0U);
}

TEST_F(SmallestBatch, EnoughGoTogetherAfterAPause) {
  put_from(1, 5);
  expect_pause(sender_.step());
  EXPECT_EQ(requests(), 0U);
  EXPECT_EQ(sender_.step().next, Next::again);
  EXPECT_EQ(sent_last(), 5U);
  EXPECT_EQ(sender_.step().next, Next::idle);
}

TEST_F(SmallestBatch, PauseIsOfAnotherLengthEachTime) {
  std::set<std::int64_t> lengths;
  put_from(1, 5);
  for (int i = 0; i < 20; ++i) {
    Sender fresh(*outbox_, collector_, [](const auto&) { return Sender::Terms{.receipt_key = {}, .at_least = 5}; });
    lengths.insert(fresh.step().wait_s);
  }
  EXPECT_GT(lengths.size(), 5U);
}

TEST_F(SmallestBatch, WhatComesDuringThePauseGoesToo) {
  put_from(1, 5);
  sender_.step();
  put(6);
  sender_.step();
  EXPECT_EQ(sent_last(), 6U);
}

TEST_F(SmallestBatch, WhatComesAfterItBeganWaitsForOthers) {
  put_from(1, 5);
  sender_.step();
  collector_.then_fail(ErrorCode::unreachable);
  sender_.step();
  put(6);
  while (sender_.step().next == Next::again) {
  }
  EXPECT_EQ(collector_.stored.size(), 5U);
  EXPECT_FALSE(collector_.stored.contains(envelope(6).id));
}

TEST_F(SmallestBatch, RestOfABatchThatWasBrokenOffStillGoes) {
  put_from(1, 5);
  sender_.step();
  collector_.then_fail(ErrorCode::unreachable);
  sender_.step();
  sender_.step();
  EXPECT_EQ(sent_last(), 2U);
  while (sender_.step().next == Next::again) {
  }
  EXPECT_EQ(state(), outbox::State::empty);
}

TEST_F(SmallestBatch, MoreThanOneRequestHoldsAllGo) {
  put_from(1, 53);
  sender_.step();
  while (sender_.step().next == Next::again) {
  }
  EXPECT_EQ(state(), outbox::State::empty);
  EXPECT_EQ(requests(), 2U);
}

TEST_F(SmallestBatch, EachInspectionIsCountedByItself) {
  put_from(1, 4);
  put_from(20, 4, "barnet");
  EXPECT_EQ(sender_.step().next, Next::again);
  EXPECT_EQ(sender_.step().next, Next::idle);
  EXPECT_EQ(collector_.stored.size(), 4U);
  EXPECT_TRUE(collector_.stored.contains(envelope(20).id));
}

TEST_F(SmallestBatch, EndOfFieldworkLetsTheLastFewGoAtOnce) {
  put_from(1, 2);
  sender_.step();
  at_least_ = 1;
  EXPECT_EQ(sender_.step().next, Next::again);
  EXPECT_EQ(state(), outbox::State::empty);
}

TEST_F(SmallestBatch, PersonWhoAsksLetsTheFewGoThatAreThereAndNoneThatComeLater) {
  put_from(1, 2);
  sender_.let_all_go();
  EXPECT_EQ(sender_.step().next, Next::again);
  EXPECT_EQ(state(), outbox::State::empty);
  put(3);
  EXPECT_EQ(sender_.step().next, Next::idle);
  EXPECT_EQ(state(), outbox::State::waiting);
}

TEST_F(SmallestBatch, WhatWasSetAsideIsNotCounted) {
  put_from(1, 5);
  ASSERT_TRUE(outbox_->quarantine(envelope(1).id, 409));
  EXPECT_EQ(sender_.step().next, Next::idle);
  EXPECT_EQ(requests(), 0U);
}

}  // namespace
}  // namespace perspective::upload
