// What a collector says of a backup, signed: CMS SignedData as of packages, by the same key. PROTOCOL.md does not know
// it: no kiosk ever sees one.
//
// Promise:   verify() accepts nothing but what the authority's package key signed. `openssl cms -verify` reads it.
// Errors:    refused, as package.h.
// Threads:   plain values.
#pragma once

#include <string_view>

#include "base/bytes.h"
#include "base/result.h"

namespace perspective::protocol {

Result<Bytes> sign_manifest(ByteView manifest, std::string_view signer_key_pem,
                            std::string_view signer_certificate_pem);
Result<Bytes> verify_manifest(ByteView signed_manifest, std::string_view authority_pem);

}  // namespace perspective::protocol
