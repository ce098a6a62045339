// Records of people: what is written to their table, and read.
#include <string>

#include "postgres/changes.h"
#include "postgres/queries.h"
#include "store/as_it_stood.h"

namespace perspective::postgres {
namespace {

constexpr std::string_view kColumns = "SELECT kind, id, version, ends_s, body FROM records WHERE kind = $1";

store::Record record_of(const Rows& rows, int row) {
  return {.kind = rows.text(row, 0),
          .id = rows.text(row, 1),
          .version = rows.integer(row, 2),
          .ends_s = rows.integer(row, 3),
          .body = rows.text(row, 4)};
}

// With the inspection's lock: until the end of the transaction it goes on as it is found.
Result<void> check(Connection& connection, const store::AsItStood& then) {
  if (auto locked = changes::lock_alone(connection, then.inspection); !locked) return locked;
  const auto found = connection.run("SELECT state FROM inspections WHERE id = $1", Parameters().text(then.inspection));
  if (!found) return std::unexpected(found.error());
  if (found->size() == 0) return fail(ErrorCode::not_found, "there is no inspection '" + then.inspection + "'");
  const auto withdrawn = queries::count_withdrawn(connection, then.inspection);
  if (!withdrawn) return std::unexpected(withdrawn.error());
  return store::check_it_stands(then, found->text(0, 0), *withdrawn);
}

}  // namespace

Result<store::Record> queries::record(Connection& connection, std::string_view kind, std::string_view id) {
  const auto found = connection.run(std::string(kColumns) + " AND id = $2", Parameters().text(kind).text(id));
  if (!found) return std::unexpected(found.error());
  if (found->size() == 0) return fail(ErrorCode::not_found, "there is no such " + std::string(kind));
  return record_of(*found, 0);
}

Result<std::vector<store::Record>> queries::records(Connection& connection, std::string_view kind) {
  const auto found = connection.run(std::string(kColumns) + " ORDER BY id", Parameters().text(kind));
  if (!found) return std::unexpected(found.error());
  std::vector<store::Record> records;
  for (int row = 0; row < found->size(); ++row) records.push_back(record_of(*found, row));
  return records;
}

// READ COMMITTED: who waits for another's change of the row looks at its version anew.
Result<void> changes::put_record(Connection& connection, const store::Record& record) {
  if (record.only_while) {
    if (auto stands = check(connection, *record.only_while); !stands) return stands;
  }
  constexpr const char* kAdd =
      "INSERT INTO records (kind, id, version, ends_s, body) VALUES ($1, $2, $3 + 1, $4, $5) ON CONFLICT DO NOTHING";
  constexpr const char* kReplace =
      "UPDATE records SET version = $3 + 1, ends_s = $4, body = $5 WHERE kind = $1 AND id = $2 AND version = $3";
  const auto put = connection.run(
      record.version == 0 ? kAdd : kReplace,
      Parameters().text(record.kind).text(record.id).integer(record.version).integer(record.ends_s).text(record.body));
  if (!put) return std::unexpected(put.error());
  if (put->affected() > 0) return {};
  return fail(ErrorCode::conflict, "this " + record.kind + " was changed meanwhile; look at it and ask again");
}

Result<void> changes::remove_record(Connection& connection, std::string_view kind, std::string_view id) {
  const auto removed =
      connection.run("DELETE FROM records WHERE kind = $1 AND id = $2", Parameters().text(kind).text(id));
  if (!removed) return std::unexpected(removed.error());
  return {};
}

Result<void> changes::forget_ended_records(Connection& connection, std::int64_t now_s) {
  const auto forgotten =
      connection.run("DELETE FROM records WHERE ends_s > 0 AND ends_s <= $1", Parameters().integer(now_s));
  if (!forgotten) return std::unexpected(forgotten.error());
  return {};
}

}  // namespace perspective::postgres
