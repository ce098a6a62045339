// Nothing in silence, of forms drawn by chance: without any one cell the folder is another, or other lines are told.
// PERSPECTIVE_DRAWN_FORMS=2000 draws more than the sample; PERSPECTIVE_SEED begins elsewhere.
#include <cstdlib>

#include "unit/xlsform/drawn_form.h"

namespace perspective::xlsform {
namespace {

unsigned wanted(const char* variable, unsigned otherwise) {
  const char* const text = std::getenv(variable);
  return text == nullptr ? otherwise : static_cast<unsigned>(std::strtoul(text, nullptr, 10));
}

std::string all_of(const authoring::Folder& folder) {
  std::string all = folder.definition;
  for (const auto& [language, texts] : folder.texts) all += texts;
  for (const auto& [language, texts] : folder.section) all += texts;
  return all;
}

std::string outcome(const Result<Imported>& made) {
  if (!made) return made.error().what;
  std::string all = all_of(made->folder);
  for (const auto& line : lines_of(made->lines)) all += line + "\n";
  return all;
}

Result<Imported> import_of(const Sheets& sheets) { return import_form(workbook(sheets), {.name = "pets"}); }

// Is it said of the row, once, that all of it is left out?
bool is_of_whole_row(const Line& line) {
  static const std::vector<std::string> kParts{"or_other", "behind the list", "the note stands on the screen"};
  static const std::vector<std::string> kWhole{"the question has no name",     "is the name of an earlier question",
                                               "the note says nothing",        "takes the row out of the form",
                                               "the choice belongs nowhere",   "is in this list already",
                                               "a list that no question names"};
  const auto says = [&](const std::string& part) { return line.what.find(part) != std::string::npos; };
  if (std::ranges::any_of(kWhole, says)) return true;
  return line.column == "type" && line.weight != Weight::changed && std::ranges::none_of(kParts, says);
}

class Told {
 public:
  Told(const Sheets& sheets, const Imported& made) : made_(made) {
    for (const Line& line : made.lines) {
      if (line.rows.empty()) columns_.insert({line.sheet, line.column});
      if (is_of_whole_row(line)) whole_[line.sheet].insert(line.rows.begin(), line.rows.end());
    }
    for (std::size_t row = 1; row < sheets.survey.size(); ++row) {
      if (whole_["survey"].contains(row + 1)) continue;
      for (const auto& word : words_of(sheets.survey[row][0])) asked_.insert(word);
    }
  }

  // What no line needs to be about.
  bool is_meaningless(const std::string& sheet, const Grid& grid, std::size_t row, std::size_t column) {
    if (whole_[sheet].contains(row + 1)) return true;
    const std::string title = grid[0][column];
    if (columns_.contains({sheet, title})) return true;
    const std::string& first = grid[row][0];
    // A group's name is a place in a form's data, which a questionnaire has none of.
    if (sheet == "survey" && title == "name" && first.starts_with("begin")) return true;
    // Of a list that is asked from in rows alone of which it is said that they are left out.
    if (sheet == "choices" && !first.empty() && !asked_.contains(first)) return true;
    // It is the first of the languages.
    const auto code = title == "default_language" && row == 1 ? language_code(grid[row][column]) : std::nullopt;
    return code && made_.folder.definition.find("\"languages\": [\"" + *code + "\"") != std::string::npos;
  }

  // Is a line about this cell, though it is in the folder as it stands?
  bool is_alarmed_by(const std::string& sheet, const std::string& title, std::size_t row, const std::string& cell) {
    if (!cell.starts_with('w') || all_of(made_.folder).find(cell) == std::string::npos) return false;
    return std::ranges::any_of(made_.lines, [&](const Line& line) {
      return line.weight == Weight::lost && line.sheet == sheet && line.column == title &&
             std::ranges::find(line.rows, row + 1) != line.rows.end();
    });
  }

 private:
  const Imported& made_;
  std::map<std::string, std::set<std::size_t>> whole_;
  std::set<std::pair<std::string, std::string>> columns_;  // told of as a whole: sheet, title
  std::set<std::string> asked_;
};

struct Part {
  std::string name;
  Grid Sheets::*grid;
};

std::size_t look_at_every_cell(const Sheets& sheets, const std::string& seed) {
  const auto made = import_of(sheets);
  if (!made) {
    ADD_FAILURE() << seed << made.error().what;
    return 0;
  }
  Told told(sheets, *made);
  const std::string whole = outcome(made);
  std::size_t cells = 0;
  for (const Part& part :
       {Part{"survey", &Sheets::survey}, {"choices", &Sheets::choices}, {"settings", &Sheets::settings}}) {
    const Grid& grid = sheets.*part.grid;
    for (std::size_t row = 1; row < grid.size(); ++row) {
      for (std::size_t column = 0; column < grid[row].size(); ++column) {
        const std::string& cell = grid[row][column];
        if (cell.empty() || told.is_meaningless(part.name, grid, row, column)) continue;
        const std::string place = seed + part.name + ", row " + std::to_string(row + 1) + " (" + grid[row][0] +
                                  "), column " + grid[0][column];
        Sheets without = sheets;
        (without.*part.grid)[row][column].clear();
        EXPECT_TRUE(outcome(import_of(without)) != whole) << place << ": nothing is said of " << cell;
        EXPECT_FALSE(told.is_alarmed_by(part.name, grid[0][column], row, cell)) << place << ": told as lost: " << cell;
        ++cells;
      }
    }
  }
  return cells;
}

TEST(EveryCell, OfADrawnFormIsInTheFolderOrInALine) {
  const unsigned first = wanted("PERSPECTIVE_SEED", 1);
  std::size_t cells = 0;
  for (unsigned seed = first; seed < first + wanted("PERSPECTIVE_DRAWN_FORMS", 25) && !HasFailure(); ++seed) {
    cells += look_at_every_cell(DrawnForm(seed).sheets(), "seed " + std::to_string(seed) + ": ");
  }
  std::cout << cells << " cells\n";
  EXPECT_GT(cells, 100U);
}

}  // namespace
}  // namespace perspective::xlsform
