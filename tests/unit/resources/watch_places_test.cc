#include "resources/watch_places.h"

#include <gtest/gtest.h>

#include <vector>

namespace perspective::resources {
namespace {

using Held = std::vector<std::shared_ptr<const WatchPlaces::Place>>;

Held held(WatchPlaces& places, const std::string& who, std::size_t count) {
  Held all;
  for (std::size_t i = 0; i < count; ++i) all.push_back(places.take(who));
  return all;
}

TEST(PlacesToWait, AreBoundedForOneWhoeverElseWaits) {
  WatchPlaces places(10, 3);
  auto own = held(places, "a", 4);
  EXPECT_TRUE(own[2]);
  EXPECT_FALSE(own[3]);
  EXPECT_TRUE(places.take("b"));
  own.front() = nullptr;
  EXPECT_TRUE(places.take("a"));
}

TEST(PlacesToWait, AreMadeByTheOldestOfWhoeverHasTheMost) {
  WatchPlaces places(6, 4);
  const auto of_a = held(places, "a", 4);
  const auto of_b = held(places, "b", 2);
  const auto of_c = places.take("c");
  ASSERT_TRUE(of_c);
  EXPECT_TRUE(of_a[0]->has_made_room);
  for (const auto& other : {of_a[1], of_a[2], of_a[3], of_b[0], of_b[1], of_c}) EXPECT_FALSE(other->has_made_room);
}

TEST(PlacesToWait, AreNotMadeForWhoeverWouldHaveMoreThanWhoMakesThem) {
  WatchPlaces places(4, 4);
  const auto of_a = held(places, "a", 4);
  const auto of_b = held(places, "b", 3);
  EXPECT_TRUE(of_b[1]);
  EXPECT_FALSE(of_b[2]) << "two each";
  EXPECT_FALSE(places.take("a")) << "what made room comes back for it";
}

// With two and one of three, one more for whoever has one would be taken back at once, and so on.
TEST(PlacesToWait, DoNotGoToAndFro) {
  WatchPlaces places(3, 3);
  const auto of_a = held(places, "a", 3);
  const auto of_b = held(places, "b", 2);
  EXPECT_TRUE(of_b[0]);
  EXPECT_FALSE(of_b[1]);
  EXPECT_FALSE(of_a[1]->has_made_room);
}

TEST(PlacesToWait, AreLeftOnceByWhatHasMadeRoom) {
  WatchPlaces places(2, 2);
  auto of_a = held(places, "a", 2);
  const auto of_b = places.take("b");
  ASSERT_TRUE(of_b);
  of_a.front() = nullptr;
  EXPECT_FALSE(places.take("b")) << "its place is already another's";
  of_a.back() = nullptr;
  EXPECT_TRUE(places.take("b"));
}

TEST(PlacesToWait, MayOutliveTheRoom) {
  std::shared_ptr<const WatchPlaces::Place> place;
  {
    WatchPlaces places(1, 1);
    place = places.take("a");
  }
  EXPECT_FALSE(place->has_made_room);
}

}  // namespace
}  // namespace perspective::resources
