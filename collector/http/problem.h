// Errors on the wire: application/problem+json (RFC 9457) with type, title, status and detail.
//
// Promise:   the one place where an Error becomes a status. 400 invalid; 403 refused; 404 not_found; 409 conflict;
//            503 with Retry-After unreachable, and whatever says retry; 500 io, corrupt.
//            Whoever comes over the network learns no detail of a 5xx (it names our files): that is for the log.
// Threads:   any.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "http/message.h"

namespace perspective::http {

constexpr int kRetryAfterS = 30;

int status_of(const Error& error);
std::string_view title_of(int status);

Response problem(int status, std::string_view detail);
Response problem(const Error& error, const Peer& asked_by);

}  // namespace perspective::http
