// What is asked and told of paper forms: plain values.
//
// Threads:   plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "paper/keying.h"
#include "store/store.h"

namespace perspective::inspection {

struct PaperQuestions {
  std::string definition;  // JSON, as published
  std::string language;
  std::string texts;  // JSON
};

struct PaperKeying {
  std::string reference;  // as it stands on the form
  std::string questionnaire;
  std::string language;
  paper::Given answers;
  std::string token;  // of the cover; empty: there was none, or somebody else keyed it
};

// A form that is keyed and not counted yet.
struct KeyedForm {
  std::string reference;
  std::string questionnaire;
  std::vector<std::string> languages;   // as the first and the second said
  std::vector<std::string> keyers;      // nobody: all of it was discarded, and it waits to be keyed again
  bool is_of_one_questionnaire = true;  // else it is to be discarded
  std::vector<paper::Difference> differences = {};
  // Of the keyers: what they keyed cannot be opened, or is of no questionnaire of the inspection. It is to be
  // discarded.
  std::vector<std::string> unreadable = {};
  store::Id form = {};  // to tell forms apart whose letters nobody can read; never shown
  bool is_of_one_language() const { return languages.empty() || languages.front() == languages.back(); }
  bool is_agreed() const {
    return keyers.size() == 2 && unreadable.empty() && is_of_one_questionnaire && is_of_one_language() &&
           differences.empty();
  }
};

struct PaperSettling {
  std::string reference;
  paper::ThirdLook third = {};  // nothing: they agree
  std::string by = {};          // of those who key
};
// One of these.
struct PaperSettlement {
  bool is_counted = false;
  bool is_taken_back = false;             // by its person, before it was counted
  std::vector<std::size_t> unasked = {};  // positions: these must be looked at too; nothing was changed
};
struct PaperStanding {
  std::int64_t keyed_once = 0;
  std::int64_t keyed_twice = 0;
  std::int64_t discarded = 0;                        // and not keyed again
  std::optional<std::vector<KeyedForm>> forms = {};  // unlocked; by reference
};

struct PaperDiscard {
  std::string reference;
  std::string why;  // for the audit
  std::string by = {};
  bool may_read_answers = false;  // an inspector; else of those who key
  bool is_for_good = false;       // it is not to be keyed again, and waits no more
};

struct PaperForms {
  std::string questionnaire;  // empty: the only one
  std::string language;       // empty: the first of the inspection
  std::string style;          // "standard", "large-print" or "easy-read"
  std::size_t copies = 1;
};

}  // namespace perspective::inspection
