#include "resources/file_api.h"

#include <mutex>
#include <utility>

#include "inspection/releases.h"
#include "resources/audit_api.h"
#include "resources/json_body.h"
#include "resources/reading.h"

namespace perspective::resources {

using http::Request;
using http::Response;
using inspection::File;
using inspection::FileWanted;

namespace {

constexpr std::size_t kMaxTemplateBodyBytes = 2 * documents::kMaxTemplateBytes + http::kSmallBodyBytes;  // as text

// As for the same in plain text: with a reason while fieldwork is open, and in the audit.
Result<Response> section_as(const Services& services, const Request& request, FileWanted wanted) {
  const std::string kind = request.query_value("kind");
  const std::string language = request.query_value("language");
  wanted.format = request.query_value("format");
  if (kind.empty() || language.empty()) return fail(ErrorCode::invalid, "\"kind\" and \"language\" are needed");
  if (kind != "full") return fail(ErrorCode::invalid, "the only kind of section is 'full'");
  auto about = reason_for_reading(services, request);
  if (!about) return std::unexpected(about.error());
  about->insert({{"kind", kind}, {"language", language}, {"format", wanted.format}});
  const std::string inspection = request.parameter("inspection");
  const auto document = services.inspections->full_document(inspection, language);
  if (!document) return std::unexpected(document.error());
  auto file = inspection::file_of(*document, wanted, inspection + "-full-section",
                                  inspection::Releases(*services.inspections).assets());
  if (!file) return std::unexpected(file.error());
  return audited(services, event_of(request, "section read", inspection, *about), response_of(*std::move(file)));
}

Result<Response> release_section_as(const Services& services, const Request& request, FileWanted wanted) {
  const std::string inspection = request.parameter("inspection");
  const std::string language = request.query_value("language");
  wanted.format = request.query_value("format");
  const auto document = inspection::Releases(*services.inspections).document(inspection, language);
  if (!document) return std::unexpected(document.error());
  auto file = inspection::file_of(*document, wanted, inspection + "-section",
                                  inspection::Releases(*services.inspections).assets());
  if (!file) return std::unexpected(file.error());
  const auto event =
      event_of(request, "release section read", inspection, {{"language", language}, {"format", wanted.format}});
  return audited(services, event, response_of(*std::move(file)));
}

Result<documents::Parts> template_in(const Request& request) {
  const auto body = JsonBody::parse(request.bytes());
  if (!body) return std::unexpected(body.error());
  const auto hex = body->text("template_hex");
  if (!hex) return std::unexpected(hex.error());
  const auto bytes = from_hex(*hex);
  if (!bytes) return in_context("\"template_hex\"", bytes.error());
  return documents::read_template(*bytes);
}

Result<Response> section_with_template(const Services& services, const Request& request) {
  const std::lock_guard turn(services.template_turn);
  auto parts = template_in(request);
  if (!parts) return std::unexpected(parts.error());
  return section_as(services, request, {.format = {}, .word_template = *std::move(parts)});
}

Result<Response> release_section_with_template(const Services& services, const Request& request) {
  const std::lock_guard turn(services.template_turn);
  auto parts = template_in(request);
  if (!parts) return std::unexpected(parts.error());
  return release_section_as(services, request, {.format = {}, .word_template = *std::move(parts)});
}

Result<Response> release_tables(const Services& services, const Request& request) {
  const std::string inspection = request.parameter("inspection");
  const std::string format = request.query_value("format");
  const std::string language = request.query_value("language");
  const auto tables = inspection::Releases(*services.inspections).tables(inspection, language);
  if (!tables) return std::unexpected(tables.error());
  auto file = inspection::file_of(*tables, format);
  if (!file) return std::unexpected(file.error());
  const auto event = event_of(request, "release tables read", inspection, {{"language", language}, {"format", format}});
  return audited(services, event, response_of(*std::move(file)));
}

}  // namespace

Response response_of(File file) {
  Response response{.status = 200,
                    .content_type = std::move(file.media_type),
                    .body = std::move(file.bytes),
                    .headers = {{"Content-Disposition", "attachment; filename=\"" + file.file_name + "\""}}};
  std::string remarks;
  for (const auto& remark : file.remarks) remarks += (remarks.empty() ? "" : "; ") + remark;
  if (!remarks.empty()) response.headers.emplace_back("Template-Remarks", std::move(remarks));
  return response;
}

Result<Response> section_file(const Services& services, const Request& request) {
  return section_as(services, request, {});
}

Result<Response> release_section_file(const Services& services, const Request& request) {
  return release_section_as(services, request, {});
}

Result<Response> tally_file(const Services& services, const Request& request) {
  const std::string format = request.query_value("format");
  auto about = reason_for_reading(services, request);
  if (!about) return std::unexpected(about.error());
  about->emplace("format", format);
  const std::string inspection = request.parameter("inspection");
  const auto workbook =
      inspection::Releases(*services.inspections).full_workbook(inspection, request.query_value("language"));
  if (!workbook) return std::unexpected(workbook.error());
  auto file = inspection::file_of(*workbook, format, inspection + "-full-tally");
  if (!file) return std::unexpected(file.error());
  return audited(services, event_of(request, "tally read", inspection, *about), response_of(*std::move(file)));
}

void add_file_routes(http::Router& router, Services& services) {
  using enum people::Right;
  const std::string one = "/v1/inspections/{inspection}";
  add_route(router, services, read_answers, "POST", one + "/section", asking(services, section_with_template),
            kMaxTemplateBodyBytes);
  add_route(router, services, read_releases, "POST", one + "/release/section",
            asking(services, release_section_with_template), kMaxTemplateBodyBytes);
  add_route(router, services, read_releases, "GET", one + "/release/tables", asking(services, release_tables));
}

}  // namespace perspective::resources
