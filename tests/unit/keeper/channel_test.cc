#include "keeper/channel.h"

#include <gtest/gtest.h>
#include <sys/socket.h>

namespace perspective::keeper {
namespace {

template <typename T>
T there_and_back(const T& message) {
  return std::get<T>(decode(encode(message)).value());
}

class ChannelPair : public ::testing::Test {
 protected:
  std::pair<Channel, Channel> ends_ = Channel::open_pair().value();
};

TEST(ChannelMessage, StateKeepsEachAndAllOfItsReasons) {
  for (const auto reason : readiness::all_reasons()) {
    EXPECT_EQ(there_and_back(State{outbox::State::waiting, {reason}}), (State{outbox::State::waiting, {reason}}));
  }
  const State all{outbox::State::full, readiness::all_reasons()};
  EXPECT_EQ(there_and_back(all), all);
}

TEST(ChannelMessage, ReasonThatDoesNotExistIsCorrupt) {
  const auto first_unknown = static_cast<std::uint8_t>(readiness::all_reasons().size());
  const auto message = decode(Bytes{0, 1, first_unknown});
  ASSERT_FALSE(message);
  EXPECT_EQ(message.error().code, ErrorCode::corrupt);
}

TEST(ChannelMessage, PutKeepsEveryByte) {
  const outbox::Envelope sent{{1, 2, 3}, "croydon-2012", Bytes{0, 255, 10, 0}};
  const auto put = there_and_back(Put{sent});
  EXPECT_EQ(put.envelope.id, sent.id);
  EXPECT_EQ(put.envelope.inspection, sent.inspection);
  EXPECT_EQ(put.envelope.body, sent.body);
}

TEST(ChannelMessage, PinKeepsEveryDigitAndItsVerdictEverySecond) {
  EXPECT_EQ(std::get<TryPin>(decode(encode(TryPin{SecretBytes(as_bytes("048290"))})).value()).pin.text(), "048290");
  const auto locked = there_and_back(PinTried{.is_right = false, .locked_s = 0x01020304});
  EXPECT_FALSE(locked.is_right);
  EXPECT_EQ(locked.locked_s, 0x01020304U);
  EXPECT_TRUE(there_and_back(PinTried{.is_right = true}).is_right);
}

TEST(ChannelMessage, WithdrawKeepsEachWish) {
  const auto there = there_and_back(Withdraw{{{{1, 2}, "croydon-2012"}, {{3}, "barnet"}}});
  ASSERT_EQ(there.wishes.size(), 2U);
  EXPECT_EQ(there.wishes[0].id, (outbox::Id{1, 2}));
  EXPECT_EQ(there.wishes[0].inspection, "croydon-2012");
  EXPECT_EQ(there.wishes[1].id, outbox::Id{3});
  EXPECT_EQ(there.wishes[1].inspection, "barnet");
}

TEST(ChannelMessage, HowItWasSentKeepsItsReasonOrNone) {
  EXPECT_FALSE(there_and_back(NowSent{}).why_not);
  for (const auto reason : readiness::all_reasons()) EXPECT_EQ(there_and_back(NowSent{reason}).why_not, reason);
}

TEST(ChannelMessage, WhatBecameOfAStickKeepsEachClaim) {
  using readiness::StickFate;
  using readiness::StickNews;
  for (const auto fate : {StickFate::done, StickFate::not_there, StickFate::not_working, StickFate::not_enrolled}) {
    EXPECT_EQ(there_and_back(StickUsed{{.fate = fate}}).news, StickNews{.fate = fate});
  }
  for (const auto& news : {StickNews{.has_copy = true}, StickNews{.do_few_wait = true},
                           StickNews{.does_more_wait = true}, StickNews{.has_brought_back = true}}) {
    EXPECT_EQ(there_and_back(StickUsed{news}).news, news);
  }
  EXPECT_FALSE(decode(Bytes{20, 9, 0, 0, 0, 0}));
  EXPECT_FALSE(decode(Bytes{20, 0, 2, 0, 0, 0}));
  EXPECT_FALSE(decode(Bytes{20, 0, 0, 0, 0}));
}

TEST(ChannelMessage, FailureKeepsItsKind) {
  EXPECT_EQ(there_and_back(PutFailed{ErrorCode::conflict, "x"}).code, ErrorCode::conflict);
}

TEST(ChannelMessage, MessagesWithoutBodyKeepTheirKind) {
  EXPECT_TRUE(std::holds_alternative<Show>(decode(encode(Show{})).value()));
  EXPECT_TRUE(std::holds_alternative<PutOk>(decode(encode(PutOk{})).value()));
  EXPECT_TRUE(std::holds_alternative<Ready>(decode(encode(Ready{})).value()));
  EXPECT_TRUE(std::holds_alternative<DraftTaken>(decode(encode(DraftTaken{})).value()));
  EXPECT_TRUE(std::holds_alternative<HasPin>(decode(encode(HasPin{})).value()));
  EXPECT_TRUE(std::holds_alternative<SendNow>(decode(encode(SendNow{})).value()));
  EXPECT_TRUE(std::holds_alternative<UseStick>(decode(encode(UseStick{})).value()));
  EXPECT_TRUE(std::holds_alternative<Deleted>(decode(encode(Deleted{})).value()));
}

TEST(ChannelMessage, StartOfAVisitKeepsItsInspectionAndEndWhichItWas) {
  EXPECT_EQ(there_and_back(VisitStarted{"croydon-2012"}).inspection, "croydon-2012");
  for (const auto ending :
       {outbox::Ending::put, outbox::Ending::lost, outbox::Ending::stopped, outbox::Ending::timed_out}) {
    EXPECT_EQ(there_and_back(VisitEnded{ending}).ending, ending);
  }
}

TEST(ChannelMessage, TokenKeepsItsProofAndItsInspection) {
  const auto spend = there_and_back(Spend{{"croydon-2012", {1, 2, 255}}});
  EXPECT_EQ(spend.token.inspection, "croydon-2012");
  EXPECT_EQ(spend.token.proof, (outbox::TokenProof{1, 2, 255}));
  for (const auto fate : {TokenFate::spent, TokenFate::spent_before, TokenFate::not_kept}) {
    EXPECT_EQ(there_and_back(TokenAnswer{fate}).fate, fate);
  }
  for (const auto& packet : {Bytes{10}, Bytes{10, 3}, Bytes{10, 0, 0}, Bytes{9, 1}, Bytes(33, 9)}) {
    EXPECT_EQ(decode(packet).error().code, ErrorCode::corrupt);
  }
}

TEST(ChannelMessage, NonsenseIsCorrupt) {
  const std::vector<Bytes> nonsense{{},      {99},          {1, 1},       {0},       {0, 7},
                                    {3},     {3, 200},      {5},          {6, 1, 2}, Bytes(18, 6),
                                    {7},     {7, 4},        {8, 1},       {12},      {12, 2, 0, 0, 0, 0},
                                    {13, 0}, Bytes(17, 14), Bytes(18, 14)};
  for (const auto& packet : nonsense) EXPECT_EQ(decode(packet).error().code, ErrorCode::corrupt);
}

TEST_F(ChannelPair, NothingThereIsNoError) { EXPECT_FALSE(ends_.first.receive().value()); }

TEST_F(ChannelPair, LargestEnvelopeCrossesWhole) {
  ASSERT_TRUE(ends_.first.send(Put{{{}, "croydon-2012", Bytes(128 * 1024, 7)}}));
  const auto message = ends_.second.receive().value();
  ASSERT_TRUE(message);
  EXPECT_EQ(std::get<Put>(*message).envelope.body.size(), 128U * 1024U);
}

TEST_F(ChannelPair, LongerMessagesAreRefused) {
  EXPECT_FALSE(ends_.first.send(Put{{{}, "croydon-2012", Bytes(200 * 1024, 7)}}));
}

// As a window does that ends its visit while it is told of the state.
TEST_F(ChannelPair, LastWordOfWhoWentWithoutListeningIsHeard) {
  ASSERT_TRUE(ends_.first.send(State{}));
  ASSERT_TRUE(ends_.second.send(VisitEnded{outbox::Ending::stopped}));
  { const Channel gone = std::move(ends_.second); }
  const auto last = ends_.first.receive();
  ASSERT_TRUE(last) << last.error().what;
  EXPECT_EQ(std::get<VisitEnded>(**last).ending, outbox::Ending::stopped);
  EXPECT_EQ(ends_.first.receive().error().code, ErrorCode::unreachable);
}

TEST_F(ChannelPair, GoneOtherEndIsUnreachable) {
  { const Channel gone = std::move(ends_.second); }
  EXPECT_EQ(ends_.first.receive().error().code, ErrorCode::unreachable);
  EXPECT_EQ(ends_.first.send(Show{}).error().code, ErrorCode::unreachable);
}

}  // namespace
}  // namespace perspective::keeper
