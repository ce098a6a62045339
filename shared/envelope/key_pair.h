// A fresh key pair to seal to: what `perspective-collector inspection create` makes two of.
//
// Promise:   P-256; a self-signed certificate with subject key identifier and keyUsage keyAgreement, nothing else; a
//            hundred years valid, because an envelope has no date and its key ends by being destroyed.
// Errors:    io when OpenSSL cannot make a key.
// Ownership: the caller keeps the key; nothing of it is written anywhere.
// Threads:   any.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "envelope/envelope.h"

namespace perspective::envelope {

struct KeyPair {
  OpeningKey key;
  std::string certificate_pem;
};

Result<KeyPair> make_key_pair(std::string_view name, std::int64_t now_s);

}  // namespace perspective::envelope
