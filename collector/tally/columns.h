// The answers to one questionnaire as columns of small integers: all that the tally needs, and no text.
//
// Promise:   a row is appended whole or not at all. The words of free text never enter, only that there are some.
//            Rows keep no id: what is not in a column can not be told from one. remove() overwrites what was held of
//            the row; those after it move up by one.
// Errors:    append: invalid, naming the variable and never the answer, when the submission is of another questionnaire
//            or holds what this one does not know. It asks less than survey::check(), which goes before it.
// Ownership: keeps its own copy of the questionnaire. clear() and the end of its life overwrite what was held.
// Threads:   one at a time; const calls from any thread while none appends.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/result.h"
#include "survey/questionnaire.h"
#include "survey/submission.h"

namespace perspective::tally {

inline constexpr std::int16_t kAnswered = 0;  // free text and multiple choice; a choice holds its option's position
inline constexpr std::int16_t kSkipped = -1;
inline constexpr std::int16_t kNotAsked = -2;
inline constexpr std::int16_t kNotReached = -3;

struct Column {
  std::vector<std::int16_t> codes;
  std::vector<std::uint64_t> chosen;  // multiple choice only: bit n stands for option n
};

class Columns {
 public:
  explicit Columns(survey::Questionnaire questionnaire);
  Columns(Columns&&) = default;
  Columns& operator=(Columns&&) = default;
  Columns(const Columns&) = delete;
  Columns& operator=(const Columns&) = delete;
  ~Columns();

  Result<void> append(const survey::Submission& submission);
  void remove(std::size_t row);  // one that there is
  void clear();

  std::size_t rows() const { return rows_; }
  std::size_t on_paper() const { return on_paper_; }  // so many of them, in mode "paper"; which, is not told
  const survey::Questionnaire& questionnaire() const { return questionnaire_; }
  const Column& column(std::size_t item) const { return columns_[item]; }  // in the questionnaire's order

 private:
  survey::Questionnaire questionnaire_;
  std::vector<Column> columns_;
  std::vector<std::uint8_t> are_on_paper_;  // a row each
  std::size_t rows_ = 0;
  std::size_t on_paper_ = 0;
};

}  // namespace perspective::tally
