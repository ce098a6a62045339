// Two items against each other: how many people answered this to the one and that to the other.
//
// Promise:   pure; the same columns give the same table, whatever order the rows came in. A person stands in one line
//            of each side, but for a multiple choice: there in each option that was chosen. Why an answer is missing is
//            a line like an answer, so that without a multiple choice the counts add up to `people`.
//            It is the full table: not for release.
// Errors:    not_found, naming the variable or the option that this questionnaire does not have.
// Threads:   plain values.
// Units:     people.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "tally/association.h"
#include "tally/columns.h"

namespace perspective::tally {

// A row or a column of the table. `answered` stands for free text; the last three say why there is no answer.
struct Line {
  enum class Kind { option, answered, skipped, not_asked, not_reached };
  Kind kind = Kind::option;
  std::string option;    // of an option its id
  bool in_base = false;  // of the item: an option inside it, or a text
  // Who of this line answered the other item inside its base: what a share of this line is a share of.
  std::int64_t base = 0;
};

struct Side {
  std::string variable;
  std::vector<Line> lines;        // options in the questionnaire's order, or `answered`; then the kinds of absence
  bool do_lines_overlap = false;  // of a multiple choice: a person may stand in several
};

struct CrossTab {
  Side rows;
  Side columns;
  std::vector<std::int64_t> counts;  // row by row
  std::int64_t base = 0;             // answered both inside their bases
  std::int64_t people = 0;           // who are looked at: all, or those of the filter

  std::int64_t count(std::size_t row, std::size_t column) const { return counts[row * columns.lines.size() + column]; }
};

// Only those who chose one of these options of an item (any: of a free text, those who wrote something).
struct Only {
  std::string variable;
  std::vector<std::string> options = {};
};

// `only`: of each of them, all.
Result<CrossTab> cross_tab(const Columns& columns, std::string_view row_variable, std::string_view column_variable,
                           const std::vector<Only>& only = {});

// Whether the two go together, over those who answered both inside their bases: who is outside, or gave no answer, says
// nothing of that. None, with a sentence in `why_not`: a line overlaps another, both sides are one item, or there is
// nothing to test.
std::optional<Association> association_of(const CrossTab& table, std::string& why_not);

// {"questionnaire","people","base","rows","columns","counts","association","why_no_association"}; each count with its
// share of the line's base in whole per cent and Wilson's 95 % interval, where it has one. Not for release.
std::string cross_tab_to_json(std::string_view questionnaire, const CrossTab& table);

}  // namespace perspective::tally
