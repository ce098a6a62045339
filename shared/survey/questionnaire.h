// A questionnaire as data: items, their routing, and how its findings become sentences. Never code: no source names a
// variable, an option or a finding. Published form: assets/schemas/questionnaire.schema.json; words are looked up in
// the questionnaire's catalogues (texts/<language>.json) under the keys given here.
//
// Promise:   a Questionnaire from parse() is consistent: ids are unique, every variable, option and finding that is
//            named exists and stands earlier, so that routing can not fail.
// Errors:    invalid; `what` lists every mistake found, one a line, each with its JSON pointer and what to do.
// Threads:   plain values.
// Units:     sizes in bytes of UTF-8.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "survey/condition.h"

namespace perspective::survey {

struct Option {
  std::string id;             // text key: item.<variable>.<id>
  bool in_base = true;        // JSON "base": "outside" makes it false
  std::optional<int> value;   // scales: what the option is worth, for the tally
  bool is_exclusive = false;  // multiple choice: choosing it clears the others
  std::string picture = {};   // name of one of the questionnaire's (picture.h); text key: picture.<name>; empty: none
};
struct SingleChoice {
  std::vector<Option> options;
};
struct Scale {
  std::vector<Option> options;
};  // ordered; at least two options
struct MultipleChoice {
  std::vector<Option> options;
};  // at most 64 options
struct FreeText {
  std::size_t max_bytes = 1000;
};
using Kind = std::variant<SingleChoice, Scale, MultipleChoice, FreeText>;

// Shown and spoken on the item's own screen while its condition holds (also on what is being answered there).
struct Note {
  std::string text;  // text key
  Condition when;
};

struct Item {
  std::string variable;  // text keys: item.<variable>, optionally item.<variable>.help
  Kind kind;
  Condition relevant;
  std::vector<Note> notes;
  std::vector<std::string> words;  // hard words in it; text keys word.<word> and word.<word>.meaning
  std::string theme = {};          // of a programme, which names it; empty: none
};

// The options of a choice of any kind; empty for free text.
const std::vector<Option>& options_of(const Item& item);
struct Questionnaire;
std::set<std::string> picture_names(const Questionnaire& questionnaire);  // of all its options, the practice's too
bool is_text(const Item& item);

enum class Form {
  count,         // "Fifteen"; at the edges "all", "all but one", "none"
  count_of,      // "Fifteen of the 21"
  count_out_of,  // "11 out of 15", "two out of three"
  percent,       // "88%"
  automatic,     // percent where the base is at least 10, else count_out_of
};

// How many chose one of `counted`. Its base is that of the item (asked and answered inside the base), unless
// within:     nested; the base is the people whom the finding `within` counts;
// joint_with: counted are the people whom both findings count; the base is those who are in the base of both.
struct Finding {
  std::string id;  // message argument <id> and <id>_start, _count, _base, _edge ... (report/README.md)
  std::string item;
  std::vector<std::string> counted;
  std::optional<std::string> within;
  std::optional<std::string> joint_with;
  Form form = Form::automatic;
};

// One sentence of the section: message section.<id>, with its findings and quotations as arguments. Left out when one
// of its findings has an empty base or when it quotes and nothing was chosen; then section.<otherwise> stands in for
// it.
struct Sentence {
  std::string id;
  std::vector<std::string> findings;
  std::vector<std::string> quotes;  // variables of free-text items
  std::optional<std::string> otherwise;
};
struct Paragraph {
  std::vector<Sentence> sentences;
};

// Who may be quoted: those who chose `option` in the item `variable`.
struct Consent {
  std::string variable;
  std::string option;
};

struct Helpline {
  std::string text;     // text key of its name
  std::string number;   // as dialled and shown
  std::string checked;  // day on which someone rang it, "2026-11-22"; empty: nobody has
};

struct Questionnaire {
  std::string id;
  int version = 1;
  std::vector<std::string> languages;  // first is the default
  std::vector<std::string> welcome;    // text keys, one a page, before the first question; <key>.service replaces a
                                       // text on a service's own machine where it exists
  std::optional<Item> practice;        // asked first, never an answer
  std::vector<Item> items;
  std::optional<Consent> consent;
  std::vector<Helpline> helplines;
  std::vector<std::string> talk;                      // text keys of the "Who can I talk to?" screen, above the numbers
  std::map<std::string, std::string> long_sentences;  // text keys that may have one, each with the author's reason
  std::vector<Finding> findings;
  std::vector<Paragraph> section;  // heading: text key section.heading
  bool is_pooled_only = false;     // a programme prints no lowest and no highest of it, which would be one service's

  static Result<Questionnaire> parse(std::string_view json);
  const Item* item(std::string_view variable) const;          // null: no such item
  const Finding* finding(std::string_view finding_id) const;  // null: no such finding
  std::size_t position(std::string_view variable) const;      // in items; items.size() where there is none
};

}  // namespace perspective::survey
