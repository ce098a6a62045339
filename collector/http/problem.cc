#include "http/problem.h"

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

std::string_view title_of(int status) {
  switch (status) {
    case 400:
      return "The request cannot be understood";
    case 401:
      return "A kiosk certificate is needed";
    case 403:
      return "Refused";
    case 404:
      return "Not found";
    case 405:
      return "This cannot be done here";
    case 408:
      return "The request took too long";
    case 409:
      return "In conflict with what is there";
    case 413:
      return "The request is too large";
    case 431:
      return "The request's header is too large";
    case 500:
      return "The collector failed";
    case 503:
      return "Not now";
    default:
      return "Problem";
  }
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
