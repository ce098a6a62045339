// Kiosks: inviting one, enrolling it once, knowing it again, which inspections it serves, revoking it.
//
// Promise:   of an invite's secret only a mark and a salted scrypt hash are kept (PROTOCOL.md, "Enrolment"); a secret
//            with no invite's mark is not hashed; the hash is compared in constant time. An invite works once and
//            for kInviteDays days; for whom it worked, with the same key, again within those days: the answer of the
//            first time may have been lost on its way. Whoever holds a wrong, used or expired one gets the same answer.
//            Of a kiosk's contacts only the last is kept, by its day, and beside no envelope.
// Errors:    refused (secret, revoked or unknown kiosk), not_found (inspection, kiosk), conflict (a name that several
//            kiosks have), invalid (certificate request, name), io.
// Ownership: keeps references to store and clock, which outlive it.
// Threads:   any; calls read or write the store.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/ration.h"
#include "base/result.h"
#include "protocol/enrolment.h"
#include "protocol/self_report.h"
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

  // The one line to give to the kiosk. `entry`, here and below: of the audit, written with the change.
  Result<std::string> invite(std::string_view inspection, std::string_view name, const store::NextEntry& entry = {});
  // For a kiosk that cannot come back by itself (certificate ended, revoked, folder lost): it keeps its id, its name
  // and its inspections, so that what it counts is counted once; its earlier certificates are good for nothing from
  // then on.
  Result<std::string> invite_again(std::string_view kiosk, const store::NextEntry& entry = {});
  // The entry is made once it is known whom the secret lets in.
  using EnrolmentEntry = std::function<store::NextEntry(const store::Kiosk& kiosk)>;
  Result<Enrolled> enrol(std::string_view secret, std::string_view request_pem, const EnrolmentEntry& entry = {});
  // A new certificate (PEM) for the key of this one, once two thirds of its life are over; conflict before, and
  // for whoever asks on and on.
  Result<std::string> renew(const store::Kiosk& kiosk, std::string_view certificate_pem);
  Result<std::vector<store::Kiosk>> list();

  // Of the inspector's wishes; each names a kiosk by its id, or by its name where no other has that.
  Result<store::Kiosk> find(std::string_view kiosk);
  Result<store::Kiosk> revoke(std::string_view kiosk, const store::NextEntry& entry = {});
  Result<store::Kiosk> allow(std::string_view kiosk, std::string_view inspection, const store::NextEntry& entry = {});
  Result<store::Kiosk> disallow(std::string_view kiosk, std::string_view inspection,
                                const store::NextEntry& entry = {});
  // Whole days that the certificate which it last showed is still good for, below 0 when it is over; nothing: it has
  // shown none yet.
  std::optional<std::int64_t> certificate_days_left(const store::Kiosk& kiosk) const;

  // It asked for its packages, with this certificate. Of what is as it was nothing is written, nor of what one says
  // that never says the same.
  Result<void> note_contact(const store::Kiosk& kiosk, std::string_view certificate_pem,
                            const protocol::SelfReport& report);

  // By its certificate: who is it? Refused when it is unknown or revoked.
  Result<store::Kiosk> kiosk(std::string_view certificate_serial);
  bool is_kiosk_allowed(std::string_view certificate_serial) { return kiosk(certificate_serial).has_value(); }

 private:
  using Change = Result<void> (store::Store::*)(std::string_view kiosk, std::string_view inspection,
                                                const store::NextEntry& entry);
  Result<store::Kiosk> changed(Change change, std::string_view kiosk, std::string_view inspection,
                               const store::NextEntry& entry);
  Result<std::string> add_invite(store::Invite invite, const store::NextEntry& entry);
  Result<Bytes> mark_of(std::string_view secret) const;
  Result<Bytes> hash_of(std::string_view secret);
  Result<store::Invite> find_invite(ByteView secret_hash);
  Result<store::Kiosk> whom_to_let_in(ByteView secret_hash, std::string_view request_pem);
  Result<bool> is_in_the_field(const store::Kiosk& kiosk);

  store::Store& store_;
  const Clock& clock_;
  protocol::KeyAndCertificate authority_;
  Address address_;
  // Each time that one enrols again with an invite that it has used stands in the audit and in the log for ever.
  Ration again_{{.most = 10, .more_a_day = 10}};
  // Each renewal is a line of the log and a change of the store. One answer or two may be lost on their way.
  Ration renewals_{{.most = 30, .more_a_day = 10}};
  // A contact that says anything else than the last. A kiosk asks four times a day, and at each start.
  Ration contacts_{{.most = 100, .more_a_day = 100}};
};

// May this kiosk fetch this inspection's package and deliver to it? Also where it may offer no more visits for it.
bool may_serve(const store::Kiosk& kiosk, std::string_view inspection);

}  // namespace perspective::inspection
