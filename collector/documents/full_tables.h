// The full tally as tables, for inspectors.
//
// Promise:   every number of the tally; each sheet is marked as not for release, at its head and on each page.
// Errors:    those of text::Catalogue::format; invalid: a chapter without a questionnaire or tally.
// Threads:   pure.
// Units:     people; per cent whole.
#pragma once

#include "base/result.h"
#include "documents/workbook.h"
#include "report/section.h"

namespace perspective::documents {

// The chapters' words must have the questions and answers as they were asked (item.<variable>, .<option>), too.
Result<Workbook> full_workbook(const report::Draft& draft, const text::Catalogue& phrases);

}  // namespace perspective::documents
