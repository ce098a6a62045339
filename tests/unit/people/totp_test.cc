#include "people/totp.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace perspective::people {
namespace {

constexpr std::string_view kSecret = "12345678901234567890";  // of RFC 6238, appendix B

ByteView secret() { return as_bytes(kSecret); }

TEST(ACode, IsThatOfRfc6238) {
  const std::pair<std::int64_t, const char*> vectors[] = {{59, "94287082"},         {1111111109, "07081804"},
                                                          {1111111111, "14050471"}, {1234567890, "89005924"},
                                                          {2000000000, "69279037"}, {20000000000, "65353130"}};
  for (const auto& [time_s, code] : vectors) {
    EXPECT_EQ(*code_at(secret(), time_s / kStep_s, 8), code) << time_s;
    EXPECT_EQ(*code_at(secret(), time_s / kStep_s), std::string(code).substr(2)) << "the last six figures";
  }
}

TEST(ACode, CountsOneStepEarlyOrLateAndNoMore) {
  const std::int64_t now_s = 1'800'000'010;
  for (int skew = -2; skew <= 2; ++skew) {
    const auto step = now_s / kStep_s + skew;
    const auto accepted = *accepted_step(secret(), *code_at(secret(), step), now_s, 0);
    EXPECT_EQ(accepted.has_value(), skew >= -1 && skew <= 1) << skew;
    EXPECT_EQ(accepted.value_or(step), step);
  }
  EXPECT_FALSE(*accepted_step(secret(), "", now_s, 0));
  EXPECT_FALSE(*accepted_step(secret(), "000000", now_s, 0));
}

TEST(ACode, CountsOnce) {
  const std::int64_t now_s = 1'800'000'010;
  const auto code = *code_at(secret(), now_s / kStep_s);
  const auto first = *accepted_step(secret(), code, now_s, 0);
  ASSERT_TRUE(first);
  EXPECT_FALSE(*accepted_step(secret(), code, now_s, *first));
  EXPECT_FALSE(*accepted_step(secret(), *code_at(secret(), *first - 1), now_s, *first)) << "nor one before it";
  EXPECT_TRUE(*accepted_step(secret(), *code_at(secret(), *first + 1), now_s, *first));
}

TEST(AnAuthenticator, IsToldItsSecretAsAppsReadIt) {
  EXPECT_EQ(base32(as_bytes(std::string_view("foobar"))), "MZXW6YTBOI") << "RFC 4648, 10";
  EXPECT_EQ(base32(as_bytes(std::string_view("f"))), "MY");
  EXPECT_EQ(otpauth_uri(secret(), "Perspective", "ada b"),
            "otpauth://totp/Perspective:ada%20b?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Perspective"
            "&algorithm=SHA1&digits=6&period=30");
}

TEST(RecoveryCodes, AreTenDifferentOnesHoweverTheyAreTyped) {
  const auto codes = drawn_recovery_codes();
  EXPECT_EQ(std::set<std::string>(codes.begin(), codes.end()).size(), 10U);
  for (const auto& code : codes) EXPECT_THAT(code, testing::MatchesRegex("([a-z2-9]{4}-){3}[a-z2-9]{4}"));
  EXPECT_EQ(recovery_code_in_one_form(" ABcd-2345 efgh-6789"), "abcd2345efgh6789");
}

}  // namespace
}  // namespace perspective::people
