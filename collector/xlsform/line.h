// What could not be carried over between a form and a questionnaire: one line each, nothing dropped in silence.
//
// Promise: plain values. Rows of which the same is to be said share a line.
// Units:   rows as the spreadsheet counts them, from 1.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace perspective::xlsform {

enum class Weight {
  lost,     // is not in the result
  changed,  // is in the result, as something else
  note,     // only worth knowing
};

struct Line {
  Weight weight = Weight::lost;
  std::string sheet;              // "survey"; of an export a file of the folder, "definition.json"
  std::vector<std::size_t> rows;  // empty: the whole sheet
  std::string column;             // as the form heads it, or a JSON pointer; may be empty
  std::string what;
  std::string remedy;
};
using Lines = std::vector<Line>;

std::string to_text(Weight weight);     // "not carried over", "changed", "note"
std::string to_text(const Line& line);  // "survey, rows 3-5 and 9, column hint: not carried over: ...; ..."

// Adds it, or its rows to a line that says the same.
void add(Lines& lines, Line line);
std::size_t count(const Lines& lines, Weight weight);

}  // namespace perspective::xlsform
