#include "survey/definition_checks.h"

#include <algorithm>
#include <set>
#include <string>

#include "survey/definition_marks.h"
#include "survey/definition_references.h"

namespace perspective::survey {
namespace {

std::string at(std::string_view list, std::size_t i) { return std::string(list) + "/" + std::to_string(i); }

// Everything that can be said of a name or a mark without looking up what it refers to.
class Marks {
 public:
  Marks(const Questionnaire& questionnaire, Complaints& complaints)
      : questionnaire_(questionnaire), complaints_(complaints) {}

  void all() {
    if (!questionnaire_.id.empty() && !is_questionnaire_id(questionnaire_.id)) {
      wrong("/id", "\"" + questionnaire_.id + "\" does not fit",
            "write small letters, digits and -, beginning with a letter, 64 at most");
    }
    languages();
    frame();
    std::set<std::string> variables;
    for (std::size_t i = 0; i < questionnaire_.items.size(); ++i) {
      name_once(at("/items", i) + "/variable", questionnaire_.items[i].variable, variables);
      item(at("/items", i), questionnaire_.items[i]);
    }
    if (questionnaire_.practice) practice(*questionnaire_.practice, variables);
    std::set<std::string> findings;
    for (std::size_t i = 0; i < questionnaire_.findings.size(); ++i) {
      name_once(at("/findings", i) + "/id", questionnaire_.findings[i].id, findings);
    }
    section();
  }

 private:
  void wrong(std::string pointer, std::string what, std::string remedy) {
    complaints_.add({std::move(pointer), std::move(what), std::move(remedy), Severity::error});
  }

  // Ids become message arguments, file names and columns.
  void name(const std::string& pointer, const std::string& id) {
    if (id.empty() || is_name(id)) return;  // an empty one was noted by the reader
    wrong(pointer, "\"" + id + "\" does not fit",
          "write small letters, digits and _, beginning with a letter, 64 at most");
  }

  void once(const std::string& pointer, const std::string& id, std::set<std::string>& seen) {
    if (!id.empty() && !seen.insert(id).second) {
      wrong(pointer, "\"" + id + "\" is there twice", "give one of the two another id");
    }
  }

  void name_once(const std::string& pointer, const std::string& id, std::set<std::string>& seen) {
    name(pointer, id);
    once(pointer, id, seen);
  }

  void text_key(const std::string& pointer, const std::string& key) {
    if (key.empty() || is_text_key(key)) return;
    wrong(pointer, "\"" + key + "\" is no text key", "write small letters, digits and _, in parts with dots between");
  }

  void text_keys(std::string_view list, const std::vector<std::string>& keys) {
    for (std::size_t i = 0; i < keys.size(); ++i) text_key(at(list, i), keys[i]);
    no_repeats(list, keys);
  }

  void no_repeats(std::string_view list, const std::vector<std::string>& names) {
    std::set<std::string> seen;
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (!names[i].empty() && !seen.insert(names[i]).second) {
        wrong(at(list, i), "\"" + names[i] + "\" is there twice", "take one of the two out");
      }
    }
  }

  void languages() {
    const auto& languages = questionnaire_.languages;
    for (std::size_t i = 0; i < languages.size(); ++i) {
      if (languages[i].empty() || is_language(languages[i])) continue;
      wrong(at("/languages", i), "\"" + languages[i] + "\" is no language", "write a BCP 47 code, as \"en\" or \"cy\"");
    }
    no_repeats("/languages", languages);
  }

  void frame() {
    text_keys("/welcome", questionnaire_.welcome);
    text_keys("/talk", questionnaire_.talk);
    for (std::size_t i = 0; i < questionnaire_.helplines.size(); ++i) {
      const Helpline& helpline = questionnaire_.helplines[i];
      const std::string pointer = at("/helplines", i);
      text_key(pointer + "/text", helpline.text);
      if (!helpline.number.empty() && !is_dialled_number(helpline.number)) {
        wrong(pointer + "/number", "\"" + helpline.number + "\" cannot be dialled",
              "write digits in groups with one space between, as \"0800 1111\"");
      }
      if (!helpline.checked.empty() && !is_day(helpline.checked)) {
        wrong(pointer + "/checked", "\"" + helpline.checked + "\" is no day",
              "write the day on which somebody rang it as 2026-11-22, or \"\" as long as nobody has");
      }
    }
  }

  void item(const std::string& pointer, const Item& item) {
    std::set<std::string> seen;
    const auto& options = options_of(item);
    for (std::size_t i = 0; i < options.size(); ++i) option(at(pointer + "/options", i), item, options[i], seen);
    for (std::size_t i = 0; i < item.notes.size(); ++i) {
      text_key(at(pointer + "/notes", i) + "/text", item.notes[i].text);
    }
    for (std::size_t i = 0; i < item.words.size(); ++i) name(at(pointer + "/words", i), item.words[i]);
    no_repeats(pointer + "/words", item.words);
    name(pointer + "/theme", item.theme);
  }

  void option(const std::string& pointer, const Item& item, const Option& option, std::set<std::string>& seen) {
    name_once(pointer + "/id", option.id, seen);
    if (complaints_.is_misread(item_of(pointer) + "/type")) return;  // belongs to which type?
    if (option.value && !std::holds_alternative<Scale>(item.kind)) {
      wrong(pointer + "/value", "belongs to a scale only", "take it out, or make the item a scale");
    }
    if (option.is_exclusive && !std::holds_alternative<MultipleChoice>(item.kind)) {
      wrong(pointer + "/exclusive", "belongs to a multiple choice only: of other items only one option can be chosen",
            "take it out");
    }
  }

  static std::string item_of(const std::string& option) { return option.substr(0, option.rfind("/options/")); }

  void practice(const Item& practice, std::set<std::string>& variables) {
    name_once("/practice/variable", practice.variable, variables);
    item("/practice", practice);
    if (!practice.relevant.is_always()) {
      wrong("/practice/relevant", "stands on the practice question, which is always asked", "take it out");
    }
    if (!practice.theme.empty()) {
      wrong("/practice/theme", "stands on the practice question, which is never counted", "take it out");
    }
  }

  void section() {
    std::set<std::string> seen;
    for (std::size_t i = 0; i < questionnaire_.section.size(); ++i) {
      const auto& sentences = questionnaire_.section[i].sentences;
      for (std::size_t k = 0; k < sentences.size(); ++k) {
        const std::string pointer = at(at("/section", i) + "/sentences", k);
        name_once(pointer + "/id", sentences[k].id, seen);
        no_repeats(pointer + "/findings", sentences[k].findings);
        no_repeats(pointer + "/quotes", sentences[k].quotes);
        if (sentences[k].otherwise) name(pointer + "/otherwise", *sentences[k].otherwise);
      }
    }
  }

  const Questionnaire& questionnaire_;
  Complaints& complaints_;
};

}  // namespace

void check_definition(const Questionnaire& questionnaire, Problems& problems) {
  Complaints complaints(problems);
  Marks(questionnaire, complaints).all();
  check_references(questionnaire, complaints);
}

}  // namespace perspective::survey
