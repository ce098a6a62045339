#include "resources/section_api.h"

#include <boost/json.hpp>
#include <utility>

#include "http/problem.h"
#include "inspection/releases.h"
#include "report/document.h"
#include "resources/audit_api.h"
#include "resources/file_api.h"
#include "resources/reading.h"

namespace perspective::resources {

namespace json = boost::json;
using http::Request;
using http::Response;

namespace {

std::string_view name_of(report::Paragraph::Kind kind) {
  switch (kind) {
    case report::Paragraph::Kind::mark:
      return "mark";
    case report::Paragraph::Kind::title:
      return "title";
    case report::Paragraph::Kind::heading:
      return "heading";
    case report::Paragraph::Kind::text:
      return "text";
    case report::Paragraph::Kind::note:
      return "note";
  }
  return "text";
}

json::object object_of(const report::Paragraph& paragraph) {
  json::array runs;
  for (const auto& run : paragraph.runs) {
    json::object one{{"text", run.text}, {"cell", run.cell.empty() ? json::value() : json::value(run.cell)}};
    if (!run.language.empty()) one["language"] = run.language;
    runs.push_back(std::move(one));
  }
  return {{"kind", name_of(paragraph.kind)}, {"runs", std::move(runs)}};
}

json::object object_of(const report::Table& table) {
  return {{"kind", "table"},
          {"caption", table.caption},
          {"head", json::value_from(table.head)},
          {"rows", json::value_from(table.rows)}};
}

Response document_response(const report::Document& document) {
  json::array blocks;
  for (const auto& block : document.blocks)
    blocks.push_back(std::visit([](const auto& each) { return object_of(each); }, block));
  return http::json_response(200, json::serialize(json::object{{"title", document.title},
                                                               {"language", document.language},
                                                               {"page_mark", document.page_mark},
                                                               {"blocks", std::move(blocks)}}));
}

Result<Response> full_document(const Services& services, const Request& request) {
  const std::string language = request.query_value("language");
  if (language.empty()) return fail(ErrorCode::invalid, "\"language\" is needed");
  auto about = reason_for_reading(services, request);
  if (!about) return std::unexpected(about.error());
  about->insert({{"kind", "full"}, {"language", language}});
  const std::string inspection = request.parameter("inspection");
  const auto document = services.inspections->full_document(inspection, language);
  if (!document) return std::unexpected(document.error());
  return audited(services, event_of(request, "section read", inspection, *about), document_response(*document));
}

Result<Response> audited_release(const Services& services, const Request& request, Response response) {
  return audited(services,
                 event_of(request, "release section read", request.parameter("inspection"),
                          {{"language", request.query_value("language")}}),
                 std::move(response));
}

Result<report::Document> release_of(const Services& services, const Request& request) {
  return inspection::Releases(*services.inspections)
      .document(request.parameter("inspection"), request.query_value("language"));
}

Result<Response> release_section(const Services& services, const Request& request) {
  if (const std::string format = request.query_value("format"); !format.empty() && format != "text") {
    return release_section_file(services, request);
  }
  const auto document = release_of(services, request);
  if (!document) return std::unexpected(document.error());
  return audited_release(services, request, http::text_response(to_text(*document)));
}

Result<Response> release_document(const Services& services, const Request& request) {
  const auto document = release_of(services, request);
  if (!document) return std::unexpected(document.error());
  return audited_release(services, request, document_response(*document));
}

}  // namespace

void add_section_routes(http::Router& router, Services& services) {
  using enum people::Right;
  const std::string one = "/v1/inspections/{inspection}";
  add_route(router, services, read_answers, "GET", one + "/section/document", asking(services, full_document));
  add_route(router, services, read_releases, "GET", one + "/release/section", asking(services, release_section));
  add_route(router, services, read_releases, "GET", one + "/release/document", asking(services, release_document));
}

}  // namespace perspective::resources
