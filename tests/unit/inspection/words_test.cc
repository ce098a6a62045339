#include "inspection/words.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace perspective::inspection {
namespace {

TEST(WordsInLockedMemory, StayWhereTheyAreHoweverManyFollow) {
  Words words;
  std::vector<std::string_view> kept;
  for (int i = 0; i < 2000; ++i) kept.push_back(words.keep(std::to_string(i) + std::string(500, 'w')));
  for (std::size_t i = 0; i < kept.size(); ++i) EXPECT_EQ(kept[i], std::to_string(i) + std::string(500, 'w'));
}

TEST(WordsInLockedMemory, MayBeLongerThanABlockOrEmpty) {
  Words words;
  const std::string longer(600 * 1024, 'l');
  EXPECT_EQ(words.keep(longer), longer);
  EXPECT_EQ(words.keep(""), "");
  EXPECT_EQ(words.keep("short"), "short");
}

TEST(WordsInLockedMemory, OfOneAreOverwrittenWhileTheOthersStay) {
  Words words;
  const auto before = words.keep("before");
  const auto one = words.keep(std::string(300 * 1024, 'x'));
  const auto after = words.keep("after");
  words.forget(one);
  words.forget("");
  EXPECT_EQ(one, std::string(one.size(), '\0'));
  EXPECT_EQ(before, "before");
  EXPECT_EQ(after, "after");
}

}  // namespace
}  // namespace perspective::inspection
