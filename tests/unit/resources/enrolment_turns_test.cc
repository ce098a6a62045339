#include "resources/enrolment_turns.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <latch>
#include <string>
#include <vector>

namespace perspective::resources {
namespace {

using Offer = EnrolmentTurns::Offer;
using Saw = EnrolmentTurns::Saw;

class AnInvite : public testing::Test {
 protected:
  ~AnInvite() override {
    let_go();
    turns_.close();
  }
  EnrolmentTurns::Answer offer(const std::string& address, Saw saw = Saw::wrong) {
    return turns_.offer(address, now_ms_, [this, address, saw] {
      gone_.wait();
      return EnrolmentTurns::Look{saw, [this, address] { looked_at_.push_back(address); }};
    });
  }
  // And waits until it was looked at.
  EnrolmentTurns::Answer look(const std::string& address, Saw saw = Saw::wrong) {
    std::latch is_told(1);
    const auto answer = turns_.offer(address, now_ms_, [&is_told, saw] {
      return EnrolmentTurns::Look{saw, [&is_told] { is_told.count_down(); }};
    });
    if (answer.offer == Offer::taken) is_told.wait();
    return answer;
  }
  void let_go() {
    if (!gone_.try_wait()) gone_.count_down();
  }
  std::latch gone_{1};
  std::int64_t now_ms_ = 1'000'000;
  std::vector<std::string> looked_at_;
  EnrolmentTurns turns_;
};

TEST_F(AnInvite, HasItsTurnHoweverManyOtherAddressesAsk) {
  std::vector<std::string> in_order;
  for (int i = 0; i < 100; ++i) {
    in_order.push_back("192.0.2." + std::to_string(i));
    EXPECT_EQ(offer(in_order.back()).offer, Offer::taken);
    EXPECT_EQ(offer(in_order.back()).offer, Offer::waits_already) << "one place each";
  }
  in_order.emplace_back("198.51.100.1");
  EXPECT_EQ(offer(in_order.back()).offer, Offer::taken);
  let_go();
  look("203.0.113.1");
  EXPECT_THAT(looked_at_, testing::ElementsAreArray(in_order));
}

TEST_F(AnInvite, MayBeFollowedByAnotherAsSoonAsTheAnswerIsThere) {
  for (int i = 0; i < 100; ++i) ASSERT_EQ(look("a", Saw::good).offer, Offer::taken);
}

TEST_F(AnInvite, WaitsLongerEachTimeWhereWrongOnesCameFrom) {
  for (int i = 0; i < EnrolmentTurns::kFreeLooks; ++i) EXPECT_EQ(look("a").offer, Offer::taken);
  for (const int seconds : {1, 2, 4, 8, 16, 32, 60, 60}) {
    const auto answer = look("a");
    EXPECT_EQ(answer.offer, Offer::too_soon);
    EXPECT_EQ(answer.seconds, seconds);
    EXPECT_EQ(look("b", Saw::neither).offer, Offer::taken) << "another address";
    now_ms_ += seconds * 1000;
    EXPECT_EQ(look("a").offer, Offer::taken);
  }
}

TEST_F(AnInvite, IsOneOfMostThatWereNeverWrongOnceItIsGood) {
  for (int i = 0; i < EnrolmentTurns::kFreeLooks - 1; ++i) look("a");
  EXPECT_EQ(look("a", Saw::good).offer, Offer::taken);
  for (int i = 0; i < EnrolmentTurns::kFreeLooks; ++i) EXPECT_EQ(look("a").offer, Offer::taken);
  EXPECT_EQ(look("a").offer, Offer::too_soon);
  now_ms_ += 600'000;
  for (int i = 0; i < EnrolmentTurns::kFreeLooks; ++i) EXPECT_EQ(look("a").offer, Offer::taken);
}

TEST_F(AnInvite, OfAnAddressThatOthersHaveFollowedByTheThousandIsLookedAt) {
  for (int i = 0; i < 10'000; ++i) ASSERT_EQ(look(std::to_string(i)).offer, Offer::taken);
  EXPECT_LE(turns_.remembered(), EnrolmentTurns::kMostRemembered) << "by that nobody fills the memory";
  EXPECT_EQ(look("a").offer, Offer::taken);
}

}  // namespace
}  // namespace perspective::resources
