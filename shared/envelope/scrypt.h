// A slow hash of something short that a person remembers (RFC 7914), so that trying all of them is slow too.
//
// Errors:    invalid: costs that no computer of ours should be asked for; io when OpenSSL cannot.
// Threads:   plain functions.
// Units:     the memory it takes is 128 * n * r bytes.
#pragma once

#include <cstdint>

#include "base/bytes.h"
#include "base/result.h"

namespace perspective::envelope {

struct ScryptCost {
  std::uint64_t n = std::uint64_t{1} << 15;  // 32 MiB and about 0.1 s with r = 8
  std::uint64_t r = 8;
  std::uint64_t p = 1;
  bool operator==(const ScryptCost&) const = default;
};

Result<Bytes> scrypt(ByteView secret, ByteView salt, const ScryptCost& cost);  // 32 bytes

// In a time that does not tell where they differ.
bool is_same(ByteView one, ByteView other);

}  // namespace perspective::envelope
