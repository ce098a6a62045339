#include "resources/row_api.h"

#include <utility>

#include "resources/audit_api.h"

namespace perspective::resources {

namespace {

Result<http::Response> rows(const Services& services, const http::Request& request) {
  const inspection::RowsWanted wanted{.questionnaire = request.query_value("questionnaire"),
                                      .format = request.query_value("format"),
                                      .language = request.query_value("language")};
  if (wanted.questionnaire.empty() || wanted.format.empty()) {
    return fail(ErrorCode::invalid, "\"questionnaire\" and \"format\" are needed");
  }
  const std::string inspection = request.parameter("inspection");
  auto rows = services.inspections->rows(inspection, wanted);
  if (!rows) return std::unexpected(rows.error());
  return audited(
      services,
      event_of(request, "rows exported", inspection,
               {{"questionnaire", wanted.questionnaire}, {"format", wanted.format}, {"language", wanted.language}}),
      {.status = 200,
       .content_type = std::move(rows->media_type),
       .body = std::move(rows->bytes),
       .headers = {{"Content-Disposition", "attachment; filename=\"" + rows->file_name + "\""}}});
}

}  // namespace

void add_row_routes(http::Router& router, Services& services) {
  add_route(router, services, people::Right::read_answers, "GET", "/v1/inspections/{inspection}/rows",
            asking(services, rows));
}

}  // namespace perspective::resources
