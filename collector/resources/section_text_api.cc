#include "resources/section_text_api.h"

#include <boost/json.hpp>
#include <string>
#include <utility>

#include "base/clock.h"
#include "http/problem.h"
#include "inspection/files.h"
#include "inspection/section_texts.h"
#include "resources/audit_api.h"
#include "resources/file_api.h"
#include "resources/json_body.h"
#include "resources/reading.h"

namespace perspective::resources {

namespace json = boost::json;
using http::Request;
using http::Response;
using inspection::SectionTexts;

namespace {

constexpr std::size_t kMaxEditBytes = 256 * 1024;  // 60 000 bytes of text, as JSON may write them

json::value value_of(const std::optional<std::string>& text) { return text ? json::value(*text) : json::value(); }

Result<Response> read(const Services& services, const Request& request) {
  const inspection::SectionName name{request.query_value("kind"), request.query_value("language")};
  auto about = reason_for_reading(services, request);
  if (!about) return std::unexpected(about.error());
  about->insert({{"kind", name.kind}, {"language", name.language}});
  const std::string inspection = request.parameter("inspection");
  const auto section = SectionTexts(*services.inspections).read(inspection, name);
  if (!section) return std::unexpected(section.error());
  json::array differences;
  for (const auto& each : section->differences) {
    differences.push_back(json::object{{"then", value_of(each.then)},
                                       {"now", value_of(each.now)},
                                       {"edited", value_of(each.edited)},
                                       {"is_generated_otherwise", each.is_generated_otherwise()},
                                       {"is_edited", each.is_edited()}});
  }
  json::array taken_out;
  for (const auto paragraph : section->taken_out) taken_out.push_back(paragraph + 1);
  const bool is_edited = section->text.has_value();
  const json::object body{{"version", section->version},
                          {"text", value_of(section->text)},
                          {"by", is_edited ? json::value(section->by) : json::value()},
                          {"at", is_edited ? json::value(time_text(section->at_s)) : json::value()},
                          {"generated", json::value_from(section->generated)},
                          {"taken_out", std::move(taken_out)},
                          {"words_as_of", section->words_as_of},
                          {"differences", std::move(differences)}};
  return audited(services, event_of(request, "edited section read", inspection, *about),
                 http::json_response(200, json::serialize(body)));
}

Result<Response> file(const Services& services, const Request& request) {
  const inspection::SectionName name{request.query_value("kind"), request.query_value("language")};
  const std::string format = request.query_value("format");
  auto about = reason_for_reading(services, request);
  if (!about) return std::unexpected(about.error());
  about->insert({{"kind", name.kind}, {"language", name.language}, {"format", format}});
  const std::string inspection = request.parameter("inspection");
  const auto document = SectionTexts(*services.inspections).document(inspection, name);
  if (!document) return std::unexpected(document.error());
  auto made = inspection::file_of(*document, {.format = format}, inspection + "-edited-" + name.kind + "-section",
                                  services.assets);
  if (!made) return std::unexpected(made.error());
  return audited(services, event_of(request, "edited section exported", inspection, *about),
                 response_of(*std::move(made)));
}

Result<inspection::SectionEdit> edit_of(const Request& request) {
  const auto body = JsonBody::parse(request.bytes());
  if (!body) return std::unexpected(body.error());
  inspection::SectionEdit edit;
  auto kind = body->text("kind");
  if (!kind) return std::unexpected(kind.error());
  auto language = body->text("language");
  if (!language) return std::unexpected(language.error());
  auto text = body->text("text");
  if (!text) return std::unexpected(text.error());
  auto words_as_of = body->text("words_as_of");
  if (!words_as_of) return std::unexpected(words_as_of.error());
  const auto version = body->count_or("version", 0);
  if (!version) return std::unexpected(version.error());
  if (body->has("confirmed_numbers")) {
    auto numbers = body->texts("confirmed_numbers");
    if (!numbers) return std::unexpected(numbers.error());
    edit.confirmed_numbers = *std::move(numbers);
  }
  edit.name = {*std::move(kind), *std::move(language)};
  edit.text = *std::move(text);
  edit.words_as_of = *std::move(words_as_of);
  edit.version = static_cast<std::int64_t>(*version);
  return edit;
}

// Which numbers were confirmed stays with the text: they may be somebody's answers.
Result<Response> keep(const Services& services, const Request& request) {
  auto edit = edit_of(request);
  if (!edit) return std::unexpected(edit.error());
  const std::string inspection = request.parameter("inspection");
  auto event =
      event_of(request, "section edited", inspection, {{"kind", edit->name.kind}, {"language", edit->name.language}});
  edit->by = event.who;
  if (!edit->confirmed_numbers.empty()) event.about["numbers"] = "confirmed that they count nobody";
  Result<inspection::EditOutcome> outcome;
  const auto kept = services.audit->with(event, [&](const auto& entry) -> Result<void> {
    outcome = SectionTexts(*services.inspections).keep(inspection, *edit, entry);
    if (!outcome) return std::unexpected(outcome.error());
    return {};
  });
  if (!kept) return std::unexpected(kept.error());
  json::array places;
  for (const auto& each : outcome->unknown) {
    places.push_back(json::object{{"number", each.name},
                                  {"words", each.words},
                                  {"paragraph", each.paragraph + 1},
                                  {"may_be_confirmed", each.may_be_other}});
  }
  json::array quotations;
  for (const auto& [words, paragraph, is_chosen] : outcome->not_quoted)
    quotations.push_back(json::object{{"words", words}, {"paragraph", paragraph + 1}, {"is_chosen", is_chosen}});
  return http::json_response(200, json::serialize(json::object{{"is_kept", outcome->is_kept},
                                                               {"version", outcome->version},
                                                               {"places", std::move(places)},
                                                               {"quotations", std::move(quotations)}}));
}

}  // namespace

void add_section_text_routes(http::Router& router, Services& services) {
  using enum people::Right;
  const std::string text = "/v1/inspections/{inspection}/section/text";
  add_route(router, services, read_answers, "GET", text, asking(services, read));
  add_route(router, services, read_answers, "GET", text + "/document", asking(services, file));
  add_route(router, services, read_answers, "POST", text, asking(services, keep), kMaxEditBytes);
}

}  // namespace perspective::resources
