// The rows of one questionnaire, as a statistics program takes them: variables with labels, cases with codes.
//
// Promise:   pure, but for the order of the cases, which is drawn anew each time: it tells neither who came when nor
// who
//            is whose neighbour in another export. No case has an id. No words of a respondent: of a free text only
//            whether something was written. A choice of several is one variable an option.
//            Codes of 0 and over are answers inside the base; those below 0 say why there is none, each its own:
//            -1 skipped, -2 not asked, -3 not reached, -11 and below the options outside the base.
// Errors:    as Catalogue::format, for a text that is not there.
// Ownership: plain values; clear() overwrites the cases.
// Threads:   any.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "tally/columns.h"
#include "text/catalogue.h"

namespace perspective::exports {

inline constexpr int kSkipped = -1;
inline constexpr int kNotAsked = -2;
inline constexpr int kNotReached = -3;
inline constexpr int kFirstOutside = -11;
inline constexpr int kHighest = 900;  // where a scale is worth more, its options are numbered (triple_s_code.h)
inline constexpr int kLowest = kFirstOutside - 63;  // a choice has at most 64 options

enum class Measure { nominal, ordinal };

struct ValueLabel {
  int code = 0;
  std::string label;
  bool is_missing() const { return code < 0; }
};

struct Variable {
  std::string name;      // letters, figures and _, begins with a letter, at most 64 bytes, no two alike in any case
  std::string question;  // the whole text, in the dataset's language
  std::string part;      // of a choice of several: the option that this one is of
  Measure measure = Measure::nominal;
  std::vector<ValueLabel> labels = {};  // of every code that it can have, ascending
  std::vector<std::int16_t> cases = {};

  std::string label() const;  // question and part
};

struct Dataset {
  std::string id;        // of the questionnaire
  std::string title;     // its
  std::string language;  // of the labels, BCP 47
  int version = 1;       // of the questionnaire
  std::size_t cases = 0;
  std::vector<Variable> variables;  // in the questionnaire's order

  Dataset() = default;
  Dataset(Dataset&&) = default;
  Dataset& operator=(Dataset&&) = default;
  ~Dataset() { clear(); }
  void clear();
};

// words: the questionnaire's own texts over the phrases of assets/report, in one language.
Result<Dataset> dataset_of(const tally::Columns& columns, const text::Catalogue& words);

}  // namespace perspective::exports
