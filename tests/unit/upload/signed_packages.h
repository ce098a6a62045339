// Packages as a collector signs them.
#pragma once

#include <string>

#include "protocol/package.h"
#include "unit/protocol/packed.h"
#include "upload/enrolment.h"
#include "upload/transport.h"

namespace perspective::upload {

struct SignedPackages {
  protocol::KeyAndCertificate authority = protocol::make_authority("Test", protocol::kNow, 3650).value();
  protocol::KeyAndCertificate signer =
      protocol::issue(authority, protocol::Use::package_signing, {}, protocol::kNow, 3650).value();

  Answer signed_package(const protocol::Package& package) const {
    return {200,
            {{"etag", "\"" + std::to_string(package.version) + "\""}},
            protocol::sign_package(package, signer.key_pem, signer.certificate_pem).value()};
  }
  static protocol::Package version(int number, const std::string& inspection = "croydon-2012") {
    auto package = protocol::sample_package();
    package.inspection = inspection;
    package.version = number;
    return package;
  }
  // Of a kiosk that enrolled with that authority.
  Enrolment enrolment(const std::string& kiosk) const {
    auto key = protocol::make_device_key().value();
    Enrolment enrolment;
    enrolment.kiosk = kiosk;
    enrolment.authority_pem = authority.certificate_pem;
    enrolment.certificate_pem = protocol::issue_kiosk(authority, key.request_pem, kiosk, protocol::kNow, 397).value();
    enrolment.key_pem = SecretBytes(as_bytes(key.key_pem));
    return enrolment;
  }
  static Answer list(const std::string& inspections) {
    const auto text = R"({"packages":[)" + inspections + "]}";
    return {200, {}, Bytes(text.begin(), text.end())};
  }
};

}  // namespace perspective::upload
