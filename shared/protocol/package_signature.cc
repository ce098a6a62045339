#include <openssl/cmserr.h>
#include <openssl/err.h>
#include <openssl/x509v3.h>

#include "envelope/der.h"
#include "envelope/openssl.h"
#include "protocol/chain.h"
#include "protocol/limits.h"
#include "protocol/package.h"

namespace perspective::protocol {
namespace {

using openssl::failure;

std::unexpected<Error> refused(const std::string& what) {
  ERR_clear_error();
  return fail(ErrorCode::refused, "package: " + what);
}

// DER without a byte behind it, and what signs is in it.
Result<openssl::Cms> read(ByteView signed_package) {
  if (signed_package.size() > kMaxPackageBytes) return refused("it is larger than any package");
  if (der::is_cut_short(signed_package)) return refused("it is cut short");
  const unsigned char* position = signed_package.data();
  openssl::Cms cms(d2i_CMS_ContentInfo(nullptr, &position, static_cast<long>(signed_package.size())));
  if (!cms || position != signed_package.data() + signed_package.size()) return refused("it is no signed message");
  if (OBJ_obj2nid(CMS_get0_type(cms.get())) != NID_pkcs7_signed ||
      OBJ_obj2nid(CMS_get0_eContentType(cms.get())) != NID_pkcs7_data) {
    return refused("it is no signed message");
  }
  ASN1_OCTET_STRING** content = CMS_get0_content(cms.get());
  if (content == nullptr || *content == nullptr) return refused("its content is not in it");
  return cms;
}

// What no signature covers and OpenSSL passes over: the versions. With this, no byte of a package may differ.
Result<void> check_versions(ByteView signed_package) {
  const char* broken = nullptr;
  der::Reader file(signed_package, broken);
  der::Reader info = file.inside(der::kSequence, "message");
  info.element(der::kObject, "type");
  der::Reader data = info.inside(der::kContext0, "body").inside(der::kSequence, "body");
  data.expect_number(1, "version");
  data.element(der::kSet, "digests");
  data.element(der::kSequence, "content");
  data.element(der::kContext0, "certificates");
  der::Reader signers = data.inside(der::kSet, "signers");
  data.end("what follows the signers");
  signers.inside(der::kSequence, "signer").expect_number(1, "version of the signer");
  signers.end("one signer");
  if (broken != nullptr) return refused(std::string("it is no signed message of ours at: ") + broken);
  return {};
}

// Why CMS_verify() said no, for who must decide whether to fetch again or to ask who sent this.
std::unexpected<Error> refused_signature() {
  const unsigned long error = ERR_peek_last_error();
  if (ERR_GET_LIB(error) == ERR_LIB_CMS) {
    if (ERR_GET_REASON(error) == CMS_R_CERTIFICATE_VERIFY_ERROR)
      return refused("it is signed, but not by this collector");
    if (ERR_GET_REASON(error) == CMS_R_SIGNER_CERTIFICATE_NOT_FOUND)
      return refused("its signer's certificate is not in it");
  }
  return refused("its signature does not match: its bytes were changed");
}

// After CMS_verify(): the one signer, for packages and for nothing else.
Result<void> check_signer(CMS_ContentInfo* cms) {
  const std::unique_ptr<STACK_OF(X509), openssl::Free<[](STACK_OF(X509) * list) { sk_X509_free(list); }>> signers(
      CMS_get0_signers(cms));
  if (!signers || sk_X509_num(signers.get()) != 1) return refused("it has not exactly one signer");
  X509_ALGOR* digest = nullptr;
  X509_ALGOR* signature = nullptr;
  CMS_SignerInfo_get0_algs(sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(cms), 0), nullptr, nullptr, &digest,
                           &signature);
  if (OBJ_obj2nid(digest->algorithm) != NID_sha256 || OBJ_obj2nid(signature->algorithm) != NID_ecdsa_with_SHA256) {
    return refused("it is not signed by ECDSA with SHA-256");
  }
  if (X509_get_extended_key_usage(sk_X509_value(signers.get(), 0)) != XKU_CODE_SIGN) {
    return refused("its signer's certificate is not one for packages");
  }
  return {};
}

}  // namespace

Result<Bytes> sign_package(const Package& package, std::string_view signer_key_pem,
                           std::string_view signer_certificate_pem) {
  const auto key = openssl::parse_private_key(signer_key_pem);
  if (!key) return in_context("package key", key.error());
  const auto certificate = openssl::parse_certificate(signer_certificate_pem);
  if (!certificate) return in_context("package certificate", certificate.error());
  const std::string json = to_json(package);
  if (json.size() + 4096 > kMaxPackageBytes) {
    return fail(ErrorCode::invalid, "package: " + std::to_string(json.size()) + " bytes are more than a kiosk takes");
  }
  const openssl::Bio content = openssl::read_only(as_bytes(json));
  const openssl::Cms cms(CMS_sign(certificate->get(), key->get(), nullptr, content.get(), CMS_BINARY | CMS_NOSMIMECAP));
  if (!cms) return failure(ErrorCode::refused, "package: cannot be signed");
  unsigned char* der = nullptr;
  const int length = i2d_CMS_ContentInfo(cms.get(), &der);
  if (length <= 0) return failure(ErrorCode::io, "package: cannot be encoded");
  Bytes bytes(der, der + length);
  OPENSSL_free(der);
  return bytes;
}

Result<Package> verify_package(ByteView signed_package, std::string_view authority_pem) {
  const auto cms = read(signed_package);
  if (!cms) return std::unexpected(cms.error());
  const auto store = trust_only(authority_pem);
  if (!store) return std::unexpected(store.error());
  if (const auto versions = check_versions(signed_package); !versions) return std::unexpected(versions.error());
  const openssl::Bio content = openssl::memory();
  if (CMS_verify(cms->get(), nullptr, store->get(), nullptr, content.get(), CMS_BINARY) != 1) {
    return refused_signature();
  }
  if (const auto signer = check_signer(cms->get()); !signer) return std::unexpected(signer.error());
  const Bytes json = openssl::content_of(content.get());
  return package_from_json(as_text(json));
}

}  // namespace perspective::protocol
