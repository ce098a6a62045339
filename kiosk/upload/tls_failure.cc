#include "upload/tls_failure.h"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>

namespace perspective::upload {
namespace {

// OpenSSL's number for an error: the library in the upper bits, its reason in the lower 23. An alert that came from
// the other end is the reason kAlert + its number in RFC 8446.
constexpr std::uint32_t kReasonBits = 23;
constexpr std::uint32_t kSslLibrary = 20;
constexpr std::uint32_t kUnexpectedEnd = 294;
constexpr std::uint32_t kAlert = 1000;
constexpr std::array<std::uint32_t, 8> kAboutOurCertificate = {
    42,   // bad_certificate: also one that is not valid yet
    43,   // unsupported_certificate
    44,   // certificate_revoked
    45,   // certificate_expired
    46,   // certificate_unknown
    48,   // unknown_ca
    49,   // access_denied
    116,  // certificate_required
};

// libcurl hands OpenSSL's words on: "... error:0A000415:SSL routines::sslv3 alert certificate expired ...".
std::optional<std::uint32_t> ssl_reason_in(std::string_view text) {
  constexpr std::string_view kMark = "error:";
  const auto mark = text.find(kMark);
  if (mark == std::string_view::npos) return std::nullopt;
  const std::string_view rest = text.substr(mark + kMark.size());
  std::uint32_t packed = 0;
  if (std::from_chars(rest.data(), rest.data() + rest.size(), packed, 16).ec != std::errc()) return std::nullopt;
  if (packed >> kReasonBits != kSslLibrary) return std::nullopt;
  return packed & ((1U << kReasonBits) - 1);
}

bool is_about_our_certificate(std::uint32_t reason) {
  return std::ranges::any_of(kAboutOurCertificate, [=](std::uint32_t alert) { return reason == kAlert + alert; });
}

}  // namespace

TlsFailure tls_failure_of(int code, std::string_view text) {
  if (code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CACERT_BADFILE || code == CURLE_SSL_ISSUER_ERROR) {
    return TlsFailure::stranger;
  }
  const auto reason = ssl_reason_in(text);
  if (!reason) return TlsFailure::away;
  if (code == CURLE_SSL_CONNECT_ERROR) return *reason == kUnexpectedEnd ? TlsFailure::away : TlsFailure::stranger;
  // TLS 1.3: the collector is known by now, and looks at our certificate after we have begun to speak.
  return is_about_our_certificate(*reason) ? TlsFailure::not_accepted : TlsFailure::away;
}

}  // namespace perspective::upload
