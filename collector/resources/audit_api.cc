#include "resources/audit_api.h"

#include <boost/json.hpp>
#include <charconv>
#include <optional>
#include <utility>

#include "resources/paging.h"

namespace perspective::resources {

namespace json = boost::json;
using http::Request;
using http::Response;
using inspection::AuditEvent;

namespace {

// Its list goes by numbers, so that whoever keeps a copy of the chain goes on where it ends.
Result<std::int64_t> number_in(const Request& request) {
  const std::string text = request.query_value("after");
  if (text.empty()) return 0;
  std::int64_t number = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
  if (parsed.ec == std::errc() && parsed.ptr == text.data() + text.size() && number >= 0) return number;
  return fail(ErrorCode::invalid, "\"after\" must be the number of an entry");
}

Result<Response> list(const Services& services, const Request& request) {
  const auto after = number_in(request);
  if (!after) return std::unexpected(after.error());
  const auto limit = limit_in(request);
  if (!limit) return std::unexpected(limit.error());
  const auto newest = services.audit->newest();
  if (!newest) return std::unexpected(newest.error());
  const auto entries = services.audit->entries(*after, *limit);
  if (!entries) return std::unexpected(entries.error());
  json::array listed;
  for (const auto& entry : *entries) {
    listed.push_back(
        json::object{{"number", entry.number}, {"line", entry.line}, {"signature", to_hex(entry.signature)}});
  }
  const std::int64_t last = *newest ? (*newest)->number : 0;
  std::optional<std::string> next;
  if (!entries->empty() && entries->back().number < last) next = std::to_string(entries->back().number);
  return page_of(request, "entries", std::move(listed), next,
                 {{"newest", last}, {"public_key", to_hex(services.audit->public_key())}});
}

Result<Response> verify(const Services& services, const Request& request) {
  std::optional<inspection::AuditHead> since;
  if (const std::string text = request.query_value("since"); !text.empty()) {
    auto head = inspection::head_from(text);
    if (!head) return std::unexpected(head.error());
    since = *head;
  }
  const auto verdict = services.audit->verify(since, [&] { return request.has_gone && request.has_gone(); });
  if (!verdict) return std::unexpected(verdict.error());
  json::array faults;
  for (const auto& fault : verdict->faults) {
    faults.push_back(json::object{{"kind", inspection::to_text(fault.kind)}, {"says", fault.says}});
  }
  const json::object body{{"entries", verdict->entries}, {"head", verdict->head}, {"faults", std::move(faults)}};
  return http::json_response(200, json::serialize(body));
}

}  // namespace

void add_audit_routes(http::Router& router, Services& services) {
  using enum people::Right;
  add_route(router, services, read_audit, "GET", "/v1/audit", asking(services, list));
  add_route(router, services, read_audit, "GET", "/v1/audit/verification", asking(services, verify));
}

AuditEvent event_of(const Request& request, std::string what, std::string inspection,
                    std::map<std::string, std::string> about) {
  std::string who = request.peer.user.empty() ? "unknown" : request.peer.user;
  if (!request.peer.token.empty()) who += " with token " + request.peer.token;
  return {.who = std::move(who),
          .what = std::move(what),
          .inspection = std::move(inspection),
          .about = std::move(about),
          .as_of = request.as_of};
}

Result<Response> audited(const Services& services, const AuditEvent& event, Response response) {
  auto head = services.audit->append(event);
  if (!head) return in_context("it could not be written in the audit, so nothing is handed out", head.error());
  response.headers.emplace_back("Audit-Head", *std::move(head));
  return response;
}

}  // namespace perspective::resources
