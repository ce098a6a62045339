#include "protocol/token_proof.h"

#include <gmock/gmock.h>

#include <functional>

#include "packed.h"

namespace perspective::protocol {
namespace {

using ::testing::HasSubstr;

TokenTerms terms() { return {.salt = Bytes(16, 3), .log2_n = kLeastTokenLog2N, .marks = {}}; }

// The number that other programs must come to as well. With Python:
//   hashlib.scrypt(b"7K3QZ0M9XT4B", salt=bytes([3] * 16), n=2**14, r=8, p=1, maxmem=2**26, dklen=32)
TEST(TheProofOfAToken, IsScryptAndItsMarkSha256OfThat) {
  const auto proof = prove("7K3QZ0M9XT4B", terms());
  ASSERT_TRUE(proof);
  EXPECT_EQ(to_hex(ByteView(*proof)), "7f16d9d01eeb0c343d736b59ea55b9f5c155c70205eb6f53d8dcb2ce40372188");
  EXPECT_EQ(to_hex(ByteView(mark_of(*proof))), "dad05b33e4443997b881b56b93462e311b77a410d19c1a510a147065fc282b3f");
}

TEST(TheProofOfAToken, DiffersByTokenSaltAndCost) {
  const auto proof = prove("7K3QZ0M9XT4B", terms());
  auto other = terms();
  other.salt[0] = 4;
  EXPECT_NE(*prove("7K3QZ0M9XT4B", other), *proof);
  other = terms();
  ++other.log2_n;
  EXPECT_NE(*prove("7K3QZ0M9XT4B", other), *proof);
  EXPECT_NE(*prove("7K3QZ0M9XT4C", terms()), *proof);
}

TEST(TheProofOfAToken, IsNotMadeAtACostOutOfBounds) {
  auto dear = terms();
  dear.log2_n = kMostTokenLog2N + 1;
  EXPECT_EQ(prove("7K3QZ0M9XT4B", dear).error().code, ErrorCode::invalid);
  dear.log2_n = kLeastTokenLog2N - 1;
  EXPECT_EQ(prove("7K3QZ0M9XT4B", dear).error().code, ErrorCode::invalid);
}

TEST(AToken, IsIssuedWhereItsMarkStandsInTheTerms) {
  const auto mark = mark_of(*prove("7K3QZ0M9XT4B", terms()));
  auto some = terms();
  EXPECT_FALSE(is_issued(mark, some));
  some.marks = {TokenMark{}, mark};
  EXPECT_TRUE(is_issued(mark, some));
}

Package with_tokens() {
  Package package = sample_package();
  package.tokens = terms();
  package.tokens->marks = {TokenMark{1}, TokenMark{2}};
  return package;
}

// What is wrong with such a package once `change` has been at it?
std::string broken_by(const std::function<void(TokenTerms&)>& change) {
  Package package = with_tokens();
  change(*package.tokens);
  const auto read = package_from_json(to_json(package));
  return read ? "" : read.error().what;
}

TEST(APackageWithTokens, ComesBackAsItWas) {
  const Package package = with_tokens();
  EXPECT_EQ(package_from_json(to_json(package))->tokens, package.tokens);
  Package before = sample_package();
  EXPECT_EQ(to_json(before).find("tokens"), std::string::npos);
  EXPECT_FALSE(package_from_json(to_json(before))->tokens);
}

TEST(APackageWithTokens, IsRefusedWhereTheirOrderCouldMeanSomething) {
  EXPECT_THAT(broken_by([](TokenTerms& terms) { std::swap(terms.marks[0], terms.marks[1]); }), HasSubstr("ascend"));
  EXPECT_THAT(broken_by([](TokenTerms& terms) { terms.marks[0] = terms.marks[1]; }), HasSubstr("ascend"));
}

TEST(APackageWithTokens, IsRefusedWithASaltACostOrANumberOutOfBounds) {
  EXPECT_THAT(broken_by([](TokenTerms& terms) { terms.salt.resize(15); }), HasSubstr("salt of the tokens"));
  EXPECT_THAT(broken_by([](TokenTerms& terms) { terms.log2_n = 13; }), HasSubstr("log2_n"));
  EXPECT_THAT(broken_by([](TokenTerms& terms) { terms.log2_n = 18; }), HasSubstr("log2_n"));
  EXPECT_THAT(broken_by([](TokenTerms& terms) {
                terms.marks.resize(kMaxTokens + 1);
                for (std::size_t i = 0; i < terms.marks.size(); ++i) {
                  terms.marks[i] = {static_cast<std::uint8_t>(i >> 8), static_cast<std::uint8_t>(i)};
                }
              }),
              HasSubstr("more than 5000"));
}

}  // namespace
}  // namespace perspective::protocol
