// Forms as XLSForm's reference describes them, taken in: what a kiosk can ask, and what it says of the rest.
#include "xlsform/import.h"

#include "text/catalogue.h"
#include "unit/xlsform/forms.h"

namespace perspective::xlsform {
namespace {

using survey::Answers;
using survey::Choice;
using survey::Choices;
using survey::Words;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::string text(const Imported& made, const std::string& key, const std::string& language = "en") {
  const auto catalogue = text::Catalogue::parse(made.folder.texts.at(language), language);
  EXPECT_TRUE(catalogue) << catalogue.error().what;
  return catalogue->say(key);
}

std::vector<std::string> asked(const Imported& made, const Answers& answers) {
  const auto questionnaire = questionnaire_of(made.folder);
  std::vector<std::string> variables;
  for (const auto at : survey::route(questionnaire, answers)) variables.push_back(questionnaire.items[at].variable);
  return variables;
}

Imported taken(const Sheets& sheets, std::map<std::string, Bytes> media = {}) {
  auto made = imported(sheets, std::move(media));
  EXPECT_TRUE(made) << made.error().what;
  return made ? *std::move(made) : Imported();
}

const Grid kPetChoices{{"list_name", "name", "label::English (en)", "label::Welsh (cy)"},
                       {"yn", "yes", "Yes", "Ydw"},
                       {"yn", "no", "No", "Nac ydw"},
                       {"pets", "cat", "A cat", "Cath"},
                       {"pets", "dog", "A dog", "Ci"},
                       {"pets", "none", "None of these", "Dim un"}};

TEST(AForm, BecomesAQuestionnaireThatTheCheckTakes) {
  const auto made =
      taken({.survey = {{"type", "name", "label::English (en)", "label::Welsh (cy)", "hint::English (en)",
                         "hint::Welsh (cy)", "relevant", "constraint"},
                        {"note", "hello", "Tell us about pets.", "Dyweda wrthon ni."},
                        {"select_one yn", "has_pet", "Do you have a pet?", "Oes gen ti anifail?"},
                        {"select_multiple pets", "which", "Which?", "Pa un?", "Choose all.", "Dewis bob un.",
                         "${has_pet} = 'yes'", "not(selected(., 'none') and count-selected(.) > 1)"},
                        {"text", "more", "Tell us more.", "Dyweda fwy.", "", "", "selected(${which}, 'dog')"}},
             .choices = kPetChoices,
             .settings = {{"form_title", "form_title::English (en)", "form_id", "version", "default_language"},
                          {"Anifeiliaid", "Pets", "pets", "7", "Welsh (cy)"}}});
  EXPECT_THAT(errors_of(made.folder), IsEmpty());
  EXPECT_EQ(count(made.lines, Weight::lost) + count(made.lines, Weight::changed), 0U)
      << testing::PrintToString(lines_of(made.lines));
  const auto questionnaire = questionnaire_of(made.folder);
  EXPECT_EQ(questionnaire.id, "pets");
  EXPECT_EQ(questionnaire.version, 7);
  EXPECT_THAT(questionnaire.languages, ElementsAre("cy", "en"));
  EXPECT_THAT(questionnaire.welcome, ElementsAre("welcome.hello"));
  EXPECT_TRUE(survey::options_of(questionnaire.items[1])[2].is_exclusive);
  EXPECT_EQ(text(made, "title", "cy"), "Anifeiliaid");
  EXPECT_EQ(text(made, "item.which.help", "cy"), "Dewis bob un.");
  EXPECT_EQ(text(made, "item.which.none"), "None of these");
  EXPECT_THAT(asked(made, {}), ElementsAre("has_pet"));
  EXPECT_THAT(asked(made, {{"has_pet", Choice{"yes"}}}), ElementsAre("has_pet", "which"));
  EXPECT_THAT(asked(made, {{"has_pet", Choice{"yes"}}, {"which", Choices{{"cat", "dog"}}}}),
              ElementsAre("has_pet", "which", "more"));
}

TEST(AForm, WithGroupsIsFlattenedAndTheirConditionsHoldForAllInThem) {
  const auto made = taken({.survey = {{"type", "name", "label", "relevant"},
                                      {"select_one yn", "a", "A?"},
                                      {"begin_group", "g", "", "${a} = 'yes' or ${a} = ''"},
                                      {"select_one yn", "b", "B?"},
                                      {"begin group", "h", "", "${b} = 'no'"},
                                      {"text", "c", "C?", "${a} != ''"},
                                      {"end group"},
                                      {"end_group"},
                                      {"text", "d", "D?"}},
                           .choices = kYesNo});
  EXPECT_THAT(asked(made, {{"a", Choice{"no"}}}), ElementsAre("a", "d"));
  EXPECT_THAT(asked(made, {}), ElementsAre("a", "b", "d"));
  EXPECT_THAT(asked(made, {{"a", Choice{"yes"}}, {"b", Choice{"no"}}}), ElementsAre("a", "b", "c", "d"));
  EXPECT_THAT(asked(made, {{"b", Choice{"no"}}}), ElementsAre("a", "b", "d"));
}

TEST(AForm, WithNamesThatAreNoIdsIsRenamedInItsConditionsToo) {
  const auto made = taken(
      {.survey = {{"type", "name", "label", "relevant"},
                  {"select_one Stars", "Rating.1", "How good?"},
                  {"text", "Why", "Why?", "${Rating.1} <= 2"}},
       .choices = {
           {"list name", "value", "caption"}, {"Stars", "1", "Bad"}, {"Stars", "2", "Fair"}, {"Stars", "3", "Good"}}});
  EXPECT_THAT(errors_of(made.folder), IsEmpty());
  EXPECT_THAT(asked(made, {{"rating_1", Choice{"n2"}}}), ElementsAre("rating_1", "why"));
  EXPECT_THAT(asked(made, {{"rating_1", Choice{"n3"}}}), ElementsAre("rating_1"));
  EXPECT_THAT(asked(made, {}), ElementsAre("rating_1"));
  EXPECT_THAT(lines_of(made.lines), Contains(HasSubstr("survey, row 2, column name: changed: \"Rating.1\" is called")));
}

TEST(AForm, AsksForNumbersThatHaveBoundsAsAScaleAndForOthersInWords) {
  const auto made = taken({.survey = {{"type", "name", "label", "constraint", "relevant", "parameters"},
                                      {"integer", "calm", "How calm?", ". >= 0 and . <= 10"},
                                      {"range", "near", "How near?", "", "", "start=1 end=5 step=1"},
                                      {"integer", "age", "How old?"},
                                      {"text", "why", "Why?", "", "${calm} < 2 and ${age} >= 16"}}});
  const auto questionnaire = questionnaire_of(made.folder);
  EXPECT_EQ(survey::options_of(questionnaire.items[0]).size(), 11U);
  EXPECT_EQ(survey::options_of(questionnaire.items[0])[10].value, 10);
  EXPECT_EQ(survey::options_of(questionnaire.items[1]).size(), 5U);
  EXPECT_TRUE(survey::is_text(questionnaire.items[2]));
  EXPECT_EQ(text(made, "item.calm.n10"), "10");
  EXPECT_THAT(asked(made, {{"calm", Choice{"n1"}}, {"age", Words{"16"}}}), Contains("why"));
  EXPECT_THAT(asked(made, {{"calm", Choice{"n2"}}, {"age", Words{"16"}}}), Not(Contains("why")));
  EXPECT_THAT(asked(made, {{"calm", Choice{"n1"}}, {"age", Words{"9"}}}), Not(Contains("why")));
  EXPECT_THAT(lines_of(made.lines), Contains(HasSubstr("row 4, column type: changed: \"age\": is asked for in words")));
}

TEST(AForm, KeepsANoteWhereItIsSpokenOf) {
  const auto made = taken({.survey = {{"type", "name", "label", "relevant"},
                                      {"select_one yn", "safe", "Are you safe?"},
                                      {"note", "call", "Call 999.", "${safe} = 'no'"},
                                      {"note", "next", "Now something else."},
                                      {"text", "else", "What else?", "${safe} != ''"},
                                      {"note", "bye", "Thank you."}},
                           .choices = kYesNo});
  const auto questionnaire = questionnaire_of(made.folder);
  ASSERT_EQ(questionnaire.items[0].notes.size(), 1U);
  EXPECT_EQ(questionnaire.items[0].notes[0].text, "note.call");
  EXPECT_EQ(questionnaire.items[0].notes[0].when.source(), "${safe} = 'no'");
  ASSERT_EQ(questionnaire.items[1].notes.size(), 2U);
  EXPECT_EQ(questionnaire.items[1].notes[0].text, "note.next");
  EXPECT_TRUE(questionnaire.items[1].notes[0].when.is_always());
  EXPECT_THAT(lines_of(made.lines), Contains(HasSubstr("survey, rows 4 and 6, column type: changed: the note stands")));
}

TEST(WhatAKioskCannotAsk, IsToldOfWithSheetRowColumnAndWhatToDo) {
  const auto made =
      taken({.survey = {{"type", "name", "label", "required", "calculation", "repeat_count", "appearance",
                         "media::image", "default", "body::x", "comments", "choice_filter", "guidance_hint"},
                        {"start", "begun"},
                        {"calculate", "total", "", "", "1 + 1"},
                        {"begin_repeat", "each", "Each child"},
                        {"text", "child", "Name?"},
                        {"end_repeat"},
                        {"geopoint", "where", "Where?"},
                        {"rank yn", "order", "Order?"},
                        {"select_one_from_file towns.csv", "town", "Town?"},
                        {"select_one gone", "lost", "Lost?"},
                        {"nonsense", "what", "What?"},
                        {"select_one yn or_other", "a", "A?", "yes", "", "", "minimal", "a.png", "yes", "1", "ask Jo",
                         "x = 1", "more"}},
             .choices = kYesNo});
  const auto lines = lines_of(made.lines);
  EXPECT_THAT(lines, Contains("survey, row 2, column type: note: start is not kept: a kiosk records no time, person or "
                              "device; nothing needs to be done"));
  for (const auto* line :
       {"row 3, column type: not carried over: \"total\": calculate is worked out",
        "row 3, column calculation: not carried over",
        "rows 4-6, column type: not carried over: asks the same again and again, which no kiosk does: child",
        "row 7, column type: not carried over: \"where\": geopoint records a place",
        "row 8, column type: not carried over: \"order\": rank", "row 9, column type: not carried over: \"town\"",
        "row 10, column type: not carried over: \"lost\": there is no list \"gone\"",
        "row 11, column type: not carried over: \"what\": nonsense is no type",
        "row 12, column type: not carried over: \"a\": or_other adds", "row 12, column required: note",
        "row 12, column appearance: note", "row 12, column media::image: not carried over: is a picture of a question",
        "row 12, column default: not carried over", "row 12, column body::x: not carried over: is no column",
        "row 12, column comments: not carried over", "row 12, column choice_filter: not carried over",
        "row 12, column guidance_hint: not carried over"}) {
    EXPECT_THAT(lines, Contains(HasSubstr(line)));
  }
  EXPECT_THAT(asked(made, {}), ElementsAre("a"));
}

TEST(WhatAKioskCannotFollow, StaysAsItIsAndIsRefusedByTheCheck) {
  const auto made = taken({.survey = {{"type", "name", "label", "relevant"},
                                      {"select_one yn", "a", "A?"},
                                      {"text", "b", "B, ${a}?", "string-length(${a}) > 2"},
                                      {"text", "c", "C?", "${total} = 'yes'"}},
                           .choices = kYesNo});
  EXPECT_THAT(made.folder.definition, HasSubstr("string-length(${a}) > 2"));
  EXPECT_THAT(errors_of(made.folder), Contains(HasSubstr("/items/1/relevant: cannot be read")));
  EXPECT_THAT(errors_of(made.folder), Contains(HasSubstr("/items/2/relevant: names ${total}")));
  EXPECT_THAT(errors_of(made.folder), Contains(HasSubstr("/item.b: names {a}")));
  const auto lines = lines_of(made.lines);
  EXPECT_THAT(lines, Contains(HasSubstr("row 3, column relevant: not carried over: cannot be followed by a kiosk")));
  EXPECT_THAT(lines, Contains(HasSubstr("row 4, column relevant: not carried over: names ${total}")));
  EXPECT_THAT(lines, Contains(HasSubstr("row 3, column label: not carried over: writes an answer into the words")));
}

TEST(Choices, KeepPicturesBaseAndValues) {
  const std::string svg(R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><path d="M8 8h48" fill="none" )"
                        R"(stroke="currentColor"/></svg>)");
  const auto made = taken(
      {.survey = {{"type", "name", "label", "appearance"}, {"select_one l", "joy", "Joy?", "likert"}},
       .choices = {{"list_name", "name", "label", "media::image", "perspective_base", "perspective_value", "filter"},
                   {"l", "much", "Much", "Big_Smile.svg", "", "2", "x"},
                   {"l", "help", "Little", "photo.png", "", "1"},
                   {"l", "rather_not", "Rather not", "gone.svg", "outside", "x"},
                   {"l", "much", "Again"},
                   {"", "stray", "Stray"}}},
      {{"Big_Smile.svg", Bytes(svg.begin(), svg.end())}});
  const auto questionnaire = questionnaire_of(made.folder);
  const auto& options = survey::options_of(questionnaire.items[0]);
  ASSERT_EQ(options.size(), 3U);
  EXPECT_TRUE(std::holds_alternative<survey::Scale>(questionnaire.items[0].kind));
  EXPECT_EQ(options[0].picture, "big-smile");
  EXPECT_EQ(options[0].value, 2);
  EXPECT_EQ(options[1].id, "help_2");  // "item.joy.help" is the hint
  EXPECT_EQ(options[1].picture, "");
  EXPECT_FALSE(options[2].in_base);
  EXPECT_EQ(options[2].picture, "gone");
  EXPECT_EQ(made.folder.pictures.at("big-smile"), svg);
  const auto lines = lines_of(made.lines);
  for (const auto* line : {"row 3, column media::image: not carried over: \"photo.png\" is no SVG",
                           "row 4, column media::image: changed: \"gone.svg\" is not in the folder",
                           "row 4, column perspective_value: not carried over", "row 5, column name: not carried over",
                           "row 6, column list_name: not carried over", "row 2, column filter: not carried over"}) {
    EXPECT_THAT(lines, Contains(HasSubstr(line)));
  }
}

TEST(Languages, WithoutACodeAreToldOfAndNotRead) {
  const auto made = taken({.survey = {{"type", "name", "label::English", "label::Klingon", "hint::Sindarin"},
                                      {"text", "a", "A?", "nuqneH", "x"}}});
  EXPECT_THAT(questionnaire_of(made.folder).languages, ElementsAre("en"));
  EXPECT_THAT(lines_of(made.lines),
              Contains("survey, column label::Klingon: not carried over: names a language without "
                       "its code; write the code in brackets, as in label::English (en)"));
}

TEST(AFormThatIsNone, IsRefusedWithASentence) {
  const auto refused = [](const Sheets& sheets) {
    const auto made = imported(sheets);
    return made ? "taken" : made.error().what;
  };
  EXPECT_THAT(refused({.survey = {}}), HasSubstr("no sheet named survey"));
  EXPECT_THAT(refused({.survey = {{"name", "label"}, {"a", "A"}}}), HasSubstr("no column \"type\""));
  EXPECT_THAT(refused({.survey = {{"type", "name"}, {"text", "a"}}}), HasSubstr("no column \"label\""));
  EXPECT_THAT(refused({.survey = {{"type", "name", "label"}, {"note", "a", "A"}}}), HasSubstr("no question"));
  EXPECT_THAT(refused({.survey = {{"type", "name", "label"}, {"begin_group", "g"}, {"text", "a", "A"}}}),
              HasSubstr("row 2: this group has no end"));
  EXPECT_THAT(refused({.survey = {{"type", "name", "label"}, {"begin_group", "g"}, {"end_repeat"}}}),
              HasSubstr("row 3: ends what was not begun"));
}

TEST(AFormThatIsNone, CannotGrowByNamingOneLongListOften) {
  Grid survey{{"type", "name", "label"}};
  Grid choices{{"list_name", "name", "label"}};
  for (int i = 0; i < 60; ++i) choices.push_back({"l", "o" + std::to_string(i), std::string(4000, 'x')});
  for (int i = 0; i < 100; ++i) survey.push_back({"select_one l", "q" + std::to_string(i), "Q?"});
  const auto made = imported({.survey = survey, .choices = choices});
  ASSERT_FALSE(made);
  EXPECT_THAT(made.error().what, HasSubstr("asks more than a kiosk can"));
  for (int i = 0; i < 10; ++i) choices.push_back({"m" + std::to_string(i % 2), "o" + std::to_string(i), "x"});
  for (int i = 60; i < 70; ++i) choices.push_back({"l", "o" + std::to_string(i), "x"});
  const auto long_list = taken(
      {.survey = {{"type", "name", "label"}, {"select_one l", "a", "A?"}, {"text", "b", "B?"}}, .choices = choices});
  EXPECT_THAT(lines_of(long_list.lines), Contains(HasSubstr("has more than 64 choices")));
}

}  // namespace
}  // namespace perspective::xlsform
