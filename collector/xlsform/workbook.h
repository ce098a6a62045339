// A spreadsheet as rows of text: an .xlsx file (ECMA-376 part 1, SpreadsheetML in a ZIP container) without its looks.
//
// Promise:   read_workbook() is bounded in memory whatever the file says (the limits below), loads nothing that the
// file
//            names, and writes nothing. Whole numbers come without a point ("1"), true and false as TRUE and FALSE,
//            line ends as \n. write_workbook() gives the same bytes for the same workbook: no date, no author.
// Errors:    invalid, in words for whoever made the file, with sheet and cell where there is one.
// Threads:   pure.
// Units:     rows from 1, columns from 0; sizes in bytes.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace perspective::xlsform {

inline constexpr std::size_t kMaxFileBytes = 8U << 20;    // as sent; a form of 1 000 questions has some 100 KB
inline constexpr std::size_t kMaxPartBytes = 32U << 20;   // of one part, inflated
inline constexpr std::size_t kMaxPartsBytes = 64U << 20;  // of all parts that are read, inflated
inline constexpr std::size_t kMaxParts = 2000;            // files in the container
inline constexpr std::size_t kMaxCells = 200000;          // that are not empty, of all sheets that are read
inline constexpr std::size_t kMaxTextBytes = 32U << 20;   // of all cells: one shared text may stand in many
inline constexpr std::size_t kMaxCellBytes = 4U * 32767;  // Excel's own limit, in letters of four bytes

struct Row {
  std::size_t number = 1;                    // as the spreadsheet shows it
  std::map<std::size_t, std::string> cells;  // by column; no empty ones
};

struct Sheet {
  std::string name;
  std::vector<Row> rows = {};  // in order; no empty ones
  bool is_read = true;         // false: it is not one of those that were wanted, `rows` is empty
};

struct Workbook {
  std::vector<Sheet> sheets;
};

// `wanted`: names of sheets, in small letters; of the others only the name is read.
Result<Workbook> read_workbook(ByteView file, const std::vector<std::string>& wanted);
// The first row of each sheet is written as its heading.
Result<Bytes> write_workbook(const Workbook& workbook);

std::string column_letters(std::size_t column);  // 0 -> "A", 26 -> "AA"

}  // namespace perspective::xlsform
