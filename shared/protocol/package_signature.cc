#include <openssl/x509v3.h>

#include "protocol/limits.h"
#include "protocol/package.h"
#include "protocol/signed_message.h"

namespace perspective::protocol {
namespace {

constexpr SignedKind kPackage{.what = "package",
                              .most_bytes = kMaxPackageBytes,
                              .use = XKU_CODE_SIGN,
                              .other_use = "its signer's certificate is not one for packages",
                              .may_have_attributes = true};

}  // namespace

Result<Bytes> sign_package(const Package& package, std::string_view signer_key_pem,
                           std::string_view signer_certificate_pem) {
  const std::string json = to_json(package);
  if (json.size() + 4096 > kMaxPackageBytes) {
    return fail(ErrorCode::invalid, "package: " + std::to_string(json.size()) + " bytes are more than a kiosk takes");
  }
  return signed_message(as_bytes(json), signer_key_pem, signer_certificate_pem, Attributes::signed_too, kPackage);
}

Result<Package> verify_package(ByteView signed_package, std::string_view authority_pem) {
  const auto opened_package = opened(signed_package, authority_pem, kPackage);
  if (!opened_package) return std::unexpected(opened_package.error());
  return package_from_json(as_text(opened_package->content));
}

}  // namespace perspective::protocol
