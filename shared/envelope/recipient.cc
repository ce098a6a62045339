#include <openssl/x509v3.h>

#include "envelope/envelope.h"
#include "envelope/openssl.h"

namespace perspective::envelope {
namespace {

bool is_p256(EVP_PKEY* key) {
  char group[32] = {};
  std::size_t length = 0;
  return key != nullptr && EVP_PKEY_is_a(key, "EC") == 1 &&
         EVP_PKEY_get_group_name(key, group, sizeof group, &length) == 1 &&
         std::string_view(group, length) == "prime256v1";
}

}  // namespace

Result<Recipient> Recipient::parse(std::string_view pem) {
  auto parsed = openssl::parse_certificate(pem);
  if (!parsed) return in_context("recipient's certificate", parsed.error());
  std::shared_ptr<X509> certificate = std::move(*parsed);
  if (!is_p256(X509_get0_pubkey(certificate.get()))) {
    return fail(ErrorCode::invalid, "recipient's certificate: its key is not on the curve P-256");
  }
  const ASN1_OCTET_STRING* identifier = X509_get0_subject_key_id(certificate.get());
  if (identifier == nullptr || ASN1_STRING_length(identifier) != 20) {
    return fail(ErrorCode::invalid, "recipient's certificate: no subject key identifier of 20 bytes");
  }
  // Without a keyUsage extension OpenSSL says that every use is allowed, as RFC 5280 has it.
  if ((X509_get_key_usage(certificate.get()) & KU_KEY_AGREEMENT) == 0) {
    return fail(ErrorCode::invalid, "recipient's certificate: its key usage leaves out keyAgreement");
  }
  return Recipient(std::move(certificate));
}

Bytes Recipient::key_identifier() const {
  const ASN1_OCTET_STRING* identifier = X509_get0_subject_key_id(certificate_.get());
  const unsigned char* data = ASN1_STRING_get0_data(identifier);
  return {data, data + ASN1_STRING_length(identifier)};
}

}  // namespace perspective::envelope
