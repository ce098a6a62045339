#include <algorithm>

#include "xlsform/sheets.h"
#include "xlsform/types.h"
#include "xlsform/words.h"

namespace perspective::xlsform {
namespace {

bool is_text(const Heading& heading) { return is_translated(heading.kind) || heading.kind == "form_title"; }

std::vector<std::size_t> rows_with(const Table& table, const Heading& heading) {
  std::vector<std::size_t> rows;
  for (const Row& row : table.rows()) {
    if (!Table::cell(row, heading).empty()) rows.push_back(row.number);
  }
  return rows;
}

void unread(const Table& table, const Heading& heading, Lines& lines) {
  const auto rows = rows_with(table, heading);
  if (rows.empty()) return;
  const Unread* const known = unread_column(heading.kind);
  add(lines, {known != nullptr && known->is_harmless ? Weight::note : Weight::lost, table.name(), rows, heading.title,
              known != nullptr ? std::string(known->what) : "is no column that an import reads",
              known != nullptr ? std::string(known->remedy) : "nothing, if it is for authors; else check its heading"});
}

// The text that is read of several columns of one kind in one language: the first, of texts the first that says
// something.
std::string taken(const Row& row, const std::vector<const Heading*>& columns) {
  for (const Heading* const one : columns) {
    const auto text = Table::cell(row, *one);
    if (!text.empty() || !is_text(*one)) return text;
  }
  return {};
}

void several(const Table& table, std::vector<const Heading*> columns, Lines& lines) {
  std::ranges::stable_partition(columns, [](const Heading* one) { return !one->language.empty(); });
  for (std::size_t i = 1; i < columns.size(); ++i) {
    const Heading& column = *columns[i];
    std::vector<std::size_t> rows;
    for (const Row& row : table.rows()) {
      const std::string text = Table::cell(row, column);
      if (!text.empty() && text != taken(row, columns)) rows.push_back(row.number);
    }
    if (rows.empty()) continue;
    add(lines, {Weight::lost, table.name(), rows, column.title,
                "says something else than the column \"" + columns.front()->title + "\", which is the one that is read",
                "write what is meant into that column, and take this one out"});
  }
}

// As the spreadsheet names it.
std::string letters_of(std::size_t column) {
  std::string letters;
  for (std::size_t left = column + 1; left > 0; left = (left - 1) / 26) {
    letters.insert(letters.begin(), static_cast<char>('A' + (left - 1) % 26));
  }
  return letters;
}

void without_heading(const Table& table, Lines& lines) {
  for (const Row& row : table.rows()) {
    for (const auto& [column, text] : row.cells) {
      if (trimmed(text).empty() || table.is_headed(column)) continue;
      add(lines, {Weight::lost,
                  table.name(),
                  {row.number},
                  letters_of(column),
                  "has no heading, so nothing in it is read",
                  "nothing, if it is for authors; else write its heading into the first row"});
    }
  }
}

}  // namespace

void tell_of_columns(const Table& table, const std::set<std::string, std::less<>>& read, const std::string& unnamed,
                     Lines& lines) {
  std::map<std::pair<std::string, std::string>, std::vector<const Heading*>> alike;
  for (const Heading& heading : table.headings()) {
    const bool has_language = !heading.language.empty();
    if (!read.contains(heading.kind) || (has_language && !is_text(heading))) {
      unread(table, heading, lines);
      continue;
    }
    const auto code = has_language ? language_code(heading.language) : std::optional(is_text(heading) ? unnamed : "");
    if (!code) continue;  // that was told already
    alike[{heading.kind, *code}].push_back(&heading);
  }
  for (const auto& [_, columns] : alike) several(table, columns, lines);
  without_heading(table, lines);
}

}  // namespace perspective::xlsform
