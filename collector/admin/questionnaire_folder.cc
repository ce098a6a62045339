#include "admin/questionnaire_folder.h"

#include <algorithm>
#include <boost/json.hpp>
#include <system_error>

#include "base/file.h"

namespace perspective::admin {

namespace fs = std::filesystem;
namespace json = boost::json;

namespace {

Result<std::vector<std::string>> languages_of(const std::string& definition, const fs::path& path) {
  try {
    return json::value_to<std::vector<std::string>>(json::parse(definition).at("languages"));
  } catch (const std::exception& error) {
    return fail(ErrorCode::invalid, path.string() + " is no definition of a questionnaire: " + error.what());
  }
}

Result<json::object> read_catalogues(const fs::path& folder) {
  json::object catalogues;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    if (entry->path().extension() != ".json") continue;
    const auto text = read_text(entry->path());
    if (!text) return std::unexpected(text.error());
    catalogues[entry->path().stem().string()] = *text;
  }
  return catalogues;  // a folder that is missing has none; the collector says whether they are needed
}

void keep_only(json::object& catalogues, const std::vector<std::string>& languages) {
  std::vector<std::string> others;
  for (const auto& [language, catalogue] : catalogues) {
    if (std::ranges::find(languages, std::string_view(language)) == languages.end()) others.emplace_back(language);
  }
  for (const std::string& language : others) catalogues.erase(language);
}

Result<json::object> read_questionnaire(const fs::path& folder) {
  const fs::path path = folder / "definition.json";
  const auto definition = read_text(path);
  if (!definition) {
    if (definition.error().code != ErrorCode::not_found) return std::unexpected(definition.error());
    return fail(ErrorCode::not_found, folder.string() + " is no folder of a questionnaire: it has no definition.json");
  }
  const auto texts = read_catalogues(folder / "texts");
  if (!texts) return std::unexpected(texts.error());
  const auto section = read_catalogues(folder / "section");
  if (!section) return std::unexpected(section.error());
  return json::object{{"definition", *definition}, {"texts", *texts}, {"section", *section}};
}

}  // namespace

Result<json::array> read_questionnaires(QuestionnaireFiles& files) {
  json::array questionnaires;
  std::vector<std::string> common;
  for (const fs::path& folder : files.folders) {
    auto questionnaire = read_questionnaire(folder);
    if (!questionnaire) return std::unexpected(questionnaire.error());
    const auto languages =
        languages_of(std::string(questionnaire->at("definition").as_string()), folder / "definition.json");
    if (!languages) return std::unexpected(languages.error());
    if (questionnaires.empty()) common = *languages;
    std::erase_if(common,
                  [&](const auto& language) { return std::ranges::find(*languages, language) == languages->end(); });
    questionnaires.push_back(*std::move(questionnaire));
  }
  if (files.languages.empty()) files.languages = common;
  if (files.languages.empty()) {
    return fail(ErrorCode::invalid,
                "these questionnaires have no language in common; name the languages with --languages");
  }
  for (json::value& questionnaire : questionnaires) {
    keep_only(questionnaire.get_object()["texts"].get_object(), files.languages);
  }
  return questionnaires;
}

}  // namespace perspective::admin
