// Tables as a file of a spreadsheet program: .xlsx through libxlsxwriter, .ods written part by part.
//
// Promise:   the same workbook gives the same bytes. Every cell is there: a number as a number, a text as a text, also
//            one that begins with "=". No date, no author. The first row that is not a mark or a heading names the
//            columns, stays in sight and is repeated on each page. A sheet's mark stands in its first row and at head
//            and foot of each page; without one the title stands at the head.
//            Nothing is written to a disk: .ods is made in memory; libxlsxwriter writes temporary files, which a
//            MemoryFolder takes (memory_folder.h), and its output goes to memory.
// Errors:    io: no memory left, or the library's reason; a cell is never named with what is in it.
// Threads:   pure, but for the folder: one call a folder at a time.
// Units:     width in characters.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "documents/memory_folder.h"

namespace perspective::documents {

inline constexpr const char* kXlsxMediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
inline constexpr const char* kOdsMediaType = "application/vnd.oasis.opendocument.spreadsheet";

using Cell = std::variant<std::monostate, std::int64_t, double, std::string>;  // monostate: empty

struct Column {
  std::string head;
  int width = 12;
  bool is_number = false;  // its head stands to the right, as its cells do
};

struct Sheet {
  std::string name;
  std::string mark = {};     // empty: none
  std::string heading = {};  // above the columns; empty: none
  std::vector<Column> columns;
  std::vector<std::vector<Cell>> rows;  // none longer than the columns
  bool is_data = true;                  // rows of one kind, which a reader may filter; false: a text in two columns
};

struct Workbook {
  std::string title;
  std::string language;  // BCP 47
  std::vector<Sheet> sheets;
};

Result<Bytes> xlsx(const Workbook& workbook, const MemoryFolder& temporary);
Result<Bytes> ods(const Workbook& workbook);

// As spreadsheet programs take them: at most 31 characters, none of []:*?/\, no two alike in any case.
std::vector<std::string> sheet_names(const Workbook& workbook);

}  // namespace perspective::documents
