#include "store/schema.h"

#include <array>
#include <string>
#include <string_view>

#include "base/random.h"

namespace perspective::store {
namespace {

constexpr std::int64_t kSchemaVersion = 1;
constexpr std::int64_t kMaxCompactedBytes = 256 * 1024 * 1024;

// secure_delete: what is withdrawn is overwritten. temp_store: nothing of a sort goes to a file.
constexpr std::string_view kSettings =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY;"
    "PRAGMA foreign_keys = ON;";

// envelopes, annotations and keyings are WITHOUT ROWID: a row number would tell the order in which they came.
constexpr std::string_view kTables = R"(
CREATE TABLE IF NOT EXISTS collector (version INTEGER NOT NULL, salt BLOB NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS inspections (
  id TEXT PRIMARY KEY, area TEXT NOT NULL, state TEXT NOT NULL, version INTEGER NOT NULL,
  envelope_bytes INTEGER NOT NULL, is_accepting INTEGER NOT NULL, definition TEXT NOT NULL, package BLOB NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS envelopes (
  inspection TEXT NOT NULL REFERENCES inspections, id BLOB NOT NULL, digest BLOB NOT NULL, body BLOB NOT NULL,
  PRIMARY KEY (inspection, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS tombstones (
  inspection TEXT NOT NULL, id BLOB NOT NULL, PRIMARY KEY (inspection, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS withdrawn_counts (
  inspection TEXT PRIMARY KEY, envelopes INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS ledgers (
  inspection TEXT NOT NULL, kiosk TEXT NOT NULL, what TEXT NOT NULL, visits INTEGER NOT NULL,
  PRIMARY KEY (inspection, kiosk, what)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS daily_counts (
  inspection TEXT NOT NULL, day TEXT NOT NULL, kiosk TEXT NOT NULL, envelopes INTEGER NOT NULL,
  PRIMARY KEY (inspection, day, kiosk)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS kiosks (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, serial TEXT NOT NULL UNIQUE, is_revoked INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS kiosk_inspections (
  kiosk TEXT NOT NULL REFERENCES kiosks, inspection TEXT NOT NULL REFERENCES inspections,
  PRIMARY KEY (kiosk, inspection)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS kiosk_disallowed (
  kiosk TEXT NOT NULL, inspection TEXT NOT NULL, PRIMARY KEY (kiosk, inspection),
  FOREIGN KEY (kiosk, inspection) REFERENCES kiosk_inspections
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS kiosk_contacts (
  kiosk TEXT PRIMARY KEY REFERENCES kiosks, day TEXT NOT NULL, program TEXT NOT NULL, certificate_ends_s INTEGER NOT NULL,
  clock_offset_min INTEGER, is_waiting INTEGER
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS kiosk_certificates (
  serial TEXT PRIMARY KEY, kiosk TEXT NOT NULL REFERENCES kiosks, number INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS invites (
  secret_hash BLOB PRIMARY KEY, inspection TEXT NOT NULL REFERENCES inspections, name TEXT NOT NULL,
  expires_s INTEGER NOT NULL, is_spent INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS invites_again (
  secret_hash BLOB PRIMARY KEY REFERENCES invites, kiosk TEXT NOT NULL REFERENCES kiosks
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS enrolled_keys (
  secret_hash BLOB PRIMARY KEY REFERENCES invites, kiosk TEXT NOT NULL REFERENCES kiosks, key BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS tokens (
  inspection TEXT NOT NULL REFERENCES inspections, mark BLOB NOT NULL, PRIMARY KEY (inspection, mark)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS spent_tokens (
  inspection TEXT NOT NULL REFERENCES inspections, mark BLOB NOT NULL, kiosk TEXT NOT NULL,
  PRIMARY KEY (inspection, mark, kiosk)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS annotations (
  inspection TEXT NOT NULL REFERENCES inspections, id BLOB NOT NULL, body BLOB NOT NULL,
  PRIMARY KEY (inspection, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS plain_counts (
  inspection TEXT NOT NULL REFERENCES inspections, name TEXT NOT NULL, count INTEGER NOT NULL,
  PRIMARY KEY (inspection, name)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS keyings (
  inspection TEXT NOT NULL REFERENCES inspections, form BLOB NOT NULL, keyer TEXT NOT NULL, body BLOB NOT NULL,
  day TEXT NOT NULL DEFAULT '', PRIMARY KEY (inspection, form, keyer)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS audit (
  number INTEGER PRIMARY KEY, line TEXT NOT NULL, signature BLOB NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS records (
  kind TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, ends_s INTEGER NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;
)";

Result<void> check_version(sqlite::Database& database) {
  auto found = database.prepare("SELECT version FROM collector");
  if (!found) return std::unexpected(found.error());
  const auto row = found->step();
  if (!row) return std::unexpected(row.error());
  if (*row && found->integer(0) > kSchemaVersion) {
    return fail(ErrorCode::corrupt, "the database was made by a newer version of this program; install that version");
  }
  if (*row) return {};
  auto made = database.prepare("INSERT INTO collector (version, salt) VALUES (?, ?)");
  if (!made) return std::unexpected(made.error());
  return made->bind(1, kSchemaVersion).bind(2, ByteView(random_bytes(16))).run();
}

struct Column {
  std::string_view table;
  std::string_view name;
  std::string_view declaration;
};
// Those that a file of before them lacks.
constexpr std::array<Column, 2> kAdded{{{"keyings", "day", "day TEXT NOT NULL DEFAULT ''"},
                                        {"kiosk_certificates", "number", "number INTEGER NOT NULL DEFAULT 0"}}};

Result<void> add_missing(sqlite::Database& database) {
  for (const auto& column : kAdded) {
    auto found = database.prepare("SELECT 1 FROM pragma_table_info(?) WHERE name = ?");
    if (!found) return std::unexpected(found.error());
    const auto is_there = found->bind(1, column.table).bind(2, column.name).step();
    if (!is_there) return std::unexpected(is_there.error());
    if (*is_there) continue;
    const std::string sql =
        "ALTER TABLE " + std::string(column.table) + " ADD COLUMN " + std::string(column.declaration);
    if (auto added = database.execute(sql); !added) return added;
  }
  return {};
}

Result<std::int64_t> size_bytes_of(sqlite::Database& database) {
  auto size = database.prepare("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()");
  if (!size) return std::unexpected(size.error());
  const auto row = size->step();
  if (!row) return std::unexpected(row.error());
  return size->integer(0);
}

}  // namespace

// WITHOUT ROWID alone does not do it: SQLite puts the long part of each new row on the next free pages of the file.
Result<void> compact(sqlite::Database& database) {
  const auto size_bytes = size_bytes_of(database);
  if (!size_bytes) return std::unexpected(size_bytes.error());
  if (*size_bytes > kMaxCompactedBytes) return {};
  return database.execute("PRAGMA temp_store = MEMORY; VACUUM; PRAGMA wal_checkpoint(TRUNCATE)");
}

Result<void> prepare(sqlite::Database& database) {
  if (auto set = database.execute(kSettings); !set) return set;
  auto transaction = sqlite::Transaction::begin(database);
  if (!transaction) return std::unexpected(transaction.error());
  if (auto made = database.execute(kTables); !made) return made;
  if (auto added = add_missing(database); !added) return added;
  if (auto checked = check_version(database); !checked) return checked;
  return transaction->commit();
}

}  // namespace perspective::store
