// SQLite, as little of it as we use: a connection, prepared statements, transactions.
//
// Promise:   a statement's bound bytes are copied; columns are valid until the next step() or reset(). What a statement
//            was bound to is forgotten with it; SQLite's compiled form of it is kept for the next one of the same
//            words.
// Errors:    io with SQLite's own message and the path; retry is true only for "busy" and "disk full".
// Ownership: Database owns the connection, Statement its prepared statement (outlive no Statement of it).
// Threads:   one thread a connection.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace perspective::sqlite {

class Compiled;  // statements that nobody uses at the moment

class Statement {
 public:
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&&) = delete;
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  ~Statement();

  // Parameters count from 1, columns from 0, as SQLite has them.
  Statement& bind(int parameter, std::int64_t value);
  Statement& bind(int parameter, std::string_view text);
  Statement& bind(int parameter, ByteView blob);
  Statement& bind_null(int parameter);
  Result<bool> step();  // true: a row is there
  Result<void> run();   // step to the end, then reset
  void reset();

  std::int64_t integer(int column) const;
  std::string text(int column) const;
  Bytes blob(int column) const;
  bool is_null(int column) const;

 private:
  friend class Database;
  Statement(sqlite3_stmt* statement, Compiled* home) : statement_(statement), home_(home) {}
  sqlite3_stmt* statement_;
  Compiled* home_;
};

class Database {
 public:
  // vfs: the name of a registered SQLite VFS; empty for the default one (tests cut the power under it).
  static Result<Database> open(const std::filesystem::path& path, std::string_view vfs = {});
  Database(Database&& other) noexcept;
  Database& operator=(Database&&) = delete;
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  ~Database();

  Result<void> execute(std::string_view sql);  // one or more statements without parameters
  Result<Statement> prepare(std::string_view sql);
  Result<void> run(std::string_view sql);  // one statement without parameters or rows, kept compiled
  std::int64_t changes() const;            // rows changed by the last statement

 private:
  Database(sqlite3* connection, std::string path);
  sqlite3* connection_;
  std::string path_;
  std::unique_ptr<Compiled> compiled_;
};

// Rolls back unless commit() was called and succeeded.
class Transaction {
 public:
  static Result<Transaction> begin(Database& database);
  Transaction(Transaction&& other) noexcept;
  Transaction& operator=(Transaction&&) = delete;
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction();
  Result<void> commit();

 private:
  explicit Transaction(Database& database) : database_(&database) {}
  Database* database_;
};

}  // namespace perspective::sqlite
