// Is this an envelope of ours, byte for byte? FORMAT.md, "Profile".
//
// Promise:   reads strict DER; accepts exactly the one structure of the profile and nothing before, between or after
//            it. OpenSSL alone would also take shorter tags, other ciphers and wraps, and any number of recipients.
// Errors:    corrupt, naming the field that is not as it must be; never its value.
// Threads:   pure.
#pragma once

#include <array>

#include "base/bytes.h"
#include "base/result.h"

namespace perspective::envelope {

struct Profile {
  std::array<ByteView, 2> key_identifiers;  // of both recipients, in the envelope's order
  std::size_t content_bytes = 0;
};

// The views live as long as `envelope`.
Result<Profile> check_profile(ByteView envelope);

}  // namespace perspective::envelope
