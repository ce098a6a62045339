#include "comments/codes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace perspective::comments {
namespace {

using testing::ElementsAre;

TEST(ACodeOfAComment, MayHaveSeveralWordsInAnyLanguage) {
  EXPECT_THAT(*clean_codes({"felt listened to", "neb yn gwrando", "tŷ", "not-listened-to"}),
              ElementsAre("felt listened to", "neb yn gwrando", "not-listened-to", "tŷ"));
}

TEST(ACodeOfAComment, IsOneHoweverTheSpacesWereTyped) {
  EXPECT_THAT(*clean_codes({" felt  listened\tto ", "felt listened to", "felt\u00A0listened to"}),
              ElementsAre("felt listened to"));
}

TEST(ACodeOfAComment, HasSomethingThatPrintsAndNothingThatDoesNot) {
  for (const auto* const wrong : {"", "  ", "a\x01", "a\x7F", "a\x86", "a\u200B", "\u202Eabc", "\uFEFF", "a,b", "a;b",
                                  "\xFF", "a\xC3", "\xC0\x80"})
    EXPECT_EQ(clean_codes({wrong}).error().code, ErrorCode::invalid) << wrong;
}

TEST(ACodeOfAComment, IsNoWholeSentence) {
  EXPECT_TRUE(clean_codes({std::string(60, 'x')}));
  EXPECT_FALSE(clean_codes({std::string(61, 'x')}));
}

TEST(AComment, HasTenCodesAtMostEachOnce) {
  std::vector<std::string> codes;
  for (int i = 0; i < 10; ++i) codes.push_back("code " + std::to_string(i));
  codes.push_back("code 0");
  EXPECT_EQ(clean_codes(codes)->size(), 10U);
  codes.push_back("one more");
  EXPECT_FALSE(clean_codes(codes));
  EXPECT_TRUE(clean_codes({})->empty());
}

}  // namespace
}  // namespace perspective::comments
