// What is asked and told of paper forms: plain values.
//
// Threads:   plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "paper/keying.h"

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
  std::vector<std::string> languages;  // as the first and the second said
  std::vector<std::string> keyers;
  bool is_of_one_questionnaire = true;  // else it is to be discarded
  std::vector<paper::Difference> differences = {};
  bool is_of_one_language() const { return languages.front() == languages.back(); }
  bool is_agreed() const {
    return keyers.size() == 2 && is_of_one_questionnaire && is_of_one_language() && differences.empty();
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
  std::optional<std::vector<KeyedForm>> forms = {};  // unlocked; by reference
};

struct PaperForms {
  std::string questionnaire;  // empty: the only one
  std::string language;       // empty: the first of the inspection
  std::string style;          // "standard", "large-print" or "easy-read"
  std::size_t copies = 1;
};

}  // namespace perspective::inspection
