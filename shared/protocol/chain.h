// Does a certificate hang from our authority? For the .cc files of this folder.
//
// Promise:   looks at signatures, at basic constraints and at key usage, not at the clock: a kiosk whose battery is
//            empty must still serve what it has (PROTOCOL.md, "Package"). TLS looks at the clock.
// Errors:    refused when it does not; invalid when authority_pem is no certificate.
// Threads:   any.
#pragma once

#include <string_view>

#include "envelope/openssl.h"

namespace perspective::protocol {

using TrustStore = std::unique_ptr<X509_STORE, openssl::Free<X509_STORE_free>>;

Result<TrustStore> trust_only(std::string_view authority_pem);
Result<void> check_chain(X509* certificate, std::string_view authority_pem);

}  // namespace perspective::protocol
