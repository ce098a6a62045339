// The parts of a workbook (ECMA-376 part 1, clauses 18.2 to 18.4): what they say, from their XML. Used by the workbook
// alone.
//
// Errors: invalid, in words for whoever made the file; a cell is named as the spreadsheet does ("C5").
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "xlsform/workbook.h"

namespace perspective::xlsform {

struct Relation {
  std::string type;    // its last part: "worksheet", "sharedStrings", "officeDocument"
  std::string target;  // as written
};
Result<std::map<std::string, Relation>> read_relations(std::string_view xml);  // by id

struct NamedSheet {
  std::string name;
  std::string relation;
};
Result<std::vector<NamedSheet>> read_sheet_names(std::string_view xml);

Result<std::vector<std::string>> read_shared_texts(std::string_view xml);

// What may still be read of all sheets together.
struct Allowance {
  std::size_t cells = kMaxCells;
  std::size_t text_bytes = kMaxTextBytes;
};
Result<std::vector<Row>> read_rows(std::string_view xml, const std::vector<std::string>& shared, Allowance& left);

}  // namespace perspective::xlsform
