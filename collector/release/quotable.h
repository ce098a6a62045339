// Which of the words that were chosen a release may quote: so many, and of such items, that they tell no count.
//
// A quotation shows that its writer was asked the item, and so what led there. Three of them beside "few or none" are a
// count.
//
// Promise:   pure; looks at the release and at which words there are, never at a count that is not printed. What it
//            lets through is compatible with every way in which the release can have come about: none of the auditor's
//            cells has a value less (a test asks). README.md beside this has the rule and why it is enough.
// Errors:    those of auditor.h.
// Threads:   pure.
// Units:     people.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "release/release.h"
#include "survey/questionnaire.h"

namespace perspective::release {

// By item for words: the least number of people who can have been asked it, by all that is printed.
Result<std::map<std::string, std::int64_t>> fewest_asked(const survey::Questionnaire& questionnaire, const Part& part);

struct Words {
  std::string variable;    // the item
  std::size_t writer = 0;  // the same for all words of one person
};

enum class Quotable {
  yes,
  too_few_asked,   // the release does not show that five were asked
  too_many_words,  // more than the release shows to have been asked
  quoted_already,  // its writer is, elsewhere: two by one hand could be told to be so
};

// One each, in their order.
Result<std::vector<Quotable>> quotable(const survey::Questionnaire& questionnaire, const Part& part,
                                       std::span<const Words> words);

}  // namespace perspective::release
