#include "resources/kiosk_api.h"

#include <boost/json.hpp>
#include <chrono>
#include <memory>
#include <utility>

#include "base/log.h"
#include "http/problem.h"
#include "protocol/enrolment.h"
#include "protocol/ledger.h"
#include "protocol/limits.h"
#include "protocol/receipt.h"
#include "protocol/self_report.h"
#include "protocol/token_report.h"
#include "resources/audit_api.h"
#include "resources/conditions.h"
#include "resources/enrolment_turns.h"
#include "resources/fair_lane.h"
#include "resources/json_body.h"

namespace perspective::resources {

namespace json = boost::json;
using http::Request;
using http::Respond;
using http::Response;

namespace {

constexpr std::size_t kMaxBatchBytes = protocol::kMaxBatchEnvelopes * (16 + protocol::kMaxEnvelopeBytes);
constexpr std::size_t kMaxEnrolmentBytes = 16 * 1024;
constexpr std::size_t kMaxLedgerBytes = 1024;
constexpr const char* kBytes = "application/octet-stream";

Response authority(const Services& services) {
  return {.status = 200, .content_type = "application/x-pem-file", .body = services.authority_pem, .headers = {}};
}

Result<Response> enrol(const Services& services, const Request& request) {
  const auto body = JsonBody::parse(request.bytes());
  if (!body) return std::unexpected(body.error());
  const auto secret = body->text("secret");
  if (!secret) return std::unexpected(secret.error());
  const auto certificate_request = body->text("request");
  if (!certificate_request) return std::unexpected(certificate_request.error());
  Result<inspection::Kiosks::Enrolled> enrolled;
  inspection::AuditEvent event{.who = "a kiosk with an invite", .what = "kiosk enrolled"};
  const auto done = services.audit->with(event, [&](const store::NextEntry& entry) -> Result<void> {
    enrolled = services.kiosks->enrol(*secret, *certificate_request, [&](const store::Kiosk& kiosk) {
      event.inspection = kiosk.inspections.empty() ? "" : kiosk.inspections.front();
      event.about = {{"kiosk", kiosk.id}, {"name", kiosk.name}};
      return entry;
    });
    if (!enrolled) return std::unexpected(enrolled.error());
    return {};
  });
  if (!done) return std::unexpected(done.error());
  log::info("kiosk " + enrolled->kiosk + " has enrolled");
  return http::json_response(
      201, json::serialize(json::object{{"kiosk", enrolled->kiosk}, {"certificate", enrolled->certificate}}));
}

EnrolmentTurns::Look look_at(const Services& services, const Request& request, const Respond& respond) {
  EnrolmentTurns::Look seen;
  const Answer answer = [&](const Request& enrolling) {
    auto enrolled = enrol(services, enrolling);
    if (enrolled) seen.saw = EnrolmentTurns::Saw::good;
    if (!enrolled && enrolled.error().code == ErrorCode::refused) seen.saw = EnrolmentTurns::Saw::wrong;
    return enrolled;
  };
  seen.tell = [respond, response = answer_of(answer, request)] { respond(response); };
  return seen;
}

// Whoever may ask without a certificate may not keep the pool busy.
void enrol_in_turn(const Services& services, Request request, const Respond& respond) {
  using Offer = EnrolmentTurns::Offer;
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  const auto asked = std::make_shared<Request>(std::move(request));
  const auto turn = services.enrolments->offer(
      asked->peer.address, std::chrono::duration_cast<std::chrono::milliseconds>(now).count(),
      [&services, asked, respond] { return look_at(services, *asked, respond); });
  if (turn.offer == Offer::taken) return;
  auto response = turn.offer == Offer::too_soon
                      ? http::problem(429, "Too many wrong invites have come from this address; wait a while.")
                      : http::problem(503, "Others are enrolling; try again in a moment.");
  std::erase_if(response.headers, [](const auto& header) { return header.first == "Retry-After"; });
  response.headers.emplace_back("Retry-After", std::to_string(turn.seconds));
  respond(std::move(response));
}

Result<store::Kiosk> kiosk_of(const Services& services, const Request& request) {
  return services.kiosks->kiosk(request.peer.certificate_serial);
}

// The kiosk that asks, if it may serve the inspection that it asks about.
Result<store::Kiosk> kiosk_for(const Services& services, const Request& request, std::string_view inspection) {
  auto kiosk = kiosk_of(services, request);
  if (!kiosk) return kiosk;
  if (!inspection::may_serve(*kiosk, inspection)) {
    return fail(ErrorCode::refused, "This kiosk was not invited to that inspection.");
  }
  return kiosk;
}

Result<Response> renew(const Services& services, const Request& request) {
  const auto kiosk = kiosk_of(services, request);
  if (!kiosk) return std::unexpected(kiosk.error());
  const auto certificate = services.kiosks->renew(*kiosk, request.peer.certificate_pem);
  if (!certificate) return std::unexpected(certificate.error());
  log::info("kiosk " + kiosk->id + " has a new certificate");
  return http::json_response(201, json::serialize(json::object{{"certificate", *certificate}}));
}

// Which packages there are for a kiosk, and a tag for that answer.
struct PackageList {
  std::string json;
  std::string tag;
};

Result<PackageList> packages_for(const Services& services, const store::Kiosk& kiosk) {
  const auto names = services.inspections->packages_for(kiosk);
  if (!names) return std::unexpected(names.error());
  json::array packages;
  for (const auto& name : *names) {
    json::object one{{"inspection", name.inspection}, {"version", name.version}};
    if (!name.is_offered) one["is_offered"] = false;
    packages.push_back(std::move(one));
  }
  PackageList list{json::serialize(json::object{{"packages", packages}}), {}};
  const auto digest = protocol::digest_of(as_bytes(list.json));
  list.tag = "\"" + to_hex(ByteView(digest).first(8)) + "\"";
  return list;
}

Result<Response> list_packages(const Services& services, const Request& request) {
  const auto kiosk = kiosk_of(services, request);
  if (!kiosk) return std::unexpected(kiosk.error());
  const auto report = protocol::self_report_from([&](std::string_view name) { return request.header(name); });
  const auto noted = services.kiosks->note_contact(*kiosk, request.peer.certificate_pem, report);
  if (!noted)
    log::error("a contact could not be noted: " + noted.error().what);  // the kiosk gets its answer all the same
  auto list = packages_for(services, *kiosk);
  if (!list) return std::unexpected(list.error());
  auto response = http::json_response(200, std::move(list->json));
  response.headers.emplace_back("ETag", std::move(list->tag));
  return response;
}

Result<Response> send_package(const Services& services, const Request& request) {
  const std::string inspection = request.parameter("inspection");
  const auto kiosk = kiosk_for(services, request, inspection);
  if (!kiosk) return std::unexpected(kiosk.error());
  const auto package = services.inspections->package(inspection);
  if (!package) return std::unexpected(package.error());
  const std::string tag = "\"" + std::to_string(package->version) + "\"";
  return Response{.status = 200,
                  .content_type = "application/cms",
                  .body = std::string(as_text(package->bytes)),
                  .headers = {{"ETag", tag}}};
}

Result<Response> take_ledger(const Services& services, const Request& request) {
  const std::string inspection = request.parameter("inspection");
  const auto kiosk = kiosk_for(services, request, inspection);
  if (!kiosk) return std::unexpected(kiosk.error());
  const auto ledger = protocol::decode_ledger(as_text(request.bytes()));
  if (!ledger) return fail(ErrorCode::invalid, ledger.error().what);
  if (auto taken = services.inspections->take_ledger(inspection, kiosk->id, *ledger); !taken) {
    return std::unexpected(taken.error());
  }
  return http::json_response(200, json::serialize(json::object{{"inspection", inspection}}));
}

// tag: of the list of packages, so that a kiosk that sends need not ask whether anything has changed.
Response answer_of(const intake::Reception& reception, const std::string& tag) {
  if (reception.status != 200) return http::problem(reception.status, reception.problem);
  auto response = http::json_response(200, protocol::encode_outcomes(reception.outcomes));
  response.headers.emplace_back("Perspective-Packages", tag);
  return response;
}

void receive(const Services& services, const Request& request, const Respond& respond) {
  const std::string inspection = request.parameter("inspection");
  const auto kiosk = kiosk_for(services, request, inspection);
  if (!kiosk) {
    respond(problem_of(kiosk.error(), request.peer));
    return;
  }
  const auto list = packages_for(services, *kiosk);
  if (!list) {
    respond(problem_of(list.error(), request.peer));
    return;
  }
  services.intake->receive(
      inspection, kiosk->id, request.bytes(),
      [respond, tag = list->tag](const intake::Reception& reception) { respond(answer_of(reception, tag)); });
}

void receive_on_lane(const Services& services, Request request, const Respond& respond) {
  auto asked = std::make_shared<Request>(std::move(request));
  const bool is_taken = services.kiosk_lane->offer(asked->peer.certificate_holder,
                                                   [&services, asked, respond] { receive(services, *asked, respond); });
  if (!is_taken) respond(http::problem(503, "The collector is busy; try again soon."));
}

Result<Response> spend_tokens(const Services& services, const Request& request) {
  const std::string inspection = request.parameter("inspection");
  const auto kiosk = kiosk_for(services, request, inspection);
  if (!kiosk) return std::unexpected(kiosk.error());
  const auto receipt = services.intake->spend(inspection, kiosk->id, request.bytes());
  // A body that means nothing is the kiosk's fault, not the store's.
  if (!receipt && receipt.error().code == ErrorCode::corrupt) return fail(ErrorCode::invalid, receipt.error().what);
  if (!receipt) return std::unexpected(receipt.error());
  if (!*receipt) return http::problem(429, "This kiosk has brought too many tokens; have an administrator look at it.");
  return http::json_response(200, protocol::encode_token_receipt(**receipt));
}

}  // namespace

http::Router kiosk_routes(Services& services) {
  http::Router router;
  router.recognise(on_kiosk_lane(services, [&services](const Request& request) -> Result<Response> {
    const auto kiosk = kiosk_of(services, request);
    if (!kiosk) return std::unexpected(kiosk.error());
    return Response{};
  }));
  router.add({.method = "GET", .path = "/v1/authority", .handler = [&services](const Request&, const Respond& respond) {
                respond(authority(services));
              }});
  router.add({.method = "POST",
              .path = "/v1/enrolments",
              .handler = [&services](Request request,
                                     const Respond& respond) { enrol_in_turn(services, std::move(request), respond); },
              .max_body_bytes = kMaxEnrolmentBytes,
              .takes = kJson});
  router.add(
      {.method = "POST",
       .path = "/v1/certificates",
       .handler = on_kiosk_lane(services, [&services](const Request& request) { return renew(services, request); }),
       .max_body_bytes = kMaxEnrolmentBytes,
       .needs_certificate = true,
       .takes = kJson});
  router.add({.method = "GET",
              .path = "/v1/packages",
              .handler = on_kiosk_lane(services, unless_known(asking(services, list_packages))),
              .needs_certificate = true,
              .has_tag = true});
  router.add({.method = "GET",
              .path = "/v1/packages/{inspection}",
              .handler = on_kiosk_lane(services, unless_known(asking(services, send_package))),
              .needs_certificate = true,
              .has_tag = true});
  router.add(
      {.method = "POST",
       .path = "/v1/inspections/{inspection}/envelopes",
       .handler = [&services](Request request,
                              const Respond& respond) { receive_on_lane(services, std::move(request), respond); },
       .max_body_bytes = kMaxBatchBytes,
       .needs_certificate = true,
       .takes = kBytes});
  router.add({.method = "POST",
              .path = "/v1/inspections/{inspection}/ledger",
              .handler = on_kiosk_lane(services,
                                       [&services](const Request& request) { return take_ledger(services, request); }),
              .max_body_bytes = kMaxLedgerBytes,
              .needs_certificate = true,
              .takes = kJson});
  router.add({.method = "POST",
              .path = "/v1/inspections/{inspection}/tokens",
              .handler = on_kiosk_lane(services,
                                       [&services](const Request& request) { return spend_tokens(services, request); }),
              .max_body_bytes = protocol::kMaxBatchTokens * sizeof(protocol::TokenProof),
              .needs_certificate = true,
              .takes = kBytes});
  return router;
}

}  // namespace perspective::resources
