// One inspection beside those of its programme, as a table: for everyone.
//
// Promise:   a row for each finding of the inspection's release, by theme, and a row for each theme's typed score. A
//            number that is not there is empty, without a reason. Of a questionnaire that is only pooled there is no
//            lowest and no highest. programme_csv(): one row a finding or theme, names that do not depend on a
//            language, cells that no spreadsheet takes for formulas.
// Errors:    those of text::Catalogue::format.
// Threads:   pure.
// Units:     per cent.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "documents/workbook.h"
#include "text/catalogue.h"

namespace perspective::documents {

struct Beside {
  std::optional<std::int64_t> lowest = {};
  std::optional<std::int64_t> highest = {};
  std::optional<std::int64_t> average = {};
  std::optional<std::int64_t> here = {};
};

struct ProgrammeRow {
  std::string finding;
  std::string theme = {};     // empty: none
  std::string on;             // in a few words; two findings may share them
  std::string question = {};  // as it was asked
  std::vector<std::string> counted = {};
  std::string words = {};  // what the inspection's release says; empty: nothing
  Beside figures = {};
};

struct ProgrammePart {
  std::string questionnaire;
  int version = 1;
  std::string heading;
  bool is_pooled_only = false;
  std::int64_t services = 0;  // that are in the averages
  std::vector<ProgrammeRow> rows;
};

// Typed by inspectors, never computed.
struct ScoreRow {
  std::string theme;
  std::string comment = {};
  Beside figures = {};
};

struct ProgrammeTables {
  std::string programme;
  std::string title;
  std::string printed_on = {};  // a day; empty: not yet
  std::string inspection;
  std::string area;
  bool is_draft = false;
  std::vector<std::pair<std::string, std::string>> themes;  // id and name, in their order
  std::vector<ScoreRow> scores;
  std::vector<ProgrammePart> parts;

  std::string theme_name(const std::string& id) const;  // empty: none
};

Result<std::vector<std::string>> programme_notes(const ProgrammeTables& tables, const text::Catalogue& phrases);
Result<Workbook> programme_workbook(const ProgrammeTables& tables, const text::Catalogue& phrases);
std::string programme_csv(const ProgrammeTables& tables);
Result<std::string> programme_json(const ProgrammeTables& tables, const text::Catalogue& phrases);

}  // namespace perspective::documents
