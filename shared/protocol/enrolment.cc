#include "protocol/enrolment.h"

#include <arpa/inet.h>
#include <openssl/bn.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <cctype>
#include <ctime>
#include <optional>

#include "envelope/certificate.h"
#include "envelope/openssl.h"
#include "protocol/chain.h"
#include "protocol/receipt.h"

namespace perspective::protocol {
namespace {

using openssl::CertificateDraft;
using openssl::failure;

constexpr std::int64_t kDayS = 86400;
constexpr std::int64_t kSlowClockS = 3600;

struct Authority {
  openssl::Key key;
  openssl::Certificate certificate;
};

Result<Authority> read_authority(const KeyAndCertificate& pem) {
  auto key = openssl::parse_private_key(pem.key_pem);
  if (!key) return in_context("authority's key", key.error());
  auto certificate = openssl::parse_certificate(pem.certificate_pem);
  if (!certificate) return in_context("authority's certificate", certificate.error());
  if (X509_check_private_key(certificate->get(), key->get()) != 1 || X509_check_ca(certificate->get()) != 1) {
    return failure(ErrorCode::refused, "authority: the certificate is none, or does not belong to the key");
  }
  return Authority{std::move(*key), std::move(*certificate)};
}

CertificateDraft draft(std::string_view name, std::int64_t now_s, int days) {
  CertificateDraft draft;
  draft.common_name = name;
  draft.not_before_s = now_s - kSlowClockS;
  draft.not_after_s = draft.not_before_s + days * kDayS;
  return draft;
}

Result<std::string> sign_to_pem(const CertificateDraft& draft, EVP_PKEY* subject, X509* issuer, EVP_PKEY* signer) {
  const auto certificate = openssl::sign_certificate(draft, subject, issuer, signer);
  if (!certificate) return std::unexpected(certificate.error());
  return openssl::to_pem(certificate->get());
}

// nullopt: neither an address nor a name. Commas and the like would become part of OpenSSL's small language.
std::optional<std::string> alternative_name(const std::string& host) {
  in6_addr address{};
  if (inet_pton(AF_INET, host.c_str(), &address) == 1 || inet_pton(AF_INET6, host.c_str(), &address) == 1) {
    return "IP:" + host;
  }
  const auto is_fit = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '.'; };
  if (host.empty() || host.size() > 253 || !std::ranges::all_of(host, is_fit)) return std::nullopt;
  return "DNS:" + host;
}

Result<void> add_hosts(const std::vector<std::string>& hosts, CertificateDraft& draft) {
  if (hosts.empty()) return fail(ErrorCode::invalid, "server certificate: name one host at least");
  std::string names;
  for (const std::string& host : hosts) {
    const auto name = alternative_name(host);
    if (!name) return fail(ErrorCode::invalid, "'" + host + "' is neither a host name nor an IP address");
    names += (names.empty() ? "" : ",") + *name;
  }
  draft.extensions.emplace_back(NID_subject_alt_name, names);
  return {};
}

bool is_p256(EVP_PKEY* key) {
  char group[32] = {};
  std::size_t length = 0;
  return key != nullptr && EVP_PKEY_get_group_name(key, group, sizeof group, &length) == 1 &&
         std::string_view(group, length) == "prime256v1";
}

Result<std::string> request_for(EVP_PKEY* key) {
  const openssl::Request request(X509_REQ_new());
  const openssl::Bio bio = openssl::memory();
  // No name in it: the collector gives the kiosk its id.
  if (!request || !bio || X509_REQ_set_version(request.get(), X509_REQ_VERSION_1) != 1 ||
      X509_REQ_set_pubkey(request.get(), key) != 1 || X509_REQ_sign(request.get(), key, EVP_sha256()) == 0 ||
      PEM_write_bio_X509_REQ(bio.get(), request.get()) != 1) {
    return failure(ErrorCode::io, "cannot write a certificate request");
  }
  return std::string(as_text(openssl::content_of(bio.get())));
}

Result<openssl::Request> read_request(std::string_view request_pem) {
  const openssl::Bio bio = openssl::read_only(as_bytes(request_pem));
  openssl::Request request(bio ? PEM_read_bio_X509_REQ(bio.get(), nullptr, nullptr, nullptr) : nullptr);
  if (!request) return failure(ErrorCode::invalid, "no certificate request in PEM");
  EVP_PKEY* const key = X509_REQ_get0_pubkey(request.get());
  if (!is_p256(key)) return fail(ErrorCode::invalid, "certificate request: its key is not on the curve P-256");
  if (X509_REQ_verify(request.get(), key) != 1) {
    return failure(ErrorCode::refused, "certificate request: it is not signed by its own key");
  }
  return request;
}

Result<std::string> sign_kiosk(const KeyAndCertificate& authority, EVP_PKEY* key, std::string_view kiosk_id,
                               std::int64_t now_s, int days) {
  const auto issuer = read_authority(authority);
  if (!issuer) return std::unexpected(issuer.error());
  auto what = draft(kiosk_id, now_s, days);
  what.extensions = {{NID_basic_constraints, "critical,CA:FALSE"},
                     {NID_key_usage, "critical,digitalSignature"},
                     {NID_ext_key_usage, "clientAuth"}};
  return sign_to_pem(what, key, issuer->certificate.get(), issuer->key.get());
}

}  // namespace

