// An XLSForm as a questionnaire's folder.
//
// Promise:   pure. Whatever stands in the form is in the folder or in `lines`; a condition that a kiosk cannot follow
// stays
//            in the definition as it was written, so that authoring::check() refuses it until somebody has rewritten
//            it: routing never changes in silence. The same form gives the same folder.
// Errors:    invalid: no sensible questionnaire can be made of it at all; a sentence for its author.
// Threads:   pure.
#pragma once

#include <map>
#include <string>

#include "authoring/folder.h"
#include "base/result.h"
#include "xlsform/line.h"
#include "xlsform/workbook.h"

namespace perspective::xlsform {

// The sheets that an import reads.
std::vector<std::string> sheets_of_a_form();

struct ImportSetting {
  std::string name;                         // of the file, without its suffix: title and id where the form has none
  std::string language = "en";              // of columns that name none
  std::map<std::string, Bytes> media = {};  // files beside the form, by name: pictures (.svg) and recordings (.opus)
};

struct Imported {
  authoring::Folder folder;
  Lines lines;
};

Result<Imported> import_form(const Workbook& workbook, const ImportSetting& setting);

}  // namespace perspective::xlsform
