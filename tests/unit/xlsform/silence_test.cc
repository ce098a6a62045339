// Nothing is dropped in silence: what an author wrote is in the folder, or a line says where it stands and that it is
// not.
#include "unit/xlsform/forms.h"

namespace perspective::xlsform {
namespace {

using testing::Contains;
using testing::HasSubstr;

std::string all_of(const authoring::Folder& folder) {
  std::string all = folder.definition;
  for (const auto& [language, texts] : folder.texts) all += texts;
  return all;
}

bool is_told(const Lines& lines, const std::string& sheet, std::size_t row, const std::string& column) {
  return std::ranges::any_of(lines, [&](const Line& line) {
    const bool is_of_whole_row = line.column == "type" && line.weight != Weight::changed;
    return line.sheet == sheet && std::ranges::find(line.rows, row) != line.rows.end() &&
           (line.column == column || is_of_whole_row);
  });
}

std::vector<std::string> lines_about(const Sheets& sheets) {
  const auto made = imported(sheets);
  EXPECT_TRUE(made) << made.error().what;
  return made ? lines_of(made->lines) : std::vector<std::string>();
}

// A sheet in which every cell says something of its own.
TEST(EveryCell, IsInTheFolderOrInALine) {
  const std::vector<std::string> columns{"label",
                                         "label::English (en)",
                                         "label::Welsh (cy)",
                                         "hint",
                                         "hint::English (en)",
                                         "constraint",
                                         "bind::constraint",
                                         "constraint_message",
                                         "image",
                                         "media::image",
                                         "parameters",
                                         "default",
                                         "calculation",
                                         "trigger",
                                         "read_only",
                                         "guidance_hint",
                                         "video",
                                         "choice_filter",
                                         "relevant::English (en)",
                                         "my own"};
  const std::vector<std::string> types{"text",        "select_one yn", "select_multiple yn", "note",     "integer",
                                       "begin_group", "text",          "end_group",          "geopoint", "deviceid"};
  Grid survey{{"type", "name"}};
  for (const auto& column : columns) survey[0].push_back(column);
  for (std::size_t row = 0; row < types.size(); ++row) {
    survey.push_back({types[row], types[row] == "end_group" ? "" : "q" + std::to_string(row)});
    if (types[row] == "end_group") continue;
    for (std::size_t column = 0; column < columns.size(); ++column) {
      survey.back().push_back("w" + std::to_string(row) + "x" + std::to_string(column) + "y");
    }
  }
  const auto made = imported({.survey = survey, .choices = kYesNo});
  ASSERT_TRUE(made) << made.error().what;
  const std::string folder = all_of(made->folder);
  for (std::size_t row = 1; row < survey.size(); ++row) {
    for (std::size_t column = 2; column < survey[row].size(); ++column) {
      const std::string& cell = survey[row][column];
      const bool is_there =
          folder.find(cell) != std::string::npos || is_told(made->lines, "survey", row + 1, survey[0][column]);
      EXPECT_TRUE(is_there) << "row " << row + 1 << ", column " << survey[0][column] << ": " << cell;
    }
  }
}

TEST(ASecondColumnOfOneKind, IsToldOf) {
  const auto lines = lines_about({.survey = {{"type", "name", "label", "relevant", "relevance", "bind::relevant"},
                                             {"select_one yn", "a", "A?"},
                                             {"text", "b", "B?", "", "${a} = 'yes'", ""},
                                             {"text", "c", "C?", "${a} = 'yes'", "${a} = 'yes'", "${a} = 'no'"}},
                                  .choices = kYesNo});
  EXPECT_THAT(lines, Contains(HasSubstr("survey, row 3, column relevance: not carried over: says something else")));
  EXPECT_THAT(lines, Contains(HasSubstr("survey, row 4, column bind::relevant: not carried over")));
}

TEST(ASecondColumnOfOneKind, OfALabelIsReadWhereTheFirstSaysNothing) {
  const auto made = imported({.survey = {{"type", "name", "label", "label::English (en)"},
                                         {"text", "a", "jr:a", "What do you think?"},
                                         {"text", "b", "", "And of this?"}}});
  ASSERT_TRUE(made);
  EXPECT_THAT(lines_of(made->lines),
              Contains(HasSubstr("survey, row 2, column label::English (en): not carried over")));
  EXPECT_THAT(all_of(made->folder), HasSubstr("And of this?"));
}

TEST(WhatNobodyReads, IsToldOf) {
  const auto lines = lines_about(
      {.survey = {{"type", "name", "label::English (en)", "parameters", "disabled"},
                  {"select_one yn", "a", "A?", "randomize=true, seed=3"},
                  {"range", "b", "B?", "start=1 end=5 ticks=9"},
                  {"text", "c", "C?", "", "yes"}},
       .choices =
           {{"list_name", "name", "label::English (en)"}, {"yn", "yes", "Yes"}, {"yn", "no", "No"}, {"old", "x", "X"}},
       .settings = {
           {"form_title", "form_id", "default_language"}, {"Pets", "pets", "Cornish (kw)"}, {"", "", "English (en)"}}});
  EXPECT_THAT(lines, Contains(HasSubstr("survey, row 2, column parameters: not carried over")));
  EXPECT_THAT(lines, Contains(HasSubstr("survey, row 3, column parameters: not carried over: \"ticks=9\"")));
  EXPECT_THAT(lines, Contains(HasSubstr("survey, row 4, column disabled: note")));
  EXPECT_THAT(lines, Contains(HasSubstr("choices, row 4, column list_name: not carried over: \"old\"")));
  EXPECT_THAT(lines, Contains(HasSubstr("column default_language: not carried over: \"Cornish (kw)\"")));
  EXPECT_THAT(lines, Contains(HasSubstr("settings, row 3, column default_language: not carried over: stands below")));
}

}  // namespace
}  // namespace perspective::xlsform
