#include "authoring/needs.h"

#include <set>

namespace perspective::authoring {
namespace {

std::string at(const std::string& list, std::size_t i) { return list + "/" + std::to_string(i); }

class Needs {
 public:
  void add(const std::string& key, const std::string& pointer) {
    if (!key.ends_with('.') && !key.empty() && seen_.insert(key).second) all_.push_back({key, pointer});
  }
  void add(const std::vector<std::string>& keys, const std::string& list) {
    for (std::size_t i = 0; i < keys.size(); ++i) add(keys[i], at(list, i));
  }
  void add(const survey::Item& item, const std::string& pointer) {
    if (item.variable.empty()) return;  // told of by the reader
    const std::string key = "item." + item.variable;
    add(key, pointer + "/variable");
    const auto& options = survey::options_of(item);
    for (std::size_t i = 0; i < options.size(); ++i) add(key + "." + options[i].id, at(pointer + "/options", i));
    for (std::size_t i = 0; i < options.size(); ++i) {
      if (!options[i].picture.empty()) add("picture." + options[i].picture, at(pointer + "/options", i) + "/picture");
    }
    for (std::size_t i = 0; i < item.notes.size(); ++i) add(item.notes[i].text, at(pointer + "/notes", i) + "/text");
    for (std::size_t i = 0; i < item.words.size(); ++i) {
      if (item.words[i].empty()) continue;
      add("word." + item.words[i], at(pointer + "/words", i));
      add("word." + item.words[i] + ".meaning", at(pointer + "/words", i));
    }
  }
  std::vector<Need> all() { return std::move(all_); }

 private:
  std::vector<Need> all_;
  std::set<std::string> seen_;
};

}  // namespace

std::vector<Need> text_needs(const survey::Questionnaire& questionnaire) {
  Needs needs;
  needs.add("status", "");
  needs.add("title", "");
  needs.add(questionnaire.welcome, "/welcome");
  if (questionnaire.practice) needs.add(*questionnaire.practice, "/practice");
  for (std::size_t i = 0; i < questionnaire.items.size(); ++i) needs.add(questionnaire.items[i], at("/items", i));
  needs.add(questionnaire.talk, "/talk");
  for (std::size_t i = 0; i < questionnaire.helplines.size(); ++i) {
    needs.add(questionnaire.helplines[i].text, at("/helplines", i) + "/text");
  }
  return needs.all();
}

std::vector<Need> section_needs(const survey::Questionnaire& questionnaire) {
  Needs needs;
  needs.add("section.heading", "");
  for (std::size_t i = 0; i < questionnaire.section.size(); ++i) {
    const auto& sentences = questionnaire.section[i].sentences;
    for (std::size_t k = 0; k < sentences.size(); ++k) {
      const std::string pointer = at(at("/section", i) + "/sentences", k);
      needs.add("section." + sentences[k].id, pointer + "/id");
      if (sentences[k].otherwise) needs.add("section." + *sentences[k].otherwise, pointer + "/otherwise");
    }
  }
  // After all others: what a release says of each.
  for (std::size_t i = 0; i < questionnaire.section.size(); ++i) {
    const auto& sentences = questionnaire.section[i].sentences;
    for (std::size_t k = 0; k < sentences.size(); ++k) {
      needs.add("section." + sentences[k].id + ".release", at(at("/section", i) + "/sentences", k) + "/id");
    }
  }
  return needs.all();
}

}  // namespace perspective::authoring
