#include "postgres/answer.h"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <string>
#include <utility>

namespace perspective::postgres {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

// TLS may hold what has come already, and the socket says nothing of it: so it is asked for now and then.
constexpr milliseconds kLongestSleep{100};

// Waits until PQgetResult() can answer without waiting, which it can on a lost connection too. False: not by `end`.
bool is_there_by(PGconn* connection, Clock::time_point end) {
  for (;;) {
    const bool has_more_to_send = PQflush(connection) == 1;
    if (PQisBusy(connection) == 0) return true;
    const auto left = std::chrono::ceil<milliseconds>(end - Clock::now());
    if (left <= milliseconds(0)) return false;
    pollfd socket{PQsocket(connection), static_cast<short>(has_more_to_send ? POLLIN | POLLOUT : POLLIN), 0};
    ::poll(&socket, 1, static_cast<int>(std::min(left, kLongestSleep).count()));
    if (PQconsumeInput(connection) != 1) return true;
  }
}

bool is_error(const PGresult* result) {
  const auto status = PQresultStatus(result);
  return status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK && status != PGRES_EMPTY_QUERY;
}

}  // namespace

Result<Answer> answer_of(PGconn* connection, int is_asked, milliseconds longest) {
  if (is_asked != 1) {
    const std::string said = PQerrorMessage(connection);
    return fail(ErrorCode::unreachable, "the database: " + said.substr(0, said.find('\n')), true);
  }
  const auto end = Clock::now() + longest;
  Answer answer;
  while (is_there_by(connection, end)) {
    Answer next(PQgetResult(connection));
    if (!next) return answer;
    if (!answer || !is_error(answer.get())) answer = std::move(next);
  }
  ::shutdown(PQsocket(connection), SHUT_RDWR);
  return fail(ErrorCode::unreachable,
              "the database: it has not answered for " + std::to_string(longest.count()) + " ms", true);
}

}  // namespace perspective::postgres
