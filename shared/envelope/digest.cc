#include "envelope/digest.h"

#include <openssl/evp.h>

#include <new>

namespace perspective::envelope {

std::string sha256_hex(ByteView content) {
  constexpr std::size_t kSha256Bytes = 32;
  Bytes digest(kSha256Bytes);
  if (EVP_Digest(content.data(), content.size(), digest.data(), nullptr, EVP_sha256(), nullptr) != 1) {
    throw std::bad_alloc();
  }
  return to_hex(digest);
}

}  // namespace perspective::envelope
