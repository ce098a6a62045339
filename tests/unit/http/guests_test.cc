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
  std::size_t enter(const std::string& who) {
    const std::size_t place = names_.size();
    names_.push_back(who);
    return guests_.enter(3, who, {[] {}, [this, place] { shown_out_.push_back(names_[place]); }});
  }
  std::size_t enter_known(const std::string& address, const std::string& certificate) {
    const std::size_t guest = enter(address);
    names_.back() = certificate;
    guests_.know(guest, certificate);
    return guest;
  }
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
