// What the server says to a question, waited for no longer than a given time: whoever stands still, the server, the
// network to it, or nobody who takes what is sent.
//
// Promise:   the last of the results, or the first that is an error: of several statements in one question each counts.
//            Afterwards the connection is ready for the next question, or lost. Where the time was over it is cut: what
//            comes later is read by nobody, and PQfinish has nothing to wait for.
// Errors:    unreachable, retry is true: the question could not be put, or the time is over. A connection that is lost
//            meanwhile is a result too, an error without SQLSTATE, as libpq has it.
// Ownership: whoever is answered owns the result.
// Threads:   that of the connection, which must not block (PQsetnonblocking).
#pragma once

#include <libpq-fe.h>

#include <chrono>
#include <memory>

#include "base/result.h"

namespace perspective::postgres {

struct ClearResult {
  void operator()(PGresult* result) const { PQclear(result); }
};
using Answer = std::unique_ptr<PGresult, ClearResult>;

// is_asked: what PQsendQuery or one of its like has said, just now.
Result<Answer> answer_of(PGconn* connection, int is_asked, std::chrono::milliseconds longest);

}  // namespace perspective::postgres
