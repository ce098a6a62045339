// A copy of a store's tables in one file: what a backup is made of, whatever store it came from.
//
// Promise:   a SQLite database with the tables of tables.h, each in the order of its keys: as files of the same content
//            have the same rows at the same places, it does not tell in which order they came to the store.
//            Not durable by itself: whoever makes one puts it in its place (base/file.h).
// Errors:    as base/sqlite.h; corrupt for a file that is no such copy.
// Ownership: owns its connection.
// Threads:   one.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "base/sqlite.h"
#include "store/tables.h"

namespace perspective::store {

using Value = std::variant<std::monostate, std::int64_t, std::string, Bytes>;  // nothing: NULL
using Row = std::vector<Value>;                                                // in the order of Table::columns

class CopyFile {
 public:
  static Result<CopyFile> make(const std::filesystem::path& path);       // where nothing is
  static Result<CopyFile> open(const std::filesystem::path& path);       // to read
  static Result<CopyFile> to_finish(const std::filesystem::path& path);  // one that was made just now, to say()

  // Rows of one table, in the order of its keys. begin() before the first, commit() after the last of them all.
  Result<void> begin() { return database_.execute("BEGIN"); }
  Result<void> add(const Table& table, const Row& row);
  Result<void> commit() { return database_.execute("COMMIT"); }

  // As it is here: of a copy that an earlier version made, without the columns that it did not know; nothing: it did
  // not know the table either. corrupt: without one of its keys.
  Result<std::optional<Table>> as_it_is(const Table& table);
  using Take = std::function<Result<void>(const Row&)>;
  Result<void> each(const Table& table, const Take& take);

  // What is said of the copy, and signed by whoever made it.
  struct Statement {
    Bytes signed_manifest;
    std::string authority_pem;
    std::string about;  // for whoever finds the file
  };
  Result<void> say(const Statement& statement);
  Result<Statement> said();
  Result<void> check_pages();  // that SQLite finds no fault in its own structures

 private:
  explicit CopyFile(sqlite::Database database) : database_(std::move(database)) {}
  sqlite::Database database_;
  std::optional<sqlite::Statement> adding_;
  std::string_view adding_to_;
};

// A column that the copy has not keeps what the database gives it, and a table that it has not stays empty.
// All tables of the database, as they are at one moment, to a new file; and from a copy into a database without rows.
Result<void> copy_tables(sqlite::Database& database, const std::filesystem::path& path);
Result<void> take_tables(sqlite::Database& database, const std::filesystem::path& copy);

}  // namespace perspective::store
