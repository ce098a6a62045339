#include "store/copy_file.h"

#include <set>

namespace perspective::store {
namespace {

using sqlite::Database;

std::string definition_of(const Table& table) {
  std::string columns;
  for (int i = 0; i < table.count(); ++i) {
    const auto& column = table.columns.at(static_cast<std::size_t>(i));
    const char* const type = column.kind == ColumnKind::text    ? "TEXT"
                             : column.kind == ColumnKind::bytes ? "BLOB"
                                                                : "INTEGER";
    columns += std::string(column.name) + " " + type + ", ";
  }
  return "CREATE TABLE " + std::string(table.name) + " (" + columns + "PRIMARY KEY (" + table.keys_text() +
         ")) STRICT, WITHOUT ROWID;";
}

Result<void> make_tables(Database& database) {
  std::string sql =
      "CREATE TABLE backup (manifest BLOB NOT NULL, authority TEXT NOT NULL, about TEXT NOT NULL) STRICT;";
  for (const auto& table : kCopiedTables) sql += definition_of(table);
  return database.execute(sql);
}

// Nothing of it counts before it is whole and in its place: SQLite need not save it from a power cut.
constexpr std::string_view kUnfinished = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;";

Result<void> attach(Database& database, const std::filesystem::path& path) {
  auto attached = database.prepare("ATTACH DATABASE ? AS copy");
  if (!attached) return std::unexpected(attached.error());
  return attached->bind(1, path.string()).run();
}

Result<std::optional<Table>> table_in(Database& database, std::string_view schema, const Table& wanted) {
  auto found = database.prepare("SELECT name FROM pragma_table_info(?, ?)");
  if (!found) return std::unexpected(found.error());
  found->bind(1, wanted.name).bind(2, schema);
  std::set<std::string> names;
  for (;;) {
    const auto row = found->step();
    if (!row) return std::unexpected(row.error());
    if (!*row) break;
    names.insert(found->text(0));
  }
  if (names.empty()) return std::optional<Table>();
  Table there = wanted;
  there.columns = {};
  std::size_t count = 0;
  for (int i = 0; i < wanted.count(); ++i) {
    const auto& column = wanted.columns.at(static_cast<std::size_t>(i));
    if (names.contains(std::string(column.name))) {
      there.columns.at(count++) = column;
    } else if (i < wanted.keys) {
      return fail(ErrorCode::corrupt, "table " + std::string(wanted.name) + " is not as any version makes it");
    }
  }
  return std::optional(there);
}

Result<void> copy_between(Database& database, const std::string& from, const std::string& to) {
  for (const auto& known : kCopiedTables) {
    const auto table = table_in(database, from, known);
    if (!table) return std::unexpected(table.error());
    if (!*table) continue;
    const auto columns = (*table)->columns_text();
    const auto copied = database.execute("INSERT INTO " + to + "." + std::string(known.name) + " (" + columns +
                                         ") SELECT " + columns + " FROM " + from + "." + std::string(known.name) +
                                         known.where_text() + " ORDER BY " + known.keys_text());
    if (!copied) return copied;
  }
  return {};
}

Value value_of(const sqlite::Statement& row, int column, ColumnKind kind) {
  if (row.is_null(column)) return {};
  switch (kind) {
    case ColumnKind::text:
      return row.text(column);
    case ColumnKind::bytes:
      return row.blob(column);
    default:
      return row.integer(column);
  }
}

void bind(sqlite::Statement& statement, int parameter, const Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) {
    statement.bind(parameter, *number);
  } else if (const auto* text = std::get_if<std::string>(&value)) {
    statement.bind(parameter, std::string_view(*text));
  } else if (const auto* bytes = std::get_if<Bytes>(&value)) {
    statement.bind(parameter, ByteView(*bytes));
  } else {
    statement.bind_null(parameter);
  }
}

}  // namespace

Result<CopyFile> CopyFile::make(const std::filesystem::path& path) {
  if (std::filesystem::exists(path)) return fail(ErrorCode::conflict, path.string() + " is there already");
  auto database = Database::open(path);
  if (!database) return std::unexpected(database.error());
  if (auto set = database->execute(kUnfinished); !set) return std::unexpected(set.error());
  if (auto made = make_tables(*database); !made) return std::unexpected(made.error());
  return CopyFile(std::move(*database));
}

