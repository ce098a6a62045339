// FORMAT.md's worked example, run as it stands there, and what stock OpenSSL makes of our envelopes and we of its.
#include <gmock/gmock.h>

#include "envelope/identity.h"
#include "envelope/openssl.h"
#include "sealed.h"
#include "shell.h"
#include "support/source_folder.h"

namespace perspective::envelope {
namespace {

using ::testing::HasSubstr;
using testing::Shell;

std::string document() {
  std::ifstream file(std::string(kSourceFolder) + "/shared/envelope/FORMAT.md");
  return {std::istreambuf_iterator<char>(file), {}};
}

// What stands between "```sh" and "```", in order.
std::vector<std::string> shell_blocks(const std::string& text) {
  std::vector<std::string> blocks;
  for (auto at = text.find("```sh\n"); at != std::string::npos; at = text.find("```sh\n", at)) {
    at += 6;
    blocks.push_back(text.substr(at, text.find("```", at) - at));
  }
  return blocks;
}

class TheWorkedExample : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto blocks = shell_blocks(document());
    ASSERT_EQ(blocks.size(), 5U);
    for (const auto& block : blocks) ASSERT_TRUE(shell_.run(block)) << block << shell_.output();
  }
  Recipient recipient(const std::string& name) const { return *Recipient::parse(shell_.text(name + ".pem")); }
  OpeningKey key(const std::string& name) const {
    return {*openssl::parse_private_key(shell_.text(name + ".key")), recipient(name)};
  }
  // The document's sealing command, with other arguments.
  Result<SecretBytes> opened_from(const std::string& arguments) {
    EXPECT_TRUE(shell_.run("openssl cms -encrypt -binary -outform DER -in submission -out other " + arguments))
        << shell_.output();
    return open(shell_.read("other"), key("inspection"));
  }
  void expect_corrupt(const std::string& arguments, const std::string& reason) {
    const auto opened = opened_from(arguments);
    ASSERT_FALSE(opened) << arguments;
    EXPECT_EQ(opened.error().code, ErrorCode::corrupt);
    EXPECT_THAT(opened.error().what, HasSubstr(reason));
  }
  Shell shell_;
};

constexpr std::string_view kTwo =
    "-recip inspection.pem -keyopt ecdh_kdf_md:sha256 -recip recovery.pem -keyopt ecdh_kdf_md:sha256 ";

std::string two(const std::string& options) { return options + " " + std::string(kTwo); }

TEST_F(TheWorkedExample, RunsFromTheFirstLineToTheLastAndEndsWithWhatItBegan) {
  EXPECT_EQ(shell_.text("opened"), shell_.text("submission"));
  EXPECT_EQ(shell_.text("submission").size(), 1024U);
}

TEST_F(TheWorkedExample, GivesAnEnvelopeThatWeOpenWithEitherKey) {
  EXPECT_EQ(open(shell_.read("envelope"), key("inspection"))->text(), shell_.text("submission"));
  EXPECT_EQ(open(shell_.read("envelope"), key("recovery"))->text(), shell_.text("submission"));
}

TEST_F(TheWorkedExample, GivesAnEnvelopeOfTheLengthThatWeFindToo) {
  EXPECT_EQ(shell_.read("envelope").size(), *envelope_bytes(1024));
}

TEST_F(TheWorkedExample, GivesTheIdThatWeDeriveToo) {
  const auto id = derive_id({"Apple", "river", "candle", "stone"}, *from_hex("000102030405060708090a0b0c0d0e0f"));
  EXPECT_EQ(shell_.text("id"), to_hex(*id));
}

TEST_F(TheWorkedExample, OpensWhatWeSealedWithEitherKey) {
  const Bytes sealed = *seal(as_bytes("ours"), 2048, recipient("inspection"), recipient("recovery"));
  shell_.write("envelope", sealed);
  shell_.write("submission", as_bytes("ours" + std::string(2044, ' ')));
  EXPECT_TRUE(shell_.run(shell_blocks(document()).back())) << shell_.output();
}

TEST_F(TheWorkedExample, SealedWithAnythingElseIsCorruptAndTheReasonIsNamed) {
  EXPECT_TRUE(opened_from(two("-aes-256-gcm -keyid")));
  expect_corrupt("-aes-256-gcm -keyid -recip inspection.pem -recip recovery.pem", "sha256kdf");  // the default: SHA-1
  expect_corrupt(
      "-aes-256-gcm -keyid -recip inspection.pem -keyopt ecdh_kdf_md:sha512 -recip recovery.pem -keyopt "
      "ecdh_kdf_md:sha512",
      "sha256kdf");
  expect_corrupt("-aes-256-gcm -keyid -recip inspection.pem -keyopt ecdh_kdf_md:sha256 -recip recovery.pem",
                 "sha256kdf");  // only one of the two
  expect_corrupt(two("-aes-128-gcm -keyid"), "key wrap");
  expect_corrupt(two("-aes-192-gcm -keyid"), "key wrap");
  expect_corrupt(two("-aes-256-cbc -keyid"), "AuthEnvelopedData");
  expect_corrupt(two("-aes-256-gcm"), "subject key identifier");             // by issuer and serial
  expect_corrupt(two("-aes-256-gcm -keyid -stream"), "outermost sequence");  // BER
}

