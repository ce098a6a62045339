// One respondent's answers as they are sealed: JSON, format 1 (described in envelope/FORMAT.md).
//
// Promise:   to_json() writes keys in one order without white space; no time, no kiosk, no place in it.
// Errors:    from_json: corrupt, naming the place, never an answer. check(): invalid, likewise.
// Threads:   plain values.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "survey/answers.h"
#include "survey/questionnaire.h"

namespace perspective::survey {

struct Submission {
  std::string envelope;  // the id of the envelope that it travels in, hexadecimal
  std::string inspection;
  std::string questionnaire;
  int version = 1;
  std::string language;  // in which it was finished
  std::string mode;      // "kiosk" or "paper"
  Answers answers;       // pruned
  Absences absent;       // every item without an answer
};

std::string to_json(const Submission& submission);
// Spaces may follow (the padding), and nothing else; a member that the format has not is refused.
Result<Submission> from_json(std::string_view json);

// Does it belong to this questionnaire? Known variables and options, right kinds, nothing off the route, every
// unanswered item accounted for.
Result<void> check(const Submission& submission, const Questionnaire& questionnaire);

// No submission to any of these questionnaires, in any language, is longer. Basis of the one envelope size.
std::size_t longest_submission_bytes(std::span<const Questionnaire> questionnaires, std::string_view inspection);

}  // namespace perspective::survey