Result<KeyAndRequest> make_device_key() {
  const auto key = openssl::make_p256_key();
  if (!key) return std::unexpected(key.error());
  auto request = request_for(key->get());
  if (!request) return std::unexpected(request.error());
  auto pem = openssl::private_key_to_pem(key->get());
  if (!pem) return std::unexpected(pem.error());
  return KeyAndRequest{std::move(*pem), std::move(*request)};
}

Result<std::string> request_for_key(std::string_view key_pem) {
  const auto key = openssl::parse_private_key(key_pem);
  if (!key) return std::unexpected(key.error());
  if (!is_p256(key->get())) return fail(ErrorCode::invalid, "the key is not on the curve P-256");
  return request_for(key->get());
}

Result<std::array<std::uint8_t, 32>> key_digest_of(std::string_view request_pem) {
  const auto request = read_request(request_pem);
  if (!request) return std::unexpected(request.error());
  unsigned char* der = nullptr;
  const int length = i2d_X509_PUBKEY(X509_REQ_get_X509_PUBKEY(request->get()), &der);
  if (length <= 0) return failure(ErrorCode::invalid, "cannot encode the request's key");
  const Digest digest = digest_of({der, static_cast<std::size_t>(length)});
  OPENSSL_free(der);
  return digest;
}

Result<KeyAndCertificate> make_authority(std::string_view name, std::int64_t now_s, int days) {
  const auto key = openssl::make_p256_key();
  if (!key) return std::unexpected(key.error());
  auto what = draft(name, now_s, days);
  what.extensions = {{NID_basic_constraints, "critical,CA:TRUE,pathlen:0"}, {NID_key_usage, "critical,keyCertSign"}};
  auto certificate = sign_to_pem(what, key->get(), nullptr, key->get());
  if (!certificate) return in_context("authority", certificate.error());
  auto pem = openssl::private_key_to_pem(key->get());
  if (!pem) return std::unexpected(pem.error());
  return KeyAndCertificate{std::move(*pem), std::move(*certificate)};
}

Result<KeyAndCertificate> issue(const KeyAndCertificate& authority, Use use, const std::vector<std::string>& hosts,
                                std::int64_t now_s, int days) {
  const auto issuer = read_authority(authority);
  if (!issuer) return std::unexpected(issuer.error());
  const auto key = openssl::make_p256_key();
  if (!key) return std::unexpected(key.error());
  auto what = draft(use == Use::server ? "collector" : "package signing", now_s, days);
  what.extensions = {{NID_basic_constraints, "critical,CA:FALSE"},
                     {NID_key_usage, "critical,digitalSignature"},
                     {NID_ext_key_usage, use == Use::server ? "serverAuth" : "codeSigning"}};
  if (use == Use::server) {
    if (auto added = add_hosts(hosts, what); !added) return std::unexpected(added.error());
  }
  auto certificate = sign_to_pem(what, key->get(), issuer->certificate.get(), issuer->key.get());
  if (!certificate) return std::unexpected(certificate.error());
  auto pem = openssl::private_key_to_pem(key->get());
  if (!pem) return std::unexpected(pem.error());
  return KeyAndCertificate{std::move(*pem), std::move(*certificate)};
}

