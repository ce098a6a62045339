#include "http/comings.h"

#include <gtest/gtest.h>

#include <string>

namespace perspective::http {
namespace {

class ADoorThatIsCounted : public ::testing::Test {
 protected:
  Comings::Origin come(const std::string& address, int times = 1) {
    Comings::Origin origin;
    for (int i = 0; i < times; ++i) origin = comings_.came(address, now_ms_);
    return origin;
  }
  double excess_of(const std::string& address) { return comings_.excess(come(address)); }
  Comings comings_;
  std::int64_t now_ms_ = 1'000'000;
};

TEST_F(ADoorThatIsCounted, FindsNothingInABrowserThatShowsOnePage) {
  EXPECT_EQ(comings_.excess(come("192.0.2.1", 6)), 0);
}

TEST_F(ADoorThatIsCounted, FindsMoreTheOftenerSomebodyComes) {
  EXPECT_GT(comings_.excess(come("192.0.2.1", 20)), 0);
  EXPECT_GT(comings_.excess(come("192.0.2.2", 40)), comings_.excess(come("192.0.2.1")));
}

TEST_F(ADoorThatIsCounted, FindsACrowdInANetworkWhereEachComesOnce) {
  for (int i = 0; i < 200; ++i) come("192.0.2." + std::to_string(i));
  EXPECT_GT(excess_of("192.0.2.201"), 0);
  EXPECT_EQ(excess_of("192.0.3.1"), 0) << "another /24";
  for (int i = 0; i < 600; ++i) come("192.0." + std::to_string(i % 200) + ".1");
  EXPECT_GT(excess_of("192.0.201.1"), 0) << "of the same /16";
  EXPECT_EQ(excess_of("192.1.1.1"), 0);
}

TEST_F(ADoorThatIsCounted, FindsACrowdInANetworkOfIPv6) {
  for (int i = 0; i < 200; ++i) come("2001:db8:1:" + std::to_string(i) + "::");
  EXPECT_GT(excess_of("2001:db8:1:ffff::"), 0);
  EXPECT_EQ(excess_of("2001:db8:2:1::"), 0) << "another /48";
  EXPECT_EQ(excess_of("2001:db9::"), 0);
}

TEST_F(ADoorThatIsCounted, TakesAnIPv4AddressOnAnIPv6SocketForWhatItIs) {
  for (int i = 0; i < 200; ++i) come("::ffff:192.0.2." + std::to_string(i));
  EXPECT_GT(excess_of("::ffff:192.0.2.201"), 0);
  EXPECT_EQ(excess_of("::ffff:198.51.100.1"), 0);
}

TEST_F(ADoorThatIsCounted, HalvesWithinAMinuteAndForgetsWithinAnHour) {
  const auto origin = come("192.0.2.1", 1'006);
  EXPECT_NEAR(comings_.excess(origin), 1'000 + (1'006 / 8.0 - 6) + (1'006 / 64.0 - 6), 0.1);
  now_ms_ += 60'000;
  come("198.51.100.1");
  EXPECT_NEAR(comings_.excess(origin), 497 + (503 / 8.0 - 6) + (503 / 64.0 - 6), 0.1);
  now_ms_ += 3'600'000;
  come("198.51.100.1");
  EXPECT_EQ(comings_.excess(origin), 0);
}

TEST_F(ADoorThatIsCounted, CountsTheSameAfterADayInWhichNobodyCame) {
  come("192.0.2.1", 100);
  now_ms_ += 24LL * 3'600'000;
  EXPECT_EQ(excess_of("192.0.2.1"), 0);
  EXPECT_NEAR(comings_.excess(come("192.0.2.9", 26)), 20, 0.1);
}

TEST_F(ADoorThatIsCounted, CountsNobodyWhoIsForgiven) {
  for (int i = 0; i < 1'000; ++i) {
    const auto origin = come("192.0.2.1");
    now_ms_ += 1'000;
    comings_.forgive(origin);
  }
  EXPECT_EQ(excess_of("192.0.2.1"), 0);
}

TEST_F(ADoorThatIsCounted, ForgivesNoMoreThanWhatWasCountedHoweverLongAfterwards) {
  const auto known = come("192.0.2.1");
  now_ms_ += 3'600'000;
  const auto stormed = come("192.0.2.1", 100);
  const double before = comings_.excess(stormed);
  comings_.forgive(known);
  EXPECT_NEAR(comings_.excess(stormed), before, 0.01);
}

TEST_F(ADoorThatIsCounted, RemembersABoundedNumberAndThoseWhoCameMost) {
  const std::string loud = "192.0.2.1";
  come(loud, 1'000);
  for (int i = 0; i < 200'000; ++i) {
    come("2001:db8:" + std::to_string(i / 9'000) + ":" + std::to_string(i % 9'000) + "::");
    ASSERT_LE(comings_.size(), 16'400U);
  }
  EXPECT_GT(excess_of(loud), 900);
}

TEST_F(ADoorThatIsCounted, RemembersThoseFromWhereSomebodyIsIn) {
  std::vector<Comings::Origin> in;
  for (int i = 0; i < 6'000; ++i) in.push_back(come("10.0." + std::to_string(i / 250) + "." + std::to_string(i % 250)));
  for (int i = 0; i < 50'000; ++i) come("crowd " + std::to_string(i));
  EXPECT_GT(comings_.excess(come("10.0.0.1", 10)), comings_.excess(in[2])) << "ten came from there since";
  EXPECT_EQ(in[1].counts.front().use_count(), 2) << "and one there before them: counted together";
}

}  // namespace
}  // namespace perspective::http
