#include "protocol/receipt.h"

#include <gmock/gmock.h>

#include "unit/envelope/shell.h"

namespace perspective::protocol {
namespace {

using ::testing::HasSubstr;

class AReceipt : public ::testing::Test {
 protected:
  ReceiptKey key_ = *ReceiptKey::parse(*ReceiptKey::generate_pem());
  envelope::EnvelopeId id_{1, 2, 3};
  Digest digest_ = digest_of(as_bytes("an envelope"));
  Receipt receipt_ = *key_.sign(id_, digest_);
};

TEST_F(AReceipt, IsGenuineForItsEnvelopeAndKey) { EXPECT_TRUE(is_genuine(receipt_, id_, digest_, key_.public_key())); }

TEST_F(AReceipt, IsTheSameEveryTimeSoThatARepeatTellsNothing) { EXPECT_EQ(*key_.sign(id_, digest_), receipt_); }

TEST_F(AReceipt, OverAnotherDigestIsNotGenuine) {
  EXPECT_FALSE(is_genuine(receipt_, id_, digest_of(as_bytes("another envelope")), key_.public_key()));
}

TEST_F(AReceipt, OverAnotherIdIsNotGenuine) {
  EXPECT_FALSE(is_genuine(receipt_, envelope::EnvelopeId{9}, digest_, key_.public_key()));
}

TEST_F(AReceipt, ByAnotherKeyIsNotGenuine) {
  const auto other = ReceiptKey::parse(*ReceiptKey::generate_pem());
  EXPECT_FALSE(is_genuine(receipt_, id_, digest_, other->public_key()));
}

TEST_F(AReceipt, WithAChangedBitAnywhereIsNotGenuine) {
  for (std::size_t bit = 0; bit < receipt_.size() * 8; ++bit) {
    Receipt changed = receipt_;
    changed[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
    EXPECT_FALSE(is_genuine(changed, id_, digest_, key_.public_key())) << bit;
  }
}

TEST_F(AReceipt, IsNotGenuineUnderAKeyThatIsNone) {
  EXPECT_FALSE(is_genuine(receipt_, id_, digest_, {}));
  EXPECT_FALSE(is_genuine(receipt_, id_, digest_, Bytes(31)));
}

TEST_F(AReceipt, CanBeCheckedWithStockOpenSsl) {
  const std::string pem = *ReceiptKey::generate_pem();
  const Receipt receipt = *ReceiptKey::parse(pem)->sign(id_, digest_);
  testing::Shell shell;
  shell.write("key", as_bytes(pem));
  shell.write("receipt", receipt);
  shell.write("id", id_);
  shell.write("envelope", as_bytes("an envelope"));
  EXPECT_TRUE(
      shell.run("{ printf 'perspective receipt 1\\n'; cat id; openssl dgst -sha256 -binary envelope; } > said\n"
                "openssl pkeyutl -verify -rawin -in said -sigfile receipt -inkey key"))
      << shell.output();
}

TEST(AReceiptKey, IsNotReadFromOtherText) { EXPECT_EQ(ReceiptKey::parse("no key").error().code, ErrorCode::refused); }

TEST(AReceiptKey, MustBeEd25519) {
  testing::Shell shell;
  ASSERT_TRUE(shell.run("openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out key"));
  EXPECT_THAT(ReceiptKey::parse(shell.text("key")).error().what, HasSubstr("not Ed25519"));
}

}  // namespace
}  // namespace perspective::protocol
