// Every vector of tests/vectors/envelope, as the collector reads an envelope; and with nothing but a shell.
#include <gmock/gmock.h>
#include <openssl/sha.h>

#include "protocol/batch.h"
#include "protocol/open_submission.h"
#include "reasons.h"
#include "support/test_keys.h"
#include "support/vector_file.h"
#include "unit/envelope/shell.h"

namespace perspective::testing {
namespace {

constexpr Reason kReasons[] = {
    {ErrorCode::refused, "sealed to other keys", "wrong_key"},
    {ErrorCode::corrupt, "envelope: it is cut short", "cut_short"},
    {ErrorCode::corrupt, "not our format at: content (", "missing_content"},
    {ErrorCode::corrupt, "not our format at: key derivation", "other_kdf"},
    {ErrorCode::corrupt, "not our format at: ", "other_profile"},
    {ErrorCode::corrupt, "the tag does not match", "changed_byte"},
    {ErrorCode::corrupt, "content key cannot be unwrapped", "changed_byte"},
    {ErrorCode::corrupt, "is a submission of another format", "unknown_version"},
    {ErrorCode::corrupt, "is no submission of format 1", "not_a_submission"},
    {ErrorCode::conflict, "is another envelope's", "other_id"},
    {ErrorCode::conflict, "is another inspection's", "other_inspection"},
};

class EnvelopeVectors : public ::testing::Test {
 protected:
  static envelope::OpeningKey key_of(const VectorFile& vector) {
    return test_opening_key(vectors_folder() / "keys", vector.at("key"));
  }
  // By its length alone, as it comes in a batch.
  static bool is_taken_in(const VectorFile& vector) {
    Bytes body = from_hex(vector.at("id")).value();
    body.insert(body.end(), vector.body.begin(), vector.body.end());
    return protocol::decode_batch(body, std::stoul(vector.at("envelope_bytes"))).has_value();
  }
  static std::string outcome(const VectorFile& vector) {
    const auto opened = protocol::open_submission(vector.body, envelope::id_from_hex(vector.at("id")).value(),
                                                  vector.at("inspection"), key_of(vector));
    const std::string said = opened ? "ok" : outcome_of(opened.error(), kReasons);
    // What is cut short has another length, too.
    return is_taken_in(vector) == (said != "cut_short") ? said : "wrong_size";
  }
  std::vector<VectorFile> vectors_ = load_vectors(vectors_folder(), envelope_vectors()).value();
};

TEST_F(EnvelopeVectors, EndAsTheySay) {
  for (const auto& vector : vectors_) EXPECT_EQ(outcome(vector), vector.at("expect")) << vector.name;
}

TEST_F(EnvelopeVectors, ThatAreGoodHoldWhatWasSealed) {
  int opened = 0;
  for (const auto& vector : vectors_) {
    EXPECT_EQ(vector.has("plaintext_sha256"), vector.at("expect") == "ok") << vector.name;
    if (vector.at("expect") != "ok") continue;
    const auto plain = envelope::open(vector.body, key_of(vector));
    ASSERT_TRUE(plain) << vector.name;
    Bytes digest(SHA256_DIGEST_LENGTH);
    SHA256(plain->view().data(), plain->size(), digest.data());
    EXPECT_EQ(to_hex(ByteView(digest)), vector.at("plaintext_sha256")) << vector.name;
    ++opened;
  }
  EXPECT_GE(opened, 5);
}

// The block of the README, as it stands there, for each file.
TEST_F(EnvelopeVectors, AreOpenedOrRefusedByStockOpenSslToo) {
  const auto document = read_text(vectors_folder() / "README.md").value();
  const auto begin = document.find("```sh\n") + 6;
  const auto script = document.substr(begin, document.find("```", begin) - begin);
  const std::set<std::string> refused{"wrong_key", "changed_byte", "cut_short", "missing_content"};
  int tried = 0;
  for (const auto& vector : vectors_) {
    const bool is_good = vector.at("expect") == "ok";
    if (!is_good && !refused.contains(vector.at("expect"))) continue;
    Shell shell;
    const std::string there = "vectors=" + vectors_folder().string() + " name=" + vector.name + "\n";
    EXPECT_EQ(shell.run(there + script), is_good) << vector.name << "\n" << shell.output();
    EXPECT_EQ(shell.output().starts_with(vector.get("plaintext_sha256", "none")), is_good) << vector.name;
    ++tried;
  }
  EXPECT_GE(tried, 15);
}

}  // namespace
}  // namespace perspective::testing
