#include "survey/definition_references.h"

#include <string>

#include "survey/cycles.h"

namespace perspective::survey {
namespace {

std::string quoted(std::string_view text) { return "\"" + std::string(text) + "\""; }

bool has_option(const Item& item, const std::string& id) {
  return std::ranges::find(options_of(item), id, &Option::id) != options_of(item).end();
}

bool is_in_base(const Item& item, const std::string& id) {
  return std::ranges::find(options_of(item), id, &Option::id)->in_base;
}

std::string options_in_words(const Item& item) {
  std::string all;
  for (const auto& option : options_of(item)) all += (all.empty() ? "" : ", ") + option.id;
  return all;
}

class References {
 public:
  References(const Questionnaire& questionnaire, Complaints& complaints)
      : questionnaire_(questionnaire), complaints_(complaints), item_knots_(knots_of_items()) {}

  void all() {
    const auto& items = questionnaire_.items;
    for (std::size_t i = 0; i < items.size(); ++i) {
      const std::string pointer = "/items/" + std::to_string(i);
      circle(pointer + "/relevant", i);
      condition(pointer + "/relevant", items[i].relevant, i);
      for (std::size_t k = 0; k < items[i].notes.size(); ++k) {
        note(pointer + "/notes/" + std::to_string(k) + "/when", items[i].notes[k].when, i);
      }
    }
    if (questionnaire_.practice) practice(*questionnaire_.practice);
    finding_circles();
    for (std::size_t i = 0; i < questionnaire_.findings.size(); ++i) finding(i);
    for (std::size_t i = 0; i < questionnaire_.section.size(); ++i) {
      for (std::size_t k = 0; k < questionnaire_.section[i].sentences.size(); ++k) sentence(i, k);
    }
    consent();
  }

 private:
  void wrong(std::string pointer, std::string what, std::string remedy) {
    complaints_.add({std::move(pointer), std::move(what), std::move(remedy), Severity::error});
  }

  Knots knots_of_items() const {
    Edges edges(questionnaire_.items.size());
    for (std::size_t i = 0; i < edges.size(); ++i) {
      for (const auto& variable : questionnaire_.items[i].relevant.variables()) {
        const std::size_t named = questionnaire_.position(variable);
        if (named < edges.size()) edges[i].push_back(named);
      }
    }
    return survey::knots_of(edges);
  }

  void circle(const std::string& pointer, std::size_t item) {
    for (const auto& way : item_knots_.ways) {
      if (way.front() != item) continue;
      std::string names;
      for (const std::size_t at : way) names += "${" + questionnaire_.items[at].variable + "} needs ";
      names += "${" + questionnaire_.items[item].variable + "}";
      wrong(pointer, "goes round in a circle: " + names, "let one of them be asked without the others");
    }
  }

  bool are_in_one_knot(std::size_t one, std::size_t other) const {
    return item_knots_.knot_of[one] && item_knots_.knot_of[one] == item_knots_.knot_of[other];
  }

  // A condition may only look back: what it names must stand before the item. A circle has been told of already.
  void condition(const std::string& pointer, const Condition& condition, std::size_t item) {
    for (const auto& variable : condition.variables()) {
      const std::size_t named = questionnaire_.position(variable);
      if (named < questionnaire_.items.size() && named >= item && !are_in_one_knot(named, item))
        later(pointer, variable);
    }
    names(pointer, condition);
  }

  // Of a note: at the item or before it.
  void note(const std::string& pointer, const Condition& condition, std::size_t item) {
    for (const auto& variable : condition.variables()) {
      const std::size_t named = questionnaire_.position(variable);
      if (named < questionnaire_.items.size() && named > item) later(pointer, variable);
    }
    names(pointer, condition);
  }

  void later(const std::string& pointer, const std::string& variable) {
    wrong(pointer, "names ${" + variable + "}, which is asked later", "put that item first");
  }

