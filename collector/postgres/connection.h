// PostgreSQL, as little of it as we use: a connection, statements with parameters, their rows.
//
// Promise:   every connection commits to the disk before it says so (fsync, synchronous_commit), and verifies the
//            server's certificate beyond this machine unless its address says otherwise. Nothing is waited for without
//            end: a server that works on a statement gives it up itself after 60 s, of one that stands still, or can
//            not be heard, nothing is expected after kPatience. Statements are prepared on their first use.
// Errors:    unreachable, retry is true: nobody answers, the connection was lost, or the server has no room: what was
//            under way, a COMMIT above all, may have been done, or be done yet, or not. io with retry: deadlock, or a
//            lock that did not come; conflict: a key is there already; not_found: a row that is referred to is not;
//            refused: a server that would forget, or tell when; else io. `what` has the server's sentence and its
//            SQLSTATE, never its detail (which quotes rows), and never an address's parts.
// Ownership: owns the connection; Rows own their result.
// Threads:   one a connection.
#pragma once

#include <libpq-fe.h>

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "postgres/answer.h"
#include "postgres/patience.h"

namespace perspective::postgres {

// "postgresql://..." as libpq reads it. Errors: invalid, without repeating any of it; refused when it has a password:
// those belong into a file (PGPASSFILE, else ~/.pgpass), not where every process of the machine can read them.
class Address {
 public:
  static Result<Address> parse(const std::string& url);
  const std::vector<std::pair<std::string, std::string>>& words() const { return words_; }

 private:
  std::vector<std::pair<std::string, std::string>> words_;  // keyword and value
};

// What $1, $2, ... stand for, in their order.
class Parameters {
 public:
  Parameters& text(std::string_view value);
  Parameters& integer(std::optional<std::int64_t> value);  // nothing: NULL
  Parameters& flag(std::optional<bool> value);
  Parameters& bytes(ByteView value);
  Parameters& texts(const std::vector<std::string_view>& values);
  Parameters& integers(const std::vector<std::int64_t>& values);
  Parameters& byte_strings(const std::vector<ByteView>& values);
  Parameters& null_text();
  Parameters& null_bytes();

 private:
  friend class Connection;
  Parameters& add(Oid type, std::optional<std::string> value);
  std::vector<Oid> types_;
  std::vector<std::optional<std::string>> values_;
};

// Rows and columns count from 0. Integers are bigint columns.
class Rows {
 public:
  int size() const { return PQntuples(result_.get()); }
  std::int64_t affected() const;  // by INSERT, UPDATE, DELETE
  bool is_null(int row, int column) const { return PQgetisnull(result_.get(), row, column) != 0; }
  std::string text(int row, int column) const;
  std::int64_t integer(int row, int column) const;
  bool flag(int row, int column) const;
  Bytes bytes(int row, int column) const;

 private:
  friend class Connection;
  explicit Rows(Answer result) : result_(std::move(result)) {}
  ByteView raw(int row, int column) const;
  Answer result_;
};

class Connection {
 public:
  // patience: what each answer is waited for. Opening itself takes what the address says (connect_timeout).
  static Result<std::unique_ptr<Connection>> open(const Address& address,
                                                  std::chrono::milliseconds patience = kPatience);

  Result<Rows> run(const std::string& sql, const Parameters& parameters = {});
  Result<void> execute(const std::string& sql);  // one or more statements without parameters
  // What was said on the channels that it listens to. Waits until there is some, `wake` (a file descriptor) can be
  // read, or the time is over; then there may be nothing.
  Result<std::vector<std::string>> notifications(int wake, std::chrono::milliseconds longest);
  bool is_alive();  // as far as can be told without asking the server

  // `change` inside a transaction, again a few times where a deadlock or a lock was in the way. Ok: it is durable,
  // and so is all that it found: on the standby servers too, where the database waits for some.
  template <typename Change>
  Result<void> transact(Change change, int attempts = kAttempts) {
    Result<void> outcome;
    for (int attempt = 0; attempt < attempts; ++attempt) {
      outcome = execute("BEGIN");
      if (outcome) outcome = change(*this);
      outcome = end(std::move(outcome));
      if (outcome || outcome.error().code != ErrorCode::io || !outcome.error().retry) break;
    }
    return outcome;
  }

 private:
  static constexpr int kAttempts = 3;
  struct Finish {
    void operator()(PGconn* connection) const { PQfinish(connection); }
  };
  Connection(PGconn* connection, std::chrono::milliseconds patience) : patience_(patience), connection_(connection) {}
  Result<void> settle();
  Result<Rows> answered(int is_asked);
  Result<Rows> ask(const std::string& sql);  // one or more statements
  void roll_back();
  Result<void> end(Result<void> outcome);
  Result<std::string> prepared(const std::string& sql, const Parameters& parameters);
  std::unexpected<Error> failure(const PGresult* result) const;

  const std::chrono::milliseconds patience_;
  bool has_warned_ = false;  // the server, since the last COMMIT was sent
  std::unique_ptr<PGconn, Finish> connection_;
  std::map<std::string, std::string> names_;  // of prepared statements
};

}  // namespace perspective::postgres
