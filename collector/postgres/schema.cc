#include "postgres/schema.h"

#include <array>
#include <string>

#include "base/random.h"

namespace perspective::postgres {
namespace {

// Version 1. Text is compared by its bytes (COLLATE "C"), as SQLite and std::string do.
constexpr std::string_view kTables = R"(
CREATE TABLE collectors (
  is_only BOOLEAN PRIMARY KEY DEFAULT TRUE CHECK (is_only), authority_sha256 TEXT NOT NULL, salt BYTEA NOT NULL
);
CREATE TABLE inspections (
  id TEXT COLLATE "C" PRIMARY KEY, area TEXT NOT NULL, state TEXT NOT NULL, version BIGINT NOT NULL,
  envelope_bytes BIGINT NOT NULL, is_accepting BOOLEAN NOT NULL, definition TEXT NOT NULL, package BYTEA NOT NULL
);
CREATE TABLE envelopes (
  inspection TEXT COLLATE "C" NOT NULL REFERENCES inspections, id BYTEA NOT NULL, digest BYTEA NOT NULL,
  body BYTEA NOT NULL, PRIMARY KEY (inspection, id)
);
ALTER TABLE envelopes ALTER COLUMN body SET STORAGE EXTERNAL;
CREATE TABLE tombstones (
  inspection TEXT COLLATE "C" NOT NULL, id BYTEA NOT NULL, PRIMARY KEY (inspection, id)
);
CREATE TABLE withdrawn_counts (inspection TEXT COLLATE "C" PRIMARY KEY, envelopes BIGINT NOT NULL);
CREATE TABLE ledgers (
  inspection TEXT COLLATE "C" NOT NULL, kiosk TEXT COLLATE "C" NOT NULL, what TEXT COLLATE "C" NOT NULL,
  visits BIGINT NOT NULL, PRIMARY KEY (inspection, kiosk, what)
);
CREATE TABLE daily_counts (
  inspection TEXT COLLATE "C" NOT NULL, day TEXT COLLATE "C" NOT NULL, kiosk TEXT COLLATE "C" NOT NULL,
  envelopes BIGINT NOT NULL, PRIMARY KEY (inspection, day, kiosk)
);
CREATE TABLE kiosks (
  id TEXT COLLATE "C" PRIMARY KEY, name TEXT NOT NULL, serial TEXT COLLATE "C" NOT NULL UNIQUE,
  is_revoked BOOLEAN NOT NULL
);
CREATE TABLE kiosk_inspections (
  kiosk TEXT COLLATE "C" NOT NULL REFERENCES kiosks, inspection TEXT COLLATE "C" NOT NULL REFERENCES inspections,
  PRIMARY KEY (kiosk, inspection)
);
CREATE TABLE kiosk_disallowed (
  kiosk TEXT COLLATE "C" NOT NULL, inspection TEXT COLLATE "C" NOT NULL, PRIMARY KEY (kiosk, inspection),
  FOREIGN KEY (kiosk, inspection) REFERENCES kiosk_inspections
);
CREATE TABLE kiosk_contacts (
  kiosk TEXT COLLATE "C" PRIMARY KEY REFERENCES kiosks, day TEXT NOT NULL, program TEXT NOT NULL,
  certificate_ends_s BIGINT NOT NULL, clock_offset_min BIGINT, is_waiting BOOLEAN
);
CREATE TABLE kiosk_certificates (
  serial TEXT COLLATE "C" PRIMARY KEY, kiosk TEXT COLLATE "C" NOT NULL REFERENCES kiosks
);
CREATE TABLE invites (
  secret_hash BYTEA PRIMARY KEY, inspection TEXT COLLATE "C" NOT NULL REFERENCES inspections, name TEXT NOT NULL,
  expires_s BIGINT NOT NULL, is_spent BOOLEAN NOT NULL
);
CREATE TABLE invites_again (
  secret_hash BYTEA PRIMARY KEY REFERENCES invites, kiosk TEXT COLLATE "C" NOT NULL REFERENCES kiosks
);
CREATE TABLE tokens (
  inspection TEXT COLLATE "C" NOT NULL REFERENCES inspections, mark BYTEA NOT NULL, PRIMARY KEY (inspection, mark)
);
CREATE TABLE spent_tokens (
  inspection TEXT COLLATE "C" NOT NULL REFERENCES inspections, mark BYTEA NOT NULL, kiosk TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (inspection, mark, kiosk)
);
CREATE TABLE annotations (
  inspection TEXT COLLATE "C" NOT NULL REFERENCES inspections, id BYTEA NOT NULL, body BYTEA NOT NULL,
  PRIMARY KEY (inspection, id)
);
)";

// Version 2: whom an invite has let in, by the key, so that it may ask again whose answer was lost.
constexpr std::string_view kEnrolledKeys = R"(
CREATE TABLE enrolled_keys (
  secret_hash BYTEA PRIMARY KEY REFERENCES invites, kiosk TEXT COLLATE "C" NOT NULL REFERENCES kiosks,
  key BYTEA NOT NULL
);
)";

// Version 3.
constexpr std::string_view kAudit =
    "CREATE TABLE audit (number BIGINT PRIMARY KEY, line TEXT NOT NULL, signature BYTEA NOT NULL)";

// Version 4: people.
constexpr std::string_view kRecords = R"(
CREATE TABLE records (
  kind TEXT COLLATE "C" NOT NULL, id TEXT COLLATE "C" NOT NULL, version BIGINT NOT NULL, ends_s BIGINT NOT NULL,
  body TEXT NOT NULL, PRIMARY KEY (kind, id)
);
)";

