#include "resources/admin_api.h"

#include <boost/json.hpp>
#include <utility>

#include "base/log.h"
#include "http/problem.h"
#include "protocol/limits.h"
#include "resources/backup_api.h"
#include "resources/bundle_import.h"
#include "resources/fleet_api.h"
#include "resources/json_body.h"
#include "resources/key_api.h"
#include "resources/reconciliation.h"

namespace perspective::resources {

namespace json = boost::json;
using http::Request;
using http::Response;

namespace {

constexpr std::size_t kMaxInspectionBytes = 2 * protocol::kMaxPackageBytes;  // its section's words do not travel

Response ok(const json::object& body, int status = 200) { return http::json_response(status, json::serialize(body)); }

Result<Response> create_inspection(const Services& services, const Request& request) {
  const auto inspection = read_new_inspection(request.bytes());
  if (!inspection) return std::unexpected(inspection.error());
  if (auto created = services.inspections->create(*inspection); !created) return std::unexpected(created.error());
  log::info("inspection " + inspection->id + " was created");
  return ok({{"inspection", inspection->id}}, 201);
}

// While fieldwork is open inspectors see in fives how many have answered: one more would be one person.
constexpr std::int64_t kStep = 5;

Result<Response> list_inspections(const Services& services, const Request&) {
  const auto summaries = services.inspections->list();
  if (!summaries) return std::unexpected(summaries.error());
  json::array list;
  for (const auto& summary : *summaries) {
    const bool is_rounded = summary.state == inspection::State::open;
    list.push_back(json::object{{"id", summary.id},
                                {"area", summary.area},
                                {"state", inspection::to_text(summary.state)},
                                {"is_unlocked", summary.is_unlocked},
                                {"package_version", summary.package_version},
                                {"envelopes", is_rounded ? summary.envelopes / kStep * kStep : summary.envelopes},
                                {"is_rounded_down", is_rounded}});
  }
  return ok({{"inspections", list}});
}

Result<Response> unlock(const Services& services, const Request& request) {
  const auto body = JsonBody::parse(request.bytes());
  if (!body) return std::unexpected(body.error());
  const auto passphrase = body->secret("passphrase");
  if (!passphrase) return std::unexpected(passphrase.error());
  const std::string inspection = request.parameter("inspection");
  const auto is_recovery = body->flag_or("recovery", false);
  if (!is_recovery) return std::unexpected(is_recovery.error());
  const auto half = *is_recovery ? keys::Half::recovery : keys::Half::inspection;
  const auto unlocked = services.inspections->unlock(inspection, *passphrase, half);
  if (!unlocked) return std::unexpected(unlocked.error());
  log::info("inspection " + inspection + " was unlocked" + (*is_recovery ? " with its recovery key" : ""));
  return ok({{"counted", unlocked->counted}, {"set_aside", unlocked->set_aside}});
}

// The same answer whether or not anything came under these words.
Result<Response> withdraw(const Services& services, const Request& request) {
  const auto body = JsonBody::parse(request.bytes());
  if (!body) return std::unexpected(body.error());
  const auto words = body->secret("words");
  if (!words) return std::unexpected(words.error());
  const std::string inspection = request.parameter("inspection");
  if (auto withdrawn = services.inspections->withdraw(inspection, *words); !withdrawn) {
    return std::unexpected(withdrawn.error());
  }
  return ok({{"inspection", inspection}});
}

using Step = Result<void> (inspection::Inspections::*)(std::string_view inspection);

// One step in the life of an inspection, without a body.
Answer take_step(const Services& services, Step step, std::string done) {
  return [&services, step, done = std::move(done)](const Request& request) -> Result<Response> {
    const std::string inspection = request.parameter("inspection");
    if (auto taken = (services.inspections->*step)(inspection); !taken) return std::unexpected(taken.error());
    log::info("inspection " + inspection + " " + done);
    return ok({{"inspection", inspection}});
  };
}

Result<Response> tally(const Services& services, const Request& request) {
  const std::string inspection = request.parameter("inspection");
  const std::string format = request.query_value("format");
  if (!format.empty() && format != "text" && format != "json") {
    return fail(ErrorCode::invalid, "\"format\" may be text or json");
  }
  const bool is_text = format == "text";
  const std::string language = request.query_value("language");
  if (!is_text && !language.empty()) return fail(ErrorCode::invalid, "\"language\" goes with \"format\" text");
  auto tally =
      is_text ? services.inspections->tally_text(inspection, language) : services.inspections->tally_json(inspection);
  if (!tally) return std::unexpected(tally.error());
  return is_text ? http::text_response(*std::move(tally)) : http::json_response(200, *std::move(tally));
}

Result<Response> section(const Services& services, const Request& request) {
  const std::string kind = request.query_value("kind");
  const std::string language = request.query_value("language");
  if (kind.empty() || language.empty()) return fail(ErrorCode::invalid, "\"kind\" and \"language\" are needed");
  auto text = services.inspections->section(request.parameter("inspection"), kind, language);
  if (!text) return std::unexpected(text.error());
  return http::text_response(*std::move(text));
}

Result<Response> list_comments(const Services& services, const Request& request) {
  const auto comments = services.inspections->comments(request.parameter("inspection"));
  if (!comments) return std::unexpected(comments.error());
  json::array list;
  for (const auto& comment : *comments) {
    list.push_back(json::object{{"reference", comment.reference},
                                {"questionnaire", comment.questionnaire},
                                {"variable", comment.variable},
                                {"text", comment.text},
                                {"may_be_quoted", comment.may_be_quoted},
                                {"is_chosen", comment.is_chosen}});
  }
  return ok({{"comments", list}});
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
  const auto chosen = services.inspections->choose(request.parameter("inspection"), *quotation);
  if (!chosen) return std::unexpected(chosen.error());
  return ok({{"reference", quotation->reference}}, 201);
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
  auto sheet = services.inspections->issue_tokens(inspection, *count, is_pdf ? Sheet::pdf : Sheet::text);
  if (!sheet) return std::unexpected(sheet.error());
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
                    {"spent", inspection->is_open ? counts.spent / kStep * kStep : counts.spent}};
  if (!inspection->is_open) body["unused"] = counts.unused();
  return ok(body);
}

using Asked = Result<Response> (*)(const Services&, const Request&);

}  // namespace

