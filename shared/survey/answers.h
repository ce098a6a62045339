// What one respondent answered, and why the rest is missing.
//
// Promise: pure values. Free text is clean: valid UTF-8 in NFC is the entry's business, clean_text() the rest.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "survey/questionnaire.h"

namespace perspective::survey {

struct Choice {
  std::string option;
  bool operator==(const Choice&) const = default;
};
struct Choices {
  std::vector<std::string> options;  // in the questionnaire's order
  bool operator==(const Choices&) const = default;
};
struct Words {
  std::string text;
  bool operator==(const Words&) const = default;
};
using Answer = std::variant<Choice, Choices, Words>;
using Answers = std::map<std::string, Answer, std::less<>>;

enum class Absence {
  skipped,      // asked, passed over
  not_asked,    // off the route
  not_reached,  // the person stopped before it and sent what was there
};
using Absences = std::map<std::string, Absence, std::less<>>;

// As conditions see it: option id, ids with spaces between, text; empty where there is none.
std::string value_of(const Answers& answers, std::string_view variable);

// Is this an answer to that item? Known option, right kind, not blank, not over its bytes.
// Errors: invalid, naming the variable but never the answer.
Result<void> check_answer(const Item& item, const Answer& answer);

// Control characters other than line feed become spaces, ends are trimmed, cut at a character within max_bytes.
std::string clean_text(std::string_view text, std::size_t max_bytes);

}  // namespace perspective::survey
