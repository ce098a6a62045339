#include "resources/crosstab_api.h"

#include <algorithm>
#include <utility>

#include "resources/audit_api.h"
#include "resources/reading.h"
#include "tally/cross_tab.h"

namespace perspective::resources {

using http::Request;
using http::Response;

namespace {

// "variable", or "variable=option,option".
std::optional<tally::Only> only_of(const std::string& text) {
  if (text.empty()) return std::nullopt;
  const auto equals = text.find('=');
  tally::Only only{.variable = text.substr(0, equals)};
  if (equals == std::string::npos) return only;
  std::string rest = text.substr(equals + 1);
  while (!rest.empty()) {
    const auto comma = std::min(rest.find(','), rest.size());
    if (comma > 0) only.options.push_back(rest.substr(0, comma));
    rest.erase(0, std::min(comma + 1, rest.size()));
  }
  return only;
}

Result<Response> crosstab(const Services& services, const Request& request) {
  const inspection::CrossTabWanted wanted{.questionnaire = request.query_value("questionnaire"),
                                          .rows = request.query_value("rows"),
                                          .columns = request.query_value("columns"),
                                          .only = only_of(request.query_value("only"))};
  if (wanted.questionnaire.empty() || wanted.rows.empty() || wanted.columns.empty()) {
    return fail(ErrorCode::invalid, "\"questionnaire\", \"rows\" and \"columns\" are needed");
  }
  auto about = reason_for_reading(services, request);
  if (!about) return std::unexpected(about.error());
  about->insert({{"rows", wanted.rows}, {"columns", wanted.columns}, {"only", request.query_value("only")}});
  const std::string inspection = request.parameter("inspection");
  const auto table = services.inspections->cross_tab(inspection, wanted);
  if (!table) return std::unexpected(table.error());
  return audited(services, event_of(request, "cross-tab read", inspection, *about),
                 http::json_response(200, tally::cross_tab_to_json(wanted.questionnaire, *table)));
}

}  // namespace

void add_crosstab_routes(http::Router& router, Services& services) {
  add_route(router, services, people::Right::read_answers, "GET", "/v1/inspections/{inspection}/crosstab",
            asking(services, crosstab));
}

}  // namespace perspective::resources
