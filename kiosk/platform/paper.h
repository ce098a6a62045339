// A report on one sheet of A4, as PDF: a heading, rows of a name and what is said of it.
//
// Errors:    io: it cannot be written there. invalid: it does not fit on the sheet.
// Threads:   one at a time.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"

namespace perspective::platform {

struct PaperRow {
  std::string name;
  std::string value;
  bool is_marked = false;  // with a sign, not by colour alone
};
struct Paper {
  std::string language;
  std::string heading;
  std::string below;  // in small letters under the heading
  std::vector<PaperRow> rows;
  std::string end;  // in small letters at the end
};

Result<void> write_pdf(const Paper& paper, const std::filesystem::path& file);

}  // namespace perspective::platform