  void names(const std::string& pointer, const Condition& condition) {
    for (const auto& variable : condition.variables()) {
      if (questionnaire_.item(variable) == nullptr) {
        wrong(pointer, "names ${" + variable + "}, which no item has", "check its spelling against the variables");
      }
    }
    for (const auto& mention : condition.mentions()) {
      if (const Item* item = questionnaire_.item(mention.variable)) this->mention(pointer, *item, mention);
    }
  }

  void mention(const std::string& pointer, const Item& item, const Mention& mention) {
    if (is_text(item) && mention.is_searched) {
      wrong(pointer, "asks selected() of " + item.variable + ", which is a text", "compare it: ${x} = '...' or != ''");
    }
    if (mention.is_counted && !std::holds_alternative<MultipleChoice>(item.kind)) {
      wrong(pointer, "asks count-selected() of " + item.variable + ", which is no multiple choice",
            "write ${" + item.variable + "} != '' to ask whether it was answered");
    }
    if (is_text(item) || mention.is_counted || are_options_doubtful(item)) return;
    for (const auto& option : mention.texts) {
      if (option.empty() || has_option(item, option)) continue;
      wrong(pointer, "names '" + option + "', which is no option of " + item.variable,
            "write one of " + options_in_words(item));
    }
    if (!mention.numbers.empty()) {
      wrong(pointer, "compares " + item.variable + " with a number, which an option never is",
            "name an option in quotation marks");
    }
  }

  // Where its options could not be read, nothing can be said of those that are named.
  bool are_options_doubtful(const Item& item) const {
    if (questionnaire_.practice && &item == &*questionnaire_.practice) return complaints_.is_misread("/practice");
    const auto at = std::to_string(&item - questionnaire_.items.data());
    return complaints_.is_misread("/items/" + at + "/options") || complaints_.is_misread("/items/" + at + "/type");
  }

  // Its answer is kept nowhere: only its own notes can see it.
  void practice(const Item& practice) {
    for (std::size_t i = 0; i < practice.notes.size(); ++i) {
      const std::string pointer = "/practice/notes/" + std::to_string(i) + "/when";
      for (const auto& mention : practice.notes[i].when.mentions()) {
        if (mention.variable == practice.variable) {
          this->mention(pointer, practice, mention);
        } else {
          wrong(pointer, "names ${" + mention.variable + "}, of which nothing is known when the practice is asked",
                "name ${" + practice.variable + "} only");
        }
      }
    }
  }

  std::vector<std::string> hung_on(const Finding& finding) const {
    std::vector<std::string> ids;
    if (finding.within) ids.push_back(*finding.within);
    if (finding.joint_with) ids.push_back(*finding.joint_with);
    return ids;
  }

  std::size_t position_of(const std::string& finding) const {
    const auto& findings = questionnaire_.findings;
    return static_cast<std::size_t>(std::ranges::find(findings, finding, &Finding::id) - findings.begin());
  }

  void finding_circles() {
    Edges edges(questionnaire_.findings.size());
    for (std::size_t i = 0; i < edges.size(); ++i) {
      for (const auto& id : hung_on(questionnaire_.findings[i])) {
        if (position_of(id) < edges.size()) edges[i].push_back(position_of(id));
      }
    }
    finding_knots_ = survey::knots_of(edges);
    for (const auto& way : finding_knots_.ways) {
      std::string names;
      for (const std::size_t at : way) names += questionnaire_.findings[at].id + " hangs on ";
      const Finding& first = questionnaire_.findings[way.front()];
      wrong("/findings/" + std::to_string(way.front()) + (first.within ? "/within" : "/joint_with"),
            "goes round in a circle: " + names + first.id, "let one of them stand by itself");
    }
  }

