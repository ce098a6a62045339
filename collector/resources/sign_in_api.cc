// Signing in and joining: what whoever comes may ask.
#include <boost/json.hpp>
#include <memory>
#include <utility>
#include <variant>

#include "base/log.h"
#include "http/problem.h"
#include "resources/audit_api.h"
#include "resources/password_turns.h"
#include "resources/people_api.h"
#include "resources/people_door.h"

namespace perspective::resources {

namespace json = boost::json;
using http::Request;
using http::Response;

namespace {

constexpr int kFirstFailureNoted = 5;

Response ok(const json::object& body, int status = 200) { return http::json_response(status, json::serialize(body)); }

Response later(int status, std::string_view why, std::int64_t wait_s) {
  Response response = http::problem(status, why);
  std::erase_if(response.headers, [](const auto& header) { return header.first == "Retry-After"; });
  response.headers.emplace_back("Retry-After", std::to_string(wait_s));
  return response;
}

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
  set_device(response, in.device);
  return response;
}

Response has_to_wait(std::int64_t wait_s) {
  return later(429, "Too many wrong passwords. Wait, or ask an administrator to let you in again.", wait_s);
}

Result<Response> sign_in(const Services& services, const Request& request, const people::Attempt& attempt) {
  const auto outcome = services.people->sign_in.attempt(attempt);
  if (!outcome) return std::unexpected(outcome.error());
  if (const auto* const in = std::get_if<people::SignedIn>(&*outcome)) return let_in(services, request, *in);
  const auto& refused = std::get<people::Refused>(*outcome);
  if (refused.wait_s > 0) return has_to_wait(refused.wait_s);
  note_failure(services, request, refused);
  return http::problem(401, "The name, the password or the code is not right.");
}

using Looked = Result<std::variant<Response, Turn>>;

// Whoever has to wait takes nobody's turn.
Looked look_at_sign_in(const Services& services, const Request& request) {
  auto read = attempt_in(request);
  if (!read) return std::unexpected(read.error());
  const auto attempt = std::make_shared<const people::Attempt>(*std::move(read));
  const auto look = services.people->sign_in.look(*attempt);
  if (!look) return std::unexpected(look.error());
  if (look->wait_s > 0) return has_to_wait(look->wait_s);
  return Turn{look->is_known ? attempt->name : std::string(),
              [&services, attempt](const Request& asked) { return sign_in(services, asked, *attempt); }};
}

struct Joining {
  std::string name;
  SecretBytes secret;
  SecretBytes password;
};

Result<Joining> joining_in(const Request& request) {
  const auto body = JsonBody::parse(request.bytes());
  if (!body) return std::unexpected(body.error());
  auto name = body->text("name");
  if (!name) return std::unexpected(name.error());
  auto secret = body->secret("secret");
  if (!secret) return std::unexpected(secret.error());
  auto password = body->secret("password");
  if (!password) return std::unexpected(password.error());
  return Joining{*std::move(name), *std::move(secret), *std::move(password)};
}

Result<Response> join(const Services& services, const Joining& joining) {
  Result<std::string> device;
  const inspection::AuditEvent event{.who = joining.name, .what = "person joined", .inspection = {}, .about = {}};
  const auto joined = services.audit->with(event, [&](const auto& entry) -> Result<void> {
    device = services.people->accounts.join(joining.name, joining.secret.text(), joining.password.view(), entry);
    if (!device) return std::unexpected(device.error());
    return {};
  });
  if (!joined) return std::unexpected(joined.error());
  log::info("'" + joining.name + "' has joined");
  Response response = ok({{"name", joining.name}}, 201);
  set_device(response, *device);
  return response;
}

// A link that does not let in takes nobody's turn.
Looked look_at_joining(const Services& services, const Request& request) {
  auto read = joining_in(request);
  if (!read) return std::unexpected(read.error());
  const auto joining = std::make_shared<const Joining>(*std::move(read));
  const auto is_good = services.people->accounts.check_link(joining->name, joining->secret.text());
  if (!is_good) return std::unexpected(is_good.error());
  return Turn{joining->name, [&services, joining](const Request&) { return join(services, *joining); }};
}

}  // namespace

void add_sign_in_routes(http::Router& router, Services& services) {
  const auto add_open = [&](const std::string& path, Looked (*look)(const Services&, const Request&)) {
    router.add({.method = "POST",
                .path = "/v1/people" + path,
                .handler = in_turn(services, [&services, look](const Request& asked) { return look(services, asked); }),
                .max_body_bytes = http::kSmallBodyBytes,
                .is_open = true,
                .takes = kJson});
  };
  add_open("/joining", look_at_joining);
  add_open("/sessions", look_at_sign_in);
}

}  // namespace perspective::resources
