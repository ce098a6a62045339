// Routing as a person with a pen needs it: who answers a question, and where to go on after an answer.
//
// Promise:   found by trying every answer that a condition can tell from another, so that any condition of the grammar
//            is put the same way, however it is written. Nothing is left to guess: what cannot be said in these words
//            is an error.
// Errors:    asked_if: invalid, naming the variable: its condition is neither "this or that" nor "this and that", or
//            asks too much at once.
// Threads:   pure.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "base/result.h"
#include "survey/questionnaire.h"

namespace perspective::paper {

// What one other question must have been answered with.
struct Requirement {
  enum class Kind { ticked, not_ticked, several, answered, unanswered };
  Kind kind = Kind::answered;
  std::size_t item = 0;              // position
  std::vector<std::size_t> options;  // ticked: any of these positions; not_ticked: none of them
  std::size_t least = 0;             // several: so many were ticked, or more
};
struct AskedIf {
  bool are_all_needed = true;             // else any one of them is enough
  std::vector<Requirement> requirements;  // by position; none: it is asked always
};
Result<AskedIf> asked_if(const survey::Questionnaire& questionnaire, std::size_t item);

// The first question after this one that may be asked where `option` was ticked in it, or something was written, or
// whatever was ticked of a choice of several (nullopt); items.size(): none is.
std::size_t next_after(const survey::Questionnaire& questionnaire, std::size_t item, std::optional<std::size_t> option);

}  // namespace perspective::paper
