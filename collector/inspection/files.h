// Results of an inspection as files of other programs: which formats there are, and what each is called.
//
// Promise:   nothing is written anywhere: bytes go out. What may be in a file was decided before it comes here.
// Errors:    invalid: a format that there is not, naming those that there are, or a template in words for its maker; io
//            where the project's own templates are missing in the assets.
// Threads:   any; reads the assets.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "documents/parts.h"
#include "documents/release_tables.h"
#include "documents/workbook.h"
#include "report/document.h"
#include "text/catalogue.h"

namespace perspective::inspection {

struct FileWanted {
  std::string format;                   // text, docx, odt
  documents::Parts word_template = {};  // of somebody's own, for docx; empty: the project's
};

struct File {
  std::string bytes;
  std::string media_type;
  std::string file_name;                  // to propose
  std::vector<std::string> remarks = {};  // what the template lacks
};

// `stem`: "croydon-2012-full-section"; language and suffix are added. `format` of tables: xlsx, ods.
Result<File> file_of(const report::Document& document, const FileWanted& wanted, const std::string& stem,
                     const std::filesystem::path& assets);
Result<File> file_of(const documents::Workbook& workbook, std::string_view format, const std::string& stem);

// At the start: workbooks that a collector which was killed left in memory while it made them.
void clear_left_workbooks();

// What a release says, as tables, in one language.
struct ReleaseTables {
  documents::ReleaseTables tables;
  text::Catalogue phrases;
};
// `format`: xlsx, ods, csv, codebook (of that CSV), json.
Result<File> file_of(const ReleaseTables& release, const std::string& format);

}  // namespace perspective::inspection
