// Nothing is dropped in silence: what an author wrote is in the folder, or a line says where it stands and that it is
// not.
#include "unit/xlsform/forms.h"

namespace perspective::xlsform {
namespace {

using testing::Contains;
using testing::HasSubstr;

std::vector<std::string> lines_about(const Sheets& sheets) {
  const auto made = imported(sheets);
  EXPECT_TRUE(made) << made.error().what;
  return made ? lines_of(made->lines) : std::vector<std::string>();
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

// Labels without a language are ids in many forms, or older words.
TEST(ASecondColumnOfOneKind, OfALabelIsReadWhereTheOneThatNamesItsLanguageSaysNothing) {
  const auto made = imported({.survey = {{"type", "name", "label", "label::English (en)"},
                                         {"text", "a", "jr:a", "What do you think?"},
                                         {"text", "b", "And of this?", ""}}});
  ASSERT_TRUE(made);
  EXPECT_THAT(lines_of(made->lines), Contains(HasSubstr("survey, row 2, column label: not carried over")));
  EXPECT_THAT(made->folder.texts.at("en"), HasSubstr("What do you think?"));
  EXPECT_THAT(made->folder.texts.at("en"), HasSubstr("And of this?"));
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
  EXPECT_THAT(lines,
              Contains(HasSubstr("choices, row 4, column list_name: note: \"old\" is a list that no question names")));
  EXPECT_THAT(lines, Contains(HasSubstr("column default_language: not carried over: \"Cornish (kw)\"")));
  EXPECT_THAT(lines, Contains(HasSubstr("settings, row 3, column default_language: not carried over: stands below")));
}

}  // namespace
}  // namespace perspective::xlsform
