// Signing in, joining, and what each does with their own account.
#include <boost/json.hpp>
#include <utility>

#include "base/log.h"
#include "http/problem.h"
#include "people/totp.h"
#include "resources/audit_api.h"
#include "resources/people_api.h"
#include "resources/people_door.h"

namespace perspective::resources {

namespace json = boost::json;
using http::Request;
using http::Response;

namespace {

constexpr int kFirstFailureNoted = 5;
constexpr int kBusyRetry_s = 2;

Response ok(const json::object& body, int status = 200) { return http::json_response(status, json::serialize(body)); }

std::string cookie(std::string_view name, const std::string& secret, std::int64_t lasts_s) {
  const std::string end = lasts_s < 0 ? "" : "; Max-Age=" + std::to_string(lasts_s);
  return std::string(name) + "=" + secret + "; Path=/; Secure; HttpOnly; SameSite=Strict" + end;
}

void set_session(Response& response, const std::string& secret) {
  response.headers.emplace_back("Set-Cookie", cookie(kSessionCookie, secret, -1));
}

Response later(int status, std::string_view why, std::int64_t wait_s) {
  Response response = http::problem(status, why);
  std::erase_if(response.headers, [](const auto& header) { return header.first == "Retry-After"; });
  response.headers.emplace_back("Retry-After", std::to_string(wait_s));
  return response;
}

Response busy() { return later(503, "Somebody else is signing in; try again in a moment.", kBusyRetry_s); }

// The fifth, and each time that they are twice as many: who tries a thousand fills no audit.
bool is_noted(int failures) {
  for (int noted = kFirstFailureNoted; noted <= failures; noted *= 2) {
    if (noted == failures) return true;
  }
  return failures == people::kMost;
}

void note_failure(const Services& services, const Request& request, const people::Refused& refused) {
  const bool is_due = is_noted(refused.failures) || is_noted(refused.of_address);
  if (!is_due) return;
  const std::string person = refused.name.empty() ? "a name that nobody has" : refused.name;
  log::warning("signing in failed " + std::to_string(refused.failures) + " times in a row: " + person);
  // Whether or not it can be written, they are refused.
  static_cast<void>(services.audit->append({.who = "nobody known",
                                            .what = "signing in failed",
                                            .inspection = {},
                                            .about = {{"person", person},
                                                      {"times in a row", std::to_string(refused.failures)},
                                                      {"from", request.peer.address},
                                                      {"times from there", std::to_string(refused.of_address)}}}));
}

Result<people::Attempt> attempt_in(const Request& request) {
  const auto body = JsonBody::parse(request.bytes());
  if (!body) return std::unexpected(body.error());
  auto name = body->text("name");
  if (!name) return std::unexpected(name.error());
  auto password = body->secret("password");
  if (!password) return std::unexpected(password.error());
  auto code = body->text_or("code", {});
  if (!code) return std::unexpected(code.error());
  return people::Attempt{.name = *std::move(name),
                         .password = *std::move(password),
                         .code = *std::move(code),
                         .address = request.peer.address,
                         .device = cookie_of(request, kDeviceCookie)};
}

Result<Response> let_in(const Services& services, const Request& request, const people::SignedIn& in) {
  Result<std::string> session;
  const inspection::AuditEvent event{
      .who = in.account.name, .what = "signed in", .inspection = {}, .about = {{"from", request.peer.address}}};
  const auto begun = services.audit->with(event, [&](const auto& entry) -> Result<void> {
    session = services.people->sessions.begin(in.account, entry);
    if (!session) return std::unexpected(session.error());
    return {};
  });
  if (!begun) return std::unexpected(begun.error());
  Response response = ok({{"name", in.account.name}, {"shown", in.account.shown}}, 201);
  set_session(response, *session);
  response.headers.emplace_back("Set-Cookie", cookie(kDeviceCookie, in.device, people::kDeviceLasts_s));
  return response;
}

Result<Response> sign_in(Services& services, const Request& request) {
  const auto attempt = attempt_in(request);
  if (!attempt) return std::unexpected(attempt.error());
  const OneAtATime turn(services.is_looking_at_a_password);
  if (!turn.is_mine()) return busy();
  const auto outcome = services.people->sign_in.attempt(*attempt);
  if (!outcome) return std::unexpected(outcome.error());
  if (const auto* const in = std::get_if<people::SignedIn>(&*outcome)) return let_in(services, request, *in);
  const auto& refused = std::get<people::Refused>(*outcome);
  if (refused.wait_s > 0) {
    return later(429, "Too many wrong passwords. Wait, or ask an administrator to let you in again.", refused.wait_s);
  }
  note_failure(services, request, refused);
  return http::problem(401, "The name, the password or the code is not right.");
}

Result<Response> join(Services& services, const Request& request) {
  const auto body = JsonBody::parse(request.bytes());
  if (!body) return std::unexpected(body.error());
  const auto name = body->text("name");
  if (!name) return std::unexpected(name.error());
  const auto secret = body->secret("secret");
  if (!secret) return std::unexpected(secret.error());
  const auto password = body->secret("password");
  if (!password) return std::unexpected(password.error());
  const OneAtATime turn(services.is_looking_at_a_password);
  if (!turn.is_mine()) return busy();
  const inspection::AuditEvent event{.who = *name, .what = "person joined", .inspection = {}, .about = {}};
  const auto joined = services.audit->with(event, [&](const auto& entry) {
    return services.people->accounts.join(*name, secret->text(), password->view(), entry);
  });
  if (!joined) return std::unexpected(joined.error());
  log::info("'" + *name + "' has joined");
  return ok({{"name", *name}}, 201);
}

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
  response.headers.emplace_back("Set-Cookie", cookie(kSessionCookie, "", 0));
  // OWASP, Session Management Cheat Sheet; the device stays known.
  response.headers.emplace_back("Clear-Site-Data", "\"cache\", \"storage\"");
  return response;
}

// Whoever found a session open gets one try at its person's password.
void end_where_refused(const Services& services, const Request& request, const Error& error) {
  if (error.code != ErrorCode::refused) return;
  static_cast<void>(services.people->sessions.end(cookie_of(request, kSessionCookie)));
}

Result<Response> with_new_session(const Services& services, const std::string& name, const json::object& body) {
  const auto account = services.people->accounts.find(name);
  if (!account) return std::unexpected(account.error());
  const auto session = services.people->sessions.begin(*account);
  if (!session) return std::unexpected(session.error());
  Response response = ok(body);
  set_session(response, *session);
  return response;
}

Result<Response> change_password(Services& services, const Request& request, const std::string& name) {
  const auto body = JsonBody::parse(request.bytes());
  if (!body) return std::unexpected(body.error());
  const auto present = body->secret("present");
  if (!present) return std::unexpected(present.error());
  const auto next = body->secret("next");
  if (!next) return std::unexpected(next.error());
  const OneAtATime turn(services.is_looking_at_a_password);
  if (!turn.is_mine()) return busy();
  const auto changed = services.audit->with(event_of(request, "own password changed"), [&](const auto& entry) {
    return services.people->accounts.change_password(name, present->view(), next->view(), entry);
  });
  if (!changed) end_where_refused(services, request, changed.error());
  if (!changed) return std::unexpected(changed.error());
  return with_new_session(services, name, {{"name", name}});
}

Result<Response> begin_authenticator(Services& services, const Request&, const std::string& name) {
  const auto secret = services.people->accounts.begin_authenticator(name);
  if (!secret) return std::unexpected(secret.error());
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
  const OneAtATime turn(services.is_looking_at_a_password);
  if (!turn.is_mine()) return busy();
  const auto removed = services.audit->with(event_of(request, "own authenticator removed"), [&](const auto& entry) {
    return services.people->accounts.remove_authenticator(name, present->view(), entry);
  });
  if (!removed) end_where_refused(services, request, removed.error());
  if (!removed) return std::unexpected(removed.error());
  return with_new_session(services, name, {{"name", name}});
}

Result<Response> own_tokens(Services& services, const Request&, const std::string& name) {
  const auto tokens = services.people->tokens.all();
  if (!tokens) return std::unexpected(tokens.error());
  json::array listed;
  for (const auto& token : *tokens) {
    if (token.owner == name) listed.push_back(object_of(token));
  }
  return ok({{"tokens", std::move(listed)}});
}

Result<Response> make_own_token(Services& services, const Request& request, const std::string& name) {
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
  const auto add_open = [&](const std::string& path, Result<Response> (*answer)(Services&, const Request&)) {
    add_open_route(
        router, services, "POST", "/v1/people" + path,
        [&services, answer](const Request& request) { return answer(services, request); }, http::kSmallBodyBytes);
  };
  add_open("/joining", join);
  add_open("/sessions", sign_in);
  const auto add = [&](const char* method, const std::string& path, OfOne answer) {
    const std::size_t max_body_bytes = *method == 'P' ? http::kSmallBodyBytes : 0;
    add_route(router, services, people::Right::own_account, method, "/v1/people/me" + path, of_own(services, answer),
              max_body_bytes);
  };
  add("GET", "", who_am_i);
  add("POST", "/sign-out", sign_out);
  add("POST", "/password", change_password);
  add("POST", "/authenticator", begin_authenticator);
  add("POST", "/authenticator/first-code", confirm_authenticator);
  add("POST", "/authenticator/removal", remove_authenticator);
  add("GET", "/tokens", own_tokens);
  add("POST", "/tokens", make_own_token);
  add("POST", "/tokens/{token}/revoke", revoke_own_token);
}

}  // namespace perspective::resources
