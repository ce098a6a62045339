#include "inspection/kiosks.h"

#include <algorithm>
#include <utility>

#include "base/random.h"
#include "inspection/inspections.h"
#include "protocol/limits.h"

namespace perspective::inspection {
namespace {

constexpr std::int64_t kSecondsADay = 24 * 60 * 60;
constexpr std::size_t kMaxNameBytes = 200;

// Takes as long for a wrong byte at the front as for one at the end.
bool is_same_hash(ByteView left, ByteView right) {
  if (left.size() != right.size()) return false;
  unsigned difference = 0;
  for (std::size_t i = 0; i < left.size(); ++i) difference |= static_cast<unsigned>(left[i] ^ right[i]);
  return difference == 0;
}

std::int64_t minutes_nearest(std::int64_t seconds) { return (seconds + (seconds < 0 ? -30 : 30)) / 60; }

// One answer for a secret that is wrong, used or expired.
std::unexpected<Error> no_such_invite() {
  return fail(ErrorCode::refused, "this invite is wrong, used or too old; ask the inspectorate for a new one");
}

}  // namespace

Kiosks::Kiosks(store::Store& store, const Clock& clock, protocol::KeyAndCertificate authority, Address address)
    : store_(store), clock_(clock), authority_(std::move(authority)), address_(std::move(address)) {}

Result<std::string> Kiosks::invite(std::string_view inspection, std::string_view name, const store::NextEntry& entry) {
  if (name.size() > kMaxNameBytes) return fail(ErrorCode::invalid, "the name of a kiosk has at most 200 bytes");
  const auto head = store_.head(inspection);
  if (!head) return std::unexpected(head.error());
  const auto state = state_of(head->state, head->id);
  if (!state) return std::unexpected(state.error());
  if (!allowed_in(*state).kiosks) {
    return fail(ErrorCode::conflict, "'" + head->id + "' is " + std::string(to_text(*state)) +
                                         (*state == State::draft ? ": open it first, then invite its kiosks"
                                                                 : ": no kiosk can serve it any more"));
  }
  return add_invite({.secret_hash = {}, .inspection = std::string(inspection), .name = std::string(name)}, entry);
}

Result<std::string> Kiosks::invite_again(std::string_view kiosk, const store::NextEntry& entry) {
  const auto found = find(kiosk);
  if (!found) return std::unexpected(found.error());
  // Which of its inspections makes no difference: it keeps them all.
  const auto& any = found->inspections.empty() ? found->disallowed : found->inspections;
  return add_invite(
      {.secret_hash = {}, .inspection = any.empty() ? "" : any.front(), .name = found->name, .kiosk = found->id},
      entry);
}

Result<std::string> Kiosks::add_invite(store::Invite invited, const store::NextEntry& entry) {
  auto authority = protocol::sha256_of_certificate(authority_.certificate_pem);
  if (!authority) return std::unexpected(authority.error());
  const protocol::Invite invite{address_.host, address_.port, std::move(*authority), protocol::draw_invite_secret()};
  auto hash = hash_of(invite.secret);
  if (!hash) return std::unexpected(hash.error());
  invited.secret_hash = std::move(*hash);
  invited.expires_s = clock_.now_s() + protocol::kInviteDays * kSecondsADay;
  const auto added = store_.add_invite(invited, entry);
  if (!added) return std::unexpected(added.error());
  return protocol::to_text(invite);
}

Result<Bytes> Kiosks::mark_of(std::string_view secret) const {
  return protocol::mark_of_invite_secret(secret, authority_.key_pem);
}

// Dear: an scrypt.
Result<Bytes> Kiosks::hash_of(std::string_view secret) {
  auto marked = mark_of(secret);
  if (!marked) return marked;
  const auto salt = store_.salt();
  if (!salt) return std::unexpected(salt.error());
  const auto hash = protocol::hash_invite_secret(secret, *salt);
  if (!hash) return hash;
  marked->insert(marked->end(), hash->begin(), hash->end());
  return marked;
}

Result<store::Invite> Kiosks::find_invite(ByteView secret_hash) {
  auto invites = store_.live_invites(clock_.now_s());
  if (!invites) return std::unexpected(invites.error());
  const store::Invite* found = nullptr;
  for (const auto& invite : *invites) {
    if (is_same_hash(invite.secret_hash, secret_hash)) found = &invite;
  }
  if (found == nullptr) return no_such_invite();
  return *found;
}

Result<store::Kiosk> Kiosks::whom_to_let_in(ByteView secret_hash, std::string_view request_pem) {
  const auto key = protocol::key_digest_of(request_pem);
  if (!key) return std::unexpected(key.error());
  store::Kiosk kiosk{.id = {}, .name = {}, .serial = {}, .is_revoked = false, .inspections = {}, .key = *key};
  auto before = store_.enrolled(secret_hash, clock_.now_s(), *key);
  if (!before && before.error().code != ErrorCode::not_found) return std::unexpected(before.error());
  if (before) {
    kiosk.id = std::move(*before);
    return kiosk;
  }
  const auto invite = find_invite(secret_hash);
  if (!invite) return std::unexpected(invite.error());
  kiosk.id = invite->kiosk.empty() ? "kiosk-" + to_hex(random_bytes(8)) : invite->kiosk;
  kiosk.name = invite->name;
  kiosk.inspections = {invite->inspection};
  return kiosk;
}

Result<Kiosks::Enrolled> Kiosks::enrol(std::string_view secret, std::string_view request_pem,
                                       const EnrolmentEntry& entry) {
  const auto mark = mark_of(secret);
  if (!mark) return std::unexpected(mark.error());
  const auto is_invited = store_.is_invited(*mark, clock_.now_s());
  if (!is_invited) return std::unexpected(is_invited.error());
  if (!*is_invited) return no_such_invite();
  const auto secret_hash = hash_of(secret);
  if (!secret_hash) return std::unexpected(secret_hash.error());
  auto invited = whom_to_let_in(*secret_hash, request_pem);
  if (!invited) return std::unexpected(invited.error());
  auto& kiosk = *invited;
  const bool is_again = kiosk.name.empty();
  if (is_again && again_.take(kiosk.id, 1, clock_.now_s()) != Ration::Granted::yes) {
    return fail(ErrorCode::refused, "this kiosk has enrolled too often with this invite; have a new one made");
  }
  auto certificate =
      protocol::issue_kiosk(authority_, request_pem, kiosk.id, clock_.now_s(), protocol::kKioskCertificateDays);
  if (!certificate) return std::unexpected(certificate.error());
  auto serial = protocol::serial_of(*certificate);
  if (!serial) return std::unexpected(serial.error());
  kiosk.serial = std::move(*serial);
  const auto enrolled = store_.enrol(*secret_hash, clock_.now_s(), kiosk, entry ? entry(kiosk) : store::NextEntry());
  if (!enrolled && enrolled.error().code == ErrorCode::refused) return no_such_invite();  // another was quicker
  if (!enrolled) return std::unexpected(enrolled.error());
  return Enrolled{std::move(kiosk.id), std::move(*certificate)};
}

// The old one stays good until its end: the answer with the new one may be lost on its way.
Result<std::string> Kiosks::renew(const store::Kiosk& kiosk, std::string_view certificate_pem) {
  const auto validity = protocol::validity_of(certificate_pem);
  if (!validity) return std::unexpected(validity.error());
  const auto now_s = clock_.now_s();
  // The kiosk's clock may be a little ahead of ours.
  if (now_s < protocol::renewal_due_s(*validity) - kSecondsADay) {
    return fail(ErrorCode::conflict, "it is too early for a new certificate");
  }
  if (renewals_.take(kiosk.id, 1, now_s) != Ration::Granted::yes) {
    return fail(ErrorCode::conflict, "this kiosk has asked for too many certificates; it has one that is good");
  }
  auto renewed = protocol::renew_kiosk(authority_, certificate_pem, now_s, protocol::kKioskCertificateDays);
  if (!renewed) return renewed;
  const auto serial = protocol::serial_of(*renewed);
  if (!serial) return std::unexpected(serial.error());
  const auto asked_with = protocol::serial_of(certificate_pem);
  if (!asked_with) return std::unexpected(asked_with.error());
  if (auto added = store_.add_certificate(kiosk.id, *serial, *asked_with); !added)
    return std::unexpected(added.error());
  return renewed;
}

Result<std::vector<store::Kiosk>> Kiosks::list() { return store_.kiosks(); }

Result<store::Kiosk> Kiosks::find(std::string_view kiosk) {
  auto kiosks = store_.kiosks();
  if (!kiosks) return std::unexpected(kiosks.error());
  if (auto found = std::ranges::find(*kiosks, kiosk, &store::Kiosk::id); found != kiosks->end()) return *found;
  const auto count = std::ranges::count(*kiosks, kiosk, &store::Kiosk::name);
  if (count > 1) {
    return fail(ErrorCode::conflict, std::to_string(count) + " kiosks are called '" + std::string(kiosk) +
                                         "'; say which by its id, which begins with kiosk-");
  }
  if (count == 0) return fail(ErrorCode::not_found, "there is no kiosk '" + std::string(kiosk) + "'");
  return *std::ranges::find(*kiosks, kiosk, &store::Kiosk::name);
}

Result<store::Kiosk> Kiosks::revoke(std::string_view kiosk, const store::NextEntry& entry) {
  auto found = find(kiosk);
  if (!found) return found;
  if (auto revoked = store_.revoke(found->id, entry); !revoked) return std::unexpected(revoked.error());
  return found;
}

Result<store::Kiosk> Kiosks::changed(Change change, std::string_view kiosk, std::string_view inspection,
                                     const store::NextEntry& entry) {
  auto found = find(kiosk);
  if (!found) return found;
  if (auto done = (store_.*change)(found->id, inspection, entry); !done) return std::unexpected(done.error());
  return find(found->id);
}

Result<store::Kiosk> Kiosks::allow(std::string_view kiosk, std::string_view inspection, const store::NextEntry& entry) {
  return changed(&store::Store::allow, kiosk, inspection, entry);
}

Result<store::Kiosk> Kiosks::disallow(std::string_view kiosk, std::string_view inspection,
                                      const store::NextEntry& entry) {
  return changed(&store::Store::disallow, kiosk, inspection, entry);
}

std::optional<std::int64_t> Kiosks::certificate_days_left(const store::Kiosk& kiosk) const {
  if (!kiosk.last_contact) return std::nullopt;
  const auto left_s = kiosk.last_contact->certificate_ends_s - clock_.now_s();
  return left_s >= 0 ? left_s / kSecondsADay : -1 - (-left_s - 1) / kSecondsADay;
}

Result<bool> Kiosks::is_in_the_field(const store::Kiosk& kiosk) {
  for (const auto& inspection : kiosk.inspections) {
    const auto head = store_.head(inspection);
    if (!head) return std::unexpected(head.error());
    if (head->state == to_text(State::open)) return true;
  }
  return false;
}

// A kiosk fetches every six hours and at each start, and whoever stands beside it can start it when he likes. Two words
// of one day would tell whether who sat there in between pressed Send. So while a kiosk may have visits its first word
// of a day counts for the whole day: it tells of the days before. Afterwards each word counts, as the inspector waits
// for "nothing waits any more". Program, certificate and clock tell nothing of visits.
Result<void> Kiosks::note_contact(const store::Kiosk& kiosk, std::string_view certificate_pem,
                                  const protocol::SelfReport& report) {
  const auto certificate = protocol::validity_of(certificate_pem);
  if (!certificate) return std::unexpected(certificate.error());
  const auto now_s = clock_.now_s();
  store::Contact contact{.day = day_of(now_s),
                         .program = report.program,
                         .certificate_ends_s = certificate->not_after_s,
                         .clock_offset_min = {},
                         .is_waiting = report.is_waiting};
  // In minutes: what a request takes on its way is no offset.
  if (report.clock_s) contact.clock_offset_min = minutes_nearest(*report.clock_s - now_s);
  const auto& last = kiosk.last_contact;
  if (last && last->day == contact.day && last->is_waiting) {
    const auto is_open = is_in_the_field(kiosk);
    if (!is_open) return std::unexpected(is_open.error());
    if (*is_open) contact.is_waiting = last->is_waiting;
  }
  if (last == contact || contacts_.take(kiosk.id, 1, now_s) != Ration::Granted::yes) return {};
  return store_.note_contact(kiosk.id, contact);
}

Result<store::Kiosk> Kiosks::kiosk(std::string_view certificate_serial) {
  auto found = store_.kiosk_by_serial(certificate_serial);
  if (!found && found.error().code == ErrorCode::not_found) return fail(ErrorCode::refused, found.error().what);
  if (found && found->is_revoked)
    return fail(ErrorCode::refused, "this kiosk was revoked; what waits on it stays there");
  return found;
}

bool may_serve(const store::Kiosk& kiosk, std::string_view inspection) {
  return std::ranges::find(kiosk.inspections, inspection) != kiosk.inspections.end() ||
         std::ranges::find(kiosk.disallowed, inspection) != kiosk.disallowed.end();
}

}  // namespace perspective::inspection
