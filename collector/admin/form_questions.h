// Asking a person at a terminal what stands on a paper form, question by question, by the numbers on it.
//
// Promise:   only questions on the route are asked, in order. What is no number of an option is asked again. Nothing
// that
//            is typed is kept but in memory.
// Errors:    invalid when standard input ends before the form does; refused when the person stops (in a text by ending
//            the input: "stop" may be what somebody wrote).
// Threads:   one.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "survey/questionnaire.h"
#include "text/catalogue.h"

namespace perspective::admin {

struct FormQuestions {
  survey::Questionnaire questionnaire;
  text::Catalogue texts;
};

// One line, without its end. `asked` goes to standard error. ask_words: the line "stop" is a word like another.
Result<std::string> ask_line(const std::string& asked);
Result<std::string> ask_words(const std::string& asked);

// What was typed for an item: ids of options, or words; none: nothing is ticked or written.
using Typed = std::vector<std::string>;

// "9. What kind of order are you on?" and its options by number.
std::string as_asked(const FormQuestions& questions, std::size_t item);
// As it was typed, in words: "2 (Another order)"; the words; "nothing".
std::string in_words(const FormQuestions& questions, std::size_t item, const Typed& typed);

Result<Typed> ask_item(const FormQuestions& questions, std::size_t item);

// What conditions see of it.
std::string value_of(const Typed& typed);

}  // namespace perspective::admin
