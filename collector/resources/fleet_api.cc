#include "resources/fleet_api.h"

#include <boost/json.hpp>
#include <utility>

#include "base/log.h"
#include "resources/audit_api.h"
#include "resources/json_body.h"
#include "resources/paging.h"

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

Result<Response> list_kiosks(const Services& services, const Request& request) {
  const auto kiosks = services.kiosks->list();
  if (!kiosks) return std::unexpected(kiosks.error());
  return paged(
      services, request, "kiosks", *kiosks, [](const auto& kiosk) { return kiosk.id; },
      [&](const auto& kiosk) { return object_of(services, kiosk); });
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
  using enum people::Right;
  const std::string one = "/v1/kiosks/{kiosk}";
  add_route(router, services, run_kiosks, "POST", "/v1/invites", asking(services, invite), http::kSmallBodyBytes);
  add_route(router, services, run_kiosks, "GET", "/v1/kiosks", asking(services, list_kiosks));
  add_state(router, services, run_kiosks, one, asking(services, show));
  const auto add = [&](const std::string& path, Asked asked) {
    add_change(router, services, run_kiosks, one + path, asking(services, asked), asking(services, show));
  };
  add("/revoke", revoke);
  add("/inspections/{inspection}/allow", allow);
  add("/inspections/{inspection}/disallow", disallow);
}

}  // namespace perspective::resources
