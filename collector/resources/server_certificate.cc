#include "resources/server_certificate.h"

#include "base/file.h"

namespace perspective::resources {
namespace {

constexpr std::int64_t kDayS = 86'400;
constexpr int kServerDays = 397;
constexpr int kServerDaysBefore = 190;

}  // namespace

CertificateOf own_certificate(const keys::PemPair& authority, const std::vector<std::string>& hosts,
                              const Clock& clock) {
  return [authority, hosts, &clock] {
    return protocol::issue({authority.key_pem, authority.certificate_pem}, protocol::Use::server, hosts,
                           clock.now_s() - kServerDaysBefore * kDayS, kServerDays);
  };
}

CertificateOf given_certificate(const Configuration& configuration) {
  return [certificate = configuration.people_certificate,
          key = configuration.people_key]() -> Result<protocol::KeyAndCertificate> {
    auto certificate_pem = read_text(certificate);
    if (!certificate_pem) return in_context("the people's certificate", certificate_pem.error());
    auto key_pem = read_text(key);
    if (!key_pem) return in_context("the people's key", key_pem.error());
    return protocol::KeyAndCertificate{.key_pem = *std::move(key_pem), .certificate_pem = *std::move(certificate_pem)};
  };
}

}  // namespace perspective::resources
