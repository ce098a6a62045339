#include <openssl/cmserr.h>
#include <openssl/err.h>
#include <openssl/x509v3.h>

#include "envelope/der.h"
#include "envelope/openssl.h"
#include "protocol/chain.h"
#include "protocol/signed_message.h"

namespace perspective::protocol {
namespace {

using openssl::failure;

std::unexpected<Error> refused(const SignedKind& kind, const std::string& why) {
  ERR_clear_error();
  return fail(ErrorCode::refused, std::string(kind.what) + ": " + why);
}

// DER without a byte behind it, and what signs is in it.
Result<openssl::Cms> read(ByteView message, const SignedKind& kind) {
  if (message.size() > kind.most_bytes) return refused(kind, std::string("it is larger than any ") + kind.what);
  if (der::is_cut_short(message)) return refused(kind, "it is cut short");
  const unsigned char* position = message.data();
  openssl::Cms cms(d2i_CMS_ContentInfo(nullptr, &position, static_cast<long>(message.size())));
  if (!cms || position != message.data() + message.size()) return refused(kind, "it is no signed message");
  if (OBJ_obj2nid(CMS_get0_type(cms.get())) != NID_pkcs7_signed ||
      OBJ_obj2nid(CMS_get0_eContentType(cms.get())) != NID_pkcs7_data) {
    return refused(kind, "it is no signed message");
  }
  ASN1_OCTET_STRING** content = CMS_get0_content(cms.get());
  if (content == nullptr || *content == nullptr) return refused(kind, "its content is not in it");
  return cms;
}

// What no signature covers and OpenSSL passes over: the versions. With this, no byte of a message may differ.
Result<void> check_versions(ByteView message, const SignedKind& kind) {
  const char* broken = nullptr;
  der::Reader file(message, broken);
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
  if (broken != nullptr) return refused(kind, std::string("it is no signed message of ours at: ") + broken);
  return {};
}

// Why CMS_verify() said no, for who must decide whether to fetch again or to ask who sent this.
std::unexpected<Error> refused_signature(const SignedKind& kind) {
  const unsigned long error = ERR_peek_last_error();
  if (ERR_GET_LIB(error) == ERR_LIB_CMS) {
    if (ERR_GET_REASON(error) == CMS_R_CERTIFICATE_VERIFY_ERROR)
      return refused(kind, "it is signed, but not by this collector");
    if (ERR_GET_REASON(error) == CMS_R_SIGNER_CERTIFICATE_NOT_FOUND)
      return refused(kind, "its signer's certificate is not in it");
  }
  return refused(kind, "its signature does not match: its bytes were changed");
}

// After CMS_verify(): the one signer, for this use and for no other.
Result<std::string> check_signer(CMS_ContentInfo* cms, const SignedKind& kind) {
  const std::unique_ptr<STACK_OF(X509), openssl::Free<[](STACK_OF(X509) * list) { sk_X509_free(list); }>> signers(
      CMS_get0_signers(cms));
  if (!signers || sk_X509_num(signers.get()) != 1) return refused(kind, "it has not exactly one signer");
  CMS_SignerInfo* info = sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(cms), 0);
  if (!kind.may_have_attributes && CMS_signed_get_attr_count(info) > 0)
    return refused(kind, "it says more than its content");
  X509_ALGOR* digest = nullptr;
  X509_ALGOR* signature = nullptr;
  CMS_SignerInfo_get0_algs(info, nullptr, nullptr, &digest, &signature);
  if (OBJ_obj2nid(digest->algorithm) != NID_sha256 || OBJ_obj2nid(signature->algorithm) != NID_ecdsa_with_SHA256) {
    return refused(kind, "it is not signed by ECDSA with SHA-256");
  }
  X509* signer = sk_X509_value(signers.get(), 0);
  if (X509_get_extended_key_usage(signer) != kind.use) return refused(kind, kind.other_use);
  return openssl::to_pem(signer);
}

}  // namespace

Result<Bytes> signed_message(ByteView content, std::string_view key_pem, std::string_view certificate_pem,
                             Attributes attributes, const SignedKind& kind) {
  const std::string what = kind.what;
  const auto key = openssl::parse_private_key(key_pem);
  if (!key) return in_context(what + " key", key.error());
  const auto certificate = openssl::parse_certificate(certificate_pem);
  if (!certificate) return in_context(what + " certificate", certificate.error());
  const openssl::Bio bio = openssl::read_only(content);
  const unsigned flags = CMS_BINARY | CMS_NOSMIMECAP | (attributes == Attributes::none ? CMS_NOATTR : 0U);
  const openssl::Cms cms(CMS_sign(certificate->get(), key->get(), nullptr, bio.get(), flags));
  if (!cms) return failure(ErrorCode::refused, what + ": cannot be signed");
  unsigned char* der = nullptr;
  const int length = i2d_CMS_ContentInfo(cms.get(), &der);
  if (length <= 0) return failure(ErrorCode::io, what + ": cannot be encoded");
  Bytes bytes(der, der + length);
  OPENSSL_free(der);
  return bytes;
}

Result<SignedContent> opened(ByteView message, std::string_view authority_pem, const SignedKind& kind) {
  const auto cms = read(message, kind);
  if (!cms) return std::unexpected(cms.error());
  const auto store = trust_only(authority_pem);
  if (!store) return std::unexpected(store.error());
  if (const auto versions = check_versions(message, kind); !versions) return std::unexpected(versions.error());
  const openssl::Bio content = openssl::memory();
  if (CMS_verify(cms->get(), nullptr, store->get(), nullptr, content.get(), CMS_BINARY) != 1) {
    return refused_signature(kind);
  }
  auto signer = check_signer(cms->get(), kind);
  if (!signer) return std::unexpected(signer.error());
  return SignedContent{openssl::content_of(content.get()), std::move(*signer)};
}

}  // namespace perspective::protocol
