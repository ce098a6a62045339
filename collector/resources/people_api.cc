#include "resources/people_api.h"

#include <algorithm>
#include <boost/json.hpp>
#include <utility>

#include "base/clock.h"
#include "base/log.h"
#include "resources/audit_api.h"
#include "resources/json_body.h"
#include "resources/paging.h"

namespace perspective::resources {

namespace json = boost::json;
using http::Request;
using http::Response;
using people::Account;

namespace {

Response ok(const json::object& body, int status = 200) { return http::json_response(status, json::serialize(body)); }

json::array names_of(const std::vector<people::Role>& roles) {
  json::array names;
  for (const auto role : roles) names.emplace_back(people::name_of(role));
  return names;
}

std::string joined(const std::vector<people::Role>& roles) {
  std::string names;
  for (const auto role : roles) names += (names.empty() ? "" : ", ") + std::string(people::name_of(role));
  return names;
}

json::object object_of_account(const Account& account) {
  return {{"name", account.name},
          {"shown", account.shown},
          {"roles", names_of(account.roles)},
          {"has_joined", account.has_joined()},
          {"has_authenticator", account.has_authenticator()},
          {"is_disabled", account.is_disabled}};
}

std::string link_of(const Services& services, const std::string& name, const std::string& secret) {
  return services.people_at + "/join#" + name + "." + secret;
}

Result<Response> list(const Services& services, const Request& request) {
  const auto accounts = services.people->accounts.all();
  if (!accounts) return std::unexpected(accounts.error());
  return paged(
      services, request, "people", *accounts, [](const auto& account) { return account.name; }, object_of_account);
}

Result<Response> show(const Services& services, const Request& request) {
  const auto account = services.people->accounts.find(request.parameter("person"));
  if (!account) return std::unexpected(account.error());
  return ok(object_of_account(*account));
}

Result<Response> invite(const Services& services, const Request& request) {
  const auto body = JsonBody::parse(request.bytes());
  if (!body) return std::unexpected(body.error());
  const auto name = body->text("name");
  if (!name) return std::unexpected(name.error());
  const auto shown = body->text_or("shown", {});
  if (!shown) return std::unexpected(shown.error());
  const auto roles = roles_in(*body);
  if (!roles) return std::unexpected(roles.error());
  Result<std::string> secret;
  const auto event = event_of(request, "person invited", {}, {{"person", *name}, {"roles", joined(*roles)}});
  const auto invited = services.audit->with(event, [&](const auto& entry) -> Result<void> {
    secret = services.people->accounts.invite({.name = *name, .shown = *shown, .roles = *roles}, entry);
    if (!secret) return std::unexpected(secret.error());
    return {};
  });
  if (!invited) return std::unexpected(invited.error());
  log::info("'" + *name + "' was invited");
  return ok(
      {{"name", *name}, {"link", link_of(services, *name, *secret)}, {"lasts_hours", people::kLinkLasts_s / 3600}},
      201);
}

Result<Response> reset(const Services& services, const Request& request) {
  const std::string name = request.parameter("person");
  Result<std::string> secret;
  const auto done =
      services.audit->with(event_of(request, "person's password and authenticator reset", {}, {{"person", name}}),
                           [&](const auto& entry) -> Result<void> {
                             secret = services.people->accounts.reset(name, entry);
                             if (!secret) return std::unexpected(secret.error());
                             return {};
                           });
  if (!done) return std::unexpected(done.error());
  // Whoever had the password may have made one.
  if (auto revoked = services.people->tokens.revoke_all(name); !revoked) return std::unexpected(revoked.error());
  return ok({{"name", name}, {"link", link_of(services, name, *secret)}, {"lasts_hours", people::kLinkLasts_s / 3600}});
}

Result<Response> set_roles(const Services& services, const Request& request) {
  const auto body = JsonBody::parse(request.bytes());
  if (!body) return std::unexpected(body.error());
  const auto roles = roles_in(*body);
  if (!roles) return std::unexpected(roles.error());
  const std::string name = request.parameter("person");
  const auto event = event_of(request, "person's roles changed", {}, {{"person", name}, {"roles", joined(*roles)}});
  const auto set = services.audit->with(
      event, [&](const auto& entry) { return services.people->accounts.set_roles(name, *roles, entry); });
  if (!set) return std::unexpected(set.error());
  return ok({{"name", name}, {"roles", names_of(*roles)}});
}

using Change = Result<void> (people::Accounts::*)(std::string_view, const store::NextEntry&);

Answer changing(const Services& services, Change change, const char* what) {
  return [&services, change, what](const Request& request) -> Result<Response> {
    const std::string name = request.parameter("person");
    const auto done = services.audit->with(event_of(request, what, {}, {{"person", name}}), [&](const auto& entry) {
      return (services.people->accounts.*change)(name, entry);
    });
    if (!done) return std::unexpected(done.error());
    return ok({{"name", name}});
  };
}

Result<Response> list_tokens(const Services& services, const Request& request) {
  const auto tokens = services.people->tokens.all();
  if (!tokens) return std::unexpected(tokens.error());
  return page_of_tokens(services, request, *tokens);
}

Result<Response> revoke_token(const Services& services, const Request& request) {
  const std::string owner = request.parameter("person");
  const std::string name = request.parameter("token");
  const auto event = event_of(request, "API token revoked", {}, {{"person", owner}, {"token", name}});
  const auto revoked = services.audit->with(
      event, [&](const auto& entry) { return services.people->tokens.revoke(owner, name, entry); });
  if (!revoked) return std::unexpected(revoked.error());
  return ok({{"owner", owner}, {"name", name}});
}

}  // namespace

Result<std::vector<people::Role>> roles_in(const JsonBody& body) {
  const auto names = body.texts("roles");
  if (!names) return std::unexpected(names.error());
  std::vector<people::Role> roles;
  for (const auto& name : *names) {
    const auto role = people::role_named(name);
    if (role) roles.push_back(*role);
    if (role) continue;
    return fail(ErrorCode::invalid,
                "there is no role '" + name + "': they are " + joined({people::kRoles.begin(), people::kRoles.end()}));
  }
  return roles;
}

json::object object_of(const people::Token& token) {
  json::array rights;
  for (const auto right : people::kRights) {
    if (people::has(token.rights, right)) rights.emplace_back(people::name_of(right));
  }
  return {
      {"owner", token.owner}, {"name", token.name}, {"rights", std::move(rights)}, {"ends_on", day_of(token.ends_s)}};
}

Result<http::Response> page_of_tokens(const Services& services, const http::Request& request,
                                      const std::vector<people::Token>& tokens) {
  return paged(
      services, request, "tokens", tokens,
      [](const auto& token) {
        return key_of({token.owner, token.name});
      },
      [](const auto& token) { return object_of(token); });
}

Result<http::Response> make_token(const Services& services, const Request& request, const std::string& owner) {
  const auto body = JsonBody::parse(request.bytes());
  if (!body) return std::unexpected(body.error());
  const auto name = body->text("name");
  if (!name) return std::unexpected(name.error());
  const auto days = body->count_or("days", people::kUsualTokenDays);
  if (!days) return std::unexpected(days.error());
  const auto names = body->texts("rights");
  if (!names) return std::unexpected(names.error());
  std::vector<people::Right> rights;
  for (const auto& right_name : *names) {
    const auto right = people::right_named(right_name);
    if (!right) return fail(ErrorCode::invalid, "there is no right '" + right_name + "'");
    rights.push_back(*right);
  }
  Result<std::string> secret;
  const auto event =
      event_of(request, "API token made", {}, {{"person", owner}, {"token", *name}, {"days", std::to_string(*days)}});
  const auto made = services.audit->with(event, [&](const auto& entry) -> Result<void> {
    const auto lasts = static_cast<int>(std::min<std::size_t>(*days, people::kLongestTokenDays + 1));
    secret = services.people->tokens.make(owner, *name, rights, lasts, entry);
    if (!secret) return std::unexpected(secret.error());
    return {};
  });
  if (!made) return std::unexpected(made.error());
  return ok({{"owner", owner}, {"name", *name}, {"token", *secret}}, 201);
}

void add_people_routes(http::Router& router, Services& services) {
  const auto add = [&](const char* method, const std::string& path, Answer answer) {
    const std::size_t max_body_bytes = *method == 'P' ? http::kSmallBodyBytes : 0;
    add_route(router, services, people::Right::run_people, method, "/v1/people" + path, std::move(answer),
              max_body_bytes);
  };
  const auto add_of_one = [&](const std::string& path, Answer change) {
    add_change(router, services, people::Right::run_people, "/v1/people/{person}" + path, std::move(change),
               asking(services, show));
  };
  add("GET", "", asking(services, list));
  add("POST", "", asking(services, invite));
  add_state(router, services, people::Right::run_people, "/v1/people/{person}", asking(services, show));
  add_of_one("/reset", asking(services, reset));
  add_of_one("/roles", asking(services, set_roles));
  add_of_one("/disable", changing(services, &people::Accounts::disable, "person disabled"));
  add_of_one("/enable", changing(services, &people::Accounts::enable, "person enabled"));
  add("POST", "/{person}/tokens/{token}/revoke", asking(services, revoke_token));
  add("GET", "/tokens", asking(services, list_tokens));
  // In their name: whoever sits at the machine, and nobody else but they themselves (own_api.cc).
  add("POST", "/{person}/tokens", [&services](const Request& request) -> Result<Response> {
    if (request.peer.is_local) return make_token(services, request, request.parameter("person"));
    return fail(ErrorCode::refused, "a token is made by its owner, or by whoever sits at the collector itself");
  });
}

}  // namespace perspective::resources
