#include "base/sqlite.h"

#include <sqlite3.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace perspective::sqlite {
namespace {

std::unexpected<Error> sqlite_error(sqlite3* connection, std::string_view path) {
  const int code = sqlite3_errcode(connection) & 0xff;
  // Full is said of a write, never of a sync: SQLite then takes the whole change back.
  const bool may_succeed_later = code == SQLITE_BUSY || code == SQLITE_FULL;
  return fail(ErrorCode::io, "database " + std::string(path) + ": " + sqlite3_errmsg(connection), may_succeed_later);
}

constexpr std::size_t kMaxCompiled = 64;

}  // namespace

class Compiled {
 public:
  Compiled() { idle_.reserve(kMaxCompiled); }
  Compiled(const Compiled&) = delete;
  Compiled& operator=(const Compiled&) = delete;
  ~Compiled() {
    for (auto* const statement : idle_) sqlite3_finalize(statement);
  }
  // Null: there is none of these words.
  sqlite3_stmt* take(std::string_view sql) {
    const auto found = std::ranges::find_if(idle_, [&](auto* statement) { return sql == sqlite3_sql(statement); });
    if (found == idle_.end()) return nullptr;
    auto* const statement = *found;
    idle_.erase(found);
    return statement;
  }
  void give_back(sqlite3_stmt* statement) {
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    if (idle_.size() == kMaxCompiled) {
      sqlite3_finalize(idle_.front());  // the one that lay longest
      idle_.erase(idle_.begin());
    }
    idle_.push_back(statement);
  }

 private:
  std::vector<sqlite3_stmt*> idle_;
};

Statement::Statement(Statement&& other) noexcept
    : statement_(std::exchange(other.statement_, nullptr)), home_(other.home_) {}
Statement::~Statement() {
  if (statement_ != nullptr) home_->give_back(statement_);
}

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

Database::Database(sqlite3* connection, std::string path)
    : connection_(connection), path_(std::move(path)), compiled_(std::make_unique<Compiled>()) {}
Database::Database(Database&& other) noexcept
    : connection_(std::exchange(other.connection_, nullptr)),
      path_(std::move(other.path_)),
      compiled_(std::move(other.compiled_)) {}
Database::~Database() {
  compiled_.reset();  // SQLite closes nothing that still has statements
  sqlite3_close(connection_);
}

Result<void> Database::execute(std::string_view sql) {
  if (sqlite3_exec(connection_, std::string(sql).c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
    return sqlite_error(connection_, path_);
  }
  return {};
}

Result<Statement> Database::prepare(std::string_view sql) {
  sqlite3_stmt* statement = compiled_->take(sql);
  if (statement != nullptr) return Statement(statement, compiled_.get());
  if (sqlite3_prepare_v3(connection_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &statement,
                         nullptr) != SQLITE_OK) {
    return sqlite_error(connection_, path_);
  }
  return Statement(statement, compiled_.get());
}

Result<void> Database::run(std::string_view sql) {
  auto statement = prepare(sql);
  if (!statement) return std::unexpected(statement.error());
  return statement->run();
}

std::int64_t Database::changes() const { return sqlite3_changes64(connection_); }

Result<Transaction> Transaction::begin(Database& database) {
  if (auto begun = database.run("BEGIN IMMEDIATE"); !begun) return std::unexpected(begun.error());
  return Transaction(database);
}

Transaction::Transaction(Transaction&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}

Transaction::~Transaction() {
  // After a failed commit SQLite may have rolled back by itself; a second rollback then says so, harmlessly.
  if (database_ != nullptr && !database_->run("ROLLBACK")) return;
}

Result<void> Transaction::commit() {
  auto committed = database_->run("COMMIT");
  if (committed) database_ = nullptr;
  return committed;
}

}  // namespace perspective::sqlite
