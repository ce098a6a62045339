// What this room asks of OpenSSL: digests, a slow hash of passwords, a sealed box for a secret that must be read again.
//
// Promise:   of a password only HMAC-SHA-256(pepper, scrypt(password, salt)) is kept, with its costs beside it, so that
//            they can rise (OWASP Password Storage Cheat Sheet: N = 2^17, r = 8, p = 1, which is 128 MiB). The pepper
//            is in keys/, never in the store: the store alone gives nobody a password to try (NIST SP
//            800-63B-4, 3.1.1.2). Comparisons take a time that does not tell where they differ.
// Errors:    corrupt: a text that is none of ours; io: OpenSSL cannot, as without memory.
// Threads:   plain functions.
#pragma once

#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret.h"

namespace perspective::people {

// Made of a key of the collector's, which is the same on all collectors of one store.
struct Keys {
  SecretBytes pepper;
  SecretBytes sealing;
  static Result<Keys> of(ByteView root);
};

struct Cost {
  int log2_n = 17;
  int r = 8;
  int p = 1;
  bool operator==(const Cost&) const = default;
};

Result<Bytes> hmac_sha1(ByteView key, ByteView text);  // RFC 6238 wants it
Result<Bytes> hmac_sha256(ByteView key, ByteView text);
std::string hashed(std::string_view secret);  // SHA-256 in hexadecimal, of what is random enough to need no more
std::string drawn();                          // 256 bits in hexadecimal
bool is_same(std::string_view one, std::string_view other);

// "scrypt:17:8:1:SALT:HASH"
Result<std::string> hash_password(const Keys& keys, ByteView password, const Cost& cost);
Result<bool> is_password(const Keys& keys, ByteView password, std::string_view hash);
bool is_of_cost(std::string_view hash, const Cost& cost);

// AES-256-GCM in hexadecimal; `about` must be the same again, so that nobody moves it to another account.
Result<std::string> sealed(const Keys& keys, ByteView secret, std::string_view about);
Result<SecretBytes> opened(const Keys& keys, std::string_view box, std::string_view about);

}  // namespace perspective::people
