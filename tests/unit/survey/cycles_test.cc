#include "survey/cycles.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace perspective::survey {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Cycles, AreNotThereWhereEverythingLooksBack) { EXPECT_THAT(knots_of({{}, {0}, {0, 1}, {2}}).ways, IsEmpty()); }

TEST(Cycles, OfOneAreFound) { EXPECT_THAT(knots_of({{}, {1}}).ways, ElementsAre(ElementsAre(1))); }

TEST(Cycles, AreToldOnceByTheShortestWayFromTheFirst) {
  // 0 -> 1 -> 2 -> 0, and 1 -> 3 -> 0; 4 only looks into it
  const auto knots = knots_of({{1}, {2, 3}, {0}, {0}, {1}});
  EXPECT_THAT(knots.ways, ElementsAre(ElementsAre(0, 1, 2)));
  EXPECT_EQ(knots.knot_of[3], 0U);
  EXPECT_EQ(knots.knot_of[4], std::nullopt);
}

TEST(Cycles, ApartAreToldApart) {
  EXPECT_THAT(knots_of({{1}, {0}, {3}, {2}, {}}).ways, ElementsAre(ElementsAre(0, 1), ElementsAre(2, 3)));
}

}  // namespace
}  // namespace perspective::survey
