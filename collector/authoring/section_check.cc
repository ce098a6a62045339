#include "authoring/section_check.h"

#include <algorithm>
#include <set>

#include "report/section.h"

namespace perspective::authoring {
namespace {

class Section {
 public:
  Section(const survey::Questionnaire& questionnaire, bool is_definition_whole, const CatalogueFile& section)
      : questionnaire_(questionnaire), is_definition_whole_(is_definition_whole), section_(section) {}

  void all() {
    section_.say_of_missing(section_needs(questionnaire_));
    arguments("section.heading", {}, "");
    arguments("section.respondents", examples_.of_respondents(), "");
    arguments("section.respondents.release", examples_.of_respondents(), "");
    for (const auto& finding : questionnaire_.findings) arguments("section.about." + finding.id, {}, "");
    for (std::size_t i = 0; i < questionnaire_.section.size(); ++i) {
      const auto& sentences = questionnaire_.section[i].sentences;
      for (std::size_t k = 0; k < sentences.size(); ++k) {
        const std::string pointer = "/section/" + std::to_string(i) + "/sentences/" + std::to_string(k);
        if (used_.contains("section." + sentences[k].id)) continue;  // an id that is there twice has been told of
        const auto examples = examples_.of(sentences[k]);
        arguments("section." + sentences[k].id, examples, pointer);
        arguments("section." + sentences[k].id + ".release", examples_.of_release(sentences[k]), pointer);
        if (sentences[k].otherwise) arguments("section." + *sentences[k].otherwise, examples, pointer);
      }
    }
    if (is_definition_whole_) unused();
  }

 private:
  void arguments(const std::string& key, const text::Arguments& examples, const std::string& sentence) {
    used_.insert(key);
    std::set<std::string> told;
    for (const auto& name : section_.catalogue->argument_names(key)) {
      if (examples.contains(name) || !told.insert(name).second) continue;
      section_.file.say_of_key(Severity::error, key, "names {" + name + "}, which nothing gives it",
                               remedy_for(name, sentence));
    }
    for (const auto& name : section_.catalogue->number_names(key)) {
      const auto example = examples.find(name);
      if (example == examples.end() || std::holds_alternative<std::int64_t>(example->second)) continue;
      if (!told.insert(name).second) continue;
      section_.file.say_of_key(Severity::error, key, "counts with {" + name + "}, which is words",
                               "use select, or a number such as {" + name + "_count}");
    }
  }

  // Is it an argument of a finding that the sentence does not name?
  std::string remedy_for(const std::string& name, const std::string& sentence) const {
    for (const auto& finding : questionnaire_.findings) {
      survey::Sentence with_it;
      with_it.findings = {finding.id};
      if (!sentence.empty() && (examples_.of(with_it).contains(name) || examples_.of_release(with_it).contains(name))) {
        return "add \"" + finding.id + "\" to the findings at " + sentence + " in definition.json";
      }
    }
    return "collector/report/README.md, \"Arguments of a sentence\", lists all";
  }

  void unused() const {
    for (const auto& [key, message] : section_.messages) {
      if (used_.contains(key) || key == "status" || key.starts_with("report.")) continue;
      section_.file.say_of_key(Severity::warning, key, "is asked for by nothing in definition.json",
                               "take it out, or check the spelling of both");
    }
  }

  const survey::Questionnaire& questionnaire_;
  const bool is_definition_whole_;
  const CatalogueFile& section_;
  const report::ExampleArguments examples_;
  std::set<std::string> used_;
};

}  // namespace

void check_section(const survey::Questionnaire& questionnaire, bool is_definition_whole, const CatalogueFile& section) {
  Section(questionnaire, is_definition_whole, section).all();
}

}  // namespace perspective::authoring
