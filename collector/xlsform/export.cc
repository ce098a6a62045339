#include "xlsform/export.h"

#include <algorithm>

#include "authoring/catalogue_file.h"
#include "authoring/texts_check.h"
#include "survey/recording.h"
#include "xlsform/expression.h"
#include "xlsform/sheet_builder.h"
#include "xlsform/unsaid.h"
#include "xlsform/words.h"

namespace perspective::xlsform {
namespace {

// What others see of a picture or hear of a recording: a file beside the form.
std::string file_name(std::string name, std::string_view suffix) {
  std::ranges::replace(name, '/', '-');
  return name + std::string(suffix);
}

std::string with_lines(std::string key) {
  std::ranges::replace(key, '.', '_');
  return key;
}

class Exporter {
 public:
  Exporter(const survey::Questionnaire& questionnaire, const authoring::Folder& folder)
      : questionnaire_(questionnaire), folder_(folder) {
    for (const auto& language : questionnaire.languages) {
      const auto found = folder.texts.find(language);
      if (found != folder.texts.end()) texts_.emplace_back("texts", language, found->second, ignored_);
    }
    for (const auto& item : questionnaire.items) taken_.insert(item.variable);
    read_recordings();
  }

  Exported all() {
    for (const auto& key : questionnaire_.welcome) note(key, {});
    for (const auto& item : questionnaire_.items) screen(item);
    for (const auto& [name, svg] : authoring::used_pictures(folder_)) {
      if (used_pictures_.contains(name)) exported_.media[file_name(name, ".svg")] = bytes_of(svg);
    }
    exported_.workbook.sheets = {survey_.sheet(), choices_.sheet(), settings()};
    exported_.lines = unsaid(questionnaire_, folder_, used_keys_);
    return std::move(exported_);
  }

 private:
  static Bytes bytes_of(const std::string& text) {
    const ByteView view = as_bytes(text);
    return {view.begin(), view.end()};
  }

  static std::vector<std::string> with_languages(const survey::Questionnaire& questionnaire,
                                                 const std::vector<std::string>& headings) {
    std::vector<std::string> all;
    for (const auto& heading : headings) {
      if (!heading.ends_with("::")) {
        all.push_back(heading);
        continue;
      }
      for (const auto& language : questionnaire.languages) all.push_back(heading + language_heading(language));
    }
    return all;
  }

  void read_recordings() {
    for (const auto& [name, file] : folder_.recordings) {
      const auto recording = survey::read_recording(file);
      if (recording) recordings_[{recording->language, recording->words}] = name;
    }
  }

  void put(Cells& cells, const std::string& heading, const std::string& key) {
    for (const auto& texts : texts_) {
      if (!texts.is_readable() || !texts.is_there(key)) continue;
      cells[heading + "::" + language_heading(texts.language)] = authoring::shown(questionnaire_, texts, key);
      used_keys_.insert(key);
    }
  }

  void put_audio(Cells& cells, const std::string& key) {
    for (const auto& texts : texts_) {
      if (!texts.is_readable() || !texts.is_there(key)) continue;
      const auto found = recordings_.find({texts.language, authoring::shown(questionnaire_, texts, key)});
      if (found == recordings_.end()) continue;
      const std::string name = file_name(found->second, ".opus");
      exported_.media[name] = folder_.recordings.at(found->second);
      cells["media::audio::" + language_heading(texts.language)] = name;
    }
  }

  void note(const std::string& key, const std::string& when) {
    Cells cells{{"type", "note"}, {"name", id_from(with_lines(key), taken_)}, {"relevant", when}};
    put(cells, "label", key);
    survey_.add(std::move(cells));
  }

