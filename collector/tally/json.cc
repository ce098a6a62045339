#include <boost/json.hpp>

#include "tally/steady.h"
#include "tally/tally.h"

namespace perspective::tally {
namespace {

namespace json = boost::json;

void put_share(json::object& object, std::int64_t count, std::int64_t base) {
  object["count"] = count;
  const auto interval = wilson_interval(count, base);
  if (!interval) {
    object["percent"] = nullptr;
    object["interval"] = nullptr;
    return;
  }
  object["percent"] = whole_percent(count, base);
  object["interval"] = json::array{steady(interval->low), steady(interval->high)};
}

json::object option_to_json(const OptionCount& option, std::int64_t base) {
  json::object object{{"option", option.option}, {"in_base", option.in_base}};
  if (option.in_base)
    put_share(object, option.count, base);
  else
    object["count"] = option.count;
  return object;
}

json::object item_to_json(const ItemCount& item) {
  json::array options;
  for (const auto& option : item.options) options.push_back(option_to_json(option, item.base));
  json::object object{{"variable", item.variable},   {"kind", item.kind},
                      {"base", item.base},           {"options", options},
                      {"outside", item.outside},     {"skipped", item.skipped},
                      {"not_asked", item.not_asked}, {"not_reached", item.not_reached}};
  if (item.mean) object["mean"] = steady(*item.mean);
  return object;
}

json::object finding_to_json(const FindingCount& finding) {
  json::object object{{"finding", finding.id}, {"item", finding.item}};
  if (!finding.hangs_on.empty()) object["hangs_on"] = finding.hangs_on;
  put_share(object, finding.count, finding.base);
  object["base"] = finding.base;
  object["missing"] = finding.missing;
  return object;
}

json::object tally_to_object(const Tally& tally) {
  json::array items;
  for (const auto& item : tally.items) items.push_back(item_to_json(item));
  json::array findings;
  for (const auto& finding : tally.findings) findings.push_back(finding_to_json(finding));
  return {{"questionnaire", tally.questionnaire}, {"version", tally.version}, {"respondents", tally.respondents},
          {"on_paper", tally.on_paper},           {"items", items},           {"findings", findings}};
}

}  // namespace

std::string tally_to_json(const Tally& tally) { return json::serialize(tally_to_object(tally)); }

std::string tallies_to_json(std::string_view inspection, std::int64_t set_aside, std::span<const std::string> notes,
                            std::span<const Tally> tallies) {
  json::array questionnaires;
  for (const auto& tally : tallies) questionnaires.push_back(tally_to_object(tally));
  return json::serialize(json::object{{"inspection", json::string_view(inspection.data(), inspection.size())},
                                      {"set_aside", set_aside},
                                      {"notes", json::array(notes.begin(), notes.end())},
                                      {"questionnaires", questionnaires}});
}

}  // namespace perspective::tally
