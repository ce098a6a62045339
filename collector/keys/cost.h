// What it costs to try a passphrase.
//
// Units:     scrypt's (RFC 7914): N * r * 128 bytes of memory, p times over.
#pragma once

#include <cstdint>

namespace perspective::keys {

// OpenSSL reads no file whose scrypt wants more than 32 MiB, so N = 2^14 with r = 8 (16 MiB) is the largest power of
// two; p = 8 makes each guess as dear as N = 2^17 would (about 0.3 s here). With the 12 characters that the cabinet
// asks for, guessing is hopeless at either; a larger N would cost us the stock tool on the day we are needed least.
// Less is for tests, which make some thousand keys: a file says of itself what it costs.
struct Cost {
  std::uint64_t n = std::uint64_t{1} << 14;
  std::uint64_t r = 8;
  std::uint64_t p = 8;
};

}  // namespace perspective::keys
