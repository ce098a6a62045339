// A private key under a passphrase: PKCS#8, PBES2 with scrypt and AES-256-CBC (RFC 8018, RFC 7914), PEM.
//
// Promise:   stock `openssl cms -decrypt -inkey FILE` reads it and asks for the passphrase.
// Errors:    lock: io. unlock: refused when the passphrase does not open it, corrupt when the text is no such file.
// Threads:   any. At the cost that is meant each call takes some 0.3 s and 16 MiB: that is its use.
#pragma once

#include <string>
#include <string_view>

#include "envelope/openssl.h"
#include "keys/cost.h"

namespace perspective::keys {

Result<std::string> lock(EVP_PKEY* key, std::string_view passphrase, const Cost& cost);
Result<openssl::Key> unlock(std::string_view pem, std::string_view passphrase);

}  // namespace perspective::keys
