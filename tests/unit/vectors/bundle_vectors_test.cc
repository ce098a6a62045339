// Every vector of tests/vectors/bundle, as a collector imports it.
#include <gmock/gmock.h>
#include <openssl/sha.h>

#include "protocol/bundle.h"
#include "protocol/ledger.h"
#include "protocol/token_report.h"
#include "reasons.h"
#include "support/test_keys.h"
#include "support/vector_file.h"

namespace perspective::testing {
namespace {

constexpr Reason kReasons[] = {
    {ErrorCode::refused, "bundle: it is cut short", "cut_short"},
    {ErrorCode::refused, "its content is not in it", "missing_content"},
    {ErrorCode::refused, "no signed message of ours at: certificates", "missing_certificate"},
    {ErrorCode::refused, "its signer's certificate is not in it", "missing_certificate"},
    {ErrorCode::refused, "it is no signed message", "other_profile"},
    {ErrorCode::refused, "not signed by ECDSA with SHA-256", "other_profile"},
    {ErrorCode::refused, "it says more than its content", "says_more"},
    {ErrorCode::refused, "its signature does not match", "changed_byte"},
    {ErrorCode::refused, "signed, but not by this collector", "signed_by_another"},
    {ErrorCode::refused, "its signer's certificate is not a kiosk's", "not_a_kiosk"},
    {ErrorCode::refused, "bundle: it is of another format", "unknown_version"},
    {ErrorCode::corrupt, "bundle: what was signed is none", "not_a_bundle"},
    {ErrorCode::corrupt, "bundle: it names no inspection", "not_a_bundle"},
    {ErrorCode::corrupt, "bundle: its tokens are none", "not_a_bundle"},
    {ErrorCode::corrupt, "bundle: ledger: ", "not_a_bundle"},
    {ErrorCode::corrupt, "bundle: there is nothing in it", "not_a_bundle"},
    {ErrorCode::corrupt, "batch: ", "wrong_size"},
};

std::string sha256(const Bytes& bytes) {
  Bytes digest(SHA256_DIGEST_LENGTH);
  SHA256(bytes.data(), bytes.size(), digest.data());
  return to_hex(ByteView(digest));
}

TEST(BundleVectors, EndAsTheySay) {
  const auto vectors = load_vectors(vectors_folder(), bundle_vectors()).value();
  for (const auto& vector : vectors) {
    const auto authority = test_pem(vectors_folder() / "keys", vector.at("authority") + ".pem");
    const auto opened = protocol::open_bundle(vector.body, authority);
    if (!opened) {
      EXPECT_EQ(outcome_of(opened.error(), kReasons), vector.at("expect")) << vector.name;
      continue;
    }
    const auto envelopes = opened->envelopes.empty()
                               ? std::vector<protocol::SealedEnvelope>()
                               : protocol::decode_batch(opened->envelopes, std::stoul(vector.at("envelope_bytes")),
                                                        protocol::kMaxBundleEnvelopes);
    EXPECT_EQ(envelopes ? "ok" : outcome_of(envelopes.error(), kReasons), vector.at("expect")) << vector.name;
    if (!envelopes) continue;
    EXPECT_EQ(opened->inspection, vector.at("inspection")) << vector.name;
    EXPECT_EQ(sha256(opened->envelopes), vector.at("envelopes_sha256")) << vector.name;
    const auto tokens = sha256(protocol::encode_tokens(opened->tokens));
    EXPECT_EQ(opened->tokens.empty() ? "none" : tokens, vector.get("tokens_sha256", "none")) << vector.name;
    EXPECT_EQ(opened->ledger ? protocol::encode_ledger(*opened->ledger) : "none", vector.get("ledger", "none"))
        << vector.name;
  }
}

TEST(BundleVectors, KnowAnExampleOfEachOutcome) {
  std::set<std::string> seen;
  const auto vectors = load_vectors(vectors_folder(), bundle_vectors()).value();
  for (const auto& vector : vectors) seen.insert(vector.at("expect"));
  EXPECT_EQ(seen, bundle_vectors().outcomes);
}

}  // namespace
}  // namespace perspective::testing
