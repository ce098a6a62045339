// Kiosks: inviting one, enrolling it once, knowing it again, revoking it.
//
// Promise:   of an invite's secret only a salted scrypt hash is kept; it is compared in constant time, works once and
//            for kInviteDays days. Whoever holds a wrong, used or expired one gets the same answer.
// Errors:    refused (secret, revoked or unknown kiosk), not_found (inspection, kiosk), invalid (certificate request,
//            name), io.
// Ownership: keeps references to store and clock, which outlive it.
// Threads:   any; calls read or write the store.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "protocol/enrolment.h"
#include "store/store.h"

namespace perspective::inspection {

class Kiosks {
 public:
  struct Address {
    std::string host;  // as kiosks reach the collector
    std::uint16_t port = 0;
  };
  struct Enrolled {
    std::string kiosk;
    std::string certificate;  // PEM
  };

  Kiosks(store::Store& store, const Clock& clock, protocol::KeyAndCertificate authority, Address address);

  Result<std::string> invite(std::string_view inspection, std::string_view name);  // the one line to give to the kiosk
  Result<Enrolled> enrol(std::string_view secret, std::string_view request_pem);
  Result<std::vector<store::Kiosk>> list();
  Result<void> revoke(std::string_view kiosk);

  // By its certificate: who is it? Refused when it is unknown or revoked.
  Result<store::Kiosk> kiosk(std::string_view certificate_serial);
  bool is_kiosk_allowed(std::string_view certificate_serial) { return kiosk(certificate_serial).has_value(); }

 private:
  Result<store::Invite> find_invite(std::string_view secret);

  store::Store& store_;
  const Clock& clock_;
  protocol::KeyAndCertificate authority_;
  Address address_;
};

// May this kiosk fetch this inspection's package and deliver to it?
bool may_serve(const store::Kiosk& kiosk, std::string_view inspection);

}  // namespace perspective::inspection