Result<std::string> issue_kiosk(const KeyAndCertificate& authority, std::string_view request_pem,
                                std::string_view kiosk_id, std::int64_t now_s, int days) {
  const auto request = read_request(request_pem);
  if (!request) return std::unexpected(request.error());
  if (kiosk_id.empty()) return fail(ErrorCode::invalid, "certificate request: the kiosk has no id");
  return sign_kiosk(authority, X509_REQ_get0_pubkey(request->get()), kiosk_id, now_s, days);
}

Result<std::string> renew_kiosk(const KeyAndCertificate& authority, std::string_view certificate_pem,
                                std::int64_t now_s, int days) {
  const auto certificate = openssl::parse_certificate(certificate_pem);
  if (!certificate) return in_context("kiosk's certificate", certificate.error());
  const auto kiosk_id = common_name_of(certificate_pem);
  if (!kiosk_id) return std::unexpected(kiosk_id.error());
  EVP_PKEY* key = X509_get0_pubkey(certificate->get());
  if (!is_p256(key)) return fail(ErrorCode::invalid, "kiosk's certificate: its key is not on the curve P-256");
  return sign_kiosk(authority, key, *kiosk_id, now_s, days);
}

Result<void> check_kiosk_certificate(std::string_view certificate_pem, std::string_view key_pem,
                                     std::string_view authority_pem) {
  const auto certificate = openssl::parse_certificate(certificate_pem);
  if (!certificate) return in_context("kiosk's certificate", certificate.error());
  const auto key = openssl::parse_private_key(key_pem);
  if (!key) return in_context("kiosk's key", key.error());
  if (X509_check_private_key(certificate->get(), key->get()) != 1) {
    return failure(ErrorCode::refused, "kiosk's certificate: it is for another key");
  }
  if (X509_get_extended_key_usage(certificate->get()) != XKU_SSL_CLIENT) {
    return fail(ErrorCode::refused, "kiosk's certificate: it is not for clients");
  }
  return check_chain(certificate->get(), authority_pem);
}

Result<Validity> validity_of(std::string_view certificate_pem) {
  const auto certificate = openssl::parse_certificate(certificate_pem);
  if (!certificate) return std::unexpected(certificate.error());
  std::tm begin{};
  std::tm end{};
  if (ASN1_TIME_to_tm(X509_get0_notBefore(certificate->get()), &begin) != 1 ||
      ASN1_TIME_to_tm(X509_get0_notAfter(certificate->get()), &end) != 1) {
    return failure(ErrorCode::invalid, "certificate: its dates mean nothing");
  }
  return Validity{timegm(&begin), timegm(&end)};
}

std::int64_t renewal_due_s(const Validity& validity) {
  return validity.not_before_s + (validity.not_after_s - validity.not_before_s) / 3 * 2;
}

Result<std::string> sha256_of_certificate(std::string_view pem) {
  const auto certificate = openssl::parse_certificate(pem);
  if (!certificate) return std::unexpected(certificate.error());
  unsigned char* der = nullptr;
  const int length = i2d_X509(certificate->get(), &der);
  if (length <= 0) return failure(ErrorCode::invalid, "cannot encode the certificate");
  const Digest digest = digest_of({der, static_cast<std::size_t>(length)});
  OPENSSL_free(der);
  return to_hex(ByteView(digest));
}

Result<std::string> common_name_of(std::string_view certificate_pem) {
  const auto certificate = openssl::parse_certificate(certificate_pem);
  if (!certificate) return std::unexpected(certificate.error());
  const X509_NAME* name = X509_get_subject_name(certificate->get());
  const int place = X509_NAME_get_index_by_NID(name, NID_commonName, -1);
  if (place < 0) return fail(ErrorCode::invalid, "certificate: it has no common name");
  unsigned char* utf8 = nullptr;
  const int length = ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, place)));
  if (length < 0) return failure(ErrorCode::invalid, "certificate: its common name is no text");
  std::string text(reinterpret_cast<char*>(utf8), static_cast<std::size_t>(length));
  OPENSSL_free(utf8);
  return text;
}

Result<std::string> serial_of(std::string_view certificate_pem) {
  const auto certificate = openssl::parse_certificate(certificate_pem);
  if (!certificate) return std::unexpected(certificate.error());
  const ASN1_INTEGER* serial = X509_get0_serialNumber(certificate->get());
  const unsigned char* data = ASN1_STRING_get0_data(serial);
  return to_hex(ByteView(data, static_cast<std::size_t>(ASN1_STRING_length(serial))));
}

}  // namespace perspective::protocol
