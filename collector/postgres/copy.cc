#include "postgres/copy.h"

#include <string>
#include <utility>

#include "store/copy_file.h"

namespace perspective::postgres {
namespace {

using store::ColumnKind;
using store::CopyFile;
using store::Row;
using store::Table;
using store::Value;

constexpr int kRowsAtOnce = 256;

Value value_of(const Rows& rows, int row, int column, ColumnKind kind) {
  if (rows.is_null(row, column)) return {};
  switch (kind) {
    case ColumnKind::text:
      return rows.text(row, column);
    case ColumnKind::bytes:
      return rows.bytes(row, column);
    case ColumnKind::integer:
      return rows.integer(row, column);
    case ColumnKind::flag:
      return std::int64_t{rows.flag(row, column)};
  }
  return {};
}

void add(Parameters& parameters, const Value& value, ColumnKind kind) {
  const auto* number = std::get_if<std::int64_t>(&value);
  switch (kind) {
    case ColumnKind::text:
      if (const auto* text = std::get_if<std::string>(&value))
        parameters.text(*text);
      else
        parameters.null_text();
      break;
    case ColumnKind::bytes:
      if (const auto* bytes = std::get_if<Bytes>(&value))
        parameters.bytes(*bytes);
      else
        parameters.null_bytes();
      break;
    case ColumnKind::integer:
      parameters.integer(number != nullptr ? std::optional(*number) : std::nullopt);
      break;
    case ColumnKind::flag:
      parameters.flag(number != nullptr ? std::optional(*number != 0) : std::nullopt);
      break;
  }
}

// By a cursor: a table of envelopes is larger than memory may be.
Result<void> copy_table(Connection& connection, const Table& table, CopyFile& copy) {
  const std::string cursor = "copy_of_" + std::string(table.name);
  const auto declared =
      connection.execute("DECLARE " + cursor + " BINARY CURSOR FOR SELECT " + table.columns_text() + " FROM " +
                         std::string(table.name) + table.where_text() + " ORDER BY " + table.keys_text());
  if (!declared) return declared;
  const std::string fetch = "FETCH " + std::to_string(kRowsAtOnce) + " FROM " + cursor;
  for (;;) {
    const auto rows = connection.run(fetch);
    if (!rows) return std::unexpected(rows.error());
    for (int number = 0; number < rows->size(); ++number) {
      Row row;
      for (int i = 0; i < table.count(); ++i) {
        row.push_back(value_of(*rows, number, i, table.columns.at(static_cast<std::size_t>(i)).kind));
      }
      if (auto added = copy.add(table, row); !added) return added;
    }
    if (rows->size() < kRowsAtOnce) return connection.execute("CLOSE " + cursor);
  }
}

Result<void> copy_all(Connection& connection, const std::filesystem::path& path) {
  auto copy = CopyFile::make(path);
  if (!copy) return std::unexpected(copy.error());
  if (auto begun = copy->begin(); !begun) return begun;
  for (const auto& table : store::kCopiedTables) {
    if (auto copied = copy_table(connection, table, *copy); !copied) return copied;
  }
  return copy->commit();
}

Result<void> expect_empty(Connection& connection) {
  std::string sql = "SELECT FALSE";
  for (const auto& table : store::kCopiedTables) sql += " OR EXISTS (SELECT 1 FROM " + std::string(table.name) + ")";
  const auto found = connection.run(sql + " OR EXISTS (SELECT 1 FROM tombstones) OR EXISTS (SELECT 1 FROM invites)");
  if (!found) return std::unexpected(found.error());
  if (!found->flag(0, 0)) return {};
  return fail(ErrorCode::conflict,
              "the database has a collector's data in it already. Nothing was changed: a backup goes into an empty "
              "database (createdb), and never over another");
}

Result<void> take_table(Connection& connection, const Table& table, CopyFile& copy) {
  std::string places;
  for (int i = 1; i <= table.count(); ++i) places += (i == 1 ? "$" : ", $") + std::to_string(i);
  const std::string sql =
      "INSERT INTO " + std::string(table.name) + " (" + table.columns_text() + ") VALUES (" + places + ")";
  return copy.each(table, [&](const Row& row) -> Result<void> {
    Parameters parameters;
    for (std::size_t i = 0; i < row.size(); ++i) add(parameters, row[i], table.columns.at(i).kind);
    if (auto added = connection.run(sql, parameters); !added) return std::unexpected(added.error());
    return {};
  });
}

}  // namespace

Result<void> copy_tables(Connection& connection, const std::filesystem::path& path) {
  if (auto begun = connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"); !begun) return begun;
  auto copied = copy_all(connection, path);
  const auto ended = connection.execute("ROLLBACK");
  return copied ? ended : copied;
}

Result<void> take_tables(Connection& connection, const std::filesystem::path& path) {
  auto copy = CopyFile::open(path);
  if (!copy) return std::unexpected(copy.error());
  return connection.transact([&](Connection& inside) -> Result<void> {
    if (auto empty = expect_empty(inside); !empty) return empty;
    for (const auto& known : store::kCopiedTables) {
      const auto table = copy->as_it_is(known);
      if (!table) return std::unexpected(table.error());
      if (!*table) continue;
      if (auto taken = take_table(inside, **table, *copy); !taken) return taken;
    }
    return {};
  });
}

}  // namespace perspective::postgres
