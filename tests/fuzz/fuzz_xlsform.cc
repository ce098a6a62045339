// What anybody may send as a form. The first letter says how the rest is taken: as a file, as the XML of a sheet, or as
// a form whose cells are parted by tabs, rows by line feeds, sheets by form feeds.
//
// Must hold: what was taken in ends in a folder that the check can read; one that the check finds no error in goes out
//            and in again with as many questions.
#include <string>
#include <string_view>

#include "authoring/check.h"
#include "survey/questionnaire.h"
#include "target.h"
#include "xlsform/export.h"
#include "xlsform/import.h"
#include "xlsform/sheet_parts.h"

namespace perspective::xlsform {
namespace {

using fuzz::must;

fuzz::Milestone opened("a file was a workbook");
fuzz::Milestone taken("a form was taken in");
fuzz::Milestone parsed("it makes a definition");
fuzz::Milestone gone_round("it went out and came in again");

void take_in(const Workbook& workbook, bool is_again = false) {
  const auto made = import_form(workbook, {.name = "form"});
  if (!made) return fuzz::must_be_an_answer(made.error());
  taken.reach();
  for (const auto& line : made->lines) must(!to_text(line).empty(), "a line has words");
  const auto checked = authoring::check(made->folder);
  const auto questionnaire = survey::Questionnaire::parse(made->folder.definition);
  if (questionnaire) parsed.reach();
  if (is_again || !questionnaire || count(checked.remarks, authoring::Severity::error) > 0) return;
  const auto exported = export_form(made->folder);
  must(exported.has_value(), "what has no error goes out");
  const auto again = import_form(exported->workbook, {.name = "form"});
  must(again.has_value(), "and comes in again");
  const auto same = survey::Questionnaire::parse(again->folder.definition);
  must(same && same->items.size() == questionnaire->items.size(), "with as many questions");
  gone_round.reach();
}

Workbook written(std::string_view text) {
  Workbook workbook;
  for (const auto& name : sheets_of_a_form()) {
    Sheet sheet{.name = name};
    const std::string_view rows = text.substr(0, text.find('\f'));
    text.remove_prefix(std::min(text.size(), rows.size() + 1));
    Row row;
    std::size_t column = 0;
    std::string cell;
    const auto end_cell = [&] {
      if (!cell.empty()) row.cells[column] = std::exchange(cell, {});
      ++column;
    };
    for (const char c : std::string(rows) + "\n") {
      if (c != '\t' && c != '\n') {
        cell += c;
        continue;
      }
      end_cell();
      if (c == '\t') continue;
      const std::size_t next = row.number + 1;
      if (!row.cells.empty()) sheet.rows.push_back(std::move(row));
      row = {.number = next, .cells = {}};
      column = 0;
    }
    workbook.sheets.push_back(std::move(sheet));
  }
  return workbook;
}

}  // namespace
}  // namespace perspective::xlsform

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace perspective::xlsform;
  const auto [way, rest] = perspective::fuzz::input_of(data, size);
  const std::string_view text = perspective::as_text(rest);
  if (way == 'f') {
    const auto workbook = read_workbook(rest, sheets_of_a_form());
    if (workbook) opened.reach();
    if (workbook) take_in(*workbook);
  } else if (way == 's') {
    Allowance left;
    std::ignore = read_rows(text, {"shared"}, left);
    std::ignore = read_shared_texts(text);
    std::ignore = read_relations(text);
    std::ignore = read_sheet_names(text);
  } else {
    take_in(written(text));
  }
  return 0;
}
