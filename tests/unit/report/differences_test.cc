#include "report/differences.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace perspective::report {
namespace {

using testing::ElementsAre;

TEST(Differences, SetWhatChangedBesideWhatItWas) {
  const auto rows = differences_of({"a", "b", "c"}, {"a", "B", "c"}, {"a", "b", "c, as we heard"});
  EXPECT_THAT(
      rows, ElementsAre(Difference{"a", "a", "a"}, Difference{"b", "B", "b"}, Difference{"c", "c", "c, as we heard"}));
  EXPECT_FALSE(rows[0].is_edited() || rows[0].is_generated_otherwise());
  EXPECT_TRUE(rows[1].is_generated_otherwise());
  EXPECT_TRUE(rows[2].is_edited());
}

TEST(Differences, ShowWhatCameAndWhatWentOnEitherSide) {
  EXPECT_THAT(differences_of({"a", "c"}, {"a", "new", "c"}, {"c", "mine"}),
              ElementsAre(Difference{"a", "a", std::nullopt}, Difference{std::nullopt, "new", std::nullopt},
                          Difference{"c", "c", "c"}, Difference{std::nullopt, std::nullopt, "mine"}));
  EXPECT_THAT(differences_of({}, {}, {}), ElementsAre());
}

TEST(Differences, LoseNoParagraphOfTheThree) {
  const std::vector<std::string> then{"a", "b", "b", "d"};
  const std::vector<std::string> now{"b", "d", "a"};
  const std::vector<std::string> edited{"x", "b", "b", "b"};
  std::vector<std::string> all[3];
  for (const auto& row : differences_of(then, now, edited)) {
    if (row.then) all[0].push_back(*row.then);
    if (row.now) all[1].push_back(*row.now);
    if (row.edited) all[2].push_back(*row.edited);
  }
  EXPECT_EQ(all[0], then);
  EXPECT_EQ(all[1], now);
  EXPECT_EQ(all[2], edited);
}

TEST(ParagraphsInAText, StandBetweenEmptyLines) {
  EXPECT_THAT(paragraphs_in("One.\n\nTwo,\nstill two.\n\n\n\nThree.\n"),
              ElementsAre("One.", "Two,\nstill two.", "Three."));
}

}  // namespace
}  // namespace perspective::report