// Version 5: what may be known while an inspection is locked.
constexpr std::string_view kPlainCounts = R"(
CREATE TABLE plain_counts (
  inspection TEXT COLLATE "C" NOT NULL REFERENCES inspections, name TEXT COLLATE "C" NOT NULL, count BIGINT NOT NULL,
  PRIMARY KEY (inspection, name)
);
)";

// Version 6: paper forms on their way.
constexpr std::string_view kKeyings = R"(
CREATE TABLE keyings (
  inspection TEXT COLLATE "C" NOT NULL REFERENCES inspections, form BYTEA NOT NULL, keyer TEXT COLLATE "C" NOT NULL,
  body BYTEA NOT NULL, PRIMARY KEY (inspection, form, keyer)
);
)";

// Version 7: since when one waits.
constexpr std::string_view kKeyingDays = R"(
ALTER TABLE keyings ADD COLUMN day TEXT COLLATE "C" NOT NULL DEFAULT '';
)";

// Version 8: which certificate of a kiosk came last. An older collector's have 0, and go first.
constexpr std::string_view kCertificateNumbers = R"(
ALTER TABLE kiosk_certificates ADD COLUMN number BIGINT NOT NULL DEFAULT 0;
)";

// The n-th makes version n of n - 1. What is here has run somewhere: never change one, add one, and see README.md.
constexpr std::array<std::string_view, 8> kMigrations{kTables,      kEnrolledKeys, kAudit,      kRecords,
                                                      kPlainCounts, kKeyings,      kKeyingDays, kCertificateNumbers};
constexpr auto kVersion = static_cast<std::int64_t>(kMigrations.size());
// The oldest version whose collectors may use the tables as the last migration leaves them.
constexpr std::int64_t kLeastVersion = 1;

// Any number, as long as it stays: what all collectors wait for that migrate.
constexpr std::string_view kLockMigrations = "SELECT pg_advisory_xact_lock(5783942075120437)";

struct Versions {
  std::int64_t version = 0;
  std::int64_t least = 0;
};

Result<Versions> versions_of(Connection& connection) {
  const auto found = connection.run("SELECT version, least_version FROM schema_versions");
  if (!found) return std::unexpected(found.error());
  if (found->size() == 0) return Versions{};
  return Versions{found->integer(0, 0), found->integer(0, 1)};
}

Result<void> make_first_tables(Connection& connection) {
  const auto found = connection.run("SELECT to_regnamespace('perspective') IS NULL");
  if (!found) return std::unexpected(found.error());
  if (found->flag(0, 0)) {
    if (auto made = connection.execute("CREATE SCHEMA perspective"); !made) return made;
  }
  return connection.execute(
      "CREATE TABLE IF NOT EXISTS perspective.schema_versions (is_only BOOLEAN PRIMARY KEY DEFAULT TRUE CHECK "
      "(is_only), version BIGINT NOT NULL, least_version BIGINT NOT NULL)");
}

Result<void> run_missing(Connection& connection, std::int64_t version) {
  for (auto next = version; next < kVersion; ++next) {
    const std::string sql(kMigrations.at(static_cast<std::size_t>(next)));
    if (auto run = connection.execute(sql); !run) {
      return in_context("migration " + std::to_string(next + 1), run.error());
    }
  }
  if (version >= kVersion) return {};
  const auto noted = connection.run(
      "INSERT INTO schema_versions (version, least_version) VALUES ($1, $2) "
      "ON CONFLICT (is_only) DO UPDATE SET version = excluded.version, least_version = excluded.least_version",
      Parameters().integer(kVersion).integer(kLeastVersion));
  if (!noted) return std::unexpected(noted.error());
  return {};
}

Result<void> join(Connection& connection, std::string_view authority_sha256) {
  const auto salt = random_bytes(16);
  const auto first =
      connection.run("INSERT INTO collectors (authority_sha256, salt) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                     Parameters().text(authority_sha256).bytes(salt));
  if (!first) return std::unexpected(first.error());
  const auto found = connection.run("SELECT authority_sha256 FROM collectors");
  if (!found) return std::unexpected(found.error());
  if (found->text(0, 0) == authority_sha256) return {};
  return fail(ErrorCode::refused,
              "the database belongs to collectors with another authority: their receipts and certificates are not "
              "ours. Collectors of one database have the same keys/; give this one a copy, or another database");
}

}  // namespace

Result<void> migrate(Connection& connection, std::string_view authority_sha256) {
  return connection.transact([&](Connection& inside) -> Result<void> {
    if (auto locked = inside.run(std::string(kLockMigrations)); !locked) return std::unexpected(locked.error());
    if (auto made = make_first_tables(inside); !made) return made;
    const auto found = versions_of(inside);
    if (!found) return std::unexpected(found.error());
    if (auto run = run_missing(inside, found->version); !run) return run;
    if (auto checked = check_schema(inside); !checked) return checked;
    return join(inside, authority_sha256);
  });
}

Result<void> check_schema(Connection& connection) {
  const auto found = versions_of(connection);
  if (!found) return std::unexpected(found.error());
  if (found->least <= kVersion) return {};
  return fail(ErrorCode::corrupt,
              "the database's tables are those of a newer version of this program, which no longer serve this one; "
              "install that version here too");
}

}  // namespace perspective::postgres