  void finding(std::size_t at) {
    const Finding& finding = questionnaire_.findings[at];
    const std::string pointer = "/findings/" + std::to_string(at);
    if (finding.within && finding.joint_with) {
      wrong(pointer, "is nested (within) and joint (joint_with)", "take one of the two out");
    }
    earlier(pointer + "/within", finding.within, at);
    earlier(pointer + "/joint_with", finding.joint_with, at);
    if (finding.item.empty()) return;
    const Item* item = questionnaire_.item(finding.item);
    if (item == nullptr) {
      wrong(pointer + "/item", quoted(finding.item) + " is no item", "check its spelling against the variables");
    } else if (is_text(*item)) {
      wrong(pointer + "/item", quoted(finding.item) + " is a text, which cannot be counted", "name a choice");
    } else if (!are_options_doubtful(*item)) {
      counted(pointer + "/counted/", *item, finding.counted);
    }
  }

  void counted(const std::string& list, const Item& item, const std::vector<std::string>& counted) {
    for (std::size_t i = 0; i < counted.size(); ++i) {
      if (counted[i].empty()) continue;
      const std::string pointer = list + std::to_string(i);
      if (!has_option(item, counted[i])) {
        wrong(pointer, quoted(counted[i]) + " is no option of " + item.variable,
              "write one of " + options_in_words(item));
      } else if (!is_in_base(item, counted[i])) {
        wrong(pointer, quoted(counted[i]) + " is outside the base of " + item.variable,
              "count an option inside, or take \"base\" from that one");
      } else if (std::find(counted.begin(), counted.begin() + static_cast<std::ptrdiff_t>(i), counted[i]) !=
                 counted.begin() + static_cast<std::ptrdiff_t>(i)) {
        wrong(pointer, quoted(counted[i]) + " is there twice", "take one of the two out");
      }
    }
  }

  void earlier(const std::string& pointer, const std::optional<std::string>& id, std::size_t before) {
    if (!id || id->empty()) return;
    const std::size_t other = position_of(*id);
    if (other == questionnaire_.findings.size()) {
      wrong(pointer, quoted(*id) + " is no finding", "check its spelling against the ids of findings");
    } else if (other >= before && finding_knots_.knot_of[other] == std::nullopt) {
      wrong(pointer, quoted(*id) + " stands later in the list", "put it first");
    }
  }

  void sentence(std::size_t paragraph, std::size_t at) {
    const Sentence& sentence = questionnaire_.section[paragraph].sentences[at];
    const std::string pointer = "/section/" + std::to_string(paragraph) + "/sentences/" + std::to_string(at);
    for (std::size_t i = 0; i < sentence.findings.size(); ++i) {
      const std::string& id = sentence.findings[i];
      if (id.empty() || questionnaire_.finding(id) != nullptr) continue;
      wrong(pointer + "/findings/" + std::to_string(i), quoted(id) + " is no finding",
            "check its spelling against the ids of findings");
    }
    for (std::size_t i = 0; i < sentence.quotes.size(); ++i) {
      const Item* item = questionnaire_.item(sentence.quotes[i]);
      if (sentence.quotes[i].empty() || (item != nullptr && is_text(*item))) continue;
      wrong(pointer + "/quotes/" + std::to_string(i), quoted(sentence.quotes[i]) + " is no text item",
            "name an item in which people write");
    }
  }

  void consent() {
    if (!questionnaire_.consent || questionnaire_.consent->variable.empty()) return;
    const Item* item = questionnaire_.item(questionnaire_.consent->variable);
    if (item == nullptr || is_text(*item)) {
      wrong("/consent/variable", quoted(questionnaire_.consent->variable) + " is no item with options",
            "name the item that asks for consent");
    } else if (!questionnaire_.consent->option.empty() && !are_options_doubtful(*item) &&
               !has_option(*item, questionnaire_.consent->option)) {
      wrong("/consent/option", quoted(questionnaire_.consent->option) + " is no option of " + item->variable,
            "write one of " + options_in_words(*item));
    }
  }

  const Questionnaire& questionnaire_;
  Complaints& complaints_;
  Knots item_knots_;
  Knots finding_knots_;
};

}  // namespace

void check_references(const Questionnaire& questionnaire, Complaints& complaints) {
  References(questionnaire, complaints).all();
}

}  // namespace perspective::survey
