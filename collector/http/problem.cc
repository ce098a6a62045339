#include "http/problem.h"

#include <algorithm>
#include <boost/json.hpp>

namespace perspective::http {

int status_of(const Error& error) {
  switch (error.code) {
    case ErrorCode::invalid:
      return 400;
    case ErrorCode::refused:
      return 403;
    case ErrorCode::not_found:
      return 404;
    case ErrorCode::conflict:
      return 409;
    case ErrorCode::unreachable:
      return 503;
    case ErrorCode::io:
    case ErrorCode::corrupt:
      break;
  }
  return error.retry ? 503 : 500;
}

// Where the type is about:blank the title is the status's own phrase (RFC 9457, 4.2.1; phrases: RFC 9110, 15; RFC
// 6585).
std::string_view title_of(int status) {
  struct Row {
    int status;
    std::string_view phrase;
  };
  static constexpr Row kRows[] = {{400, "Bad Request"},
                                  {401, "Unauthorized"},
                                  {403, "Forbidden"},
                                  {404, "Not Found"},
                                  {405, "Method Not Allowed"},
                                  {408, "Request Timeout"},
                                  {409, "Conflict"},
                                  {412, "Precondition Failed"},
                                  {413, "Content Too Large"},
                                  {414, "URI Too Long"},
                                  {415, "Unsupported Media Type"},
                                  {422, "Unprocessable Content"},
                                  {429, "Too Many Requests"},
                                  {431, "Request Header Fields Too Large"},
                                  {500, "Internal Server Error"},
                                  {503, "Service Unavailable"}};
  const auto* const row = std::ranges::find(kRows, status, &Row::status);
  return row == std::end(kRows) ? "Problem" : row->phrase;
}

Response problem(int status, std::string_view detail) {
  const boost::json::object body = {
      {"type", "about:blank"}, {"title", title_of(status)}, {"status", status}, {"detail", detail}};
  Response response{.status = status,
                    .content_type = "application/problem+json",
                    .body = boost::json::serialize(body),
                    .headers = {}};
  if (status == 503) response.headers.emplace_back("Retry-After", std::to_string(kRetryAfterS));
  return response;
}

Response problem(const Error& error, const Peer& asked_by) {
  const int status = status_of(error);
  if (status < 500 || asked_by.is_local) return problem(status, error.what);
  return problem(status, status == 503 ? "The collector cannot do this now; try again later."
                                       : "The collector failed; its log says why.");
}

}  // namespace perspective::http
