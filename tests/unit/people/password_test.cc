#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "people/common_passwords.h"
#include "people/password_rule.h"
#include "people/secrets.h"
#include "text/normal_form.h"

namespace perspective::people {
namespace {

std::string why_not(std::string_view password, bool has_code = false) {
  const auto checked = check_password(as_bytes(password), {"perspective", "ada", "Lovelace"}, has_code);
  return checked ? "" : checked.error().what;
}

TEST(APassword, IsLongEnoughWhereItIsAllThereIs) {
  EXPECT_EQ(why_not("grey tin ladder"), "") << "15 characters";
  EXPECT_THAT(why_not("grey tin ladde"), testing::HasSubstr("15 characters or more"));
  EXPECT_EQ(why_not("tin ladd", true), "") << "8 with a code";
  EXPECT_THAT(why_not("tin lad", true), testing::HasSubstr("8 characters or more"));
}

TEST(APassword, MayBeLongAndMustEndSomewhere) {
  std::string words;
  for (int i = 0; i < 13; ++i) words += "tin ladder" + std::string(1, static_cast<char>('a' + i * 7 % 26));
  EXPECT_EQ(why_not(words.substr(0, 128)), "");
  EXPECT_THAT(why_not(words.substr(0, 129)), testing::HasSubstr("at most 128"));
}

TEST(APassword, IsCountedInCharactersNotBytes) {
  EXPECT_THAT(why_not("ŵŷôâîûêẃ12345"), testing::HasSubstr("15 characters"));
  EXPECT_EQ(why_not("ŵy tŷ gwyn môr î"), "");
  EXPECT_EQ(check_password(as_bytes(std::string_view("grey tin \xFF ladder")), {}, false).error().code,
            ErrorCode::invalid);
}

TEST(APassword, IsNoneThatManyHave) {
  for (const char* const common : {"qwertyuiop", "Football2026", "!!PASSWORD99", "government", "iloveyou1"}) {
    EXPECT_NE(why_not(common, true), "") << common;
  }
  EXPECT_THAT(why_not("superman!!!2026", false), testing::HasSubstr("too many people"));
  EXPECT_GT(common_passwords().size(), 20'000U);
  EXPECT_TRUE(std::ranges::is_sorted(common_passwords()));
}

TEST(APassword, IsNoRowOfKeysAndNotOneThingOverAndOver) {
  for (const char* const lazy : {"abcdefghijklmnop", "1234567890123456", "0987654321098765", "qwertyuiopasdfgh",
                                 "tin tin tin tin tin", "zzzzzzzzzzzzzzzz"}) {
    EXPECT_NE(why_not(lazy), "") << lazy;
  }
}

TEST(APassword, HasNoNameInItThatEveryoneKnows) {
  EXPECT_THAT(why_not("tin LOVELACE ladder"), testing::HasSubstr("a name"));
  EXPECT_THAT(why_not("my perspective on tin"), testing::HasSubstr("a name"));
  EXPECT_EQ(why_not("canada tin ladder"), "") << "a name of three letters is in many words";
}

TEST(APassword, IsTheSameHoweverItsLettersWereTyped) {
  const auto one = text::in_normal_form(as_bytes(std::string_view("t\xC5\xB7 gwyn")));   // one character
  const auto two = text::in_normal_form(as_bytes(std::string_view("ty\xCC\x82 gwyn")));  // a letter and its accent
  const auto wide = text::in_normal_form(as_bytes(std::string_view("\xEF\xBC\x91\xEF\xAC\x81")));  // "１ﬁ"
  EXPECT_EQ(one->text(), two->text());
  EXPECT_EQ(wide->text(), "1fi");
}

class AHashOfAPassword : public testing::Test {
 protected:
  static Keys keys(std::string_view root = "root") { return *Keys::of(as_bytes(root)); }
  const Cost cheap_{.log2_n = 10, .r = 8, .p = 1};
};

TEST_F(AHashOfAPassword, KnowsItAgainAndNoOther) {
  const auto hash = *hash_password(keys(), as_bytes(std::string_view("grey tin ladder")), cheap_);
  EXPECT_TRUE(*is_password(keys(), as_bytes(std::string_view("grey tin ladder")), hash));
  EXPECT_FALSE(*is_password(keys(), as_bytes(std::string_view("grey tin laddeR")), hash));
  EXPECT_NE(hash, *hash_password(keys(), as_bytes(std::string_view("grey tin ladder")), cheap_)) << "salted";
}

TEST_F(AHashOfAPassword, SaysItsCostSoThatItCanRise) {
  const auto hash = *hash_password(keys(), as_bytes(std::string_view("x")), cheap_);
  EXPECT_THAT(hash, testing::StartsWith("scrypt:10:8:1:"));
  EXPECT_TRUE(is_of_cost(hash, cheap_));
  EXPECT_FALSE(is_of_cost(hash, {.log2_n = 11, .r = 8, .p = 1}));
  EXPECT_EQ(Cost{}.log2_n, 17) << "OWASP: N = 2^17, r = 8, p = 1";
}

TEST_F(AHashOfAPassword, IsNothingToTryWithoutTheKeysThatAreNotInTheStore) {
  const auto hash = *hash_password(keys(), as_bytes(std::string_view("x")), cheap_);
  EXPECT_FALSE(*is_password(keys("another root"), as_bytes(std::string_view("x")), hash));
}

TEST_F(AHashOfAPassword, IsCorruptWhereItWasCut) {
  const auto hash = *hash_password(keys(), as_bytes(std::string_view("x")), cheap_);
  for (const std::string& bad : {hash.substr(0, hash.size() - 2), "md5" + hash.substr(6), hash + ":00", std::string(),
                                 "scrypt:40:8:1" + hash.substr(13)}) {
    EXPECT_EQ(is_password(keys(), as_bytes(std::string_view("x")), bad).error().code, ErrorCode::corrupt) << bad;
  }
}

TEST(ASealedSecret, IsReadAgainForItsAccountAlone) {
  const auto keys = *Keys::of(as_bytes(std::string_view("root")));
  const auto box = *sealed(keys, as_bytes(std::string_view("12345678901234567890")), "ada");
  EXPECT_EQ(opened(keys, box, "ada")->text(), "12345678901234567890");
  EXPECT_EQ(opened(keys, box, "bob").error().code, ErrorCode::corrupt);
  auto changed = box;
  changed[30] = changed[30] == '0' ? '1' : '0';
  EXPECT_FALSE(opened(keys, changed, "ada"));
  EXPECT_FALSE(opened(*Keys::of(as_bytes(std::string_view("other"))), box, "ada"));
}

}  // namespace
}  // namespace perspective::people
