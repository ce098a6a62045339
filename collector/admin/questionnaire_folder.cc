#include "admin/questionnaire_folder.h"

#include <algorithm>
#include <boost/json.hpp>

#include "authoring/check.h"

namespace perspective::admin {

namespace fs = std::filesystem;
namespace json = boost::json;

namespace {

// None where the definition cannot be read: the check says why.
std::vector<std::string> languages_of(const std::string& definition) {
  boost::system::error_code error;
  const auto document = json::parse(json::string_view(definition.data(), definition.size()), error);
  std::vector<std::string> languages;
  const json::value* const list =
      !error && document.is_object() ? document.get_object().if_contains("languages") : nullptr;
  if (list == nullptr || !list->is_array()) return languages;
  for (const auto& language : list->get_array()) {
    if (language.is_string()) languages.emplace_back(language.get_string());
  }
  return languages;
}

// That all of them have, in the order of the first.
std::vector<std::string> languages_in_common(const std::vector<authoring::Folder>& folders) {
  std::vector<std::string> common;
  for (const auto& folder : folders) {
    const auto languages = languages_of(folder.definition);
    if (&folder == &folders.front()) common = languages;
    std::erase_if(common, [&](const auto& one) { return std::ranges::find(languages, one) == languages.end(); });
  }
  return common;
}

json::object only(const authoring::Catalogues& catalogues, const std::vector<std::string>& languages) {
  json::object kept;
  for (const auto& [language, text] : catalogues) {
    if (std::ranges::find(languages, language) != languages.end()) kept[language] = text;
  }
  return kept;
}

json::object all_of(const authoring::Catalogues& catalogues) {
  json::object all;
  for (const auto& [language, text] : catalogues) all[language] = text;
  return all;
}

std::string plural(std::size_t number, const std::string& one) {
  return std::to_string(number) + " " + one + (number == 1 ? "" : "s");
}

Result<void> check(const std::vector<authoring::Folder>& folders, QuestionnaireFiles& files) {
  std::size_t errors = 0;
  for (std::size_t i = 0; i < folders.size(); ++i) {
    const auto checked = authoring::check(folders[i], files.languages);
    errors += authoring::count(checked.remarks, authoring::Severity::error);
    for (const auto& remark : checked.remarks) {
      if (remark.severity != authoring::Severity::note) {
        files.remarks.push_back(authoring::to_text(remark, files.folders[i].string()));
      }
    }
  }
  if (errors == 0) return {};
  return fail(ErrorCode::invalid, "the questionnaire is refused: " + plural(errors, "error") +
                                      ", listed above. Correct them; nothing was changed");
}

}  // namespace

std::string counts_in_words(std::size_t errors, std::size_t warnings) {
  return plural(errors, "error") + ", " + plural(warnings, "warning");
}

Result<json::array> read_questionnaires(QuestionnaireFiles& files) {
  std::vector<authoring::Folder> folders;
  for (const fs::path& path : files.folders) {
    auto folder = authoring::read_folder(path);
    if (!folder) return std::unexpected(folder.error());
    folders.push_back(*std::move(folder));
  }
  if (files.languages.empty()) files.languages = languages_in_common(folders);
  if (auto checked = check(folders, files); !checked) return std::unexpected(checked.error());
  if (files.languages.empty()) {
    return fail(ErrorCode::invalid,
                "these questionnaires have no language in common; name the languages with --languages");
  }
  json::array questionnaires;
  for (const auto& folder : folders) {
    json::array recordings;
    for (const Bytes& file : authoring::used_recordings(folder, files.languages)) recordings.emplace_back(to_hex(file));
    questionnaires.push_back(json::object{{"definition", folder.definition},
                                          {"texts", only(folder.texts, files.languages)},
                                          {"section", all_of(folder.section)},
                                          {"pictures", json::value_from(authoring::used_pictures(folder))},
                                          {"recordings", std::move(recordings)}});
  }
  return questionnaires;
}

}  // namespace perspective::admin
