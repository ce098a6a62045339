#include "resources/release_api.h"

#include <boost/json.hpp>
#include <utility>

#include "base/clock.h"
#include "base/log.h"
#include "http/problem.h"
#include "inspection/releases.h"
#include "resources/audit_api.h"
#include "resources/json_body.h"
#include "resources/reading.h"

namespace perspective::resources {

namespace json = boost::json;
using http::Request;
using http::Response;
using inspection::Releases;

namespace {

Response ok(const json::object& body, int status = 200) { return http::json_response(status, json::serialize(body)); }

json::object object_of(const release::Exposure& exposure) {
  return {{"cell", exposure.cell},
          {"values", json::value_from(exposure.values)},
          {"relation", json::value_from(exposure.relation)},
          {"says", to_text(exposure)}};
}

// Words by questionnaire and finding, as a text would put them.
Result<json::object> words_of(const Services& services, const std::string& inspection, const release::Release& release,
                              const std::string& language) {
  json::object all;
  for (const auto& part : release.parts) {
    const auto words = Releases(*services.inspections).words_of(inspection, part, language);
    if (!words) return std::unexpected(words.error());
    all.emplace(part.questionnaire, json::value_from(*words));
  }
  return all;
}

// What each finding is on, for whoever reads and has not written the questionnaire.
Result<json::object> about(const Services& services, const std::string& inspection, const release::Release& release,
                           const std::string& language) {
  const auto read = Releases(*services.inspections).tables_of(inspection, release, language);
  if (!read) return std::unexpected(read.error());
  json::object all;
  for (const auto& part : read->tables.parts) {
    json::object findings;
    for (const auto& row : part.rows) {
      findings[row.finding] =
          json::object{{"on", row.on}, {"question", row.question}, {"counted", json::value_from(row.counted)}};
    }
    all.emplace(part.questionnaire, json::object{{"heading", part.heading}, {"findings", std::move(findings)}});
  }
  return all;
}

json::value number_or_null(const std::optional<release::StatedMore>& stated,
                           std::int64_t release::StatedMore::*number) {
  return stated ? json::value((*stated).*number) : json::value(nullptr);
}

json::object clauses_of(const inspection::ReleaseCheck& check) {
  json::object all;
  for (std::size_t i = 0; i < check.release.parts.size(); ++i) {
    const auto& part = check.release.parts[i];
    json::object clauses;
    for (std::size_t k = 0; k < part.statements.size(); ++k)
      clauses.emplace(part.statements[k].finding, check.clauses[i][k]);
    all.emplace(part.questionnaire, std::move(clauses));
  }
  return all;
}

json::value object_of(const inspection::Obstacle& obstacle) {
  json::array findings;
  for (const auto& [questionnaire, finding] : obstacle.findings)
    findings.push_back(json::object{{"questionnaire", questionnaire}, {"finding", finding}});
  return json::object{{"kind", inspection::to_text(obstacle.kind)}, {"findings", std::move(findings)}};
}

Result<json::object> object_of(const Services& services, const std::string& inspection,
                               const inspection::ReleaseCheck& check, const std::string& language) {
  auto words = words_of(services, inspection, check.release, language);
  if (!words) return words;
  auto on = about(services, inspection, check.release, language);
  if (!on) return on;
  json::array exposures;
  for (const auto& refusal : check.refusals) {
    auto object = object_of(refusal.exposure);
    object["questionnaire"] = refusal.questionnaire;
    object["is_by_override"] = refusal.is_by_override;
    exposures.push_back(std::move(object));
  }
  json::array overrides;
  for (const auto& each : check.overrides) {
    overrides.push_back(json::object{{"questionnaire", each.stated.questionnaire},
                                     {"finding", each.stated.finding},
                                     {"by", each.stated.by},
                                     {"reason", each.stated.reason},
                                     {"at", time_text(each.at_s)},
                                     {"count", number_or_null(each.shown, &release::StatedMore::count)},
                                     {"base", number_or_null(each.shown, &release::StatedMore::base)},
                                     {"holds", each.holds_in(check.release)}});
  }
  return json::object{{"release", json::parse(to_json(check.release))},
                      {"words", *std::move(words)},
                      {"about", *std::move(on)},
                      {"clauses", clauses_of(check)},
                      {"findings", check.share.findings},
                      {"say_something", check.share.say_something},
                      {"say_something_by_suppression", check.said_by_suppression},
                      {"exposures", std::move(exposures)},
                      {"overrides", std::move(overrides)},
                      {"warnings", json::value_from(check.warnings)},
                      {"may_be_frozen", !check.obstacle},
                      {"why_not", check.obstacle ? json::value(check.obstacle->why.what) : json::value(nullptr)},
                      {"obstacle", check.obstacle ? object_of(*check.obstacle) : json::value(nullptr)}};
}

Result<Response> check(const Services& services, const Request& request) {
  const auto about = reason_for_reading(services, request);
  if (!about) return std::unexpected(about.error());
  const std::string inspection = request.parameter("inspection");
  const auto language = request.query_value("language");
  const auto check = Releases(*services.inspections).check(inspection, language);
  if (!check) return std::unexpected(check.error());
  const auto body = object_of(services, inspection, *check, language);
  if (!body) return std::unexpected(body.error());
  return audited(services, event_of(request, "release checked", inspection, *about), ok(*body));
}

Result<json::object> object_of(const Services& services, const std::string& inspection,
                               const inspection::ReadRelease& read, const std::string& language) {
  auto words = words_of(services, inspection, read.release, language);
  if (!words) return words;
  auto on = about(services, inspection, read.release, language);
  if (!on) return on;
  const auto share = release::said_share(read.release);
  return json::object{{"number", read.number},
                      {"frozen_at", time_text(read.frozen_at_s)},
                      {"is_published", read.is_published},
                      {"findings", share.findings},
                      {"say_something", share.say_something},
                      {"release", json::parse(to_json(read.release))},
                      {"words", *std::move(words)},
                      {"about", *std::move(on)}};
}

Result<Response> read(const Services& services, const Request& request) {
  const std::string inspection = request.parameter("inspection");
  const auto read = Releases(*services.inspections).read(inspection);
  if (!read) return std::unexpected(read.error());
  const auto body = object_of(services, inspection, *read, request.query_value("language"));
  if (!body) return std::unexpected(body.error());
  return audited(services, event_of(request, "release read", inspection, {{"number", std::to_string(read->number)}}),
                 ok(*body));
}

Result<Response> freeze(const Services& services, const Request& request) {
  const std::string inspection = request.parameter("inspection");
  const auto event = event_of(request, "release frozen", inspection);
  Result<inspection::ReadRelease> frozen;
  const auto done = services.audit->with(event, [&](const auto& entry) -> Result<void> {
    frozen = Releases(*services.inspections).freeze(inspection, event.who, entry);
    if (!frozen) return std::unexpected(frozen.error());
    return {};
  });
  if (!done) return std::unexpected(done.error());
  log::info("inspection " + inspection + " has a frozen release");
  // Whoever may set up may not, for that alone, read what was answered: what it says is another question.
  return ok({{"number", frozen->number}, {"frozen_at", time_text(frozen->frozen_at_s)}}, 201);
}

Result<inspection::WantedOverride> wanted_of(const Request& request) {
  const auto body = JsonBody::parse(request.bytes());
  if (!body) return std::unexpected(body.error());
  inspection::WantedOverride wanted;
  for (const auto& [name, field] : {std::pair("questionnaire", &inspection::WantedOverride::questionnaire),
                                    std::pair("finding", &inspection::WantedOverride::finding),
                                    std::pair("reason", &inspection::WantedOverride::reason)}) {
    auto text = body->text(name);
    if (!text) return std::unexpected(text.error());
    wanted.*field = *std::move(text);
  }
  auto confirmation = body->text_or("confirmation", {});
  if (!confirmation) return std::unexpected(confirmation.error());
  wanted.confirmation = *std::move(confirmation);
  return wanted;
}

json::object object_of(const inspection::ShownOverride& shown) {
  json::array gives_away;
  for (const auto& each : shown.gives_away) gives_away.push_back(object_of(each));
  return {{"finding", shown.states.finding},    {"count", shown.states.count},
          {"base", shown.states.base},          {"gives_away", std::move(gives_away)},
          {"confirmation", shown.confirmation}, {"is_confirmed", shown.is_confirmed}};
}

// Which cell, by whom and why; never what it gives away.
inspection::AuditEvent event_of_override(const Request& request, const char* what, inspection::WantedOverride& wanted) {
  auto event =
      event_of(request, what, request.parameter("inspection"),
               {{"questionnaire", wanted.questionnaire}, {"finding", wanted.finding}, {"reason", wanted.reason}});
  wanted.by = event.who;
  return event;
}

Result<Response> show_override(const Services& services, const Request& request) {
  auto wanted = wanted_of(request);
  if (!wanted) return std::unexpected(wanted.error());
  const auto event = event_of_override(request, "more to be stated in the release, looked at", *wanted);
  const auto shown = Releases(*services.inspections).show(event.inspection, *wanted);
  if (!shown) return std::unexpected(shown.error());
  return audited(services, event, ok(object_of(*shown)));
}

Result<Response> confirm_override(const Services& services, const Request& request) {
  auto wanted = wanted_of(request);
  if (!wanted) return std::unexpected(wanted.error());
  if (wanted->confirmation.empty()) {
    return fail(ErrorCode::invalid, "\"confirmation\" is needed: it comes with what the override gives away");
  }
  const auto event = event_of_override(request, "more stated in the release", *wanted);
  Result<inspection::ShownOverride> confirmed;
  const auto done = services.audit->with(event, [&](const auto& entry) -> Result<void> {
    confirmed = Releases(*services.inspections).confirm(event.inspection, *wanted, entry);
    if (!confirmed) return std::unexpected(confirmed.error());
    return {};
  });
  if (!done) return std::unexpected(done.error());
  return ok(object_of(*confirmed), 201);
}

Result<Response> take_back(const Services& services, const Request& request) {
  const auto body = JsonBody::parse(request.bytes());
  if (!body) return std::unexpected(body.error());
  const auto questionnaire = body->text("questionnaire");
  if (!questionnaire) return std::unexpected(questionnaire.error());
  const auto finding = body->text("finding");
  if (!finding) return std::unexpected(finding.error());
  const std::string inspection = request.parameter("inspection");
  const auto done = services.audit->with(
      event_of(request, "no more stated in the release", inspection,
               {{"questionnaire", *questionnaire}, {"finding", *finding}}),
      [&](const auto& entry) {
        return Releases(*services.inspections).take_back(inspection, *questionnaire, *finding, entry);
      });
  if (!done) return std::unexpected(done.error());
  return ok({{"inspection", inspection}});
}

}  // namespace

void add_release_routes(http::Router& router, Services& services) {
  using enum people::Right;
  const std::string one = "/v1/inspections/{inspection}/release";
  const auto add = [&](people::Right right, std::string method, std::string path, Asked asked) {
    const std::size_t max_body_bytes = method == "POST" ? http::kSmallBodyBytes : 0;
    add_route(router, services, right, std::move(method), one + path, asking(services, asked), max_body_bytes);
  };
  add(read_answers, "GET", "/check", check);
  add(read_releases, "GET", "", read);
  add(set_up_inspections, "POST", "", freeze);
  add(read_answers, "POST", "/overrides", confirm_override);
  add(read_answers, "POST", "/overrides/trial", show_override);
  add(read_answers, "POST", "/overrides/removal", take_back);
}

}  // namespace perspective::resources