Result<CopyFile> CopyFile::open(const std::filesystem::path& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error))
    return fail(ErrorCode::not_found, "there is no file " + path.string());
  auto database = Database::open(path);
  if (!database) return std::unexpected(database.error());
  if (!database->execute("PRAGMA query_only = ON; SELECT 1 FROM backup")) {
    return fail(ErrorCode::corrupt, path.string() + " is no backup of a collector");
  }
  return CopyFile(std::move(*database));
}

Result<CopyFile> CopyFile::to_finish(const std::filesystem::path& path) {
  auto database = Database::open(path);
  if (!database) return std::unexpected(database.error());
  if (auto set = database->execute(kUnfinished); !set) return std::unexpected(set.error());
  return CopyFile(std::move(*database));
}

Result<void> CopyFile::add(const Table& table, const Row& row) {
  if (!adding_ || adding_to_ != table.name) {
    std::string places;
    for (int i = 0; i < table.count(); ++i) places += i == 0 ? "?" : ", ?";
    auto prepared = database_.prepare("INSERT INTO " + std::string(table.name) + " (" + table.columns_text() +
                                      ") VALUES (" + places + ")");
    if (!prepared) return std::unexpected(prepared.error());
    adding_.reset();
    adding_.emplace(*std::move(prepared));
    adding_to_ = table.name;
  }
  for (std::size_t i = 0; i < row.size(); ++i) bind(*adding_, static_cast<int>(i) + 1, row[i]);
  return adding_->run();
}

Result<std::optional<Table>> CopyFile::as_it_is(const Table& table) { return table_in(database_, "main", table); }

Result<void> CopyFile::each(const Table& table, const Take& take) {
  auto found = database_.prepare("SELECT " + table.columns_text() + " FROM " + std::string(table.name) + " ORDER BY " +
                                 table.keys_text());
  if (!found) return std::unexpected(found.error());
  for (;;) {
    const auto is_there = found->step();
    if (!is_there) return std::unexpected(is_there.error());
    if (!*is_there) return {};
    Row row;
    for (int i = 0; i < table.count(); ++i) {
      row.push_back(value_of(*found, i, table.columns.at(static_cast<std::size_t>(i)).kind));
    }
    if (auto taken = take(row); !taken) return taken;
  }
}

Result<void> CopyFile::say(const Statement& statement) {
  auto said = database_.prepare("INSERT INTO backup (manifest, authority, about) VALUES (?, ?, ?)");
  if (!said) return std::unexpected(said.error());
  return said->bind(1, ByteView(statement.signed_manifest))
      .bind(2, std::string_view(statement.authority_pem))
      .bind(3, std::string_view(statement.about))
      .run();
}

Result<CopyFile::Statement> CopyFile::said() {
  auto found = database_.prepare("SELECT manifest, authority, about FROM backup");
  if (!found) return std::unexpected(found.error());
  const auto row = found->step();
  if (!row) return std::unexpected(row.error());
  if (!*row) return fail(ErrorCode::corrupt, "the backup was never finished");
  return Statement{found->blob(0), found->text(1), found->text(2)};
}

Result<void> CopyFile::check_pages() {
  auto checked = database_.prepare("PRAGMA integrity_check(1)");
  if (!checked) return std::unexpected(checked.error());
  const auto row = checked->step();
  if (!row) return std::unexpected(row.error());
  if (*row && checked->text(0) == "ok") return {};
  return fail(ErrorCode::corrupt, "its pages are damaged: " + checked->text(0));
}

// Reading holds a view of one moment until COMMIT; the collector's writer goes on beside it.
Result<void> copy_tables(Database& database, const std::filesystem::path& path) {
  if (auto made = CopyFile::make(path); !made) return std::unexpected(made.error());
  if (auto attached = attach(database, path); !attached) return attached;
  const auto set = database.execute("PRAGMA copy.journal_mode = OFF; PRAGMA copy.synchronous = OFF; BEGIN");
  if (!set) return set;
  auto copied = copy_between(database, "main", "copy");
  if (copied) copied = database.execute("COMMIT");
  return copied;
}

Result<void> take_tables(Database& database, const std::filesystem::path& copy) {
  if (auto attached = attach(database, copy); !attached) return attached;
  if (auto begun = database.execute("BEGIN IMMEDIATE"); !begun) return begun;
  auto taken = copy_between(database, "copy", "main");
  if (taken) taken = database.execute("COMMIT; DETACH DATABASE copy");
  return taken;
}

}  // namespace perspective::store
