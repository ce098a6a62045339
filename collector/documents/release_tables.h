// What a release says, as tables: for everyone.
//
// Promise:   a row for each finding of the release, and nothing that is not in the release or in the questionnaire as
// it
//            was asked. Where nothing is said the row says so, without a reason. What inspectors state beside the rules
//            has a row of its own below the finding's.
//            release_csv(): one row a statement, names that do not depend on a language, cells that no spreadsheet
//            takes for formulas; release_codebook(): each column, and what the names in it mean. release_json(): the
//            frozen release as it is, and the words beside it.
// Errors:    those of text::Catalogue::format; invalid: a finding that its questionnaire has not, or a questionnaire
//            without words.
// Ownership: a Words points to its questionnaire, which outlives the call.
// Threads:   pure.
// Units:     people.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "documents/workbook.h"
#include "release/release.h"
#include "survey/questionnaire.h"
#include "text/catalogue.h"

namespace perspective::documents {

// Phrases of assets/report, with the questionnaire's section and its texts over them.
struct Words {
  const survey::Questionnaire* questionnaire = nullptr;
  text::Catalogue words;
};

struct ReleaseRow {
  std::string finding;
  std::string on = {};        // in a few words
  std::string question = {};  // as it was asked
  std::vector<std::string> counted = {};
  std::string hangs_on = {};  // a finding; empty: on none
  std::string relation = {};  // within, joint; empty: none
  std::string says = {};      // names of release/statement.h
  std::string whom = {};      // these, or stated_more
  std::string words = {};     // empty: nothing is said
  std::optional<std::int64_t> count = {};
  std::optional<std::int64_t> of = {};
};

struct ReleasePart {
  std::string questionnaire;
  int version = 1;
  std::int64_t respondents = 0;
  std::string title;  // as its people read it; its id where it has none
  std::string heading;
  std::vector<ReleaseRow> rows;
};

struct ReleaseTables {
  release::Release release;
  std::string area;
  bool is_draft = false;           // the words of a catalogue were checked by nobody
  std::vector<std::string> notes;  // on the bands
  std::vector<ReleasePart> parts;
};

// `phrases`: assets/report/<language>.json; the language of all.
Result<ReleaseTables> release_tables(const release::Release& release, std::string area, std::span<const Words> words,
                                     const text::Catalogue& phrases);

Result<Workbook> release_workbook(const ReleaseTables& tables, const text::Catalogue& phrases);
std::string release_csv(const ReleaseTables& tables);
Result<std::string> release_codebook(const text::Catalogue& phrases);
std::string release_json(const ReleaseTables& tables, const std::string& language);

}  // namespace perspective::documents
