#include "http/guests.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

namespace perspective::http {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class AHouseOfThree : public ::testing::Test {
 protected:
  explicit AHouseOfThree(std::size_t room = 3) : room_(room) {}
  std::size_t enter(const std::string& who) {
    const std::size_t place = names_.size();
    names_.push_back(who);
    return guests_.enter(room_, who, {[] {}, [this, place] { shown_out_.push_back(names_[place]); }});
  }
  std::size_t enter_known(const std::string& address, const std::string& certificate) {
    const std::size_t guest = enter(address);
    names_.back() = certificate;
    guests_.know(guest, certificate);
    return guest;
  }
  const std::size_t room_;
  Guests guests_;
  std::vector<std::string> names_;
  std::vector<std::string> shown_out_;
};

TEST_F(AHouseOfThree, ShowsNobodyOutWhileThereIsRoom) {
  for (const char* who : {"a", "a", "a"}) EXPECT_NE(enter(who), 0U);
  EXPECT_THAT(shown_out_, IsEmpty());
}

TEST_F(AHouseOfThree, ShowsOutTheOldestOfWhoeverHasTheMost) {
  const std::size_t other = enter("b");
  enter("a");
  enter("a");
  EXPECT_NE(enter("c"), 0U);
  EXPECT_THAT(shown_out_, ElementsAre("a"));
  guests_.leave(other);
  EXPECT_NE(enter("d"), 0U) << "there is room again";
  EXPECT_THAT(shown_out_, ElementsAre("a"));
}

TEST_F(AHouseOfThree, CountsAKioskByItsCertificateAndNotByItsAddress) {
  enter_known("one house", "kiosk 1");
  enter_known("one house", "kiosk 2");
  enter("one house");
  EXPECT_NE(enter("one house"), 0U);
  EXPECT_THAT(shown_out_, ElementsAre("one house")) << "no kiosk";
}

TEST_F(AHouseOfThree, HasNoRoomForAThousandOfOneCertificateBesideAnother) {
  enter_known("x", "quiet kiosk");
  for (int i = 0; i < 1000; ++i) {
    const std::size_t guest = enter_known("y", "loud kiosk");
    EXPECT_NE(guest, 0U);
    if (i > 2) guests_.leave(guest - 2);  // it was shown out, and has gone
  }
  EXPECT_EQ(std::ranges::count(shown_out_, "quiet kiosk"), 0);
}

TEST_F(AHouseOfThree, ShowsOutAStrangerWhereEveryoneHasOne) {
  enter_known("x", "kiosk 1");
  enter("stranger");
  enter_known("y", "kiosk 2");
  EXPECT_NE(enter("z"), 0U);
  EXPECT_THAT(shown_out_, ElementsAre("stranger"));
}

TEST_F(AHouseOfThree, TurnsAwayOnlyWhereAllAreDifferentKiosks) {
  for (const char* kiosk : {"1", "2", "3"}) enter_known("x", kiosk);
  EXPECT_EQ(enter("z"), 0U);
  EXPECT_THAT(shown_out_, IsEmpty());
}

TEST_F(AHouseOfThree, TurnsAwayWhileTooManyAreStillOnTheirWayOut) {
  for (int i = 0; i < 6; ++i) EXPECT_NE(enter("a"), 0U);
  EXPECT_EQ(enter("a"), 0U) << "three stay, three have been shown out and hold memory";
  guests_.leave(1);
  EXPECT_NE(enter("a"), 0U);
}

TEST_F(AHouseOfThree, NeverShowsOutWhoeverRunsTheService) {
  for (int i = 0; i < 3; ++i) EXPECT_NE(guests_.enter(3, {}, {[] {}, {}}), 0U);
  EXPECT_EQ(guests_.enter(3, {}, {[] {}, {}}), 0U);
}

class AHouseOfAHundred : public AHouseOfThree {
 protected:
  AHouseOfAHundred() : AHouseOfThree(100) {}
  // Strangers, each from an address of its own; whoever was shown out has gone.
  void crowd(int count) {
    for (int i = 0; i < count; ++i) {
      const std::size_t before = shown_out_.size();
      const std::size_t guest = enter("crowd " + std::to_string(count) + "." + std::to_string(i));
      ASSERT_NE(guest, 0U);
      crowd_.push_back(guest);
      if (shown_out_.size() > before && shown_out_.back().starts_with("crowd")) guests_.leave(crowd_[gone_++]);
    }
  }
  auto shown_out(const std::string& who) const { return std::ranges::count(shown_out_, who); }
  std::vector<std::size_t> crowd_;
  std::size_t gone_ = 0;
};

TEST_F(AHouseOfAHundred, KeepsWhoeverIsKnownHoweverManyStrangersCome) {
  for (int i = 0; i < 6; ++i) enter_known("home", "person ada");
  enter_known("office", "person bob");
  crowd(500);
  EXPECT_EQ(shown_out("person ada"), 0) << "with six connections, and each stranger with one";
  EXPECT_EQ(shown_out("person bob"), 0);
  for (int i = 0; i < 6; ++i) EXPECT_NE(enter_known("home", "person cay"), 0U) << "and lets others come in";
  EXPECT_EQ(shown_out("person cay"), 0);
}

TEST_F(AHouseOfAHundred, ShowsOutTheKnownWhoTakesMoreThanAFairShareBeforeAnyStranger) {
  for (int i = 0; i < 93; ++i) enter_known("x", "loud kiosk");
  crowd(30);
  EXPECT_EQ(shown_out("loud kiosk"), 23);
  EXPECT_EQ(shown_out_.size(), 23U) << "a quiet one who has not shown its certificate yet stays";
}

TEST_F(AHouseOfAHundred, CountsAConnectionForWhoeverUsesItNow) {
  const std::size_t guest = enter_known("home", "person ada");
  guests_.know(guest, "person bob");
  for (int i = 0; i < 99; ++i) enter_known("office", "person bob");
  enter("z");
  EXPECT_THAT(shown_out_, ElementsAre("person ada")) << "hers was his, and the oldest of too many";
}

class ARateOfTwoASecond : public ::testing::Test {
 protected:
  int ask(const std::string& who = "a") { return rates_.seconds_until_allowed(who, {.per_s = 2, .burst = 3}, now_ms_); }
  Rates rates_;
  std::int64_t now_ms_ = 1'000'000;
};

TEST_F(ARateOfTwoASecond, LetsABurstThroughAndThenSaysWhenToComeAgain) {
  for (int i = 0; i < 3; ++i) EXPECT_EQ(ask(), 0);
  EXPECT_EQ(ask(), 1);
  now_ms_ += 499;
  EXPECT_EQ(ask(), 1);
  now_ms_ += 1;
  EXPECT_EQ(ask(), 0);
  EXPECT_EQ(ask(), 1);
}

TEST_F(ARateOfTwoASecond, CountsEachByItself) {
  for (int i = 0; i < 4; ++i) ask("loud");
  EXPECT_EQ(ask("quiet"), 0);
}

TEST_F(ARateOfTwoASecond, SavesUpNoMoreThanTheBurst) {
  ask();
  now_ms_ += 3'600'000;
  for (int i = 0; i < 3; ++i) EXPECT_EQ(ask(), 0);
  EXPECT_EQ(ask(), 1);
}

TEST_F(ARateOfTwoASecond, StaysInForceForWhoAsksOnWhileManyPassBy) {
  for (int i = 0; i < 3; ++i) ask("loud");
  for (int i = 0; i < 10'000; ++i) {
    ask("passer-by " + std::to_string(i));
    now_ms_ += 1;
    if (i % 400 == 0) ask("loud");
  }
  int allowed = 0;
  for (int i = 0; i < 10; ++i) allowed += ask("loud") == 0 ? 1 : 0;
  EXPECT_LE(allowed, 3);
}

TEST(NoRate, IsNoLimit) {
  Rates rates;
  for (int i = 0; i < 10'000; ++i) EXPECT_EQ(rates.seconds_until_allowed("a", {}, 0), 0);
}

}  // namespace
}  // namespace perspective::http
