#include "protocol/token_report.h"

#include <gmock/gmock.h>

namespace perspective::protocol {
namespace {

class AReportOfTokens : public ::testing::Test {
 protected:
  const ReceiptKey key_ = *ReceiptKey::parse(*ReceiptKey::generate_pem());
  const std::vector<TokenProof> proofs_ = {TokenProof{1}, TokenProof{2}};
  const Bytes body_ = encode_tokens(proofs_);
};

TEST_F(AReportOfTokens, IsTheProofsAndNoMore) {
  EXPECT_EQ(body_.size(), 64U);
  EXPECT_EQ(*decode_tokens(body_), proofs_);
}

TEST_F(AReportOfTokens, OfNoneOfPartsOrOfTooManyIsCorrupt) {
  EXPECT_EQ(decode_tokens({}).error().code, ErrorCode::corrupt);
  EXPECT_EQ(decode_tokens(ByteView(body_).first(33)).error().code, ErrorCode::corrupt);
  EXPECT_TRUE(decode_tokens(Bytes(50 * 32)));
  EXPECT_EQ(decode_tokens(Bytes(51 * 32)).error().code, ErrorCode::corrupt);
}

TEST_F(AReportOfTokens, HasAReceiptForThisInspectionAndTheseBytesAlone) {
  const auto receipt = *sign_tokens(key_, "croydon-2012", body_);
  EXPECT_EQ(*decode_token_receipt(encode_token_receipt(receipt)), receipt);
  EXPECT_TRUE(is_genuine(receipt, "croydon-2012", body_, key_.public_key()));
  EXPECT_FALSE(is_genuine(receipt, "croydon-2013", body_, key_.public_key()));
  EXPECT_FALSE(is_genuine(receipt, "croydon-2012", ByteView(body_).first(32), key_.public_key()));
  const auto other = *ReceiptKey::parse(*ReceiptKey::generate_pem());
  EXPECT_FALSE(is_genuine(receipt, "croydon-2012", body_, other.public_key()));
}

TEST_F(AReportOfTokens, IsNotPaidWithTheReceiptOfAnEnvelope) {
  const auto receipt = *key_.sign(envelope::EnvelopeId{1}, digest_of(body_));
  EXPECT_FALSE(is_genuine(receipt, "croydon-2012", body_, key_.public_key()));
}

TEST_F(AReportOfTokens, WithoutAReceiptInItsAnswerIsCorrupt) {
  for (const char* answer : {"", "<html>", "[]", "{}", R"({"receipt":1})", R"({"receipt":"00"})"}) {
    EXPECT_FALSE(decode_token_receipt(answer)) << answer;
  }
}

}  // namespace
}  // namespace perspective::protocol
