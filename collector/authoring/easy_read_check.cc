#include "authoring/easy_read_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "authoring/texts_check.h"
#include "survey/json_shape.h"
#include "text/sentences.h"

namespace perspective::authoring {
namespace {

class EasyRead {
 public:
  EasyRead(const survey::Questionnaire& questionnaire, const std::vector<CatalogueFile>& texts, const File& definition,
           Check& check)
      : questionnaire_(questionnaire), texts_(texts), definition_(definition), check_(check) {}

  void all() {
    for (const auto& texts : texts_) {
      if (!texts.is_readable()) continue;
      for (const auto& key : keys(texts)) {
        sentences(texts, key);
        lines(texts, key);
      }
      check_.whole[texts.language] = whole(texts);
    }
    for (std::size_t i = 0; i < questionnaire_.items.size(); ++i) item(questionnaire_.items[i]);
    reasons();
  }

 private:
  // All that a respondent reads. What is only said has its length from spelling out: "9 9 9".
  std::vector<std::string> keys(const CatalogueFile& texts) const {
    std::vector<std::string> all;
    const auto add = [&](const std::string& key) {
      if (texts.catalogue->has(key)) all.push_back(key);
    };
    for (const auto& need : text_needs(questionnaire_)) {
      if (need.key == "status") continue;
      add(need.key);
      add(need.key + ".help");
      add(need.key + ".service");
      add(need.key + ".paper");
    }
    return all;
  }

  void sentences(const CatalogueFile& texts, const std::string& key) {
    const std::string text = shown(questionnaire_, texts, key);
    for (const auto& sentence : text::sentences_of(text, texts.language)) {
      const std::size_t words = text::words_of(sentence).size();
      if (words <= kMaxWordsASentence) continue;
      if (questionnaire_.long_sentences.contains(key)) {
        excused_.insert(key);
        continue;
      }
      texts.file.say_of_key(
          Severity::error, key,
          fmt::format("has a sentence of {} words, where {} are the most: \"{}\"", words, kMaxWordsASentence, sentence),
          "say it in two sentences, or say why it must be so in \"long_sentences\" of definition.json");
    }
  }

  void lines(const CatalogueFile& texts, const std::string& key) const {
    std::istringstream text(shown(questionnaire_, texts, key));
    for (std::string line; std::getline(text, line);) {
      if (text::sentences_of(line, texts.language).size() < 2) continue;
      texts.file.say_of_key(Severity::error, key, fmt::format("has two sentences on a line: \"{}\"", line),
                            "begin each sentence on a line of its own; \"Mr\" and \"St\" need no full stop");
    }
  }

  void reasons() const {
    for (const auto& [key, reason] : questionnaire_.long_sentences) {
      if (excused_.contains(key)) continue;
      const bool is_there = std::ranges::any_of(texts_, [&](const auto& texts) { return texts.is_there(key); });
      definition_.say(is_there ? Severity::warning : Severity::error, "/long_sentences/" + survey::pointer_part(key),
                      is_there ? "excuses a text without a long sentence" : "names a text that there is not",
                      is_there ? "take it out" : "check its spelling against the keys of the texts");
    }
  }

  // Options and names are no sentences.
  Reading whole(const CatalogueFile& texts) const {
    std::set<std::string> names;
    for (const auto& item : questionnaire_.items) {
      for (const auto& option : survey::options_of(item)) names.insert("item." + item.variable + "." + option.id);
      for (const auto& word : item.words) names.insert("word." + word);
    }
    if (questionnaire_.practice) {
      for (const auto& option : survey::options_of(*questionnaire_.practice)) {
        names.insert("item." + questionnaire_.practice->variable + "." + option.id);
      }
    }
    for (const auto& helpline : questionnaire_.helplines) names.insert(helpline.text);
    for (const auto& picture : survey::picture_names(questionnaire_)) names.insert("picture." + picture);
    names.insert("title");
    Reading all;
    for (const auto& key : keys(texts)) {
      if (!names.contains(key)) all += reading_of(shown(questionnaire_, texts, key), texts.language);
    }
    return all;
  }

  void item(const survey::Item& item) {
    ItemReading row{.variable = item.variable, .by_language = {}};
    const std::string key = "item." + item.variable;
    for (const auto& texts : texts_) {
      if (!texts.is_readable() || !texts.catalogue->has(key)) continue;
      Reading reading;
      for (const auto& part : {key, key + ".help"}) {
        if (texts.catalogue->has(part)) reading += reading_of(shown(questionnaire_, texts, part), texts.language);
      }
      row.by_language[texts.language] = reading;
      if (!has_grade(texts.language) || reading.grade() <= kMaxGrade) continue;
      texts.file.say_of_key(Severity::warning, key,
                            fmt::format("has reading grade {:.1f}, over {:.0f}", reading.grade(), kMaxGrade),
                            "use shorter words, or more and shorter sentences");
    }
    check_.items.push_back(std::move(row));
  }

  const survey::Questionnaire& questionnaire_;
  const std::vector<CatalogueFile>& texts_;
  const File& definition_;
  Check& check_;
  std::set<std::string> excused_;
};

}  // namespace

void check_easy_read(const survey::Questionnaire& questionnaire, const std::vector<CatalogueFile>& texts,
                     const File& definition, Check& check) {
  EasyRead(questionnaire, texts, definition, check).all();
}

}  // namespace perspective::authoring
