#include "protocol/signed_manifest.h"

#include <openssl/x509v3.h>

#include "protocol/signed_message.h"

namespace perspective::protocol {
namespace {

constexpr SignedKind kManifest{.what = "manifest",
                               .most_bytes = std::size_t{16} * 1024 * 1024,
                               .use = XKU_CODE_SIGN,
                               .other_use = "its signer's certificate is not a collector's",
                               .may_have_attributes = true};

}  // namespace

Result<Bytes> sign_manifest(ByteView manifest, std::string_view signer_key_pem,
                            std::string_view signer_certificate_pem) {
  return signed_message(manifest, signer_key_pem, signer_certificate_pem, Attributes::signed_too, kManifest);
}

Result<Bytes> verify_manifest(ByteView signed_manifest, std::string_view authority_pem) {
  auto manifest = opened(signed_manifest, authority_pem, kManifest);
  if (!manifest) return std::unexpected(manifest.error());
  return std::move(manifest->content);
}

}  // namespace perspective::protocol
