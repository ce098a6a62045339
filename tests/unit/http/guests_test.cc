#include "http/guests.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <functional>
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
    return guests_.enter(room_, who, now_ms_, {[] {}, [this, place] { shown_out_.push_back(names_[place]); }});
  }
  std::size_t enter_known(const std::string& address, const std::string& certificate) {
    const std::size_t guest = enter(address);
    names_.back() = certificate;
    guests_.know(guest, certificate);
    return guest;
  }
  const std::size_t room_;
  std::int64_t now_ms_ = 1'000'000;
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
  for (int i = 0; i < 3; ++i) EXPECT_NE(guests_.enter(3, {}, now_ms_, {[] {}, {}}), 0U);
  EXPECT_EQ(guests_.enter(3, {}, now_ms_, {[] {}, {}}), 0U);
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

TEST_F(AHouseOfThree, ShowsOutWhoWaitsForNothingBeforeWhoIsAtWorkOfOneAddress) {
  for (int i = 0; i < 3; ++i) EXPECT_NE(enter("office"), 0U);
  names_ = {"first", "second", "third"};
  {
    const AtWork signing_in(guests_, 1);
    EXPECT_NE(enter("office"), 0U);
    EXPECT_THAT(shown_out_, ElementsAre("second"));
  }
  EXPECT_NE(enter("office"), 0U);
  EXPECT_THAT(shown_out_, ElementsAre("second", "first")) << "its work is done";
}

// Addresses that come on and on, beside one who came once and is a stranger for as long as its line takes.
class AHouseThatIsStormed : public AHouseOfThree {
 protected:
  AHouseThatIsStormed() : AHouseOfThree(256) {}
  static std::string address(const std::string& network, int number) {
    return network + "." + std::to_string(number / 250) + "." + std::to_string(number % 250 + 1);
  }
  // 2 000 a second for so long. Whoever was shown out has gone at once.
  void storm(int time_ms, const std::function<std::string(int)>& address_of) {
    for (int i = 0; i < 2 * time_ms; ++i) {
      const std::size_t place = names_.size();
      names_.push_back(address_of(came_));
      const std::size_t guest = last_ + 1;
      last_ = guests_.enter(room_, names_.back(), now_ms_,
                            {[] {},
                             [this, place, guest] {
                               shown_out_.push_back(names_[place]);
                               left_.push_back(guest);
                             }});
      ASSERT_EQ(last_, guest) << "nobody is turned away";
      for (const std::size_t gone : left_) guests_.leave(gone);
      left_.clear();
      if (++came_ % 2 == 0) ++now_ms_;
    }
  }
  std::size_t come(const std::string& who) { return last_ = enter(who); }
  auto shown_out(const std::string& who) const { return std::ranges::count(shown_out_, who); }
  std::vector<std::size_t> left_;
  std::size_t last_ = 0;
  int came_ = 0;
};

TEST_F(AHouseThatIsStormed, BySeventeenAddressesKeepsWhoCameOnce) {
  const auto seventeen = [](int i) { return address("10.1", i % 17); };
  come("192.0.2.1");
  storm(2'000, seventeen);
  come("192.0.2.2");
  storm(4'000, seventeen);
  EXPECT_EQ(shown_out("192.0.2.1"), 0);
  EXPECT_EQ(shown_out("192.0.2.2"), 0);
}

// Until each has come more often than a browser does, they come seldom, too.
TEST_F(AHouseThatIsStormed, BySixtyFourNetworksKeepsWhoCameOnceButForTheFirstMoment) {
  const auto networks = [](int i) { return std::to_string(11 + i % 64) + ".1.1.1"; };
  storm(200, networks);
  come("192.0.2.1");
  storm(4'000, networks);
  EXPECT_EQ(shown_out("192.0.2.1"), 0);
}

TEST_F(AHouseThatIsStormed, ByAddressesThatNeverComeAgainKeepsWhoCameOnceEvenFromThatNetwork) {
  const auto many = [](int i) { return address("10.1", i % 60'000); };
  come("192.0.2.1");
  storm(2'000, many);
  come("192.0.2.2");
  come("10.1.254.9");
  storm(4'000, many);
  EXPECT_EQ(shown_out("192.0.2.1"), 0);
  EXPECT_EQ(shown_out("192.0.2.2"), 0);
  EXPECT_EQ(shown_out("10.1.254.9"), 0) << "nobody else came from its 250 neighbours";
}

TEST_F(AHouseThatIsStormed, ByHouseholdsOfOneProviderKeepsWhoCameOnce) {
  const auto households = [](int i) {
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "2001:db8:%x:%x::", i / 65'536, i % 65'536);
    return std::string(text.data());
  };
  come("2001:db9:1:2::");
  storm(4'000, households);
  EXPECT_EQ(shown_out("2001:db9:1:2::"), 0);
}

// Of four thousand, each in a network of its own, each comes seldom in the first seconds.
TEST_F(AHouseThatIsStormed, ByThousandsOfNetworksKeepsWhoComesAfterSomeSeconds) {
  const auto networks = [](int i) { return "crowd " + std::to_string(i % 4'000); };
  storm(14'000, networks);
  come("192.0.2.1");
  storm(4'000, networks);
  EXPECT_EQ(shown_out("192.0.2.1"), 0);
}

TEST_F(AHouseThatIsStormed, IsOpenToAnOfficeBehindOneAddressWhosePeopleAreKnown) {
  for (int i = 0; i < 2'000; ++i) {
    const std::size_t guest = come("198.51.100.7");
    guests_.know(guest, "person " + std::to_string(i));
    guests_.leave(guest);
  }
  come("198.51.100.7");
  storm(5'000, [](int i) { return address("10.1", i % 64); });
  EXPECT_EQ(shown_out("198.51.100.7"), 0) << "two thousand of them came, and none was a stranger for long";
}

TEST_F(AHouseThatIsStormed, ShowsOutTheOldestWhereAllComeSeldom) {
  for (int i = 0; i < 256; ++i) come("idle " + std::to_string(i));
  now_ms_ += 59'000;
  come("192.0.2.1");
  come("late");
  EXPECT_THAT(shown_out_, ElementsAre("idle 0", "idle 1")) << "and not who came last";
}

// Who opens a house's fill of requests that take long cannot push out who has just come and has asked nothing yet.
TEST_F(AHouseThatIsStormed, ByRequestsThatTakeLongKeepsWhoHasJustCome) {
  for (int i = 0; i < 256; ++i) guests_.set_at_work(come(std::to_string(11 + i % 50) + ".1.1.1"), true);
  come("192.0.2.1");
  for (int i = 0; i < 100; ++i) come(std::to_string(11 + i % 50) + ".1.1.1");
  EXPECT_EQ(shown_out("192.0.2.1"), 0);
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
