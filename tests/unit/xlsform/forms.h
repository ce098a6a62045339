// Forms as an author fills them in: sheets of rows, the first of them headings.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "authoring/check.h"
#include "survey/questionnaire.h"
#include "survey/routing.h"
#include "xlsform/import.h"
#include "xlsform/workbook.h"

namespace perspective::xlsform {

using Grid = std::vector<std::vector<std::string>>;

inline Sheet sheet(const std::string& name, const Grid& grid) {
  Sheet made{.name = name};
  for (std::size_t i = 0; i < grid.size(); ++i) {
    Row row{.number = i + 1, .cells = {}};
    for (std::size_t k = 0; k < grid[i].size(); ++k) {
      if (!grid[i][k].empty()) row.cells[k] = grid[i][k];
    }
    if (!row.cells.empty()) made.rows.push_back(std::move(row));
  }
  return made;
}

struct Sheets {
  Grid survey;
  Grid choices = {};
  Grid settings = {{"form_title", "form_id"}, {"Pets", "pets"}};
};

inline Workbook workbook(const Sheets& sheets) {
  return {{sheet("survey", sheets.survey), sheet("choices", sheets.choices), sheet("settings", sheets.settings)}};
}

// Through the bytes of a file, as an author sends it.
inline Result<Imported> imported(const Sheets& sheets, std::map<std::string, Bytes> media = {}) {
  const auto file = write_workbook(workbook(sheets));
  EXPECT_TRUE(file);
  const auto read = read_workbook(*file, sheets_of_a_form());
  if (!read) return std::unexpected(read.error());
  return import_form(*read, {.name = "pets", .media = std::move(media)});
}

inline std::vector<std::string> lines_of(const Lines& lines) {
  std::vector<std::string> texts;
  for (const auto& line : lines) texts.push_back(to_text(line));
  return texts;
}

inline survey::Questionnaire questionnaire_of(const authoring::Folder& folder) {
  auto parsed = survey::Questionnaire::parse(folder.definition);
  EXPECT_TRUE(parsed) << parsed.error().what << "\n" << folder.definition;
  return parsed ? *parsed : survey::Questionnaire();
}

inline std::vector<std::string> errors_of(const authoring::Folder& folder) {
  std::vector<std::string> errors;
  for (const auto& remark : authoring::check(folder).remarks) {
    if (remark.severity == authoring::Severity::error) errors.push_back(to_text(remark));
  }
  return errors;
}

inline const Grid kYesNo{{"list_name", "name", "label"}, {"yn", "yes", "Yes"}, {"yn", "no", "No"}};

}  // namespace perspective::xlsform
