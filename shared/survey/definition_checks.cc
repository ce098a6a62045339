#include "survey/definition_checks.h"

#include <algorithm>
#include <set>
#include <string>

namespace perspective::survey {
namespace {

class Checks {
 public:
  Checks(const Questionnaire& questionnaire, Problems& problems) : questionnaire_(questionnaire), problems_(problems) {}

  void all() {
    identifier("/id", questionnaire_.id, true);
    for (std::size_t i = 0; i < questionnaire_.items.size(); ++i) item(i);
    if (questionnaire_.practice) options("/practice", *questionnaire_.practice);
    for (std::size_t i = 0; i < questionnaire_.findings.size(); ++i) finding(i);
    std::set<std::string> sentences;
    for (std::size_t i = 0; i < questionnaire_.section.size(); ++i) {
      for (std::size_t k = 0; k < questionnaire_.section[i].sentences.size(); ++k) sentence(i, k, sentences);
    }
    consent();
  }

 private:
  void wrong(std::string pointer, std::string what) { problems_.emplace_back(std::move(pointer), std::move(what)); }

  // Ids become message arguments, file names and columns: [a-z][a-z0-9_]*, a questionnaire's also with hyphens.
  void identifier(const std::string& pointer, const std::string& id, bool hyphens = false) {
    const auto fits = [&](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == (hyphens ? '-' : '_');
    };
    if (id.empty() || id.front() < 'a' || id.front() > 'z' || !std::ranges::all_of(id, fits)) {
      wrong(pointer,
            "\"" + id + "\" must be small letters, digits and " + (hyphens ? "-" : "_") + ", beginning with a letter");
    }
  }

  void item(std::size_t at) {
    const Item& item = questionnaire_.items[at];
    const std::string pointer = "/items/" + std::to_string(at);
    identifier(pointer + "/variable", item.variable);
    if (questionnaire_.position(item.variable) < at)
      wrong(pointer + "/variable", "\"" + item.variable + "\" is there twice");
    options(pointer, item);
    condition(pointer + "/relevant", item.relevant, at);
    for (std::size_t i = 0; i < item.notes.size(); ++i) {
      condition(pointer + "/notes/" + std::to_string(i) + "/when", item.notes[i].when, at + 1);
    }
  }

  void options(const std::string& pointer, const Item& item) {
    std::set<std::string> seen;
    const auto& options = options_of(item);
    for (std::size_t i = 0; i < options.size(); ++i) {
      const std::string place = pointer + "/options/" + std::to_string(i) + "/id";
      identifier(place, options[i].id);
      if (!seen.insert(options[i].id).second) wrong(place, "\"" + options[i].id + "\" is there twice");
    }
  }

  // A condition may only look back: what it names must stand before the item (for a note: at it or before).
  void condition(const std::string& pointer, const Condition& condition, std::size_t before) {
    for (const auto& variable : condition.variables()) {
      const std::size_t at = questionnaire_.position(variable);
      if (at == questionnaire_.items.size()) {
        wrong(pointer, "names ${" + variable + "}, which no item has");
      } else if (at >= before) {
        wrong(pointer, "names ${" + variable + "}, which is asked later; put that item first");
      }
    }
    for (const auto& [variable, option] : condition.named_options()) {
      const Item* item = questionnaire_.item(variable);
      if (item != nullptr && !is_text(*item) && !has_option(*item, option)) {
        wrong(pointer, "names '" + option + "', which is no option of " + variable);
      }
    }
  }

  static bool has_option(const Item& item, const std::string& id) {
    return std::ranges::find(options_of(item), id, &Option::id) != options_of(item).end();
  }

  void finding(std::size_t at) {
    const Finding& finding = questionnaire_.findings[at];
    const std::string pointer = "/findings/" + std::to_string(at);
    identifier(pointer + "/id", finding.id);
    if (questionnaire_.finding(finding.id) != &finding) wrong(pointer + "/id", "\"" + finding.id + "\" is there twice");
    const Item* item = questionnaire_.item(finding.item);
    if (item == nullptr || is_text(*item)) {
      wrong(pointer + "/item", "\"" + finding.item + "\" is no item with options");
      return;
    }
    for (const auto& option : finding.counted) {
      if (!has_option(*item, option))
        wrong(pointer + "/counted", "\"" + option + "\" is no option of " + item->variable);
      else if (!in_base(*item, option))
        wrong(pointer + "/counted", "\"" + option + "\" is outside the base");
    }
    if (finding.within && finding.joint_with) wrong(pointer, "can be nested (within) or joint (joint_with), not both");
    earlier(pointer + "/within", finding.within, at);
    earlier(pointer + "/joint_with", finding.joint_with, at);
  }

  static bool in_base(const Item& item, const std::string& id) {
    return std::ranges::find(options_of(item), id, &Option::id)->in_base;
  }

  void earlier(const std::string& pointer, const std::optional<std::string>& id, std::size_t before) {
    if (!id) return;
    const Finding* other = questionnaire_.finding(*id);
    if (other == nullptr)
      wrong(pointer, "\"" + *id + "\" is no finding");
    else if (other >= &questionnaire_.findings[before])
      wrong(pointer, "\"" + *id + "\" must stand earlier in the list");
  }

  void sentence(std::size_t paragraph, std::size_t at, std::set<std::string>& seen) {
    const Sentence& sentence = questionnaire_.section[paragraph].sentences[at];
    const std::string pointer = "/section/" + std::to_string(paragraph) + "/sentences/" + std::to_string(at);
    identifier(pointer + "/id", sentence.id);
    if (!seen.insert(sentence.id).second) wrong(pointer + "/id", "\"" + sentence.id + "\" is there twice");
    for (const auto& id : sentence.findings) {
      if (questionnaire_.finding(id) == nullptr) wrong(pointer + "/findings", "\"" + id + "\" is no finding");
    }
    for (const auto& variable : sentence.quotes) {
      const Item* item = questionnaire_.item(variable);
      if (item == nullptr || !is_text(*item)) wrong(pointer + "/quotes", "\"" + variable + "\" is no text item");
    }
  }

  void consent() {
    if (!questionnaire_.consent) return;
    const Item* item = questionnaire_.item(questionnaire_.consent->variable);
    if (item == nullptr || !has_option(*item, questionnaire_.consent->option)) {
      wrong("/consent", "must name an item and one of its options");
    }
  }

  const Questionnaire& questionnaire_;
  Problems& problems_;
};

}  // namespace

void check_definition(const Questionnaire& questionnaire, Problems& problems) { Checks(questionnaire, problems).all(); }

}  // namespace perspective::survey
