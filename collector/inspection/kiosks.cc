#include "inspection/kiosks.h"

#include <algorithm>
#include <utility>

#include "base/random.h"
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

// One answer for a secret that is wrong, used or expired.
std::unexpected<Error> no_such_invite() {
  return fail(ErrorCode::refused, "this invite is wrong, used or too old; ask the inspectorate for a new one");
}

}  // namespace

Kiosks::Kiosks(store::Store& store, const Clock& clock, protocol::KeyAndCertificate authority, Address address)
    : store_(store), clock_(clock), authority_(std::move(authority)), address_(std::move(address)) {}

Result<std::string> Kiosks::invite(std::string_view inspection, std::string_view name) {
  if (name.size() > kMaxNameBytes) return fail(ErrorCode::invalid, "the name of a kiosk has at most 200 bytes");
  auto authority = protocol::sha256_of_certificate(authority_.certificate_pem);
  if (!authority) return std::unexpected(authority.error());
  const auto salt = store_.salt();
  if (!salt) return std::unexpected(salt.error());
  const protocol::Invite invite{address_.host, address_.port, std::move(*authority), protocol::draw_invite_secret()};
  auto hash = protocol::hash_invite_secret(invite.secret, *salt);
  if (!hash) return std::unexpected(hash.error());
  const auto expires_s = clock_.now_s() + protocol::kInviteDays * kSecondsADay;
  const auto added = store_.add_invite({std::move(*hash), std::string(inspection), std::string(name), expires_s});
  if (!added) return std::unexpected(added.error());
  return protocol::to_text(invite);
}

Result<store::Invite> Kiosks::find_invite(std::string_view secret) {
  const auto salt = store_.salt();
  if (!salt) return std::unexpected(salt.error());
  const auto hash = protocol::hash_invite_secret(secret, *salt);
  if (!hash) return std::unexpected(hash.error());
  auto invites = store_.live_invites(clock_.now_s());
  if (!invites) return std::unexpected(invites.error());
  const store::Invite* found = nullptr;
  for (const auto& invite : *invites) {
    if (is_same_hash(invite.secret_hash, *hash)) found = &invite;
  }
  if (found == nullptr) return no_such_invite();
  return *found;
}

Result<Kiosks::Enrolled> Kiosks::enrol(std::string_view secret, std::string_view request_pem) {
  const auto invite = find_invite(secret);
  if (!invite) return std::unexpected(invite.error());
  store::Kiosk kiosk{.id = "kiosk-" + to_hex(random_bytes(8)),
                     .name = invite->name,
                     .serial = {},
                     .is_revoked = false,
                     .inspections = {invite->inspection}};
  auto certificate =
      protocol::issue_kiosk(authority_, request_pem, kiosk.id, clock_.now_s(), protocol::kKioskCertificateDays);
  if (!certificate) return std::unexpected(certificate.error());
  auto serial = protocol::serial_of(*certificate);
  if (!serial) return std::unexpected(serial.error());
  kiosk.serial = std::move(*serial);
  const auto enrolled = store_.enrol(invite->secret_hash, clock_.now_s(), kiosk);
  if (!enrolled && enrolled.error().code == ErrorCode::refused) return no_such_invite();  // another was quicker
  if (!enrolled) return std::unexpected(enrolled.error());
  return Enrolled{std::move(kiosk.id), std::move(*certificate)};
}

Result<std::vector<store::Kiosk>> Kiosks::list() { return store_.kiosks(); }

Result<void> Kiosks::revoke(std::string_view kiosk) { return store_.revoke(kiosk); }

Result<store::Kiosk> Kiosks::kiosk(std::string_view certificate_serial) {
  auto found = store_.kiosk_by_serial(certificate_serial);
  if (!found && found.error().code == ErrorCode::not_found) return fail(ErrorCode::refused, found.error().what);
  if (found && found->is_revoked) return fail(ErrorCode::refused, "this kiosk was revoked");
  return found;
}

bool may_serve(const store::Kiosk& kiosk, std::string_view inspection) {
  return std::ranges::find(kiosk.inspections, inspection) != kiosk.inspections.end();
}

}  // namespace perspective::inspection
