#include "resources/crosstab_api.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "resources/audit_api.h"
#include "resources/reading.h"
#include "tally/cross_tab.h"

namespace perspective::resources {

using http::Request;
using http::Response;

namespace {

// The parts that are not empty.
std::vector<std::string> split(std::string text, char separator) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const auto at = std::min(text.find(separator), text.size());
    if (at > 0) parts.push_back(text.substr(0, at));
    text.erase(0, std::min(at + 1, text.size()));
  }
  return parts;
}

// "variable" or "variable=option,option"; several of them with ";" between.
std::vector<tally::Only> only_of(const std::string& text) {
  std::vector<tally::Only> all;
  for (const auto& part : split(text, ';')) {
    const auto equals = part.find('=');
    auto& only = all.emplace_back(tally::Only{.variable = part.substr(0, equals)});
    if (equals != std::string::npos) only.options = split(part.substr(equals + 1), ',');
  }
  return all;
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
