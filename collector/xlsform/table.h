// A sheet of a form as a table: its headings, and rows whose cells are found by what they are.
//
// Promise: pure. Headings are read as XLSForm's reference has them, without regard to capitals, with the synonyms of
//          that reference: "relevance", "bind::relevant", "list name", "media::image::Welsh (cy)", "constraint-msg".
// Units:   rows as the spreadsheet counts them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "xlsform/workbook.h"

namespace perspective::xlsform {

struct Heading {
  std::size_t column = 0;
  std::string title;     // as written
  std::string kind;      // "label", "image", "constraint_message"; of an unknown one the title in small letters
  std::string language;  // as written after "::"; empty: none
};

class Table {
 public:
  // Errors: invalid: no heading, or more rows or columns than a form has.
  static Result<Table> of(const Sheet& sheet);

  const std::string& name() const { return name_; }
  const std::vector<Heading>& headings() const { return headings_; }
  const std::vector<Row>& rows() const { return rows_; }                                // below the headings
  const Heading* heading(std::string_view kind, std::string_view language = {}) const;  // null: there is none
  bool is_headed(std::size_t column) const;
  // Trimmed; empty where there is none.
  std::string cell(const Row& row, std::string_view kind, std::string_view language = {}) const;
  static std::string cell(const Row& row, const Heading& heading);

 private:
  std::string name_;
  std::vector<Heading> headings_;
  std::vector<Row> rows_;
};

}  // namespace perspective::xlsform
