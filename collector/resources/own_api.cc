// What each does with their own account.
#include <boost/json.hpp>
#include <functional>
#include <utility>

#include "base/log.h"
#include "http/problem.h"
#include "people/totp.h"
#include "resources/audit_api.h"
#include "resources/password_turns.h"
#include "resources/people_api.h"
#include "resources/people_door.h"

namespace perspective::resources {

namespace json = boost::json;
using http::Request;
using http::Response;

namespace {

Response ok(const json::object& body, int status = 200) { return http::json_response(status, json::serialize(body)); }

// Over the Unix socket somebody asks who has no account here.
Result<std::string> own_name(const Request& request) {
  if (!request.peer.is_local) return request.peer.user;
  return fail(ErrorCode::refused, "nobody has signed in here: this is asked at the people's port, by a session");
}

using OfOne = Result<Response> (*)(Services&, const Request&, const std::string& name);

Answer of_own(Services& services, OfOne answer) {
  return [&services, answer](const Request& request) -> Result<Response> {
    const auto name = own_name(request);
    if (!name) return std::unexpected(name.error());
    return answer(services, request, *name);
  };
}

Result<Response> who_am_i(Services& services, const Request& request, const std::string& name) {
  const auto account = services.people->accounts.find(name);
  if (!account) return std::unexpected(account.error());
  json::array roles;
  for (const auto role : account->roles) roles.emplace_back(people::name_of(role));
  json::array rights;
  for (const auto right : people::kRights) {
    if (people::has(request.peer.rights, right)) rights.emplace_back(people::name_of(right));
  }
  return ok({{"name", name},
             {"shown", account->shown},
             {"roles", std::move(roles)},
             {"rights", std::move(rights)},
             {"has_authenticator", account->has_authenticator()},
             {"recovery_codes_left", account->recovery_codes.size()}});
}

Result<Response> sign_out(Services& services, const Request& request, const std::string& name) {
  const auto ended = services.audit->with(event_of(request, "signed out"), [&](const auto& entry) {
    return services.people->sessions.end(cookie_of(request, kSessionCookie), entry);
  });
  if (!ended) return std::unexpected(ended.error());
  Response response = ok({{"name", name}});
  set_session(response, {});
  // OWASP, Session Management Cheat Sheet; the device stays known.
  response.headers.emplace_back("Clear-Site-Data", "\"cache\", \"storage\"");
  return response;
}

// Whoever found a session open gets one try at its person's password.
void end_where_refused(const Services& services, const Request& request, const Error& error) {
  if (error.code != ErrorCode::refused) return;
  static_cast<void>(services.people->sessions.end(cookie_of(request, kSessionCookie)));
}

// account: as the change left it. Read anew it could be that of a reset which came in between.
Result<Response> with_new_session(const Services& services, const people::Account& account, const json::object& body) {
  const auto session = services.people->sessions.begin(account);
  if (!session) return std::unexpected(session.error());
  Response response = ok(body);
  set_session(response, *session);
  return response;
}

using ChangedAccount = std::function<Result<people::Account>(const store::NextEntry& entry)>;

Result<people::Account> changing(const Services& services, const inspection::AuditEvent& event, const Request& request,
                                 const ChangedAccount& change) {
  Result<people::Account> account;
  const auto done = services.audit->with(event, [&](const auto& entry) -> Result<void> {
    account = change(entry);
    if (!account) return std::unexpected(account.error());
    return {};
  });
  if (done) return account;
  end_where_refused(services, request, done.error());
  return std::unexpected(done.error());
}

Result<Response> change_password(Services& services, const Request& request, const std::string& name) {
  const auto body = JsonBody::parse(request.bytes());
  if (!body) return std::unexpected(body.error());
  const auto present = body->secret("present");
  if (!present) return std::unexpected(present.error());
  const auto next = body->secret("next");
  if (!next) return std::unexpected(next.error());
  const auto changed = changing(services, event_of(request, "own password changed"), request, [&](const auto& entry) {
    return services.people->accounts.change_password(name, present->view(), next->view(), entry);
  });
  if (!changed) return std::unexpected(changed.error());
  // They are good for nothing already; this takes them out of the store.
  const auto revoked = services.people->tokens.revoke_all(name);
  if (!revoked) log::warning("API tokens that have ended stay in the store: " + revoked.error().what);
  return with_new_session(services, *changed, {{"name", name}});
}

Result<Response> begin_authenticator(Services& services, const Request& request, const std::string& name) {
  const auto body = JsonBody::parse(request.bytes());
  if (!body) return std::unexpected(body.error());
  const auto present = body->secret("present");
  if (!present) return std::unexpected(present.error());
  const auto secret = services.people->accounts.begin_authenticator(name, present->view());
  if (!secret) {
    end_where_refused(services, request, secret.error());
    return std::unexpected(secret.error());
  }
  return ok(
      {{"secret", people::base32(secret->view())}, {"uri", people::otpauth_uri(secret->view(), "Perspective", name)}},
      201);
}

Result<Response> confirm_authenticator(Services& services, const Request& request, const std::string& name) {
  const auto body = JsonBody::parse(request.bytes());
  if (!body) return std::unexpected(body.error());
  const auto code = body->text("code");
  if (!code) return std::unexpected(code.error());
  Result<std::vector<std::string>> codes;
  const auto confirmed =
      services.audit->with(event_of(request, "own authenticator set up"), [&](const auto& entry) -> Result<void> {
        codes = services.people->accounts.confirm_authenticator(name, *code, entry);
        if (!codes) return std::unexpected(codes.error());
        return {};
      });
  if (!confirmed) return std::unexpected(confirmed.error());
  return ok({{"recovery_codes", json::value_from(*codes)}}, 201);
}

Result<Response> remove_authenticator(Services& services, const Request& request, const std::string& name) {
  const auto body = JsonBody::parse(request.bytes());
  if (!body) return std::unexpected(body.error());
  const auto present = body->secret("present");
  if (!present) return std::unexpected(present.error());
  const auto removed = changing(
      services, event_of(request, "own authenticator removed"), request,
      [&](const auto& entry) { return services.people->accounts.remove_authenticator(name, present->view(), entry); });
  if (!removed) return std::unexpected(removed.error());
  return with_new_session(services, *removed, {{"name", name}});
}

Result<Response> own_tokens(Services& services, const Request& request, const std::string& name) {
  auto tokens = services.people->tokens.all();
  if (!tokens) return std::unexpected(tokens.error());
  std::erase_if(*tokens, [&](const auto& token) { return token.owner != name; });
  return page_of_tokens(services, request, *tokens);
}

// An open session alone makes nothing that outlives it.
Result<Response> make_own_token(Services& services, const Request& request, const std::string& name) {
  const auto body = JsonBody::parse(request.bytes());
  if (!body) return std::unexpected(body.error());
  const auto present = body->secret("present");
  if (!present) return std::unexpected(present.error());
  const auto code = body->text_or("code", {});
  if (!code) return std::unexpected(code.error());
  if (auto known = services.people->accounts.expect_them(name, present->view(), *code); !known) {
    end_where_refused(services, request, known.error());
    return std::unexpected(known.error());
  }
  return make_token(services, request, name);
}

Result<Response> revoke_own_token(Services& services, const Request& request, const std::string& name) {
  const std::string token = request.parameter("token");
  const auto event = event_of(request, "API token revoked", {}, {{"person", name}, {"token", token}});
  const auto revoked = services.audit->with(
      event, [&](const auto& entry) { return services.people->tokens.revoke(name, token, entry); });
  if (!revoked) return std::unexpected(revoked.error());
  return ok({{"owner", name}, {"name", token}});
}

}  // namespace

void add_own_routes(http::Router& router, Services& services) {
  constexpr auto kRight = people::Right::own_account;
  const auto add = [&](const char* method, const std::string& path, OfOne answer) {
    const std::size_t max_body_bytes = *method == 'P' ? http::kSmallBodyBytes : 0;
    add_route(router, services, kRight, method, "/v1/people/me" + path, of_own(services, answer), max_body_bytes);
  };
  // Of those that a password is asked for.
  const auto add_in_turn = [&](const std::string& path, OfOne answer) {
    const Answer still = for_those_who_still_may(services, kRight, of_own(services, answer));
    const auto turn = [still](const Request& asked) { return Turn{asked.peer.user, still}; };
    router.add({.method = "POST",
                .path = "/v1/people/me" + path,
                .handler = for_those_who_may(kRight, in_turn(services, turn)),
                .max_body_bytes = http::kSmallBodyBytes,
                .right = std::string(people::name_of(kRight)),
                .takes = kJson});
  };
  add("GET", "", who_am_i);
  add("POST", "/sign-out", sign_out);
  add_in_turn("/password", change_password);
  add_in_turn("/authenticator", begin_authenticator);
  add("POST", "/authenticator/first-code", confirm_authenticator);
  add_in_turn("/authenticator/removal", remove_authenticator);
  add("GET", "/tokens", own_tokens);
  add_in_turn("/tokens", make_own_token);
  add("POST", "/tokens/{token}/revoke", revoke_own_token);
}

}  // namespace perspective::resources
