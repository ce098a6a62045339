// The audit's table: one chain, whichever collector appends.
#include <utility>

#include "postgres/changes.h"
#include "postgres/queries.h"

namespace perspective::postgres {
namespace {

// Any number, as long as it stays: what all collectors wait for that append. Taken after an inspection's lock, never
// before one.
constexpr const char* kLockAudit = "SELECT pg_advisory_xact_lock(5783942075120438)";

store::AuditEntry entry_of(const Rows& rows, int row) {
  return {.number = rows.integer(row, 0), .line = rows.text(row, 1), .signature = rows.bytes(row, 2)};
}

}  // namespace

Result<std::optional<store::AuditEntry>> queries::newest_audit(Connection& connection) {
  const auto found = connection.run("SELECT number, line, signature FROM audit ORDER BY number DESC LIMIT 1");
  if (!found) return std::unexpected(found.error());
  if (found->size() == 0) return std::optional<store::AuditEntry>();
  return entry_of(*found, 0);
}

Result<std::vector<store::AuditEntry>> queries::audit(Connection& connection, std::int64_t after, std::size_t limit) {
  const auto found =
      connection.run("SELECT number, line, signature FROM audit WHERE number > $1 ORDER BY number LIMIT $2",
                     Parameters().integer(after).integer(static_cast<std::int64_t>(limit)));
  if (!found) return std::unexpected(found.error());
  std::vector<store::AuditEntry> entries;
  for (int row = 0; row < found->size(); ++row) entries.push_back(entry_of(*found, row));
  return entries;
}

// READ COMMITTED: the statement after the lock sees what its last holder committed.
Result<void> changes::append_audit(Connection& connection, const store::NextEntry& next) {
  if (auto locked = connection.run(kLockAudit); !locked) return std::unexpected(locked.error());
  const auto newest = queries::newest_audit(connection);
  if (!newest) return std::unexpected(newest.error());
  const auto entry = next(*newest);
  if (!entry) return std::unexpected(entry.error());
  const auto appended = connection.run("INSERT INTO audit (number, line, signature) VALUES ($1, $2, $3)",
                                       Parameters().integer(entry->number).text(entry->line).bytes(entry->signature));
  if (!appended) return std::unexpected(appended.error());
  return {};
}

}  // namespace perspective::postgres
