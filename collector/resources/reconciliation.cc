#include "resources/reconciliation.h"

#include <boost/json.hpp>

#include "report/reconciliation.h"
#include "resources/audit_api.h"

namespace perspective::resources {
namespace {

namespace json = boost::json;
using report::Reconciliation;

json::object object_of(const Reconciliation::Kiosk& kiosk) {
  json::object object{{"name", kiosk.name},
                      {"is_revoked", kiosk.is_revoked},
                      {"came_in", kiosk.came_in},
                      {"missing", kiosk.missing()},
                      {"surplus", kiosk.surplus()},
                      {"tokens", kiosk.tokens},
                      {"told", nullptr}};
  if (!kiosk.told) return object;
  json::object told;
  for (const auto& [name, count] : kLedgerCounts) told[name] = (*kiosk.told).*count;
  object["told"] = std::move(told);
  return object;
}

json::object object_of(const Reconciliation::Collector& collector) {
  return {{"accepted", collector.accepted},   {"still_sealed", collector.still_sealed},
          {"counted", collector.counted},     {"set_aside", collector.set_aside},
          {"withdrawn", collector.withdrawn}, {"known_by_withdrawal", collector.known_by_withdrawal}};
}

json::object object_of(const Reconciliation::Tokens& tokens, std::int64_t without_response) {
  return {{"issued", tokens.issued},
          {"spent", tokens.spent},
          {"unused", tokens.unused()},
          {"spent_twice", tokens.spent_twice},
          {"never_issued", tokens.never_issued},
          {"without_response", without_response}};
}

// Without a number while fieldwork is open: one more would be one person.
json::object object_of(const Reconciliation& sides) {
  json::object object{{"has_fieldwork_ended", sides.has_fieldwork_ended}};
  if (!sides.has_fieldwork_ended) return object;
  json::array kiosks;
  for (const auto& kiosk : sides.kiosks) kiosks.push_back(object_of(kiosk));
  object["kiosks"] = std::move(kiosks);
  object["paper"] =
      json::object{{"counted", sides.paper.counted}, {"waiting", sides.paper.waiting}, {"tokens", sides.paper.tokens}};
  object["collector"] = object_of(sides.collector);
  object["tokens"] = sides.tokens ? object_of(*sides.tokens, tokens_without_response(sides)) : json::value();
  return object;
}

}  // namespace

Result<http::Response> reconciliation(const Services& services, const http::Request& request) {
  const std::string inspection = request.parameter("inspection");
  const std::string format = request.query_value("format");
  if (!format.empty() && format != "text" && format != "json") {
    return fail(ErrorCode::invalid, "\"format\" may be text or json");
  }
  const auto event = event_of(request, "reconciliation read", inspection);
  if (format == "text") {
    auto text = services.inspections->reconciliation_text(inspection, request.query_value("language"));
    if (!text) return std::unexpected(text.error());
    return audited(services, event, http::text_response(*std::move(text)));
  }
  const auto sides = services.inspections->reconciliation(inspection);
  if (!sides) return std::unexpected(sides.error());
  return audited(services, event, http::json_response(200, json::serialize(object_of(*sides))));
}

}  // namespace perspective::resources
