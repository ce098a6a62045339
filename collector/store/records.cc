// Records of people: what is written to their table, and read.
#include <string>

#include "store/as_it_stood.h"
#include "store/changes.h"
#include "store/queries.h"

namespace perspective::store {
namespace {

constexpr std::string_view kColumns = "SELECT kind, id, version, ends_s, body FROM records WHERE kind = ?";

Record record_of(const sqlite::Statement& row) {
  return {
      .kind = row.text(0), .id = row.text(1), .version = row.integer(2), .ends_s = row.integer(3), .body = row.text(4)};
}

// In the writer's transaction, beside which there is no other.
Result<void> check(sqlite::Database& database, const AsItStood& then) {
  auto found = database.prepare("SELECT state FROM inspections WHERE id = ?");
  if (!found) return std::unexpected(found.error());
  const auto row = found->bind(1, then.inspection).step();
  if (!row) return std::unexpected(row.error());
  if (!*row) return fail(ErrorCode::not_found, "there is no inspection '" + then.inspection + "'");
  const auto state = found->text(0);
  const auto withdrawn = queries::count_withdrawn(database, then.inspection);
  if (!withdrawn) return std::unexpected(withdrawn.error());
  return check_it_stands(then, state, *withdrawn);
}

}  // namespace

Result<Record> queries::record(sqlite::Database& database, std::string_view kind, std::string_view id) {
  auto found = database.prepare(std::string(kColumns) + " AND id = ?");
  if (!found) return std::unexpected(found.error());
  const auto row = found->bind(1, kind).bind(2, id).step();
  if (!row) return std::unexpected(row.error());
  if (!*row) return fail(ErrorCode::not_found, "there is no such " + std::string(kind));
  return record_of(*found);
}

Result<std::vector<Record>> queries::records(sqlite::Database& database, std::string_view kind) {
  auto found = database.prepare(std::string(kColumns) + " ORDER BY id");
  if (!found) return std::unexpected(found.error());
  found->bind(1, kind);
  std::vector<Record> records;
  for (;;) {
    const auto row = found->step();
    if (!row) return std::unexpected(row.error());
    if (!*row) return records;
    records.push_back(record_of(*found));
  }
}

Result<void> changes::put_record(sqlite::Database& database, const Record& record) {
  if (record.only_while) {
    if (auto stands = check(database, *record.only_while); !stands) return stands;
  }
  constexpr std::string_view kAdd =
      "INSERT INTO records (kind, id, version, ends_s, body) VALUES (?1, ?2, ?3 + 1, ?4, ?5) ON CONFLICT DO NOTHING";
  constexpr std::string_view kReplace =
      "UPDATE records SET version = ?3 + 1, ends_s = ?4, body = ?5 WHERE kind = ?1 AND id = ?2 AND version = ?3";
  auto put = database.prepare(record.version == 0 ? kAdd : kReplace);
  if (!put) return std::unexpected(put.error());
  put->bind(1, record.kind).bind(2, record.id).bind(3, record.version).bind(4, record.ends_s).bind(5, record.body);
  if (auto run = put->run(); !run) return run;
  if (database.changes() > 0) return {};
  return fail(ErrorCode::conflict, "this " + record.kind + " was changed meanwhile; look at it and ask again");
}

Result<void> changes::remove_record(sqlite::Database& database, std::string_view kind, std::string_view id) {
  auto removed = database.prepare("DELETE FROM records WHERE kind = ? AND id = ?");
  if (!removed) return std::unexpected(removed.error());
  return removed->bind(1, kind).bind(2, id).run();
}

Result<void> changes::forget_ended_records(sqlite::Database& database, std::int64_t now_s) {
  auto forgotten = database.prepare("DELETE FROM records WHERE ends_s > 0 AND ends_s <= ?");
  if (!forgotten) return std::unexpected(forgotten.error());
  return forgotten->bind(1, now_s).run();
}

}  // namespace perspective::store
