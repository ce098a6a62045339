#include "resources/admin_api.h"

#include <boost/json.hpp>
#include <utility>

#include "base/log.h"
#include "http/conditional.h"
#include "http/problem.h"
#include "protocol/limits.h"
#include "resources/audit_api.h"
#include "resources/backup_api.h"
#include "resources/bundle_import.h"
#include "resources/comment_api.h"
#include "resources/crosstab_api.h"
#include "resources/event_api.h"
#include "resources/file_api.h"
#include "resources/fleet_api.h"
#include "resources/json_body.h"
#include "resources/key_api.h"
#include "resources/life_api.h"
#include "resources/paper_api.h"
#include "resources/people_api.h"
#include "resources/programme_api.h"
#include "resources/questionnaire_api.h"
#include "resources/reading.h"
#include "resources/reconciliation.h"
#include "resources/release_api.h"
#include "resources/row_api.h"
#include "resources/section_api.h"
#include "resources/section_text_api.h"

namespace perspective::resources {

namespace json = boost::json;
using http::Request;
using http::Response;

namespace {

Response ok(const json::object& body, int status = 200) { return http::json_response(status, json::serialize(body)); }

Result<Response> unlock(const Services& services, const Request& request) {
  const auto body = JsonBody::parse(request.bytes());
  if (!body) return std::unexpected(body.error());
  const auto passphrase = body->secret("passphrase");
  if (!passphrase) return std::unexpected(passphrase.error());
  const std::string inspection = request.parameter("inspection");
  const auto is_recovery = body->flag_or("recovery", false);
  if (!is_recovery) return std::unexpected(is_recovery.error());
  const auto half = *is_recovery ? keys::Half::recovery : keys::Half::inspection;
  const std::map<std::string, std::string> with{{"with", *is_recovery ? "recovery key" : "passphrase"}};
  const auto unlocked = services.inspections->unlock(inspection, *passphrase, half);
  if (!unlocked && unlocked.error().code == ErrorCode::refused) {
    // Whether or not it can be written, they are refused.
    static_cast<void>(services.audit->append(event_of(request, "unlocking refused", inspection, with)));
  }
  if (!unlocked) return std::unexpected(unlocked.error());
  const auto has_ended = services.inspections->has_fieldwork_ended(inspection);
  const bool is_exact = has_ended && *has_ended;
  auto response = audited(services, event_of(request, "inspection unlocked", inspection, with),
                          ok({{"counted", is_exact ? unlocked->counted : inspection::in_fives(unlocked->counted)},
                              {"is_rounded_down", !is_exact},
                              {"set_aside", is_exact ? unlocked->set_aside : inspection::in_fives(unlocked->set_aside)},
                              {"locks_after_minutes", services.inspections->idle_lock_s() / 60}}));
  if (!response) static_cast<void>(services.inspections->lock(inspection));
  if (response) {
    log::info("inspection " + inspection + " was unlocked" + (*is_recovery ? " with its recovery key" : ""));
    note_if_all_is_read(services, request, inspection);
  }
  return response;
}

// The same answer whether or not anything came under these words.
Result<Response> withdraw(const Services& services, const Request& request) {
  const auto body = JsonBody::parse(request.bytes());
  if (!body) return std::unexpected(body.error());
  const auto words = body->secret("words");
  if (!words) return std::unexpected(words.error());
  const std::string inspection = request.parameter("inspection");
  const auto withdrawn = services.audit->with(
      event_of(request, "answers taken back with four words", inspection),
      [&](const auto& entry) { return services.inspections->withdraw(inspection, *words, entry); });
  if (!withdrawn) return std::unexpected(withdrawn.error());
  return ok({{"inspection", inspection}});
}

// Locked first: it must be so whatever becomes of the entry.
Result<Response> lock(const Services& services, const Request& request) {
  const std::string inspection = request.parameter("inspection");
  if (auto locked = services.inspections->lock(inspection); !locked) return std::unexpected(locked.error());
  log::info("inspection " + inspection + " was locked");
  const auto head = services.audit->append(event_of(request, "inspection locked", inspection));
  if (!head) return in_context("it is locked, but that could not be written in the audit", head.error());
  return ok({{"inspection", inspection}});
}

Result<Response> tally(const Services& services, const Request& request) {
  const std::string inspection = request.parameter("inspection");
  const std::string format = request.query_value("format");
  if (format == "xlsx" || format == "ods") return tally_file(services, request);
  if (!format.empty() && format != "text" && format != "json") {
    return fail(ErrorCode::invalid, "\"format\" may be text, json, xlsx or ods");
  }
  const bool is_text = format == "text";
  const std::string language = request.query_value("language");
  auto about = reason_for_reading(services, request);
  if (!about) return std::unexpected(about.error());
  about->emplace("format", is_text ? "text" : "json");
  auto tally = is_text ? services.inspections->tally_text(inspection, language)
                       : services.inspections->tally_json(inspection, language);
  if (!tally) return std::unexpected(tally.error());
  auto response =
      audited(services, event_of(request, "tally read", inspection, *about),
              is_text ? http::text_response(*std::move(tally)) : http::json_response(200, *std::move(tally)));
  if (!response || is_text) return response;
  // What is kept as a file keeps the head with it. So it is never the same twice; what it counts may be.
  const auto tag = services.stamps.tag(Reach::of_this_start, response->content_type, response->body);
  response->body.insert(1, "\"audit_head\":\"" + response->headers.back().second + "\",");
  if (!tag.empty()) http::set_tag(*response, "W/" + tag);
  return response;
}

Result<Response> section(const Services& services, const Request& request) {
  const std::string kind = request.query_value("kind");
  const std::string language = request.query_value("language");
  if (const std::string format = request.query_value("format"); !format.empty() && format != "text") {
    return section_file(services, request);
  }
  if (kind.empty() || language.empty()) return fail(ErrorCode::invalid, "\"kind\" and \"language\" are needed");
  auto about = reason_for_reading(services, request);
  if (!about) return std::unexpected(about.error());
  about->insert({{"kind", kind}, {"language", language}});
  const std::string inspection = request.parameter("inspection");
  auto text = services.inspections->section(inspection, kind, language);
  if (!text) return std::unexpected(text.error());
  return audited(services, event_of(request, "section read", inspection, *about),
                 http::text_response(*std::move(text)));
}

Result<inspection::Quotation> quotation_of(const Request& request) {
  const auto body = JsonBody::parse(request.bytes());
  if (!body) return std::unexpected(body.error());
  auto reference = body->text("reference");
  if (!reference) return std::unexpected(reference.error());
  const auto is_sic = body->flag_or("sic", false);
  if (!is_sic) return std::unexpected(is_sic.error());
  auto words = body->text_or("words", {});
  if (!words) return std::unexpected(words.error());
  inspection::Quotation quotation{.reference = *std::move(reference), .is_sic = *is_sic, .words = std::nullopt};
  if (!words->empty()) quotation.words = *std::move(words);
  return quotation;
}

Result<Response> choose_quotation(const Services& services, const Request& request) {
  const auto quotation = quotation_of(request);
  if (!quotation) return std::unexpected(quotation.error());
  const std::string inspection = request.parameter("inspection");
  const auto chosen = services.audit->with(
      event_of(request, "comment chosen to be quoted", inspection),
      [&](const auto& entry) { return services.inspections->choose(inspection, *quotation, entry); });
  if (!chosen) return std::unexpected(chosen.error());
  return ok({{"reference", quotation->reference}}, 201);
}

Result<Response> choose_no_more(const Services& services, const Request& request) {
  const auto body = JsonBody::parse(request.bytes());
  if (!body) return std::unexpected(body.error());
  const auto reference = body->text("reference");
  if (!reference) return std::unexpected(reference.error());
  const std::string inspection = request.parameter("inspection");
  const auto done = services.audit->with(
      event_of(request, "comment chosen to be quoted no more", inspection),
      [&](const auto& entry) { return services.inspections->choose_no_more(inspection, *reference, entry); });
  if (!done) return std::unexpected(done.error());
  return ok({{"reference", *reference}});
}

Result<Response> issue_tokens(const Services& services, const Request& request) {
  const auto body = JsonBody::parse(request.bytes());
  if (!body) return std::unexpected(body.error());
  const auto count = body->count_or("count", 0);
  if (!count) return std::unexpected(count.error());
  const auto format = body->text_or("format", "text");
  if (!format) return std::unexpected(format.error());
  if (*format != "text" && *format != "pdf") return fail(ErrorCode::invalid, "\"format\" may be text or pdf");
  const std::string inspection = request.parameter("inspection");
  const bool is_pdf = *format == "pdf";
  using Sheet = inspection::Inspections::Sheet;
  Result<std::string> sheet;
  const auto event = event_of(request, "tokens issued", inspection, {{"count", std::to_string(*count)}});
  const auto issued = services.audit->with(event, [&](const auto& entry) -> Result<void> {
    sheet = services.inspections->issue_tokens(inspection, *count, is_pdf ? Sheet::pdf : Sheet::text, entry);
    if (!sheet) return std::unexpected(sheet.error());
    return {};
  });
  if (!issued) return std::unexpected(issued.error());
  log::info("inspection " + inspection + " has " + std::to_string(*count) + " more tokens");
  if (is_pdf) return ok({{"pdf_hex", to_hex(as_bytes(*sheet))}}, 201);
  return ok({{"sheet", *std::move(sheet)}}, 201);
}

Result<Response> show_tokens(const Services& services, const Request& request) {
  const auto inspection = services.inspections->tokens(request.parameter("inspection"));
  if (!inspection) return std::unexpected(inspection.error());
  const auto& counts = inspection->counts;
  json::object body{{"are_asked_for", inspection->are_asked_for},
                    {"why_none", inspection->why_none},
                    {"issued", counts.issued},
                    {"spent_twice", counts.spent_twice},
                    {"never_issued", counts.never_issued},
                    {"is_rounded_down", inspection->is_open},
                    {"spent", inspection->is_open ? inspection::in_fives(counts.spent) : counts.spent}};
  if (!inspection->is_open) body["unused"] = counts.unused();
  return ok(body);
}

}  // namespace

http::Router admin_routes(Services& services) {
  http::Router router;
  using enum people::Right;
  const std::string one = "/v1/inspections/{inspection}";
  const auto add = [&](people::Right right, std::string method, std::string path, Asked asked) {
    const std::size_t max_body_bytes = method == "POST" ? http::kSmallBodyBytes : 0;
    add_route(router, services, right, std::move(method), one + path, asking(services, asked), max_body_bytes);
  };
  add(hold_keys, "POST", "/unlock", unlock);
  add(hold_keys, "POST", "/lock", lock);
  add(set_up_inspections, "POST", "/tokens", issue_tokens);
  add(see_inspections, "GET", "/tokens", show_tokens);
  add(run_kiosks, "GET", "/reconciliation", reconciliation);
  add(read_answers, "GET", "/tally", tally);
  add(read_answers, "GET", "/section", section);
  add(read_answers, "POST", "/withdrawals", withdraw);
  add(read_answers, "POST", "/quotations", choose_quotation);
  add(read_answers, "POST", "/quotations/removal", choose_no_more);
  router.add({.method = "POST",
              .path = "/v1/bundles",
              .handler = for_those_who_may(run_service, bundle_importer(services)),
              .max_body_bytes = protocol::kMaxBundleBytes,
              .right = std::string(people::name_of(run_service)),
              .takes = "application/cms"});
  add_comment_routes(router, services);
  add_event_routes(router, services);
  add_file_routes(router, services);
  add_fleet_routes(router, services);
  add_key_routes(router, services);
  add_backup_routes(router, services);
  add_life_routes(router, services);
  add_paper_routes(router, services);
  add_questionnaire_routes(router, services);
  add_row_routes(router, services);
  add_programme_routes(router, services);
  add_release_routes(router, services);
  add_section_routes(router, services);
  add_section_text_routes(router, services);
  add_crosstab_routes(router, services);
  add_audit_routes(router, services);
  add_people_routes(router, services);
  add_sign_in_routes(router, services);
  add_own_routes(router, services);
  return router;
}

}  // namespace perspective::resources
