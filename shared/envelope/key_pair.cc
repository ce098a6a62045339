#include "envelope/key_pair.h"

#include "envelope/certificate.h"
#include "envelope/openssl.h"

namespace perspective::envelope {

Result<KeyPair> make_key_pair(std::string_view name, std::int64_t now_s) {
  constexpr std::int64_t kHundredYearsS = 36525LL * 86400;
  auto key = openssl::make_p256_key();
  if (!key) return std::unexpected(key.error());
  const openssl::CertificateDraft draft{
      .common_name = std::string(name),
      .not_before_s = now_s - 86400,
      .not_after_s = now_s + kHundredYearsS,
      .extensions = {{NID_basic_constraints, "critical,CA:FALSE"}, {NID_key_usage, "critical,keyAgreement"}},
  };
  const auto certificate = openssl::sign_certificate(draft, key->get(), nullptr, key->get());
  if (!certificate) return std::unexpected(certificate.error());
  auto pem = openssl::to_pem(certificate->get());
  if (!pem) return std::unexpected(pem.error());
  auto recipient = Recipient::parse(*pem);
  if (!recipient) return std::unexpected(recipient.error());
  return KeyPair{OpeningKey(std::move(*key), std::move(*recipient)), std::move(*pem)};
}

}  // namespace perspective::envelope
