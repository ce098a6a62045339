// Rows of cells under headings, put down in any order. Used by the export alone.
//
// Promise: columns stand in the order in which their headings were first named; one that no row fills is left out.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "xlsform/workbook.h"

namespace perspective::xlsform {

using Cells = std::map<std::string, std::string>;  // by heading

class SheetBuilder {
 public:
  SheetBuilder(std::string name, std::vector<std::string> headings)
      : name_(std::move(name)), headings_(std::move(headings)) {}

  void add(Cells cells) { rows_.push_back(std::move(cells)); }

  Sheet sheet() const {
    Sheet sheet{.name = name_};
    sheet.rows.resize(rows_.size() + 1);
    for (std::size_t i = 0; i < sheet.rows.size(); ++i) sheet.rows[i].number = i + 1;
    std::size_t column = 0;
    for (const auto& heading : headings_) {
      bool is_used = false;
      for (std::size_t i = 0; i < rows_.size(); ++i) {
        const auto found = rows_[i].find(heading);
        if (found == rows_[i].end() || found->second.empty()) continue;
        sheet.rows[i + 1].cells[column] = found->second;
        is_used = true;
      }
      if (is_used) sheet.rows.front().cells[column++] = heading;
    }
    return sheet;
  }

 private:
  std::string name_;
  std::vector<std::string> headings_;
  std::vector<Cells> rows_;
};

}  // namespace perspective::xlsform
