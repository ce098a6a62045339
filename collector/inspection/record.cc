#include "inspection/record.h"

#include <boost/json.hpp>

namespace perspective::inspection {

namespace json = boost::json;

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
                                      {"why_no_tokens", record.why_no_tokens}});
}

Result<Record> record_from(std::string_view text) {
  try {
    const json::value value = json::parse(json::string_view(text.data(), text.size()));
    auto package = protocol::package_from_json(json::value_to<std::string>(value.at("package")));
    if (!package) return std::unexpected(package.error());
    using Sections = std::map<std::string, std::map<std::string, std::string>>;
    const json::value* why = value.as_object().if_contains("why_no_tokens");  // not of before there were any
    return Record{std::move(*package), json::value_to<std::vector<std::string>>(value.at("chapters")),
                  json::value_to<Sections>(value.at("sections")),
                  why == nullptr ? std::string() : json::value_to<std::string>(*why)};
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

}  // namespace perspective::inspection
