// Writing X.509 certificates: the recipients' here and in collector/keys, the authority's in protocol.
//
// Promise:   version 3, serial of 128 random bits, signed with the signer's own algorithm (ECDSA with SHA-256 on
//            P-256), subject and authority key identifiers, what the draft names and nothing else.
// Errors:    invalid, naming the extension that OpenSSL does not take.
// Threads:   plain values.
// Units:     seconds since 1970-01-01 UTC.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "envelope/openssl.h"

namespace perspective::openssl {

struct CertificateDraft {
  std::string common_name;
  std::int64_t not_before_s = 0;
  std::int64_t not_after_s = 0;
  std::vector<std::pair<int, std::string>> extensions;  // NID, value as in openssl.cnf
};

// issuer == nullptr: self-signed.
Result<Certificate> sign_certificate(const CertificateDraft& draft, EVP_PKEY* subject_key, X509* issuer,
                                     EVP_PKEY* signer_key);

}  // namespace perspective::openssl
