// The sheets settings, choices and survey as a Form. Used by the import alone.
//
// Promise: pure; whatever is in a sheet is in the form or in `lines`.
// Errors:  invalid, in words for the author: a form of which nothing sensible can be made.
#pragma once

#include <map>
#include <string>

#include "base/result.h"
#include "xlsform/columns.h"
#include "xlsform/form.h"
#include "xlsform/table.h"

namespace perspective::xlsform {

using ChoiceLists = std::map<std::string, Choices, std::less<>>;

// form.languages must be known.
void read_settings(const Table& settings, const std::string& file_name, Form& form, Lines& lines);
ChoiceLists read_choices(const Table& choices, const Languages& languages, Lines& lines);
Result<void> read_survey(const Table& survey, const Languages& languages, const ChoiceLists& lists, Form& form,
                         Lines& lines);

// Cells of this sheet that nothing reads: of columns that XLSForm does not have or that are not read on it, of a second
// column of one kind where it says something else, of columns without a heading.
// read: kinds of the columns that are. unnamed: the language of texts that name none.
void tell_of_columns(const Table& table, const std::set<std::string, std::less<>>& read, const std::string& unnamed,
                     Lines& lines);

}  // namespace perspective::xlsform
