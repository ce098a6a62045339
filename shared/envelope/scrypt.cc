#include "envelope/scrypt.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include "envelope/openssl.h"

namespace perspective::envelope {
namespace {

constexpr std::uint64_t kMostMemoryBytes = std::uint64_t{128} << 20;
constexpr std::uint64_t kMostOf = std::uint64_t{1} << 20;
constexpr std::size_t kHashBytes = 32;
constexpr std::size_t kLeastSaltBytes = 16;

bool is_bearable(const ScryptCost& cost) {
  if (cost.n < 2 || cost.r < 1 || cost.p < 1 || cost.n > kMostOf || cost.r > kMostOf || cost.p > 16) return false;
  return 128 * cost.n * cost.r + 128 * cost.r * cost.p < kMostMemoryBytes;
}

}  // namespace

Result<Bytes> scrypt(ByteView secret, ByteView salt, const ScryptCost& cost) {
  if (salt.size() < kLeastSaltBytes || !is_bearable(cost)) {
    return fail(ErrorCode::invalid, "scrypt: too little salt, or costs out of bounds");
  }
  Bytes hash(kHashBytes);
  const auto words = as_text(secret);
  if (EVP_PBE_scrypt(words.data(), words.size(), salt.data(), salt.size(), cost.n, cost.r, cost.p, kMostMemoryBytes,
                     hash.data(), hash.size()) != 1) {
    return openssl::failure(ErrorCode::io, "scrypt");
  }
  return hash;
}

bool is_same(ByteView one, ByteView other) {
  return one.size() == other.size() && CRYPTO_memcmp(one.data(), other.data(), one.size()) == 0;
}

}  // namespace perspective::envelope
