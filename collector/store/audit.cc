// The audit's table: what is appended to it, and read.
#include <utility>

#include "store/changes.h"
#include "store/queries.h"

namespace perspective::store {
namespace {

AuditEntry entry_of(const sqlite::Statement& row) {
  return {.number = row.integer(0), .line = row.text(1), .signature = row.blob(2)};
}

}  // namespace

Result<std::optional<AuditEntry>> queries::newest_audit(sqlite::Database& database) {
  auto found = database.prepare("SELECT number, line, signature FROM audit ORDER BY number DESC LIMIT 1");
  if (!found) return std::unexpected(found.error());
  const auto row = found->step();
  if (!row) return std::unexpected(row.error());
  if (!*row) return std::optional<AuditEntry>();
  return entry_of(*found);
}

Result<std::vector<AuditEntry>> queries::audit(sqlite::Database& database, std::int64_t after, std::size_t limit) {
  auto found = database.prepare("SELECT number, line, signature FROM audit WHERE number > ? ORDER BY number LIMIT ?");
  if (!found) return std::unexpected(found.error());
  found->bind(1, after).bind(2, static_cast<std::int64_t>(limit));
  std::vector<AuditEntry> entries;
  for (;;) {
    const auto row = found->step();
    if (!row) return std::unexpected(row.error());
    if (!*row) return entries;
    entries.push_back(entry_of(*found));
  }
}

// One writer: nobody else appends meanwhile.
Result<void> changes::append_audit(sqlite::Database& database, const NextEntry& next) {
  const auto newest = queries::newest_audit(database);
  if (!newest) return std::unexpected(newest.error());
  const auto entry = next(*newest);
  if (!entry) return std::unexpected(entry.error());
  auto appended = database.prepare("INSERT INTO audit (number, line, signature) VALUES (?, ?, ?)");
  if (!appended) return std::unexpected(appended.error());
  return appended->bind(1, entry->number).bind(2, entry->line).bind(3, ByteView(entry->signature)).run();
}

}  // namespace perspective::store