TEST_F(TheWorkedExample, SealedToOneOrThreeKeysIsCorrupt) {
  ASSERT_TRUE(
      shell_.run("openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out third.key\n"
                 "openssl req -x509 -new -key third.key -subj /CN=third -out third.pem"));
  expect_corrupt(two("-aes-256-gcm -keyid") + "-recip third.pem -keyopt ecdh_kdf_md:sha256", "must be two");
  expect_corrupt("-aes-256-gcm -keyid -recip inspection.pem -keyopt ecdh_kdf_md:sha256", "recipient");
}

TEST_F(TheWorkedExample, SealedTwiceToOneKeyIsRefused) {
  const auto opened = opened_from(
      "-aes-256-gcm -keyid -recip inspection.pem -keyopt ecdh_kdf_md:sha256 -recip inspection.pem -keyopt "
      "ecdh_kdf_md:sha256");
  EXPECT_EQ(opened.error().code, ErrorCode::refused);
}

TEST_F(TheWorkedExample, SignedInsteadOfSealedIsCorrupt) {
  ASSERT_TRUE(
      shell_.run("openssl req -x509 -new -key inspection.key -subj /CN=x -out s.pem\n"
                 "openssl cms -sign -nodetach -binary -in submission -signer s.pem -inkey inspection.key "
                 "-outform DER -out other"));
  EXPECT_EQ(open(shell_.read("other"), key("inspection")).error().code, ErrorCode::corrupt);
}

// OpenSSL leaves the content out without a word when nobody calls CMS_set_detached(cms, 0).
TEST_F(TheWorkedExample, WithoutItsContentIsCorrupt) {
  const openssl::Cms cms(CMS_AuthEnvelopedData_create(EVP_aes_256_gcm()));
  for (const char* name : {"inspection", "recovery"}) {
    CMS_RecipientInfo* info =
        CMS_add1_recipient_cert(cms.get(), recipient(name).certificate(), CMS_USE_KEYID | CMS_KEY_PARAM);
    EVP_PKEY_CTX_ctrl_str(CMS_RecipientInfo_get0_pkey_ctx(info), "ecdh_kdf_md", "sha256");
  }
  CMS_set_detached(cms.get(), 1);
  const Bytes submission = shell_.read("submission");
  const openssl::Bio in = openssl::read_only(submission);
  const openssl::Bio out = openssl::memory();
  ASSERT_EQ(CMS_final(cms.get(), in.get(), nullptr, CMS_BINARY), 1);
  ASSERT_EQ(i2d_CMS_bio(out.get(), cms.get()), 1);
  const auto opened = open(openssl::content_of(out.get()), key("inspection"));
  EXPECT_EQ(opened.error().code, ErrorCode::corrupt);
  EXPECT_THAT(opened.error().what, HasSubstr("embedded"));
}

// With a tag of four bytes one forgery in 2^32 passes; OpenSSL itself takes the tag at whatever length it has.
TEST_F(TheWorkedExample, WithAShortenedTagIsCorruptThoughOpenSslTakesIt) {
  Bytes shortened = shell_.read("envelope");
  shortened.erase(shortened.end() - 12, shortened.end());
  for (const std::size_t at : {std::size_t{2}, std::size_t{19}, std::size_t{23}}) {  // the lengths around it, two bytes
    const unsigned length = (unsigned{shortened[at]} << 8U | shortened[at + 1]) - 12U;
    shortened[at] = static_cast<std::uint8_t>(length >> 8);
    shortened[at + 1] = static_cast<std::uint8_t>(length);
  }
  shortened[shortened.size() - 5] = 4;
  shell_.write("envelope", shortened);
  EXPECT_TRUE(shell_.run(shell_blocks(document()).back())) << shell_.output();
  EXPECT_THAT(why(open(shortened, key("inspection"))), HasSubstr("at: tag"));
}

TEST(TheDocument, IsRightAboutTheLengthOfEnvelopes) {
  EXPECT_THAT(document(), HasSubstr("465 bytes and the padded size, for padded sizes from 256 to\n65 000"));
  for (const std::size_t size : {256U, 1024U, 6144U, 65000U}) EXPECT_EQ(*envelope_bytes(size), size + 465) << size;
}

}  // namespace
}  // namespace perspective::envelope
