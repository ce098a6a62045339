// A questionnaire's folder as an XLSForm.
//
// Promise:   pure. What the form cannot say is in `lines`. import_form() of the result routes as the questionnaire
// does, and
//            shows the same texts. The same folder gives the same bytes.
// Errors:    invalid: the folder is not sound (questionnaire check).
// Threads:   pure.
#pragma once

#include <map>
#include <string>

#include "authoring/folder.h"
#include "base/result.h"
#include "xlsform/line.h"
#include "xlsform/workbook.h"

namespace perspective::xlsform {

struct Exported {
  Workbook workbook;
  std::map<std::string, Bytes> media;  // to be put beside the form, by file name
  Lines lines;
};

Result<Exported> export_form(const authoring::Folder& folder);

}  // namespace perspective::xlsform
