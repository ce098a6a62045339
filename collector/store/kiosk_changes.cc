// What the writer does to what stands of a kiosk after it has enrolled.
#include <string>

#include "store/changes.h"

namespace perspective::store::changes {
namespace {

std::unexpected<Error> no_kiosk(std::string_view kiosk) {
  return fail(ErrorCode::not_found, "there is no kiosk '" + std::string(kiosk) + "'");
}

Result<void> expect_row(sqlite::Database& database, std::string_view sql, std::string_view key,
                        std::unexpected<Error> otherwise) {
  auto found = database.prepare(sql);
  if (!found) return std::unexpected(found.error());
  const auto row = found->bind(1, key).step();
  if (!row) return std::unexpected(row.error());
  if (!*row) return otherwise;
  return {};
}

Result<void> expect_kiosk(sqlite::Database& database, std::string_view kiosk) {
  return expect_row(database, "SELECT 1 FROM kiosks WHERE id = ?", kiosk, no_kiosk(kiosk));
}

Result<void> run_for(sqlite::Database& database, std::string_view sql, std::string_view kiosk, std::string_view other) {
  auto statement = database.prepare(sql);
  if (!statement) return std::unexpected(statement.error());
  return statement->bind(1, kiosk).bind(2, other).run();
}

}  // namespace

Result<void> allow(sqlite::Database& database, std::string_view kiosk, std::string_view inspection) {
  if (auto there = expect_kiosk(database, kiosk); !there) return there;
  const auto no_inspection = fail(ErrorCode::not_found, "there is no inspection '" + std::string(inspection) + "'");
  if (auto there = expect_row(database, "SELECT 1 FROM inspections WHERE id = ?", inspection, no_inspection); !there) {
    return there;
  }
  constexpr std::string_view kAdd =
      "INSERT INTO kiosk_inspections (kiosk, inspection) VALUES (?, ?) ON CONFLICT DO NOTHING";
  if (auto added = run_for(database, kAdd, kiosk, inspection); !added) return added;
  return run_for(database, "DELETE FROM kiosk_disallowed WHERE kiosk = ? AND inspection = ?", kiosk, inspection);
}

// The row of kiosk_inspections stays: what the kiosk holds may still come.
Result<void> disallow(sqlite::Database& database, std::string_view kiosk, std::string_view inspection) {
  if (auto there = expect_kiosk(database, kiosk); !there) return there;
  constexpr std::string_view kAdd =
      "INSERT INTO kiosk_disallowed (kiosk, inspection) SELECT kiosk, inspection FROM kiosk_inspections "
      "WHERE kiosk = ?1 AND inspection = ?2 ON CONFLICT DO UPDATE SET kiosk = excluded.kiosk";
  if (auto added = run_for(database, kAdd, kiosk, inspection); !added) return added;
  if (database.changes() > 0) return {};
  return fail(ErrorCode::not_found,
              "kiosk '" + std::string(kiosk) + "' does not serve inspection '" + std::string(inspection) + "'");
}

Result<void> note_contact(sqlite::Database& database, std::string_view kiosk, const Contact& contact) {
  if (auto there = expect_kiosk(database, kiosk); !there) return there;
  auto noted = database.prepare(
      "INSERT OR REPLACE INTO kiosk_contacts (kiosk, day, program, certificate_ends_s, clock_offset_min, is_waiting) "
      "VALUES (?, ?, ?, ?, ?, ?)");
  if (!noted) return std::unexpected(noted.error());
  noted->bind(1, kiosk).bind(2, contact.day).bind(3, contact.program).bind(4, contact.certificate_ends_s);
  // What is not bound is NULL.
  if (contact.clock_offset_min) noted->bind(5, *contact.clock_offset_min);
  if (contact.is_waiting) noted->bind(6, std::int64_t{*contact.is_waiting});
  return noted->run();
}

Result<void> add_certificate(sqlite::Database& database, std::string_view kiosk, std::string_view serial,
                             std::string_view asked_with) {
  if (auto there = expect_kiosk(database, kiosk); !there) return there;
  auto room = database.prepare(
      "DELETE FROM kiosk_certificates WHERE kiosk = ?1 AND serial <> ?2 AND serial NOT IN (SELECT serial FROM "
      "kiosk_certificates WHERE kiosk = ?1 AND serial <> ?2 ORDER BY number DESC, serial LIMIT ?3)");
  if (!room) return std::unexpected(room.error());
  // Beside the one that it asked with, and the new one.
  if (auto made = room->bind(1, kiosk).bind(2, asked_with).bind(3, kMaxCertificates - 2).run(); !made) return made;
  return run_for(database,
                 "INSERT INTO kiosk_certificates (kiosk, serial, number) SELECT ?1, ?2, ifnull(max(number), 0) + 1 "
                 "FROM kiosk_certificates WHERE kiosk = ?1",
                 kiosk, serial);
}

}  // namespace perspective::store::changes
