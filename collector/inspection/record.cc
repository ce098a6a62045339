#include "inspection/record.h"

#include <boost/json.hpp>

namespace perspective::inspection {

namespace json = boost::json;

namespace {

// Nothing of it stands in what an earlier version kept.
Plan plan_of(const json::object& kept) {
  Plan plan;
  if (const json::value* const dates = kept.if_contains("dates")) {
    const auto day = [dates](const char* name) { return json::value_to<std::string>(dates->at(name)); };
    plan.dates = {day("fieldwork_starts"), day("fieldwork_ends"), day("report_due"), day("published_on")};
  }
  if (const json::value* const months = kept.if_contains("retention_months")) {
    plan.retention_months = months->to_number<int>();
  }
  if (const json::value* const threshold = kept.if_contains("guard_threshold")) {
    plan.guard_threshold = threshold->to_number<int>();
  }
  if (const json::value* const release = kept.if_contains("release")) {
    plan.release = json::value_to<std::string>(*release);
  }
  return plan;
}

}  // namespace

std::string to_json(const Record& record) {
  json::object sections;
  for (const auto& [questionnaire, catalogues] : record.sections) {
    json::object languages;
    for (const auto& [language, catalogue] : catalogues) languages.emplace(language, catalogue);
    sections.emplace(questionnaire, std::move(languages));
  }
  return json::serialize(json::object{{"format", 1},
                                      {"package", protocol::to_json(record.package)},
                                      {"chapters", json::value_from(record.chapters)},
                                      {"sections", std::move(sections)},
                                      {"why_no_tokens", record.why_no_tokens},
                                      {"dates",
                                       {{"fieldwork_starts", record.dates.fieldwork_starts},
                                        {"fieldwork_ends", record.dates.fieldwork_ends},
                                        {"report_due", record.dates.report_due},
                                        {"published_on", record.dates.published_on}}},
                                      {"retention_months", record.retention_months},
                                      {"guard_threshold", record.guard_threshold},
                                      {"release", record.release}});
}

Result<Record> record_from(std::string_view text) {
  try {
    const json::value value = json::parse(json::string_view(text.data(), text.size()));
    auto package = protocol::package_from_json(json::value_to<std::string>(value.at("package")));
    if (!package) return std::unexpected(package.error());
    using Sections = std::map<std::string, std::map<std::string, std::string>>;
    const json::value* why = value.as_object().if_contains("why_no_tokens");  // not of before there were any
    Record record{std::move(*package), json::value_to<std::vector<std::string>>(value.at("chapters")),
                  json::value_to<Sections>(value.at("sections")),
                  why == nullptr ? std::string() : json::value_to<std::string>(*why)};
    auto plan = plan_of(value.as_object());
    record.dates = std::move(plan.dates);
    record.retention_months = plan.retention_months;
    record.guard_threshold = plan.guard_threshold;
    record.release = std::move(plan.release);
    return record;
  } catch (const std::exception& exception) {
    return fail(ErrorCode::corrupt, std::string("a stored inspection can not be read: ") + exception.what());
  }
}

Result<Plan> plan_from(std::string_view text) {
  try {
    return plan_of(json::parse(json::string_view(text.data(), text.size())).as_object());
  } catch (const std::exception& exception) {
    return fail(ErrorCode::corrupt, std::string("a stored inspection can not be read: ") + exception.what());
  }
}

Result<std::vector<survey::Questionnaire>> questionnaires_of(const Record& record) {
  std::vector<survey::Questionnaire> questionnaires;
  for (const auto& id : record.chapters) {
    const auto packed = record.package.questionnaires.find(id);
    if (packed == record.package.questionnaires.end()) {
      return fail(ErrorCode::corrupt, "questionnaire '" + id + "' is missing from its package");
    }
    auto questionnaire = survey::Questionnaire::parse(packed->second.definition);
    if (!questionnaire) return in_context("questionnaire '" + id + "'", questionnaire.error());
    questionnaires.push_back(std::move(*questionnaire));
  }
  return questionnaires;
}

Result<std::vector<survey::Questionnaire>> questionnaires_in(std::string_view json) {
  const auto record = record_from(json);
  if (!record) return std::unexpected(record.error());
  return questionnaires_of(*record);
}

}  // namespace perspective::inspection
