#include "protocol/batch.h"

#include <gmock/gmock.h>

#include "protocol/limits.h"

namespace perspective::protocol {
namespace {

using ::testing::HasSubstr;

constexpr std::size_t kEnvelope = 100;

std::vector<SealedEnvelope> envelopes(std::size_t count) {
  std::vector<SealedEnvelope> batch;
  for (std::size_t i = 0; i < count; ++i) {
    batch.push_back({{static_cast<std::uint8_t>(i)}, Bytes(kEnvelope, static_cast<std::uint8_t>(200 - i))});
  }
  return batch;
}

std::string why(ByteView body, std::size_t size = kEnvelope) {
  const auto batch = decode_batch(body, size);
  if (batch) return "";
  EXPECT_EQ(batch.error().code, ErrorCode::corrupt);
  return batch.error().what;
}

std::string why(const char* json) {
  const auto outcomes = decode_outcomes(json);
  if (outcomes) return "";
  EXPECT_EQ(outcomes.error().code, ErrorCode::corrupt);
  return outcomes.error().what;
}

TEST(ABatch, ComesBackAsItWasInItsOrder) {
  const auto sent = envelopes(kMaxBatchEnvelopes);
  const auto got = decode_batch(encode_batch(sent), kEnvelope);
  ASSERT_TRUE(got);
  ASSERT_EQ(got->size(), sent.size());
  for (std::size_t i = 0; i < sent.size(); ++i) {
    EXPECT_EQ((*got)[i].id, sent[i].id);
    EXPECT_EQ((*got)[i].body, sent[i].body);
  }
}

TEST(ABatch, ThatIsEmptyIsCorrupt) { EXPECT_THAT(why(Bytes()), HasSubstr("empty")); }

TEST(ABatch, OfAnotherEnvelopeSizeIsCorruptAndBothSizesAreSaid) {
  EXPECT_THAT(why(encode_batch(envelopes(2)), kEnvelope + 1), HasSubstr("232 bytes are no multiple of 117"));
}

TEST(ABatch, CutShortOrWithAByteTooManyIsCorrupt) {
  Bytes body = encode_batch(envelopes(3));
  body.push_back(0);
  EXPECT_THAT(why(body), HasSubstr("no multiple"));
  body.pop_back();
  body.pop_back();
  EXPECT_THAT(why(body), HasSubstr("no multiple"));
}

TEST(ABatch, OfMoreEnvelopesThanTheLimitIsCorrupt) {
  EXPECT_THAT(why(encode_batch(envelopes(kMaxBatchEnvelopes + 1))), HasSubstr("51 envelopes, at most 50"));
}

TEST(Outcomes, ComeBackAsTheyWereInTheirOrder) {
  Receipt receipt{};
  receipt.fill(0xa5);
  const auto got = decode_outcomes(encode_outcomes({{{1}, 201, receipt, ""}, {{2}, 422, {}, "unknown version"}}));
  ASSERT_TRUE(got);
  ASSERT_EQ(got->size(), 2U);
  EXPECT_EQ((*got)[0].status, 201);
  EXPECT_EQ((*got)[0].receipt, receipt);
  EXPECT_EQ((*got)[1].id, envelope::EnvelopeId{2});
  EXPECT_EQ((*got)[1].problem, "unknown version");
  EXPECT_FALSE((*got)[1].receipt);
}

TEST(Outcomes, AreNotReadFromALoginPage) {
  EXPECT_THAT(why("<html><body>Welcome to the hotel</body></html>"), HasSubstr("no JSON object"));
  EXPECT_THAT(why(R"({"status":"ok"})"), HasSubstr("no list at 'outcomes'"));
}

TEST(Outcomes, NameThePlaceThatIsNotAsItMustBe) {
  const std::string id = R"("id":"01000000000000000000000000000000")";
  EXPECT_THAT(why(R"({"outcomes":[1]})"), HasSubstr("number 1: outcomes: an outcome is no object"));
  EXPECT_THAT(why(R"({"outcomes":[{"status":201}]})"), HasSubstr("no text at 'id'"));
  EXPECT_THAT(why(R"({"outcomes":[{"id":"01","status":201}]})"), HasSubstr("32 digits"));
  EXPECT_THAT(why(("{\"outcomes\":[{" + id + "}]}").c_str()), HasSubstr("no status"));
  EXPECT_THAT(why(("{\"outcomes\":[{" + id + R"(,"status":201,"receipt":"00"}]})").c_str()), HasSubstr("128"));
  EXPECT_THAT(why(("{\"outcomes\":[{" + id + R"(,"status":201,"problem":7}]})").c_str()), HasSubstr("'problem'"));
}

}  // namespace
}  // namespace perspective::protocol
