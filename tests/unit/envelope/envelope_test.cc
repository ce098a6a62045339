#include "envelope/envelope.h"

#include <gmock/gmock.h>
#include <openssl/evp.h>

#include <cstdint>
#include <cstdio>
#include <fstream>
#include <set>
#include <string>

#include "sealed.h"

namespace perspective::envelope {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST_F(Sealed, EitherKeyOpensTheSubmissionWithItsPadding) {
  const Bytes sealed = seal_text();
  EXPECT_EQ(open(sealed, inspection_.key)->text(), padded(kSubmission));
  EXPECT_EQ(open(sealed, recovery_.key)->text(), padded(kSubmission));
}

TEST_F(Sealed, AnotherKeyIsRefusedAndNamedAsTheReason) {
  const auto opened = open(seal_text(), fresh_pair("stranger").key);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::refused);
  EXPECT_THAT(opened.error().what, HasSubstr("other keys"));
}

TEST_F(Sealed, APrivateKeyThatDoesNotBelongToItsCertificateOpensNothing) {
  const KeyPair stranger = fresh_pair("stranger");
  EVP_PKEY_up_ref(stranger.key.key());
  const OpeningKey mixed(std::shared_ptr<evp_pkey_st>(stranger.key.key(), EVP_PKEY_free), inspection_.key.recipient());
  const auto opened = open(seal_text(), mixed);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::corrupt);
}

TEST_F(Sealed, FiveHundredEnvelopesOfEveryContentHaveOneLength) {
  std::set<std::size_t> lengths;
  for (std::size_t i = 0; i < 500; ++i) lengths.insert(seal_text(std::string(i * 2, 'x')).size());
  EXPECT_EQ(lengths, std::set<std::size_t>{*envelope_bytes(kPadded)});
}

TEST_F(Sealed, TheLengthIsKnownBeforehandForEveryPaddedSize) {
  for (const std::size_t size : {1U, 127U, 128U, 255U, 256U, 1024U, 65535U, 65536U, 100000U}) {
    const auto expected = envelope_bytes(size);
    ASSERT_TRUE(expected);
    for (int i = 0; i < 20; ++i) EXPECT_EQ(seal_text("", size).size(), *expected) << size;
  }
}

TEST_F(Sealed, TheSameSubmissionNeverGivesTheSameEnvelope) {
  std::set<Bytes> different;
  for (int i = 0; i < 50; ++i) different.insert(seal_text());
  EXPECT_EQ(different.size(), 50U);
}

TEST_F(Sealed, NoPieceOfTheSubmissionStandsInTheEnvelope) {
  const Bytes sealed = seal_text();
  EXPECT_THAT(std::string(as_text(sealed)), Not(HasSubstr("answers")));
  EXPECT_THAT(std::string(as_text(sealed)), Not(HasSubstr("    ")));
}

TEST_F(Sealed, ASubmissionOfExactlyThePaddedSizeFits) {
  const std::string full(kPadded, 'x');
  EXPECT_EQ(open(seal_text(full), inspection_.key)->text(), full);
}

TEST_F(Sealed, ASubmissionLongerThanThePaddedSizeIsRefusedWithBothSizes) {
  const std::string over(kPadded + 1, 'x');
  const auto sealed = seal(as_bytes(over), kPadded, inspection_.key.recipient(), recovery_.key.recipient());
  ASSERT_FALSE(sealed);
  EXPECT_EQ(sealed.error().code, ErrorCode::invalid);
  EXPECT_THAT(sealed.error().what, HasSubstr("1025 bytes do not fit into 1024"));
}

TEST_F(Sealed, OneKeyIsNotTwoRecipients) {
  const auto& only = inspection_.key.recipient();
  EXPECT_EQ(seal(as_bytes(kSubmission), kPadded, only, only).error().code, ErrorCode::invalid);
}

TEST_F(Sealed, AnEnvelopeCutShortAnywhereIsCorrupt) {
  const Bytes sealed = seal_text();
  for (std::size_t size = 0; size < sealed.size(); size += 7) {
    const auto opened = open(ByteView(sealed).first(size), inspection_.key);
    ASSERT_FALSE(opened) << size;
    EXPECT_EQ(opened.error().code, ErrorCode::corrupt) << size;
  }
}

TEST_F(Sealed, AByteBehindTheEnvelopeIsCorrupt) {
  Bytes sealed = seal_text();
  sealed.push_back(0);
  EXPECT_THAT(why(open(sealed, inspection_.key)), HasSubstr("what follows the envelope"));
}

// Every single byte. A change in the part of one recipient is that recipient's alone to notice (FORMAT.md says so):
// so each byte must be noticed by one of the two, and outside these parts by both.
TEST_F(Sealed, AChangeOfAnyByteIsNoticedByOneOfTheKeysAtLeast) {
  const Bytes sealed = seal_text(kSubmission, 128);
  int noticed_by_one = 0;
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    Bytes changed = sealed;
    changed[i] ^= 0x01;
    const bool by_inspection = !open(changed, inspection_.key);
    const bool by_recovery = !open(changed, recovery_.key);
    EXPECT_TRUE(by_inspection || by_recovery) << "byte " << i;
    noticed_by_one += by_inspection != by_recovery ? 1 : 0;
  }
  // The ephemeral point (64), identifier (20) and wrapped key (40) of the other recipient, twice.
  EXPECT_EQ(noticed_by_one, 2 * (64 + 20 + 40));
}

TEST_F(Sealed, AChangedByteOfTheContentIsCorruptAndTheErrorHoldsNoPlaintext) {
  Bytes sealed = seal_text();
  sealed[sealed.size() - 500] ^= 0x80;
  const auto opened = open(sealed, recovery_.key);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::corrupt);
  EXPECT_THAT(opened.error().what, HasSubstr("tag does not match"));
  EXPECT_THAT(opened.error().what, Not(HasSubstr("answers")));
}

// The kernel's own flags of the pages at `address` (proc(5), VmFlags): not what the program believes of them.
std::string flags_of_pages_at(const void* address) {
  const auto wanted = reinterpret_cast<std::uintptr_t>(address);
  std::ifstream mappings("/proc/self/smaps");
  bool is_here = false;
  for (std::string line; std::getline(mappings, line);) {
    std::uintptr_t from = 0;
    std::uintptr_t to = 0;
    if (std::sscanf(line.c_str(), "%lx-%lx ", &from, &to) == 2) is_here = from <= wanted && wanted < to;
    if (is_here && line.starts_with("VmFlags:")) return line;
  }
  return {};
}

TEST_F(Sealed, WhatIsOpenedLiesInLockedMemory) {
  const auto opened = open(seal_text(), inspection_.key);
  EXPECT_TRUE(opened->is_locked());
  const std::string flags = flags_of_pages_at(opened->view().data());
  EXPECT_THAT(flags, HasSubstr(" lo")) << "it may be swapped";
  EXPECT_THAT(flags, HasSubstr(" dd")) << "it would stand in a core dump";
}

}  // namespace
}  // namespace perspective::envelope
