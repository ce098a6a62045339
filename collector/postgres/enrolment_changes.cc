// What changes by invites, and by a kiosk that comes with one: the first time, or again. Whoever touches a kiosk's row
// and invites for it locks the kiosk first: so two never wait for each other in a circle.
#include <string>

#include "postgres/changes.h"
#include "postgres/queries.h"

namespace perspective::postgres::changes {
namespace {

std::unexpected<Error> no_kiosk(std::string_view kiosk) {
  return fail(ErrorCode::not_found, "there is no kiosk '" + std::string(kiosk) + "'");
}

Result<void> done(const Result<Rows>& rows) {
  if (!rows) return std::unexpected(rows.error());
  return {};
}

// Gives whether it is there.
Result<bool> lock(Connection& connection, std::string_view kiosk) {
  const auto found = connection.run("SELECT 1 FROM kiosks WHERE id = $1 FOR UPDATE", Parameters().text(kiosk));
  if (!found) return std::unexpected(found.error());
  return found->size() > 0;
}

// Those that it has come with too: they let in nobody again.
Result<void> void_invites_of(Connection& connection, std::string_view kiosk) {
  const auto gone = connection.run("DELETE FROM enrolled_keys WHERE kiosk = $1", Parameters().text(kiosk));
  if (!gone) return std::unexpected(gone.error());
  return done(
      connection.run("UPDATE invites SET is_spent = TRUE WHERE secret_hash IN (SELECT secret_hash FROM invites_again "
                     "WHERE kiosk = $1)",
                     Parameters().text(kiosk)));
}

Result<void> add_kiosk(Connection& connection, const store::Kiosk& kiosk, std::string_view inspection) {
  const auto added = connection.run("INSERT INTO kiosks (id, name, serial, is_revoked) VALUES ($1, $2, $3, FALSE)",
                                    Parameters().text(kiosk.id).text(kiosk.name).text(kiosk.serial));
  if (!added) return std::unexpected(added.error());
  return done(connection.run("INSERT INTO kiosk_inspections (kiosk, inspection) VALUES ($1, $2)",
                             Parameters().text(kiosk.id).text(inspection)));
}

// No certificate of before is its any more: whoever has the old key is a stranger.
Result<void> let_in_again(Connection& connection, const store::Kiosk& kiosk, std::string_view invited) {
  if (kiosk.id != invited) return fail(ErrorCode::conflict, "the invite is for another kiosk");
  const auto known = connection.run("UPDATE kiosks SET serial = $2, is_revoked = FALSE WHERE id = $1",
                                    Parameters().text(kiosk.id).text(kiosk.serial));
  if (!known) return std::unexpected(known.error());
  return done(connection.run("DELETE FROM kiosk_certificates WHERE kiosk = $1", Parameters().text(kiosk.id)));
}

Result<void> lock_invited(Connection& connection, ByteView secret_hash) {
  const auto invited =
      connection.run("SELECT kiosk FROM invites_again WHERE secret_hash = $1", Parameters().bytes(secret_hash));
  if (!invited) return std::unexpected(invited.error());
  if (invited->size() == 0) return {};
  if (const auto locked = lock(connection, invited->text(0, 0)); !locked) return std::unexpected(locked.error());
  return {};
}

Result<void> keep_key(Connection& connection, ByteView secret_hash, const store::Kiosk& kiosk) {
  if (!kiosk.key) return {};
  return done(connection.run("INSERT INTO enrolled_keys (secret_hash, kiosk, key) VALUES ($1, $2, $3)",
                             Parameters().bytes(secret_hash).text(kiosk.id).bytes(*kiosk.key)));
}

// True: it was let in before, and has one more certificate now.
Result<bool> repeat(Connection& connection, ByteView secret_hash, std::int64_t now_s, const store::Kiosk& kiosk) {
  if (!kiosk.key) return false;
  const auto before = queries::enrolled(connection, secret_hash, now_s, *kiosk.key);
  if (!before && before.error().code == ErrorCode::not_found) return false;
  if (!before) return std::unexpected(before.error());
  if (*before != kiosk.id) return false;
  if (auto added = add_certificate(connection, kiosk.id, kiosk.serial); !added) return std::unexpected(added.error());
  return true;
}

}  // namespace

Result<void> add_invite(Connection& connection, const store::Invite& invite) {
  const auto known = connection.run("SELECT 1 FROM inspections WHERE id = $1", Parameters().text(invite.inspection));
  if (!known) return std::unexpected(known.error());
  if (known->size() == 0) return fail(ErrorCode::not_found, "there is no inspection '" + invite.inspection + "'");
  if (!invite.kiosk.empty()) {
    // Locks the kiosk's row: of two invites of one moment the later one holds.
    const auto is_there = lock(connection, invite.kiosk);
    if (!is_there) return std::unexpected(is_there.error());
    if (!*is_there) return no_kiosk(invite.kiosk);
    if (auto voided = void_invites_of(connection, invite.kiosk); !voided) return voided;
  }
  const auto added = connection.run(
      "INSERT INTO invites (secret_hash, inspection, name, expires_s, is_spent) VALUES ($1, $2, $3, $4, FALSE)",
      Parameters().bytes(invite.secret_hash).text(invite.inspection).text(invite.name).integer(invite.expires_s));
  if (!added) return std::unexpected(added.error());
  if (invite.kiosk.empty()) return {};
  return done(connection.run("INSERT INTO invites_again (secret_hash, kiosk) VALUES ($1, $2)",
                             Parameters().bytes(invite.secret_hash).text(invite.kiosk)));
}

// Of two who come with one invite the second waits for the first, and finds it spent.
Result<void> enrol(Connection& connection, ByteView secret_hash, std::int64_t now_s, const store::Kiosk& kiosk) {
  if (auto locked = lock_invited(connection, secret_hash); !locked) return locked;
  if (const auto is_there = lock(connection, kiosk.id); !is_there) return std::unexpected(is_there.error());
  const auto repeated = repeat(connection, secret_hash, now_s, kiosk);
  if (!repeated) return std::unexpected(repeated.error());
  if (*repeated) return {};
  const auto spent = connection.run(
      "UPDATE invites SET is_spent = TRUE WHERE secret_hash = $1 AND NOT is_spent AND expires_s > $2 RETURNING "
      "inspection, coalesce((SELECT kiosk FROM invites_again WHERE invites_again.secret_hash = invites.secret_hash), "
      "'')",
      Parameters().bytes(secret_hash).integer(now_s));
  if (!spent) return std::unexpected(spent.error());
  if (spent->size() == 0) return fail(ErrorCode::refused, "the invite is unknown, used or expired");
  const std::string again = spent->text(0, 1);
  const auto let_in =
      again.empty() ? add_kiosk(connection, kiosk, spent->text(0, 0)) : let_in_again(connection, kiosk, again);
  if (!let_in) return let_in;
  return keep_key(connection, secret_hash, kiosk);
}

// With an invite that lies about somewhere: whoever finds it is not let in again.
Result<void> revoke(Connection& connection, std::string_view kiosk) {
  const auto revoked = connection.run("UPDATE kiosks SET is_revoked = TRUE WHERE id = $1", Parameters().text(kiosk));
  if (!revoked) return std::unexpected(revoked.error());
  if (revoked->affected() == 0) return no_kiosk(kiosk);
  return void_invites_of(connection, kiosk);
}

}  // namespace perspective::postgres::changes