  // A question and its notes stand on one screen, as on a kiosk.
  void screen(const survey::Item& item) {
    std::string condition = item.relevant.source();
    if (!item.notes.empty()) {
      survey_.add({{"type", "begin_group"},
                   {"name", id_from(item.variable + "_screen", taken_)},
                   {"relevant", condition},
                   {"appearance", "field-list"}});
      condition.clear();
    }
    const auto speaks_of_it = [&](const survey::Note& one) {
      const auto names = one.when.variables();
      return std::ranges::find(names, item.variable) != names.end();
    };
    for (const auto& one : item.notes) {
      if (!speaks_of_it(one)) note(one.text, one.when.source());
    }
    question(item, condition);
    for (const auto& one : item.notes) {
      if (speaks_of_it(one)) note(one.text, one.when.source());
    }
    if (!item.notes.empty()) survey_.add({{"type", "end_group"}});
  }

  void question(const survey::Item& item, const std::string& condition) {
    Cells cells{{"type", "text"}, {"name", item.variable}, {"relevant", condition}, {"appearance", "multiline"}};
    if (!survey::is_text(item)) {
      const bool is_of_several = std::holds_alternative<survey::MultipleChoice>(item.kind);
      const bool is_scale = std::holds_alternative<survey::Scale>(item.kind);
      cells["type"] = (is_of_several ? "select_multiple " : "select_one ") + item.variable;
      cells["appearance"] = is_scale ? "likert" : "";
      std::vector<std::string> exclusive;
      for (const auto& option : survey::options_of(item)) {
        if (option.is_exclusive) exclusive.push_back(option.id);
        choice(item, option);
      }
      cells["constraint"] = exclusive_constraint(exclusive);
    }
    const std::string key = "item." + item.variable;
    put(cells, "label", key);
    put(cells, "hint", key + ".help");
    put_audio(cells, key);
    survey_.add(std::move(cells));
  }

  void choice(const survey::Item& item, const survey::Option& option) {
    const std::string key = "item." + item.variable + "." + option.id;
    Cells cells{{"list_name", item.variable},
                {"name", option.id},
                {"perspective_base", option.in_base ? "" : "outside"},
                {"perspective_value", option.value ? std::to_string(*option.value) : ""}};
    if (!option.picture.empty()) {
      cells["media::image"] = file_name(option.picture, ".svg");
      used_pictures_.insert(option.picture);
    }
    put(cells, "label", key);
    put_audio(cells, key);
    choices_.add(std::move(cells));
  }

  Sheet settings() {
    Cells cells{{"form_id", questionnaire_.id},
                {"version", std::to_string(questionnaire_.version)},
                {"default_language", language_heading(questionnaire_.languages.front())}};
    for (const auto& texts : texts_) {
      if (!texts.is_readable() || !texts.is_there("title")) continue;
      const bool is_first = texts.language == questionnaire_.languages.front();
      const std::string heading = is_first ? "form_title" : "form_title::" + language_heading(texts.language);
      cells[heading] = authoring::shown(questionnaire_, texts, "title");
      used_keys_.insert("title");
    }
    SheetBuilder settings("settings", with_languages(questionnaire_, {"form_title", "form_title::", "form_id",
                                                                      "version", "default_language"}));
    settings.add(std::move(cells));
    return settings.sheet();
  }

  const survey::Questionnaire& questionnaire_;
  const authoring::Folder& folder_;
  authoring::Remarks ignored_;
  std::vector<authoring::CatalogueFile> texts_;
  std::map<std::pair<std::string, std::string>, std::string> recordings_;  // language and words: name
  std::set<std::string> taken_;
  std::set<std::string> used_keys_;
  std::set<std::string> used_pictures_;
  SheetBuilder survey_{"survey", with_languages(questionnaire_, {"type", "name", "label::", "hint::", "relevant",
                                                                 "constraint", "appearance", "media::audio::"})};
  SheetBuilder choices_{"choices",
                        with_languages(questionnaire_, {"list_name", "name", "label::", "media::image",
                                                        "media::audio::", "perspective_base", "perspective_value"})};
  Exported exported_;
};

}  // namespace

Result<Exported> export_form(const authoring::Folder& folder) {
  const auto questionnaire = survey::Questionnaire::parse(folder.definition);
  if (!questionnaire) {
    return fail(ErrorCode::invalid, "the definition has errors: correct them first (questionnaire check)");
  }
  return Exporter(*questionnaire, folder).all();
}

}  // namespace perspective::xlsform