http::Router admin_routes(Services& services) {
  using inspection::Inspections;
  http::Router router;
  const auto add = [&](std::string method, std::string path, Answer answer, std::size_t max_body_bytes = 0) {
    router.add({.method = std::move(method),
                .path = std::move(path),
                .handler = on_pool(services, std::move(answer)),
                .max_body_bytes = max_body_bytes});
  };
  const auto ask = [&](Asked asked) -> Answer {
    return [&services, asked](const Request& request) { return asked(services, request); };
  };
  const std::string one = "/v1/inspections/{inspection}";
  add("GET", "/v1/inspections", ask(list_inspections));
  add("POST", "/v1/inspections", ask(create_inspection), kMaxInspectionBytes);
  add("POST", one + "/unlock", ask(unlock), http::kSmallBodyBytes);
  add("POST", one + "/lock", take_step(services, &Inspections::lock, "was locked"), http::kSmallBodyBytes);
  add("POST", one + "/end-fieldwork", take_step(services, &Inspections::end_fieldwork, "has ended fieldwork"),
      http::kSmallBodyBytes);
  add("POST", one + "/close", take_step(services, &Inspections::close, "was closed"), http::kSmallBodyBytes);
  add("POST", one + "/tokens", ask(issue_tokens), http::kSmallBodyBytes);
  add("GET", one + "/tokens", ask(show_tokens));
  add("GET", one + "/reconciliation", ask(reconciliation));
  add("GET", one + "/tally", ask(tally));
  add("GET", one + "/section", ask(section));
  add("POST", one + "/withdrawals", ask(withdraw), http::kSmallBodyBytes);
  add("GET", one + "/comments", ask(list_comments));
  add("POST", one + "/quotations", ask(choose_quotation), http::kSmallBodyBytes);
  router.add({.method = "POST",
              .path = "/v1/bundles",
              .handler = bundle_importer(services),
              .max_body_bytes = protocol::kMaxBundleBytes});
  add_fleet_routes(router, services);
  add_key_routes(router, services);
  add_backup_routes(router, services);
  return router;
}

}  // namespace perspective::resources
