// What two people type from one paper form, and what follows from both.
//
// Promise:   pure. Answers off the route are gone before anything is sealed; what was asked and not answered is
//            "skipped". Two typings of free text agree where they differ in spaces and line ends alone.
// Errors:    invalid, naming the variable and never the answer. keyed_from: corrupt.
// Threads:   plain values.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "survey/questionnaire.h"
#include "survey/submission.h"

namespace perspective::paper {

// Variable -> the options that are ticked, or the words; empty or missing: nothing is.
using Given = std::map<std::string, std::vector<std::string>, std::less<>>;

struct Origin {
  std::string envelope;  // the id that its envelope will have, hexadecimal
  std::string inspection;
  std::string language;
};
// In mode "paper".
Result<survey::Submission> submission_of(const survey::Questionnaire& questionnaire, const Given& given,
                                         const Origin& origin);

// One typing, as it is sealed: the reference, a line end, the submission as JSON.
struct Keyed {
  std::string reference;
  survey::Submission submission;
};
std::string to_text(const Keyed& keyed);
Result<Keyed> keyed_from(std::string_view text);  // spaces may follow
constexpr std::size_t kReferenceLineBytes = 12;

struct Difference {
  std::size_t item = 0;  // position
  std::vector<std::string> first;
  std::vector<std::string> second;
};
std::vector<Difference> differences(const survey::Questionnaire& questionnaire, const survey::Submission& first,
                                    const survey::Submission& second);

// A third look at the form.
struct ThirdLook {
  Given answers;
  std::string language;  // where they differ in it: one of both
};
// Positions that the route has with what the third look says, that not both were asked and it says nothing of: it has
// to look at those too, for who answers one of them may open others. Errors: as settled().
Result<std::vector<std::size_t>> unasked(const survey::Questionnaire& questionnaire, const survey::Submission& first,
                                         const survey::Submission& second, const ThirdLook& third);

// What both agree on, and of what they differ in, or were not both asked, what a third look says. Errors: invalid too
// where something they differ in, or were not both asked, is on the route, and the third look says nothing of it.
Result<survey::Submission> settled(const survey::Questionnaire& questionnaire, const survey::Submission& first,
                                   const survey::Submission& second, const ThirdLook& third);

}  // namespace perspective::paper
