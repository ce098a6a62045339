// What changes of a kiosk after it has enrolled.
#include <string>

#include "postgres/changes.h"

namespace perspective::postgres::changes {
namespace {

std::unexpected<Error> no_kiosk(std::string_view kiosk) {
  return fail(ErrorCode::not_found, "there is no kiosk '" + std::string(kiosk) + "'");
}

// Locks the kiosk's row: what is said of one kiosk is said one after the other.
Result<void> expect_kiosk(Connection& connection, std::string_view kiosk) {
  const auto found = connection.run("SELECT 1 FROM kiosks WHERE id = $1 FOR UPDATE", Parameters().text(kiosk));
  if (!found) return std::unexpected(found.error());
  if (found->size() == 0) return no_kiosk(kiosk);
  return {};
}

Result<void> done(const Result<Rows>& rows) {
  if (!rows) return std::unexpected(rows.error());
  return {};
}

}  // namespace

Result<void> allow(Connection& connection, std::string_view kiosk, std::string_view inspection) {
  if (auto there = expect_kiosk(connection, kiosk); !there) return there;
  const auto known = connection.run("SELECT 1 FROM inspections WHERE id = $1", Parameters().text(inspection));
  if (!known) return std::unexpected(known.error());
  if (known->size() == 0) {
    return fail(ErrorCode::not_found, "there is no inspection '" + std::string(inspection) + "'");
  }
  const Parameters pair = Parameters().text(kiosk).text(inspection);
  const auto added =
      connection.run("INSERT INTO kiosk_inspections (kiosk, inspection) VALUES ($1, $2) ON CONFLICT DO NOTHING", pair);
  if (!added) return std::unexpected(added.error());
  return done(connection.run("DELETE FROM kiosk_disallowed WHERE kiosk = $1 AND inspection = $2", pair));
}

// The row of kiosk_inspections stays: what the kiosk holds may still come.
Result<void> disallow(Connection& connection, std::string_view kiosk, std::string_view inspection) {
  if (auto there = expect_kiosk(connection, kiosk); !there) return there;
  const auto added = connection.run(
      "INSERT INTO kiosk_disallowed (kiosk, inspection) SELECT kiosk, inspection FROM kiosk_inspections "
      "WHERE kiosk = $1 AND inspection = $2 ON CONFLICT (kiosk, inspection) DO UPDATE SET kiosk = excluded.kiosk",
      Parameters().text(kiosk).text(inspection));
  if (!added) return std::unexpected(added.error());
  if (added->affected() > 0) return {};
  return fail(ErrorCode::not_found,
              "kiosk '" + std::string(kiosk) + "' does not serve inspection '" + std::string(inspection) + "'");
}

Result<void> note_contact(Connection& connection, std::string_view kiosk, const store::Contact& contact) {
  if (auto there = expect_kiosk(connection, kiosk); !there) return there;
  return done(connection.run(
      "INSERT INTO kiosk_contacts (kiosk, day, program, certificate_ends_s, clock_offset_min, is_waiting) "
      "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (kiosk) DO UPDATE SET day = excluded.day, "
      "program = excluded.program, certificate_ends_s = excluded.certificate_ends_s, "
      "clock_offset_min = excluded.clock_offset_min, is_waiting = excluded.is_waiting",
      Parameters()
          .text(kiosk)
          .text(contact.day)
          .text(contact.program)
          .integer(contact.certificate_ends_s)
          .integer(contact.clock_offset_min)
          .flag(contact.is_waiting)));
}

Result<void> add_certificate(Connection& connection, std::string_view kiosk, std::string_view serial,
                             std::string_view asked_with) {
  if (auto there = expect_kiosk(connection, kiosk); !there) return there;
  const auto room = connection.run(
      "DELETE FROM kiosk_certificates WHERE kiosk = $1 AND serial <> $2 AND serial NOT IN (SELECT serial FROM "
      "kiosk_certificates WHERE kiosk = $1 AND serial <> $2 ORDER BY number DESC, serial LIMIT $3)",
      // Beside the one that it asked with, and the new one.
      Parameters().text(kiosk).text(asked_with).integer(store::kMaxCertificates - 2));
  if (!room) return std::unexpected(room.error());
  return done(connection.run(
      "INSERT INTO kiosk_certificates (kiosk, serial, number) SELECT $1, $2, coalesce(max(number), 0) + 1 "
      "FROM kiosk_certificates WHERE kiosk = $1",
      Parameters().text(kiosk).text(serial)));
}

}  // namespace perspective::postgres::changes
