// What the writer does about invites, and about a kiosk that comes with one: the first time, or again.
#include <string>

#include "store/changes.h"
#include "store/queries.h"

namespace perspective::store::changes {
namespace {

struct Spent {
  std::string inspection;
  std::string kiosk;  // whom it lets in again; empty: a new one
};

Result<void> run(sqlite::Database& database, std::string_view sql, std::string_view text) {
  auto statement = database.prepare(sql);
  if (!statement) return std::unexpected(statement.error());
  return statement->bind(1, text).run();
}

Result<bool> is_there(sqlite::Database& database, std::string_view sql, std::string_view key) {
  auto found = database.prepare(sql);
  if (!found) return std::unexpected(found.error());
  return found->bind(1, key).step();
}

std::unexpected<Error> no_kiosk(std::string_view kiosk) {
  return fail(ErrorCode::not_found, "there is no kiosk '" + std::string(kiosk) + "'");
}

// Those that it has come with too: they let in nobody again.
Result<void> void_invites_of(sqlite::Database& database, std::string_view kiosk) {
  if (auto gone = run(database, "DELETE FROM enrolled_keys WHERE kiosk = ?", kiosk); !gone) return gone;
  return run(
      database,
      "UPDATE invites SET is_spent = 1 WHERE secret_hash IN (SELECT secret_hash FROM invites_again WHERE kiosk = ?)",
      kiosk);
}

Result<void> keep_key(sqlite::Database& database, ByteView secret_hash, const Kiosk& kiosk) {
  if (!kiosk.key) return {};
  auto kept = database.prepare("INSERT INTO enrolled_keys (secret_hash, kiosk, key) VALUES (?, ?, ?)");
  if (!kept) return std::unexpected(kept.error());
  return kept->bind(1, secret_hash).bind(2, kiosk.id).bind(3, ByteView(*kiosk.key)).run();
}

Result<Spent> spend(sqlite::Database& database, ByteView secret_hash, std::int64_t now_s) {
  auto spent = database.prepare(
      "UPDATE invites SET is_spent = 1 WHERE secret_hash = ? AND is_spent = 0 AND expires_s > ? RETURNING inspection, "
      "coalesce((SELECT kiosk FROM invites_again WHERE invites_again.secret_hash = invites.secret_hash), '')");
  if (!spent) return std::unexpected(spent.error());
  const auto row = spent->bind(1, secret_hash).bind(2, now_s).step();
  if (!row) return std::unexpected(row.error());
  if (!*row) return fail(ErrorCode::refused, "the invite is unknown, used or expired");
  Spent found{spent->text(0), spent->text(1)};
  if (auto finished = spent->run(); !finished) return std::unexpected(finished.error());
  return found;
}

Result<void> add_kiosk(sqlite::Database& database, const Kiosk& kiosk, std::string_view inspection) {
  auto added = database.prepare("INSERT INTO kiosks (id, name, serial, is_revoked) VALUES (?, ?, ?, 0)");
  if (!added) return std::unexpected(added.error());
  if (auto run = added->bind(1, kiosk.id).bind(2, kiosk.name).bind(3, kiosk.serial).run(); !run) return run;
  auto serves = database.prepare("INSERT INTO kiosk_inspections (kiosk, inspection) VALUES (?, ?)");
  if (!serves) return std::unexpected(serves.error());
  return serves->bind(1, kiosk.id).bind(2, inspection).run();
}

// No certificate of before is its any more: whoever has the old key is a stranger.
Result<void> let_in_again(sqlite::Database& database, const Kiosk& kiosk, std::string_view invited) {
  if (kiosk.id != invited) return fail(ErrorCode::conflict, "the invite is for another kiosk");
  if (auto gone = run(database, "DELETE FROM kiosk_certificates WHERE kiosk = ?", kiosk.id); !gone) return gone;
  auto known = database.prepare("UPDATE kiosks SET serial = ?, is_revoked = 0 WHERE id = ?");
  if (!known) return std::unexpected(known.error());
  return known->bind(1, kiosk.serial).bind(2, kiosk.id).run();
}

}  // namespace

Result<void> add_invite(sqlite::Database& database, const Invite& invite) {
  const auto known = is_there(database, "SELECT 1 FROM inspections WHERE id = ?", invite.inspection);
  if (!known) return std::unexpected(known.error());
  if (!*known) return fail(ErrorCode::not_found, "there is no inspection '" + invite.inspection + "'");
  auto added = database.prepare(
      "INSERT INTO invites (secret_hash, inspection, name, expires_s, is_spent) VALUES (?, ?, ?, ?, 0)");
  if (!added) return std::unexpected(added.error());
  added->bind(1, ByteView(invite.secret_hash)).bind(2, invite.inspection).bind(3, invite.name);
  if (auto run = added->bind(4, invite.expires_s).run(); !run || invite.kiosk.empty()) return run;

  const auto kiosk = is_there(database, "SELECT 1 FROM kiosks WHERE id = ?", invite.kiosk);
  if (!kiosk) return std::unexpected(kiosk.error());
  if (!*kiosk) return no_kiosk(invite.kiosk);
  if (auto voided = void_invites_of(database, invite.kiosk); !voided) return voided;
  auto again = database.prepare("INSERT INTO invites_again (secret_hash, kiosk) VALUES (?, ?)");
  if (!again) return std::unexpected(again.error());
  return again->bind(1, ByteView(invite.secret_hash)).bind(2, invite.kiosk).run();
}

Result<void> enrol(sqlite::Database& database, ByteView secret_hash, std::int64_t now_s, const Kiosk& kiosk) {
  if (kiosk.key) {
    const auto before = queries::enrolled(database, secret_hash, now_s, *kiosk.key);
    if (before && *before == kiosk.id) return add_certificate(database, kiosk.id, kiosk.serial);
  }
  const auto spent = spend(database, secret_hash, now_s);
  if (!spent) return std::unexpected(spent.error());
  const auto let_in = spent->kiosk.empty() ? add_kiosk(database, kiosk, spent->inspection)
                                           : let_in_again(database, kiosk, spent->kiosk);
  if (!let_in) return let_in;
  return keep_key(database, secret_hash, kiosk);
}

// With an invite that lies about somewhere: whoever finds it is not let in again.
Result<void> revoke(sqlite::Database& database, std::string_view kiosk) {
  if (auto revoked = run(database, "UPDATE kiosks SET is_revoked = 1 WHERE id = ?", kiosk); !revoked) return revoked;
  if (database.changes() == 0) return no_kiosk(kiosk);
  return void_invites_of(database, kiosk);
}

}  // namespace perspective::store::changes
