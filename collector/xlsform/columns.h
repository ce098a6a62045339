// Which languages a form has, and its cells by language. Used by the import alone.
//
// Promise: pure. A column whose language has no code is told of, once, and not read.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "xlsform/form.h"
#include "xlsform/table.h"

namespace perspective::xlsform {

bool is_translated(std::string_view kind);  // label, hint, image ...

class Languages {
 public:
  // `unnamed`: code of columns that name no language. `first`: how the form names its default; may be empty.
  Languages(const std::vector<const Table*>& tables, const std::string& unnamed, const std::string& first,
            Lines& lines);

  const std::string& unnamed() const { return unnamed_; }
  const std::vector<std::string>& codes() const { return codes_; }  // the default first
  Texts texts(const Table& table, const Row& row, std::string_view kind) const;

 private:
  std::string unnamed_;
  std::vector<std::string> codes_;
};

}  // namespace perspective::xlsform
