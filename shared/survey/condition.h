// Conditions: when is an item asked? A documented subset of the XLSForm `relevant` grammar.
//
//   condition  = and { "or" and }                 and = not { "and" not }
//   not        = "not" "(" condition ")" | "(" condition ")" | comparison | "selected" "(" variable "," text ")"
//   comparison = operand ( "=" | "!=" | "<" | "<=" | ">" | ">=" ) operand
//   operand    = variable | text | number | "count-selected" "(" variable ")"
//   variable   = "${" name "}"                    text = 'single' or "double" quoted
//
// Promise:   pure. An item without an answer is the empty text, as in XLSForm: ${x} != '' asks "was x answered?".
//            For a multiple choice ${x} is its option ids with one space between them. < <= > >= compare numbers and
//            are false when either side is none.
// Errors:    invalid, with the place (character, from 1) and what was expected there.
// Threads:   plain values; copying is cheap (the tree is shared and never changes).
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace perspective::survey {

// One place at which a condition names a variable, and what it holds it against there.
struct Mention {
  std::string variable;
  std::vector<std::string> texts;      // compared with, or looked for by selected()
  std::vector<std::string> numbers;    // as written
  std::vector<std::string> variables;  // compared with
  bool is_searched = false;            // by selected()
  bool is_counted = false;             // by count-selected(): `numbers` and `texts` are of its count
};

class Condition {
 public:
  struct Node;            // the tree, private to condition.cc
  Condition() = default;  // holds always
  static Result<Condition> parse(std::string_view source);

  // value_of(variable) is the answer as text, empty where there is none.
  bool holds(const std::function<std::string(std::string_view)>& value_of) const;
  bool is_always() const { return root_ == nullptr; }
  // The same where some answers are not known yet (nullopt): nullopt while it depends on these.
  std::optional<bool> holds_so_far(const std::function<std::optional<std::string>(std::string_view)>& value_of) const;
  std::vector<std::string> variables() const;  // each once, in order of first use
  std::vector<Mention> mentions() const;       // in order
  const std::string& source() const { return source_; }

 private:
  std::string source_;
  std::shared_ptr<const Node> root_;
};

}  // namespace perspective::survey
