// How a language writes numbers in words: every way that ICU's spell-out rules know, and ways of its own.
//
// Promise:   of each rule set of cardinals ("two", "dau", "dwy", "twenty-one", "un deg un"), and of `further`, rules in
//            ICU's grammar (RuleBasedNumberFormat: "deuddeg", "un ar hugain"). No ordinals, no years.
// Errors:    invalid: `further` are no such rules.
// Threads:   pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace perspective::text {

struct Numeral {
  std::string words;
  std::int64_t number = 0;
};

// Of 1 to `most`. A language without rules has none, and then ICU's root has figures.
Result<std::vector<Numeral>> numerals(std::string_view language, std::string_view further, std::int64_t most);

}  // namespace perspective::text
