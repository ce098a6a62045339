#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <string>

#include "envelope/openssl.h"
#include "protocol/enrolment.h"

namespace perspective::protocol {
namespace {

// The secret has 80 bits, so guessing is hopeless by itself; the cost is there for a secret drawn badly.
constexpr std::uint64_t kScryptN = std::uint64_t{1} << 14;
constexpr std::uint64_t kScryptR = 8;
constexpr std::uint64_t kScryptP = 1;
constexpr std::uint64_t kScryptMemoryBytes = std::uint64_t{32} << 20;  // N * r * 128 = 16 MiB, and a little more

constexpr std::size_t kMarkBytes = 8;

}  // namespace

Result<Bytes> mark_of_invite_secret(std::string_view secret, std::string_view authority_key_pem) {
  const std::string named = "perspective: mark of an invite, 1: " + std::string(secret);
  std::array<unsigned char, EVP_MAX_MD_SIZE> whole{};
  unsigned int size = 0;
  const auto text = as_bytes(named);
  if (authority_key_pem.empty() ||
      HMAC(EVP_sha256(), authority_key_pem.data(), static_cast<int>(authority_key_pem.size()), text.data(), text.size(),
           whole.data(), &size) == nullptr ||
      size < kMarkBytes) {
    return openssl::failure(ErrorCode::io, "cannot mark the secret of an invite");
  }
  return Bytes(whole.begin(), whole.begin() + kMarkBytes);
}

Result<Bytes> hash_invite_secret(std::string_view secret, ByteView salt) {
  if (salt.size() < 16) return fail(ErrorCode::invalid, "the salt of invites has less than 16 bytes");
  Bytes hash(32);
  if (EVP_PBE_scrypt(secret.data(), secret.size(), salt.data(), salt.size(), kScryptN, kScryptR, kScryptP,
                     kScryptMemoryBytes, hash.data(), hash.size()) != 1) {
    return openssl::failure(ErrorCode::io, "cannot hash the secret of an invite");
  }
  return hash;
}

}  // namespace perspective::protocol
