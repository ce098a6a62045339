#include "postgres/connection.h"

#include <poll.h>

#include <algorithm>
#include <array>

namespace perspective::postgres {
namespace {

// Of a new session. Waiting is bounded everywhere: whoever asks is told to come again, and keeps what he has.
// synchronous_commit may be stricter than ours where there are standby servers; it must not be weaker.
constexpr const char* kSettings =
    "SET search_path = perspective; SET lock_timeout = '10s'; SET statement_timeout = '60s';"
    "SET idle_in_transaction_session_timeout = '60s'; SET default_transaction_isolation = 'read committed';"
    "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') IN ('off', "
    "'local')";

// A commit waits for standby servers only where it has something to write. But what a transaction has merely found may
// be on this server alone: stored by one that was ended while it waited for them. So that nothing is acknowledged
// before they have it too, there is always something to write.
constexpr const char* kCommit =
    "SELECT pg_logical_emit_message(true, 'perspective', '') WHERE pg_current_xact_id_if_assigned() IS NULL; COMMIT";

// "The transaction has already committed locally, but might not have been replicated to the standby", says a server
// whose administrator had it wait no longer; and that it has committed.
void notice_warning(void* has_warned, const PGresult* notice) {
  const char* const severity = PQresultErrorField(notice, PG_DIAG_SEVERITY_NONLOCALIZED);
  if (severity != nullptr && std::string_view(severity) == "WARNING") *static_cast<bool*>(has_warned) = true;
}

std::string first_line(std::string text) {
  if (const auto end = text.find('\n'); end != std::string::npos) text.resize(end);
  return text;
}

std::string field(const PGresult* result, int code) {
  const char* const text = PQresultErrorField(result, code);
  return text ? text : "";
}

// SQLSTATE: appendix A of PostgreSQL's manual. Classes 08 connection, 53 no room, 57P the server is being stopped;
// 57014 took too long; 25006 read only, as a standby is.
Error error_of(const std::string& state, const std::string& said) {
  const std::string what = "the database: " + first_line(said) + " (SQLSTATE " + state + ")";
  const auto starts = [&state](const char* prefix) { return state.starts_with(prefix); };
  if (starts("08") || starts("53") || starts("57P") || state == "57014" || state == "25006" || state == "25P03") {
    return {ErrorCode::unreachable, what, true};
  }
  if (starts("40") || state == "55P03") return {ErrorCode::io, what, true};
  if (state == "23505") return {ErrorCode::conflict, what, false};
  if (state == "23503") return {ErrorCode::not_found, what, false};
  return {ErrorCode::io, what, false};
}

}  // namespace

Result<std::unique_ptr<Connection>> Connection::open(const Address& address, std::chrono::milliseconds patience) {
  std::vector<const char*> keywords, values;
  for (const auto& [keyword, value] : address.words()) {
    keywords.push_back(keyword.c_str());
    values.push_back(value.c_str());
  }
  keywords.push_back(nullptr);
  values.push_back(nullptr);
  std::unique_ptr<Connection> opened(new Connection(PQconnectdbParams(keywords.data(), values.data(), 0), patience));
  auto* const connection = opened->connection_.get();
  if (PQstatus(connection) != CONNECTION_OK) {
    return fail(ErrorCode::unreachable, "the database: " + first_line(PQerrorMessage(connection)), true);
  }
  PQsetnonblocking(connection, 1);  // else sending, and closing, waits for who takes it
  PQsetNoticeReceiver(connection, notice_warning, &opened->has_warned_);  // libpq would print them
  if (auto settled = opened->settle(); !settled) return std::unexpected(settled.error());
  return opened;
}

Result<void> Connection::settle() {
  if (auto set = execute(kSettings); !set) return set;
  const auto found =
      run("SELECT current_setting('fsync'), current_setting('server_encoding'), "
          "coalesce(current_setting('track_commit_timestamp', true), 'off')");
  if (!found) return std::unexpected(found.error());
  if (found->text(0, 0) != "on") {
    return fail(ErrorCode::refused,
                "the database runs with fsync = off: a power cut could lose what a kiosk has a receipt for. Set "
                "fsync = on in its postgresql.conf");
  }
  if (found->text(0, 1) != "UTF8") {
    return fail(ErrorCode::refused, "the database's encoding is " + found->text(0, 1) +
                                        "; make one with: createdb --encoding=UTF8 --template=template0 NAME");
  }
  if (found->text(0, 2) != "off") {
    return fail(ErrorCode::refused,
                "the database runs with track_commit_timestamp = on: it would keep for every envelope when it came. "
                "Set it to off in its postgresql.conf");
  }
  return {};
}

std::unexpected<Error> Connection::failure(const PGresult* result) const {
  const auto state = field(result, PG_DIAG_SQLSTATE);
  if (!state.empty()) return std::unexpected(error_of(state, field(result, PG_DIAG_MESSAGE_PRIMARY)));
  return fail(ErrorCode::unreachable, "the database: " + first_line(PQerrorMessage(connection_.get())), true);
}

Result<Rows> Connection::answered(int is_asked) {
  auto answer = answer_of(connection_.get(), is_asked, patience_);
  if (!answer) return std::unexpected(answer.error());
  const auto status = PQresultStatus(answer->get());
  if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) return failure(answer->get());
  return Rows(std::move(*answer));
}

