// CMS SignedData (RFC 5652) as packages and bundles are wrapped: one signer, ECDSA with SHA-256, content and signer's
// certificate embedded. For the .cc files of this folder.
//
// Promise:   opened() accepts what the pinned authority's certificate of exactly the named use signed, no byte of which
//            was changed, also where no signature covers it. It looks at no clock (chain.h).
// Errors:    refused, in words that begin with `what` and are stable (tests/vectors/README.md).
// Threads:   plain values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"

namespace perspective::protocol {

struct SignedKind {
  const char* what;          // "package"
  std::size_t most_bytes;    // as it is signed
  std::uint32_t use;         // of the signer's certificate, XKU_...
  const char* other_use;     // how a signer with another use is refused
  bool may_have_attributes;  // signed ones, as a signing time
};

struct SignedContent {
  Bytes content;
  std::string signer_pem;
};

enum class Attributes { signed_too, none };
Result<Bytes> signed_message(ByteView content, std::string_view key_pem, std::string_view certificate_pem,
                             Attributes attributes, const SignedKind& kind);
Result<SignedContent> opened(ByteView message, std::string_view authority_pem, const SignedKind& kind);

}  // namespace perspective::protocol
