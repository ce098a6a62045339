// Where bytes, words and costs are just too short, too long or too many.
#include <gmock/gmock.h>
#include <openssl/x509v3.h>

#include <climits>

#include "envelope/certificate.h"
#include "envelope/der.h"
#include "envelope/identity.h"
#include "envelope/letters.h"
#include "envelope/scrypt.h"
#include "unit/envelope/sealed.h"

namespace perspective::envelope {
namespace {

bool is_read(const Bytes& bytes) {
  const char* broken = nullptr;
  der::Reader(bytes, broken).element(der::kSequence, "a sequence");
  return broken == nullptr;
}

TEST(Der, IsCutShortWhereItsLengthSaysSo) {
  EXPECT_FALSE(der::is_cut_short(Bytes{0x30, 1, 0}));
  EXPECT_TRUE(der::is_cut_short(Bytes{0x30, 1}));
  EXPECT_TRUE(der::is_cut_short(Bytes{0x30, 0x82, 1}));
  EXPECT_FALSE(der::is_cut_short(Bytes{0x30, 0x85, 1, 1, 1, 1, 1})) << "no DER, but whole for all we know";
}

TEST(Der, HasNoLengthOfMoreBytesThanItNeeds) {
  Bytes whole{0x30, 0x81, 0x80};
  whole.resize(3 + 0x80);
  EXPECT_TRUE(is_read(whole));
  Bytes padded{0x30, 0x82, 0, 0x80};
  padded.resize(4 + 0x80);
  EXPECT_FALSE(is_read(padded));
  EXPECT_FALSE(is_read({0x30, 0x81, 1, 0}));
  EXPECT_FALSE(is_read({0x30, 0x80, 0, 0}));
  EXPECT_FALSE(is_read({0x30, 0x82, 1}));
  EXPECT_FALSE(is_read({0x30, 0x85, 0, 0, 0, 0, 1, 0}));
}

TEST_F(Sealed, HoldsSomethingAndNoMoreThanOpenSslCounts) {
  const auto seal_in = [&](std::size_t padded_bytes) {
    return seal({}, padded_bytes, inspection_.key.recipient(), recovery_.key.recipient());
  };
  EXPECT_EQ(seal_in(0).error().code, ErrorCode::invalid);
  EXPECT_EQ(seal_in(std::size_t{INT_MAX} + 1).error().code, ErrorCode::invalid);
  EXPECT_TRUE(seal_in(1));
  EXPECT_FALSE(openssl::read_only(ByteView(Bytes(1).data(), std::size_t{INT_MAX} + 1)));
}

TEST(Scrypt, TakesNoCostsThatGuardNothingOrThatNobodyCanBear) {
  const Bytes salt(16, 7);
  const auto is_refused = [&](const ScryptCost& cost) {
    const auto hash = scrypt(salt, salt, cost);
    return !hash && hash.error().code == ErrorCode::invalid;
  };
  EXPECT_FALSE(is_refused({.n = 2, .r = 1, .p = 1}));
  EXPECT_TRUE(is_refused({.n = 1, .r = 1, .p = 1}));
  EXPECT_TRUE(is_refused({.n = 2, .r = 0, .p = 1}));
  EXPECT_TRUE(is_refused({.n = 2, .r = 1, .p = 0}));
  EXPECT_TRUE(is_refused({.n = std::uint64_t{1} << 21, .r = 1, .p = 1}));
  EXPECT_TRUE(is_refused({.n = 2, .r = std::uint64_t{1} << 21, .p = 1}));
  EXPECT_TRUE(is_refused({.n = 2, .r = 1, .p = 17}));
  EXPECT_TRUE(is_refused({.n = std::uint64_t{1} << 20, .r = 8, .p = 1})) << "a gigabyte";
  EXPECT_EQ(scrypt(salt, Bytes(15, 7), {.n = 2, .r = 1, .p = 1}).error().code, ErrorCode::invalid);
}

TEST(Hashes, AreTheSameOnlyInEveryByte) {
  EXPECT_TRUE(is_same(Bytes{1, 2}, Bytes{1, 2}));
  EXPECT_FALSE(is_same(Bytes{1, 2}, Bytes{1, 3}));
  EXPECT_FALSE(is_same(Bytes{1, 2}, Bytes{1, 2, 3}));
}

TEST(NormalisedWord, KeepsApostrophesAndHyphens) {
  EXPECT_EQ(normalised_word("O'Neill-ward"), "o'neill-ward");
  EXPECT_FALSE(normalised_word("\xe1x")) << "a character that breaks off";
}

TEST(AWordList, SaysWhichWordsItHasHoweverTheyAreTyped) {
  std::string lines;
  for (int i = 0; i < 2048; ++i) {
    for (const int letter : {i / 676, i / 26 % 26, i % 26}) lines += static_cast<char>('a' + letter);
    lines += i % 100 == 0 ? "\n\n" : "\n";
  }
  const auto list = WordList::parse(lines);
  ASSERT_TRUE(list) << list.error().what;
  EXPECT_TRUE(list->has(" ABC "));
  EXPECT_FALSE(list->has("zzz"));
  EXPECT_FALSE(list->has("a b"));
  EXPECT_FALSE(list->has(""));
}

TEST(ACertificate, IsSignedByAnotherAndByEd25519Too) {
  const openssl::Key root(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
  const openssl::CertificateDraft draft{
      .common_name = "root", .not_before_s = 0, .not_after_s = 86400, .extensions = {}};
  const auto issuer = openssl::sign_certificate(draft, root.get(), nullptr, root.get());
  ASSERT_TRUE(issuer) << issuer.error().what;
  const auto key = openssl::make_p256_key();
  const auto signed_by_it = openssl::sign_certificate(draft, key->get(), issuer->get(), root.get());
  ASSERT_TRUE(signed_by_it) << signed_by_it.error().what;
  EXPECT_EQ(X509_verify(signed_by_it->get(), root.get()), 1);
  EXPECT_NE(X509_verify(signed_by_it->get(), key->get()), 1);
}

}  // namespace
}  // namespace perspective::envelope
