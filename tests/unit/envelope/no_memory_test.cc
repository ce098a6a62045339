// Where OpenSSL has no memory left, at whichever of its allocations: an error with words, never half a key.
#include <gmock/gmock.h>

#include "envelope/certificate.h"
#include "envelope/digest.h"
#include "envelope/identity.h"
#include "envelope/scrypt.h"
#include "support/openssl_memory.h"
#include "unit/envelope/sealed.h"

namespace perspective::envelope {
namespace {

using perspective::testing::OpenSslMemory;
using ::testing::AnyOf;
using ::testing::Not;

constexpr std::size_t kMostAllocations = 20'000;

class WithoutMemory : public Sealed {
 protected:
  void SetUp() override { ASSERT_TRUE(OpenSslMemory::is_used()); }

  // Runs `action`, which returns a Result, with memory running out at each allocation in turn, once for a moment and
  // once for good; `check` gets what succeeded all the same, for OpenSSL does without some of them. An error has words,
  // and holds nothing of what was to be sealed.
  template <typename Action, typename Check>
  void run_out_everywhere(Action action, Check check, const std::vector<bool>& for_goods = {false, true}) {
    ASSERT_TRUE(action()) << "with memory";  // and whatever OpenSSL loads once is loaded
    for (const bool for_good : for_goods) {
      std::size_t failed = 0;
      for (std::size_t number = 1; number < kMostAllocations; ++number) {
        OpenSslMemory::run_out_at(number, for_good);
        const auto result = action();
        if (!OpenSslMemory::is_back()) break;
        if (result) {
          check(*result);
          continue;
        }
        ++failed;
        EXPECT_FALSE(result.error().what.empty());
        EXPECT_THAT(result.error().what, Not(::testing::HasSubstr("told")));
      }
      EXPECT_GT(failed, 0U);
      EXPECT_TRUE(action()) << "once there is memory again";
    }
  }
};

TEST_F(WithoutMemory, SealingFailsOrGivesAWholeEnvelope) {
  run_out_everywhere(
      [&] { return seal(as_bytes(kSubmission), kPadded, inspection_.key.recipient(), recovery_.key.recipient()); },
      [&](const Bytes& envelope) {
        for (const auto* pair : {&inspection_, &recovery_}) {
          const auto opened = open(envelope, pair->key);
          ASSERT_TRUE(opened) << why(opened);
          EXPECT_EQ(opened->text(), padded(kSubmission));
        }
      });
}

TEST_F(WithoutMemory, OpeningFailsOrGivesTheWholeSubmission) {
  const Bytes envelope = seal_text();
  run_out_everywhere([&] { return open(envelope, inspection_.key); },
                     [&](const SecretBytes& opened) { EXPECT_EQ(opened.text(), padded(kSubmission)); });
}

TEST_F(WithoutMemory, TheSizeOfAnEnvelopeIsTheSameOrNone) {
  const auto size = envelope_bytes(kPadded);
  ASSERT_TRUE(size);
  run_out_everywhere([] { return envelope_bytes(kPadded); }, [&](std::size_t again) { EXPECT_EQ(again, *size); },
                     {false});
}

TEST_F(WithoutMemory, MakingAKeyPairFailsOrGivesOneThatIsReadBack) {
  run_out_everywhere([] { return make_key_pair("inspection", 1'700'000'000); },
                     [](const KeyPair& pair) { EXPECT_TRUE(Recipient::parse(pair.certificate_pem)); });
}

TEST_F(WithoutMemory, ReadingACertificateFailsOrGivesTheSameKey) {
  const Bytes identifier = inspection_.key.recipient().key_identifier();
  run_out_everywhere([&] { return Recipient::parse(inspection_.certificate_pem); },
                     [&](const Recipient& recipient) { EXPECT_EQ(recipient.key_identifier(), identifier); });
}

TEST_F(WithoutMemory, APrivateKeyIsWrittenAndReadBackWholeOrNotAtAll) {
  const auto whole = openssl::private_key_to_pem(inspection_.key.key());
  ASSERT_TRUE(whole);
  run_out_everywhere([&] { return openssl::private_key_to_pem(inspection_.key.key()); },
                     [&](const std::string& pem) { EXPECT_EQ(pem, *whole); });
  run_out_everywhere([&] { return openssl::parse_private_key(*whole); },
                     [&](const openssl::Key& key) { EXPECT_EQ(EVP_PKEY_eq(key.get(), inspection_.key.key()), 1); });
}

TEST_F(WithoutMemory, AnIdentifierOrAHashIsTheSameOrNone) {
  const std::vector<std::string> words = {"afal", "bara", "caws", "dail"};
  const Bytes salt(16, 7);
  const auto id = derive_id(words, salt);
  ASSERT_TRUE(id);
  // Only for good: what does without one allocation derives for a third of a second.
  run_out_everywhere([&] { return derive_id(words, salt); }, [&](const EnvelopeId& again) { EXPECT_EQ(again, *id); },
                     {true});
  const ScryptCost cost{.n = 2, .r = 1, .p = 1};
  const auto hash = scrypt(salt, salt, cost);
  ASSERT_TRUE(hash);
  run_out_everywhere([&] { return scrypt(salt, salt, cost); }, [&](const Bytes& again) { EXPECT_EQ(again, *hash); });
}

TEST_F(WithoutMemory, ADigestIsNeverAnotherOne) {
  const std::string digest = sha256_hex(as_bytes(kSubmission));
  for (std::size_t number = 1;; ++number) {
    std::string again = digest;
    OpenSslMemory::run_out_at(number, true);
    try {
      again = sha256_hex(as_bytes(kSubmission));
    } catch (const std::bad_alloc&) {
    }
    if (!OpenSslMemory::is_back()) break;
    EXPECT_EQ(again, digest);
  }
}

}  // namespace
}  // namespace perspective::envelope
