#include "authoring/check.h"

#include <algorithm>

#include "authoring/catalogue_file.h"
#include "authoring/easy_read_check.h"
#include "authoring/picture_check.h"
#include "authoring/recording_check.h"
#include "authoring/section_check.h"
#include "authoring/texts_check.h"
#include "survey/definition_checks.h"
#include "survey/definition_marks.h"
#include "survey/definition_reader.h"
#include "survey/reachability.h"

namespace perspective::authoring {
namespace {

class FolderCheck {
 public:
  FolderCheck(const Folder& folder, const std::vector<std::string>& wanted)
      : folder_(folder), wanted_(wanted), definition_("definition.json", folder.definition, check_.remarks) {}

  Check all() {
    if (definition_.is_json()) read();
    std::vector<CatalogueFile> texts = open("texts", folder_.texts);
    const std::vector<CatalogueFile> section = open("section", folder_.section);
    if (definition_.is_json() && has_items_) {
      check_texts(questionnaire_, is_whole_, texts);
      for (const auto& one : section) {
        if (one.is_readable()) check_section(questionnaire_, is_whole_, one);
      }
      check_easy_read(questionnaire_, texts, definition_, check_);
      check_pictures(questionnaire_, folder_, definition_, check_.remarks);
      check_recordings(folder_, texts, check_.remarks);
    }
    std::ranges::sort(check_.remarks);
    const auto repeats = std::ranges::unique(check_.remarks);
    check_.remarks.erase(repeats.begin(), repeats.end());
    return std::move(check_);
  }

 private:
  void read() {
    survey::Problems problems;
    questionnaire_ = survey::read_definition(folder_.definition, problems);
    is_whole_ = problems.empty();
    survey::check_definition(questionnaire_, problems);
    survey::check_reachability(questionnaire_, problems);
    for (const auto& problem : problems) {
      definition_.say(problem.severity, problem.pointer, problem.what, problem.remedy);
    }
    has_items_ = !questionnaire_.items.empty();
    for (std::size_t i = 0; i < questionnaire_.languages.size(); ++i) language(i);
    const bool has_section =
        std::ranges::any_of(check_.languages, [&](const auto& language) { return folder_.section.contains(language); });
    if (!check_.languages.empty() && !has_section) {
      definition_.say(Severity::error, "/section",
                      "has no words: there is no section/" + check_.languages.front() + ".json",
                      "write one, with section.heading and a text for each sentence");
    }
  }

  void language(std::size_t at) {
    const std::string& language = questionnaire_.languages[at];
    const std::string pointer = "/languages/" + std::to_string(at);
    const bool is_wanted = wanted_.empty() || std::ranges::find(wanted_, language) != wanted_.end();
    if (!survey::is_language(language) || !is_wanted ||
        std::ranges::find(check_.languages, language) != check_.languages.end())
      return;
    check_.languages.push_back(language);
    if (!folder_.texts.contains(language)) {
      definition_.say(Severity::error, pointer, "has no words: there is no texts/" + language + ".json",
                      "write one, with the same keys as the other languages");
    }
    const bool other_has_section = std::ranges::any_of(
        questionnaire_.languages, [&](const auto& other) { return folder_.section.contains(other); });
    if (!folder_.section.contains(language) && other_has_section) {
      definition_.say(Severity::warning, pointer, "has no section: there is no section/" + language + ".json",
                      "write one, or the section cannot be written in this language");
    }
  }

  // In the definition's order of languages. Where that cannot be read, all: none of them is known to be unwanted.
  std::vector<CatalogueFile> open(const std::string& folder, const Catalogues& catalogues) {
    std::vector<CatalogueFile> files;
    for (const auto& language : check_.languages) {
      const auto found = catalogues.find(language);
      if (found != catalogues.end()) files.emplace_back(folder, language, found->second, check_.remarks);
    }
    for (const auto& [language, text] : catalogues) {
      if (questionnaire_.languages.empty()) {
        files.emplace_back(folder, language, text, check_.remarks);
      } else if (std::ranges::find(questionnaire_.languages, language) == questionnaire_.languages.end()) {
        check_.remarks.push_back({folder + "/" + language + ".json", 1, 1, Severity::warning, "",
                                  "belongs to no language of definition.json",
                                  "add \"" + language + "\" to \"languages\", or take the file out"});
      }
    }
    return files;
  }

  const Folder& folder_;
  const std::vector<std::string>& wanted_;
  Check check_;
  File definition_;
  survey::Questionnaire questionnaire_;
  bool is_whole_ = false;  // all of the definition could be read
  bool has_items_ = false;
};

}  // namespace

Check check(const Folder& folder, const std::vector<std::string>& languages) {
  return FolderCheck(folder, languages).all();
}

}  // namespace perspective::authoring
