#include "resources/programme_api.h"

#include <boost/json.hpp>
#include <utility>

#include "base/clock.h"
#include "base/log.h"
#include "inspection/programmes.h"
#include "resources/audit_api.h"
#include "resources/json_body.h"

namespace perspective::resources {

namespace json = boost::json;
using http::Request;
using http::Response;
using inspection::Programmes;

namespace {

Response ok(const json::object& body, int status = 200) { return http::json_response(status, json::serialize(body)); }

json::object object_of(const inspection::Programme& programme) {
  json::array themes;
  for (const auto& theme : programme.themes)
    themes.push_back(
        json::object{{"id", theme.id}, {"of", json::value_from(theme.of)}, {"names", json::value_from(theme.names)}});
  json::array members;
  for (const auto& member : programme.members)
    members.push_back(
        json::object{{"inspection", member.inspection}, {"area", member.area}, {"is_published", member.is_published}});
  json::object object{{"id", programme.id},          {"title", programme.title},
                      {"themes", std::move(themes)}, {"inspections", std::move(members)},
                      {"printed_at", nullptr},       {"print", nullptr}};
  if (programme.printed) {
    object["printed_at"] = time_text(programme.printed->at_s);
    object["print"] = json::parse(release::to_json(programme.printed->print));
  }
  return object;
}

Result<Response> list(const Services& services, const Request&) {
  const auto all = Programmes(*services.inspections).list();
  if (!all) return std::unexpected(all.error());
  json::array programmes;
  for (const auto& each : *all) programmes.push_back(object_of(each));
  return ok({{"programmes", std::move(programmes)}});
}

Result<Response> show(const Services& services, const Request& request) {
  const auto programme = Programmes(*services.inspections).describe(request.parameter("programme"));
  if (!programme) return std::unexpected(programme.error());
  return ok(object_of(*programme));
}

Result<inspection::NewProgramme> new_programme_of(const JsonBody& body) {
  inspection::NewProgramme programme;
  auto id = body.text("id");
  if (!id) return std::unexpected(id.error());
  programme.id = *std::move(id);
  auto title = body.text("title");
  if (!title) return std::unexpected(title.error());
  programme.title = *std::move(title);
  if (body.has("themes")) {
    auto themes = inspection::themes_from(json::serialize(body.object().at("themes")));
    if (!themes) return in_context("\"themes\"", themes.error());
    programme.themes = *std::move(themes);
  }
  const auto is_joint = body.flag_or("joint", false);
  if (!is_joint) return std::unexpected(is_joint.error());
  programme.is_joint = *is_joint;
  auto passphrase = body.secret("passphrase");
  if (!passphrase) return std::unexpected(passphrase.error());
  programme.passphrase = *std::move(passphrase);
  auto recovery = body.secret("recovery_passphrase");
  if (!recovery) return std::unexpected(recovery.error());
  programme.recovery_passphrase = *std::move(recovery);
  return programme;
}

Result<Response> create(const Services& services, const Request& request) {
  const auto body = JsonBody::parse(request.bytes());
  if (!body) return std::unexpected(body.error());
  const auto programme = new_programme_of(*body);
  if (!programme) return std::unexpected(programme.error());
  const auto done = services.audit->with(
      event_of(request, "programme made", {}, {{"programme", programme->id}}),
      [&](const auto& entry) { return Programmes(*services.inspections).create(*programme, entry); });
  if (!done) return std::unexpected(done.error());
  return ok({{"programme", programme->id}}, 201);
}

Result<Response> add(const Services& services, const Request& request) {
  const auto body = JsonBody::parse(request.bytes());
  if (!body) return std::unexpected(body.error());
  const auto inspection = body->text("inspection");
  if (!inspection) return std::unexpected(inspection.error());
  const std::string programme = request.parameter("programme");
  const auto done = services.audit->with(
      event_of(request, "inspection put into a programme", *inspection, {{"programme", programme}}),
      [&](const auto& entry) { return Programmes(*services.inspections).add(programme, *inspection, entry); });
  if (!done) return std::unexpected(done.error());
  return show(services, request);
}

struct Opening {
  SecretBytes passphrase;
  keys::Half half = keys::Half::inspection;
};

Result<Opening> opening_of(const Request& request) {
  const auto body = JsonBody::parse(request.bytes());
  if (!body) return std::unexpected(body.error());
  auto passphrase = body->secret("passphrase");
  if (!passphrase) return std::unexpected(passphrase.error());
  const auto is_recovery = body->flag_or("recovery", false);
  if (!is_recovery) return std::unexpected(is_recovery.error());
  return Opening{*std::move(passphrase), *is_recovery ? keys::Half::recovery : keys::Half::inspection};
}

// Whether or not it can be written, they are refused.
void note_if_refused(const Services& services, const Request& request, const Error& error) {
  if (error.code != ErrorCode::refused) return;
  static_cast<void>(services.audit->append(
      event_of(request, "printing refused", {}, {{"programme", request.parameter("programme")}})));
}

Result<Response> check(const Services& services, const Request& request) {
  const auto opening = opening_of(request);
  if (!opening) return std::unexpected(opening.error());
  const std::string programme = request.parameter("programme");
  const auto checked = Programmes(*services.inspections).check(programme, opening->passphrase, opening->half);
  if (!checked) note_if_refused(services, request, checked.error());
  if (!checked) return std::unexpected(checked.error());
  return audited(services, event_of(request, "programme checked", {}, {{"programme", programme}}),
                 ok({{"programme", programme}, {"may_be_printed", true}}));
}

Result<Response> print(const Services& services, const Request& request) {
  const auto opening = opening_of(request);
  if (!opening) return std::unexpected(opening.error());
  const std::string name = request.parameter("programme");
  Result<inspection::Programme> printed;
  const auto done = services.audit->with(
      event_of(request, "programme printed", {}, {{"programme", name}}), [&](const auto& entry) -> Result<void> {
        printed = Programmes(*services.inspections).print(name, opening->passphrase, opening->half, entry);
        if (!printed) return std::unexpected(printed.error());
        return {};
      });
  if (!done) note_if_refused(services, request, done.error());
  if (!done) return std::unexpected(done.error());
  log::info("programme " + name + " is printed");
  return ok(object_of(*printed), 201);
}

Result<Response> table(const Services& services, const Request& request) {
  const std::string inspection = request.parameter("inspection");
  const std::string language = request.query_value("language");
  const std::string format = request.query_value("format");
  const auto table = Programmes(*services.inspections).table(inspection, language);
  if (!table) return std::unexpected(table.error());
  auto file = inspection::file_of(*table, format);
  if (!file) return std::unexpected(file.error());
  const auto event =
      event_of(request, "programme table read", inspection, {{"language", language}, {"format", format}});
  return audited(services, event,
                 {.status = 200,
                  .content_type = std::move(file->media_type),
                  .body = std::move(file->bytes),
                  .headers = {{"Content-Disposition", "attachment; filename=\"" + file->file_name + "\""}}});
}

Result<Response> read_scores(const Services& services, const Request& request) {
  const std::string inspection = request.parameter("inspection");
  const auto scores = Programmes(*services.inspections).scores(inspection);
  if (!scores) return std::unexpected(scores.error());
  json::array all;
  for (const auto& score : *scores)
    all.push_back(json::object{{"theme", score.theme},
                               {"percent", score.percent ? json::value(*score.percent) : json::value(nullptr)},
                               {"comment", score.comment}});
  return ok({{"inspection", inspection}, {"scores", std::move(all)}});
}

Result<inspection::Score> score_of(const json::value& value) {
  const auto wrong = [] {
    return fail(ErrorCode::invalid,
                "each of \"scores\" is an object with \"theme\", \"percent\" (a whole number or null) and \"comment\"");
  };
  if (!value.is_object()) return wrong();
  const auto& object = value.get_object();
  const auto* theme = object.if_contains("theme");
  const auto* percent = object.if_contains("percent");
  const auto* comment = object.if_contains("comment");
  if (theme == nullptr || !theme->is_string()) return wrong();
  inspection::Score score{.theme = std::string(theme->get_string())};
  if (percent != nullptr && !percent->is_null()) {
    if (!percent->is_int64() || percent->get_int64() < 0 || percent->get_int64() > 100) return wrong();
    score.percent = static_cast<int>(percent->get_int64());
  }
  if (comment != nullptr && !comment->is_string()) return wrong();
  if (comment != nullptr) score.comment = std::string(comment->get_string());
  return score;
}

Result<Response> type_scores(const Services& services, const Request& request) {
  const auto body = JsonBody::parse(request.bytes());
  if (!body) return std::unexpected(body.error());
  const auto* list = body->object().if_contains("scores");
  if (list == nullptr || !list->is_array()) return fail(ErrorCode::invalid, "\"scores\" is a list, and needed");
  std::vector<inspection::Score> scores;
  std::string themes;
  for (const auto& each : list->get_array()) {
    auto score = score_of(each);
    if (!score) return std::unexpected(score.error());
    themes += (themes.empty() ? "" : ", ") + score->theme;
    scores.push_back(*std::move(score));
  }
  const std::string inspection = request.parameter("inspection");
  const auto done = services.audit->with(
      event_of(request, "scores typed", inspection, {{"themes", themes}}),
      [&](const auto& entry) { return Programmes(*services.inspections).type_scores(inspection, scores, entry); });
  if (!done) return std::unexpected(done.error());
  return read_scores(services, request);
}

}  // namespace

void add_programme_routes(http::Router& router, Services& services) {
  using enum people::Right;
  const std::string one = "/v1/programmes/{programme}";
  const std::string of_inspection = "/v1/inspections/{inspection}/programme";
  const auto add_one = [&](people::Right right, std::string method, std::string path, Asked asked) {
    const std::size_t max_body_bytes = method == "POST" ? http::kSmallBodyBytes : 0;
    add_route(router, services, right, std::move(method), std::move(path), asking(services, asked), max_body_bytes);
  };
  add_one(read_releases, "GET", "/v1/programmes", list);
  add_one(set_up_inspections, "POST", "/v1/programmes", create);
  add_one(read_releases, "GET", one, show);
  add_one(set_up_inspections, "POST", one + "/inspections", add);
  add_one(hold_keys, "POST", one + "/print/trial", check);
  add_one(hold_keys, "POST", one + "/print", print);
  add_one(read_releases, "GET", of_inspection, table);
  add_one(read_releases, "GET", of_inspection + "/scores", read_scores);
  add_one(set_up_inspections, "POST", of_inspection + "/scores", type_scores);
}

}  // namespace perspective::resources
