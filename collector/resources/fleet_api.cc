#include "resources/fleet_api.h"

#include <boost/json.hpp>
#include <utility>

#include "base/log.h"
#include "resources/audit_api.h"
#include "resources/json_body.h"

namespace perspective::resources {

namespace json = boost::json;
using http::Request;
using http::Response;

namespace {

Response ok(const json::object& body, int status = 200) { return http::json_response(status, json::serialize(body)); }

// `change` with its entry; what it gave.
template <typename Value>
Result<Value> with_entry(const Services& services, const inspection::AuditEvent& event,
                         const std::function<Result<Value>(const store::NextEntry&)>& change) {
  Result<Value> given;
  const auto done = services.audit->with(event, [&](const store::NextEntry& entry) -> Result<void> {
    given = change(entry);
    if (!given) return std::unexpected(given.error());
    return {};
  });
  if (!done) return std::unexpected(done.error());
  return given;
}

Result<Response> invite_again(const Services& services, const Request& request, const std::string& again) {
  const auto kiosk = services.kiosks->find(again);
  if (!kiosk) return std::unexpected(kiosk.error());
  const auto event = event_of(request, "kiosk invited again", {}, {{"kiosk", kiosk->id}, {"name", kiosk->name}});
  const auto invite = with_entry<std::string>(
      services, event, [&](const auto& entry) { return services.kiosks->invite_again(kiosk->id, entry); });
  if (!invite) return std::unexpected(invite.error());
  return ok({{"invite", *invite}}, 201);
}

Result<Response> invite(const Services& services, const Request& request) {
  const auto body = JsonBody::parse(request.bytes());
  if (!body) return std::unexpected(body.error());
  const auto again = body->text_or("kiosk", {});
  if (!again) return std::unexpected(again.error());
  if (!again->empty()) return invite_again(services, request, *again);
  const auto inspection = body->text("inspection");
  if (!inspection) return std::unexpected(inspection.error());
  const auto name = body->text_or("name", {});
  if (!name) return std::unexpected(name.error());
  const auto invite =
      with_entry<std::string>(services, event_of(request, "kiosk invited", *inspection, {{"name", *name}}),
                              [&](const auto& entry) { return services.kiosks->invite(*inspection, *name, entry); });
  if (!invite) return std::unexpected(invite.error());
  return ok({{"invite", *invite}}, 201);
}

// Null: the kiosk has not said it.
template <typename Value>
json::value value_or_null(const std::optional<Value>& value) {
  return value ? json::value(*value) : json::value(nullptr);
}

json::object object_of(const Services& services, const store::Kiosk& kiosk) {
  const store::Contact last = kiosk.last_contact.value_or(store::Contact());
  const auto text_or_null = [](const std::string& text) {
    return text.empty() ? json::value(nullptr) : json::value(text);
  };
  return {{"id", kiosk.id},
          {"name", kiosk.name},
          {"is_revoked", kiosk.is_revoked},
          {"inspections", json::value_from(kiosk.inspections)},
          {"disallowed", json::value_from(kiosk.disallowed)},
          {"last_contact", text_or_null(last.day)},
          {"program", text_or_null(last.program)},
          {"certificate_days_left", value_or_null(services.kiosks->certificate_days_left(kiosk))},
          {"clock_offset_minutes", value_or_null(last.clock_offset_min)},
          {"is_waiting", value_or_null(last.is_waiting)}};
}

Result<Response> list_kiosks(const Services& services, const Request&) {
  const auto kiosks = services.kiosks->list();
  if (!kiosks) return std::unexpected(kiosks.error());
  json::array list;
  for (const auto& kiosk : *kiosks) list.push_back(object_of(services, kiosk));
  return ok({{"kiosks", list}});
}

Result<Response> show(const Services& services, const Request& request) {
  const auto kiosk = services.kiosks->find(request.parameter("kiosk"));
  if (!kiosk) return std::unexpected(kiosk.error());
  return ok(object_of(services, *kiosk));
}

Result<Response> revoke(const Services& services, const Request& request) {
  const auto kiosk = services.kiosks->find(request.parameter("kiosk"));
  if (!kiosk) return std::unexpected(kiosk.error());
  const auto revoked = with_entry<store::Kiosk>(
      services, event_of(request, "kiosk revoked", {}, {{"kiosk", kiosk->id}, {"name", kiosk->name}}),
      [&](const auto& entry) { return services.kiosks->revoke(kiosk->id, entry); });
  if (!revoked) return std::unexpected(revoked.error());
  log::info("kiosk " + kiosk->id + " was revoked");
  return ok({{"kiosk", kiosk->id}});
}

using Serving = Result<store::Kiosk> (inspection::Kiosks::*)(std::string_view kiosk, std::string_view inspection,
                                                             const store::NextEntry& entry);

Result<store::Kiosk> change(const Services& services, const Request& request, Serving serving, std::string what) {
  const std::string inspection = request.parameter("inspection");
  const auto kiosk = services.kiosks->find(request.parameter("kiosk"));
  if (!kiosk) return kiosk;
  return with_entry<store::Kiosk>(
      services, event_of(request, std::move(what), inspection, {{"kiosk", kiosk->id}, {"name", kiosk->name}}),
      [&](const auto& entry) { return (services.kiosks->*serving)(kiosk->id, inspection, entry); });
}

Result<Response> allow(const Services& services, const Request& request) {
  const std::string inspection = request.parameter("inspection");
  const auto kiosk = change(services, request, &inspection::Kiosks::allow, "kiosk allowed to serve");
  if (!kiosk) return std::unexpected(kiosk.error());
  log::info("kiosk " + kiosk->id + " may serve inspection " + inspection);
  return ok(object_of(services, *kiosk));
}

Result<Response> disallow(const Services& services, const Request& request) {
  const std::string inspection = request.parameter("inspection");
  const auto kiosk = change(services, request, &inspection::Kiosks::disallow, "kiosk not allowed to serve any more");
  if (!kiosk) return std::unexpected(kiosk.error());
  log::info("kiosk " + kiosk->id + " may not serve inspection " + inspection + " any more");
  return ok(object_of(services, *kiosk));
}

}  // namespace

void add_fleet_routes(http::Router& router, Services& services) {
  const auto add = [&](std::string method, std::string path, Asked asked) {
    const std::size_t max_body_bytes = method == "POST" ? http::kSmallBodyBytes : 0;
    add_route(router, services, people::Right::run_kiosks, std::move(method), std::move(path), asking(services, asked),
              max_body_bytes);
  };
  const std::string one = "/v1/kiosks/{kiosk}";
  add("POST", "/v1/invites", invite);
  add("GET", "/v1/kiosks", list_kiosks);
  add("GET", one, show);
  add("POST", one + "/revoke", revoke);
  add("POST", one + "/inspections/{inspection}/allow", allow);
  add("POST", one + "/inspections/{inspection}/disallow", disallow);
}

}  // namespace perspective::resources
