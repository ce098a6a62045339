#include "platform/entry.h"

#include <gtest/gtest.h>

namespace perspective::platform {
namespace {

class AnEntry : public ::testing::Test {
 protected:
  void type(const std::u32string& characters) {
    for (const char32_t each : characters) entry_.insert(each, 1000);
  }
  const TextBlock& block(int width = 300) { return texts_.block(entry_.text(), {.size_px = 20, .width = width}); }
  TextCache texts_{[](const Mask&) { return 1U; }, [](std::uint64_t) {}};
  Entry entry_;
};

TEST_F(AnEntry, TakesLettersOfAnyScript) {
  type(U"tŷ বাড়ি");
  EXPECT_EQ(entry_.text(), "tŷ বাড়ি");
}

TEST_F(AnEntry, ComposesAccentsThatComeApart) {
  type(U"w\u0302");
  EXPECT_EQ(entry_.text(), "\u0175");
  EXPECT_EQ(entry_.caret(), 2U);
}

TEST_F(AnEntry, ErasesACharacterAsPeopleSeeIt) {
  type(U"ae\u0301\u0323");
  entry_.erase_before();
  EXPECT_EQ(entry_.text(), "a");
}

TEST_F(AnEntry, InsertsAtTheCaret) {
  type(U"ac");
  entry_.left();
  type(U"b");
  EXPECT_EQ(entry_.text(), "abc");
  entry_.erase_after();
  EXPECT_EQ(entry_.text(), "ab");
}

TEST_F(AnEntry, StopsAtItsBytes) {
  entry_ = Entry("123");
  EXPECT_FALSE(entry_.insert(U'\u0175', 4));
  EXPECT_TRUE(entry_.insert(U'4', 4));
  EXPECT_EQ(entry_.text(), "1234");
}

TEST_F(AnEntry, MovesByLinesAsTheyAreShown) {
  type(U"one\ntwo");
  entry_.up(block());
  EXPECT_EQ(entry_.caret(), 3U);
  entry_.line_start(block());
  EXPECT_EQ(entry_.caret(), 0U);
  entry_.down(block());
  entry_.line_end(block());
  EXPECT_EQ(entry_.caret(), 7U);
}

}  // namespace
}  // namespace perspective::platform
