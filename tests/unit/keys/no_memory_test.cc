// Where OpenSSL has no memory left while a key is locked or opened: an error, never half a key.
#include <gmock/gmock.h>

#include "envelope/key_pair.h"
#include "keys/key_cabinet.h"
#include "keys/locked_key.h"
#include "support/cheap_keys.h"
#include "support/openssl_memory.h"
#include "unit/envelope/shell.h"

namespace perspective::keys {
namespace {

using perspective::testing::OpenSslMemory;

constexpr std::string_view kPassphrase = "four words for opening";

// What OpenSSL sets up once for a process is set up with memory: it does not try again.
class KeysWithoutMemory : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(OpenSslMemory::is_used());
    const auto key = openssl::make_p256_key();
    ASSERT_TRUE(unlock(*lock(key->get(), kPassphrase, kCheap), kPassphrase));
  }
};

TEST_F(KeysWithoutMemory, AreLockedWholeOrNotAtAll) {
  const auto key = openssl::make_p256_key();
  std::size_t failed = 0;
  for (std::size_t number = 1; number < 2000; ++number) {
    OpenSslMemory::run_out_at(number, true);
    const auto locked = lock(key->get(), kPassphrase, kCheap);
    if (!OpenSslMemory::is_back()) break;
    if (locked) {
      EXPECT_TRUE(unlock(*locked, kPassphrase));
    } else {
      ++failed;
    }
  }
  EXPECT_GT(failed, 10U);
}

TEST_F(KeysWithoutMemory, AreNotSaidToBeUnderAnotherPassphraseBeforeTheyWereRead) {
  const auto key = openssl::make_p256_key();
  const auto locked = *lock(key->get(), kPassphrase, kCheap);
  OpenSslMemory::run_out_at(1, true);
  const auto opened = unlock(locked, kPassphrase);
  ASSERT_TRUE(OpenSslMemory::is_back());
  EXPECT_EQ(opened.error().code, ErrorCode::corrupt);
  EXPECT_TRUE(unlock(locked, kPassphrase));
}

TEST_F(KeysWithoutMemory, AreMadeAgainWhenThereIsSome) {
  const testing::Shell shell;
  auto cabinet = *KeyCabinet::open(shell.folder() / "keys", kCheap);
  OpenSslMemory::run_out_at(1, true);
  const auto made = cabinet.make_inspection("croydon", kPassphrase, "other words to recover", 1'700'000'000);
  ASSERT_TRUE(OpenSslMemory::is_back());
  EXPECT_FALSE(made);
  EXPECT_TRUE(cabinet.make_inspection("croydon", kPassphrase, "other words to recover", 1'700'000'000));
}

}  // namespace
}  // namespace perspective::keys
