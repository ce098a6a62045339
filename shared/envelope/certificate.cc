#include "envelope/certificate.h"

#include <openssl/bn.h>
#include <openssl/x509v3.h>

#include "base/random.h"

namespace perspective::openssl {
namespace {

bool set_serial(X509* certificate) {
  Bytes serial = random_bytes(16);
  serial[0] = static_cast<std::uint8_t>((serial[0] & 0x7f) | 0x40);  // positive, and always of the same length
  const std::unique_ptr<BIGNUM, Free<BN_free>> number(
      BN_bin2bn(serial.data(), static_cast<int>(serial.size()), nullptr));
  return number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr;
}

bool set_name(X509_NAME* name, const std::string& common_name) {
  return X509_NAME_add_entry_by_NID(name, NID_commonName, MBSTRING_UTF8,
                                    reinterpret_cast<const unsigned char*>(common_name.data()),
                                    static_cast<int>(common_name.size()), -1, 0) == 1;
}

bool set_time(ASN1_TIME* field, std::int64_t time_s) {
  // OpenSSL changes the form to GeneralizedTime from 2050 on, as RFC 5280 asks.
  return ASN1_TIME_adj(field, static_cast<time_t>(time_s), 0, 0) != nullptr;
}

bool add_extension(X509* certificate, X509* issuer, int nid, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  const std::unique_ptr<X509_EXTENSION, Free<X509_EXTENSION_free>> extension(
      X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str()));
  return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

}  // namespace

Result<Certificate> sign_certificate(const CertificateDraft& draft, EVP_PKEY* subject_key, X509* issuer,
                                     EVP_PKEY* signer_key) {
  Certificate certificate(X509_new());
  X509* raw = certificate.get();
  if (!raw || X509_set_version(raw, X509_VERSION_3) != 1 || !set_serial(raw) ||
      !set_name(X509_get_subject_name(raw), draft.common_name) ||
      X509_set_issuer_name(raw, X509_get_subject_name(issuer != nullptr ? issuer : raw)) != 1 ||
      !set_time(X509_getm_notBefore(raw), draft.not_before_s) ||
      !set_time(X509_getm_notAfter(raw), draft.not_after_s) || X509_set_pubkey(raw, subject_key) != 1) {
    return failure(ErrorCode::invalid, "cannot fill the certificate");
  }
  auto extensions = draft.extensions;
  extensions.emplace_back(NID_subject_key_identifier, "hash");
  extensions.emplace_back(NID_authority_key_identifier, "keyid:always");
  for (const auto& [nid, value] : extensions) {
    if (!add_extension(raw, issuer != nullptr ? issuer : raw, nid, value)) {
      return failure(ErrorCode::invalid, std::string("extension ") + OBJ_nid2sn(nid) + " of the certificate");
    }
  }
  // Ed25519 brings its own digest; everything else of ours signs with SHA-256.
  const EVP_MD* digest = EVP_PKEY_is_a(signer_key, "ED25519") == 1 ? nullptr : EVP_sha256();
  if (X509_sign(raw, signer_key, digest) == 0) return failure(ErrorCode::invalid, "cannot sign the certificate");
  return certificate;
}

}  // namespace perspective::openssl
