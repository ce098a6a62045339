#include "base/sqlite.h"

#include <sqlite3.h>

#include <utility>

namespace perspective::sqlite {
namespace {

std::unexpected<Error> sqlite_error(sqlite3* connection, std::string_view path) {
  const int code = sqlite3_errcode(connection) & 0xff;
  // Full is said of a write, never of a sync: SQLite then takes the whole change back.
  const bool may_succeed_later = code == SQLITE_BUSY || code == SQLITE_FULL;
  return fail(ErrorCode::io, "database " + std::string(path) + ": " + sqlite3_errmsg(connection), may_succeed_later);
}

}  // namespace

Statement::Statement(Statement&& other) noexcept : statement_(std::exchange(other.statement_, nullptr)) {}
Statement::~Statement() { sqlite3_finalize(statement_); }

Statement& Statement::bind(int parameter, std::int64_t value) {
  sqlite3_bind_int64(statement_, parameter, value);
  return *this;
}

Statement& Statement::bind(int parameter, std::string_view text) {
  // An empty view may have no address, and SQLite would take that for NULL.
  sqlite3_bind_text64(statement_, parameter, text.empty() ? "" : text.data(), text.size(), SQLITE_TRANSIENT,
                      SQLITE_UTF8);
  return *this;
}

Statement& Statement::bind(int parameter, ByteView blob) {
  if (blob.empty())
    sqlite3_bind_zeroblob(statement_, parameter, 0);
  else
    sqlite3_bind_blob64(statement_, parameter, blob.data(), blob.size(), SQLITE_TRANSIENT);
  return *this;
}

Statement& Statement::bind_null(int parameter) {
  sqlite3_bind_null(statement_, parameter);
  return *this;
}

Result<bool> Statement::step() {
  const int outcome = sqlite3_step(statement_);
  if (outcome == SQLITE_ROW) return true;
  if (outcome == SQLITE_DONE) return false;
  sqlite3* connection = sqlite3_db_handle(statement_);
  return sqlite_error(connection, sqlite3_db_filename(connection, "main"));
}

Result<void> Statement::run() {
  for (;;) {
    const auto row = step();
    if (!row) {
      reset();
      return std::unexpected(row.error());
    }
    if (!*row) break;
  }
  reset();
  return {};
}

void Statement::reset() { sqlite3_reset(statement_); }

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(statement_, column); }

std::string Statement::text(int column) const {
  const auto* text = sqlite3_column_text(statement_, column);
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
  return text == nullptr ? std::string() : std::string(reinterpret_cast<const char*>(text), size);
}

Bytes Statement::blob(int column) const {
  const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_, column));
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
  return data == nullptr ? Bytes() : Bytes(data, data + size);
}

bool Statement::is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }

Result<Database> Database::open(const std::filesystem::path& path, std::string_view vfs) {
  sqlite3* connection = nullptr;
  const std::string vfs_name(vfs);
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  const int outcome = sqlite3_open_v2(path.c_str(), &connection, flags, vfs_name.empty() ? nullptr : vfs_name.c_str());
  if (outcome != SQLITE_OK) {
    auto error = sqlite_error(connection, path.string());
    sqlite3_close(connection);
    return error;
  }
  sqlite3_busy_timeout(connection, 5000);
  return Database(connection, path.string());
}

Database::Database(Database&& other) noexcept
    : connection_(std::exchange(other.connection_, nullptr)), path_(std::move(other.path_)) {}
Database::~Database() { sqlite3_close(connection_); }

Result<void> Database::execute(std::string_view sql) {
  if (sqlite3_exec(connection_, std::string(sql).c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
    return sqlite_error(connection_, path_);
  }
  return {};
}

Result<Statement> Database::prepare(std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(connection_, sql.data(), static_cast<int>(sql.size()), &statement, nullptr) != SQLITE_OK) {
    return sqlite_error(connection_, path_);
  }
  return Statement(statement);
}

std::int64_t Database::changes() const { return sqlite3_changes64(connection_); }

Result<Transaction> Transaction::begin(Database& database) {
  if (auto begun = database.execute("BEGIN IMMEDIATE"); !begun) return std::unexpected(begun.error());
  return Transaction(database);
}

Transaction::Transaction(Transaction&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}

Transaction::~Transaction() {
  // After a failed commit SQLite may have rolled back by itself; a second rollback then says so, harmlessly.
  if (database_ != nullptr && !database_->execute("ROLLBACK")) return;
}

Result<void> Transaction::commit() {
  auto committed = database_->execute("COMMIT");
  if (committed) database_ = nullptr;
  return committed;
}

}  // namespace perspective::sqlite
