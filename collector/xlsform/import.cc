#include "xlsform/import.h"

#include <algorithm>

#include "survey/definition_marks.h"
#include "xlsform/folder_writer.h"
#include "xlsform/sheets.h"
#include "xlsform/words.h"

namespace perspective::xlsform {
namespace {

Result<Table> table_of(const Workbook& workbook, const std::string& name) {
  for (const Sheet& sheet : workbook.sheets) {
    if (sheet.is_read && small(sheet.name) == name) return Table::of(sheet);
  }
  return Table::of({.name = name});
}

void tell_of_other_sheets(const Workbook& workbook, Lines& lines) {
  for (const Sheet& sheet : workbook.sheets) {
    // One that begins with an underscore is the author's own, by XLSForm's rules.
    if (sheet.is_read || sheet.name.starts_with('_')) continue;
    add(lines, {Weight::lost,
                sheet.name,
                {},
                {},
                "is no sheet that an import reads",
                "nothing, if it is for authors; else move what it asks into survey and choices"});
  }
}

void tell_of_what_no_form_has(const Form& form, Lines& lines) {
  const auto tell = [&](std::string pointer, std::string what, std::string remedy) {
    add(lines, {Weight::note, "definition.json", {}, std::move(pointer), std::move(what), std::move(remedy)});
  };
  tell("/findings", "a form says nothing of what is counted and how it is written",
       "write \"findings\", \"section\" and section/<language>.json, or the report has numbers alone");
  tell("/helplines", "a form has no numbers to call", "write \"helplines\" and \"talk\": who sits there may need them");
  const bool has_words =
      std::ranges::any_of(form.questions, [](const Question& one) { return one.asks == Asks::words; });
  if (has_words) {
    tell("/consent", "a form does not say who may be quoted", "write \"consent\"; until then nobody is");
  }
}

}  // namespace

std::vector<std::string> sheets_of_a_form() { return {"survey", "choices", "settings"}; }

Result<Imported> import_form(const Workbook& workbook, const ImportSetting& setting) {
  if (!survey::is_language(setting.language)) {
    return fail(ErrorCode::invalid, "\"" + setting.language + "\" is no language: write a code such as en or cy");
  }
  const auto survey = table_of(workbook, "survey");
  const auto choices = table_of(workbook, "choices");
  const auto settings = table_of(workbook, "settings");
  for (const auto* table : {&survey, &choices, &settings}) {
    if (!*table) return std::unexpected(table->error());
  }
  if (survey->headings().empty()) {
    return fail(ErrorCode::invalid, "has no sheet named survey with something in it: it is no XLSForm");
  }
  Imported imported;
  Form form;
  const std::string first =
      settings->rows().empty() ? std::string() : settings->cell(settings->rows().front(), "default_language");
  const Languages languages({&*survey, &*choices}, setting.language, first, imported.lines);
  form.languages = languages.codes();
  if (form.languages.empty()) {
    return fail(ErrorCode::invalid,
                "the sheet survey has no column \"label\" in a language that is known: write "
                "label, or label::English (en)");
  }
  read_settings(*settings, setting.name, form, imported.lines);
  const ChoiceLists lists = read_choices(*choices, languages, imported.lines);
  if (auto read = read_survey(*survey, languages, lists, form, imported.lines); !read) {
    return std::unexpected(read.error());
  }
  imported.folder = folder_of(form, setting.media, imported.lines);
  tell_of_other_sheets(workbook, imported.lines);
  tell_of_what_no_form_has(form, imported.lines);
  return imported;
}

}  // namespace perspective::xlsform