Result<Rows> Connection::ask(const std::string& sql) { return answered(PQsendQuery(connection_.get(), sql.c_str())); }

Result<std::string> Connection::prepared(const std::string& sql, const Parameters& parameters) {
  if (const auto known = names_.find(sql); known != names_.end()) return known->second;
  auto name = "s" + std::to_string(names_.size());
  const auto done = answered(PQsendPrepare(connection_.get(), name.c_str(), sql.c_str(),
                                           static_cast<int>(parameters.types_.size()), parameters.types_.data()));
  if (!done) return std::unexpected(done.error());
  names_.emplace(sql, name);
  return name;
}

Result<Rows> Connection::run(const std::string& sql, const Parameters& parameters) {
  const auto name = prepared(sql, parameters);
  if (!name) return std::unexpected(name.error());
  std::vector<const char*> values;
  std::vector<int> lengths;
  for (const auto& value : parameters.values_) {
    values.push_back(value ? value->data() : nullptr);
    lengths.push_back(value ? static_cast<int>(value->size()) : 0);
  }
  const std::vector<int> formats(values.size(), 1);  // binary, both ways
  return answered(PQsendQueryPrepared(connection_.get(), name->c_str(), static_cast<int>(values.size()), values.data(),
                                      lengths.data(), formats.data(), 1));
}

Result<void> Connection::execute(const std::string& sql) {
  if (const auto done = ask(sql); !done) return std::unexpected(done.error());
  return {};
}

Result<std::vector<std::string>> Connection::notifications(int wake, std::chrono::milliseconds longest) {
  std::array<pollfd, 2> sources{{{PQsocket(connection_.get()), POLLIN, 0}, {wake, POLLIN, 0}}};
  ::poll(sources.data(), sources.size(), static_cast<int>(longest.count()));
  if (PQconsumeInput(connection_.get()) != 1) return failure(nullptr);
  std::vector<std::string> said;
  while (PGnotify* const notification = PQnotifies(connection_.get())) {
    said.emplace_back(notification->extra);
    PQfreemem(notification);
  }
  return said;
}

// Where it can not be said, the server finds the connection closed, and undoes it as well.
void Connection::roll_back() {
  if (is_alive()) static_cast<void>(ask("ROLLBACK"));
}

Result<void> Connection::end(Result<void> outcome) {
  if (!outcome) {
    roll_back();
    return outcome;
  }
  has_warned_ = false;
  const auto done = ask(kCommit);
  if (!done) {
    roll_back();
    return std::unexpected(done.error());
  }
  if (std::string_view(PQcmdStatus(done->result_.get())) != "COMMIT") {
    return fail(ErrorCode::io, "the database: it undid the change instead of keeping it");
  }
  if (!has_warned_) return {};
  return fail(ErrorCode::unreachable, "the database: it kept the change, and perhaps not on its standby server", true);
}

// Between two statements a server has nothing to say but that it goes; then comes the end of the stream.
bool Connection::is_alive() {
  if (PQstatus(connection_.get()) != CONNECTION_OK) return false;
  pollfd socket{PQsocket(connection_.get()), POLLIN, 0};
  return ::poll(&socket, 1, 0) == 0;
}

}  // namespace perspective::postgres
