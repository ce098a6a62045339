// Forms rebuilt by hand from what XLSForm's and ODK's documentation describe, a form a chapter: they run, or it is told
// what of them cannot.
#include "unit/xlsform/forms.h"

namespace perspective::xlsform {
namespace {

using survey::Answers;
using survey::Choice;
using survey::Choices;
using survey::Words;

struct Person {
  Answers answers;
  std::vector<std::string> asked;
};

struct Documented {
  std::string chapter;
  Sheets sheets;
  std::vector<Person> people = {};     // how it routes
  std::vector<std::string> told = {};  // each begins a line's words after its place
  bool is_ready = true;                // the check finds no error
};

std::ostream& operator<<(std::ostream& out, const Documented& form) { return out << form.chapter; }

const Grid kPizza{{"list_name", "name", "label"},
                  {"yes_no", "yes", "Yes"},
                  {"yes_no", "no", "No"},
                  {"toppings", "cheese", "Cheese"},
                  {"toppings", "pepperoni", "Pepperoni"},
                  {"toppings", "other", "Something else"}};
const Grid kLikes{{"list_name", "name", "label"},
                  {"likes", "1", "Not at all"},
                  {"likes", "2", "A little"},
                  {"likes", "3", "Very much"}};

std::vector<Documented> of_questions() {
  return {
      {.chapter = "MultipleChoiceWithSkipLogic",
       .sheets = {.survey = {{"type", "name", "label", "relevant"},
                             {"select_one yes_no", "likes_pizza", "Do you like pizza?"},
                             {"select_multiple toppings", "favourite", "Which?", "${likes_pizza} = 'yes'"},
                             {"text", "which_other", "What else?", "selected(${favourite}, 'other')"},
                             {"text", "why_not", "Why not?", "${likes_pizza}='no'"}},
                  .choices = kPizza},
       .people = {{{}, {"likes_pizza"}},
                  {{{"likes_pizza", Choice{"yes"}}, {"favourite", Choices{{"cheese"}}}}, {"likes_pizza", "favourite"}},
                  {{{"likes_pizza", Choice{"yes"}}, {"favourite", Choices{{"cheese", "other"}}}},
                   {"likes_pizza", "favourite", "which_other"}},
                  {{{"likes_pizza", Choice{"no"}}}, {"likes_pizza", "why_not"}}}},
      {.chapter = "SpecifyOther",
       .sheets = {.survey = {{"type", "name", "label"}, {"select_multiple toppings or_other", "best", "Which?"}},
                  .choices = kPizza},
       .people = {{{}, {"best"}}},
       .told = {"not carried over: \"best\": or_other adds"}},
      {.chapter = "ConstraintAndRequired",
       .sheets = {.survey = {{"type", "name", "label", "constraint", "constraint_message", "required"},
                             {"integer", "age", "How old are you?", ". >= 10 and . <= 18", "10 to 18, please", "yes"},
                             {"text", "name_of", "What is it called?", "string-length(.) < 9", "Too long"}}},
       .people = {{{}, {"age", "name_of"}}},
       .told = {"note: is not needed: on a kiosk no other answer can be given", "note: has no meaning on a kiosk",
                "not carried over: refuses some answers", "changed: \"age\": is asked as a row of choices"}},
  };
}

std::vector<Documented> of_routing() {
  return {
      {.chapter = "GroupsAndNestedSkipping",
       .sheets = {.survey = {{"type", "name", "label", "relevant", "appearance"},
                             {"select_one yes_no", "eats", "Do you eat here?"},
                             {"begin group", "meals", "Meals", "${eats} = 'yes'", "field-list"},
                             {"select_one yes_no", "lunch", "Lunch?"},
                             {"begin group", "more", "More", "selected(${lunch}, 'yes')"},
                             {"text", "what", "What do you eat?"},
                             {"end group", "more"},
                             {"end group", "meals"},
                             {"select_one yes_no", "again", "Will you come again?"}},
                  .choices = kPizza},
       .people = {{{}, {"eats", "again"}},
                  {{{"eats", Choice{"yes"}}}, {"eats", "lunch", "again"}},
                  {{{"eats", Choice{"yes"}}, {"lunch", Choice{"yes"}}}, {"eats", "lunch", "what", "again"}},
                  {{{"eats", Choice{"no"}}, {"lunch", Choice{"yes"}}}, {"eats", "again"}}},
       .told = {"not carried over: heads a group", "note: is read for likert alone"}},
      {.chapter = "LikertAndNumberedChoices",
       .sheets = {.survey = {{"type", "name", "label", "relevant", "appearance"},
                             {"select_one likes", "liking", "How much?", "", "likert"},
                             {"text", "why", "Why so much?", "${liking} > 1 and ${liking} != 2"}},
                  .choices = kLikes},
       .people = {{{{"liking", Choice{"n3"}}}, {"liking", "why"}},
                  {{{"liking", Choice{"n2"}}}, {"liking"}},
                  {{}, {"liking"}}},
       .told = {"changed: \"1\" is called \"n1\"", "changed: \"2\" is", "changed: \"3\" is",
                "note: is read for likert alone"}},
      {.chapter = "CountSelected",
       .sheets = {.survey = {{"type", "name", "label", "relevant", "constraint"},
                             {"select_multiple toppings", "two", "Choose two.", "", "count-selected(.) <= 2"},
                             {"text", "both", "Why both?", "count-selected(${two}) = 2"}},
                  .choices = kPizza},
       .people = {{{{"two", Choices{{"cheese", "other"}}}}, {"two", "both"}},
                  {{{"two", Choices{{"cheese"}}}}, {"two"}}},
       .told = {"not carried over: refuses some answers"}},
      {.chapter = "Calculation",
       .sheets = {.survey = {{"type", "name", "label", "calculation", "relevant"},
                             {"range", "amount", "How much?"},
                             {"calculate", "tip", "", "${amount} * 0.18"},
                             {"text", "why", "Why so much?", "", "${tip} > 1"}}},
       .told = {"changed: \"amount\": is asked as a row of choices", "not carried over: is worked out by the form",
                "not carried over: \"tip\": calculate is worked out", "not carried over: names ${tip}"},
       .is_ready = false},
      {.chapter = "AnswersInWords",
       .sheets = {.survey = {{"type", "name", "label"}, {"text", "who", "Who?"}, {"text", "how", "How is ${who}?"}}},
       .told = {"not carried over: writes an answer into the words"},
       .is_ready = false},
  };
}

std::vector<Documented> of_what_no_kiosk_does() {
  return {
      {.chapter = "CascadingSelects",
       .sheets = {.survey = {{"type", "name", "label", "choice_filter"},
                             {"select_one states", "state", "Which state?"},
                             {"select_one towns", "town", "Which town?", "state = ${state}"}},
                  .choices = {{"list_name", "name", "label", "state"},
                              {"states", "texas", "Texas"},
                              {"states", "ohio", "Ohio"},
                              {"towns", "dumont", "Dumont", "texas"},
                              {"towns", "finney", "Finney", "ohio"}}},
       .people = {{{}, {"state", "town"}}},
       .told = {"not carried over: leaves out choices by earlier answers", "not carried over: is no column"}},
      {.chapter = "Repeats",
       .sheets = {.survey = {{"type", "name", "label", "repeat_count"},
                             {"integer", "children", "How many?"},
                             {"begin repeat", "child", "Child", "${children}"},
                             {"text", "called", "Name?"},
                             {"end repeat", "child"}}},
       .people = {{{}, {"children"}}},
       .told = {"not carried over: asks the same again and again, which no kiosk does: called",
                "not carried over: repeats questions", "changed: \"children\": is asked for in words"}},
      {.chapter = "MetadataAndOtherTypes",
       .sheets = {.survey = {{"type", "name", "label"},
                             {"start", "start"},
                             {"today", "today"},
                             {"deviceid", "deviceid"},
                             {"audit", "audit"},
                             {"geopoint", "place", "Where?"},
                             {"image", "photo", "A picture?"},
                             {"date", "day", "When?"},
                             {"barcode", "code", "Code?"},
                             {"acknowledge", "tick", "Tick."},
                             {"text", "say", "What do you want to say?"}}},
       .people = {{{}, {"say"}}},
       .told = {"note: start is not kept", "note: audit is not kept",
                "not carried over: \"place\": geopoint records a place",
                "not carried over: \"photo\": image records a file", "not carried over: \"day\": date asks",
                "not carried over: \"code\": barcode records", "not carried over: \"tick\": acknowledge asks"}},
      {.chapter = "Languages",
       .sheets = {.survey = {{"type", "name", "label::English (en)", "label::Cymraeg (cy)", "hint::Cymraeg (cy)"},
                             {"text", "say", "What do you say?", "Beth yw'r ateb?", "Dim brys."}},
                  .settings = {{"form_title::English (en)", "form_title::Cymraeg (cy)", "form_id", "default_language"},
                               {"Say", "Dweud", "say", "Cymraeg (cy)"}}},
       .people = {{{}, {"say"}}}},
  };
}

std::vector<Documented> documented() {
  std::vector<Documented> all;
  for (const auto& forms : {of_questions(), of_routing(), of_what_no_kiosk_does()}) {
    all.insert(all.end(), forms.begin(), forms.end());
  }
  return all;
}

class DocumentedForm : public testing::TestWithParam<Documented> {};

TEST_P(DocumentedForm, RunsOrTellsWhatOfItCannot) {
  const Documented& form = GetParam();
  const auto made = imported(form.sheets);
  ASSERT_TRUE(made) << made.error().what;
  EXPECT_EQ(errors_of(made->folder).empty(), form.is_ready) << testing::PrintToString(errors_of(made->folder));
  for (const Person& person : form.people) {
    const auto questionnaire = questionnaire_of(made->folder);
    std::vector<std::string> asked;
    for (const auto at : survey::route(questionnaire, person.answers))
      asked.push_back(questionnaire.items[at].variable);
    EXPECT_EQ(asked, person.asked);
  }
  const auto lines = lines_of(made->lines);
  for (const auto& told : form.told) EXPECT_THAT(lines, testing::Contains(testing::HasSubstr(": " + told)));
  for (const auto& line : made->lines) {
    const bool is_expected = std::ranges::any_of(
        form.told, [&](const auto& told) { return to_text(line).find(": " + told) != std::string::npos; });
    EXPECT_TRUE(is_expected || line.sheet == "definition.json" || line.weight == Weight::note) << to_text(line);
  }
}

INSTANTIATE_TEST_SUITE_P(Of, DocumentedForm, testing::ValuesIn(documented()),
                         [](const auto& form) { return form.param.chapter; });

}  // namespace
}  // namespace perspective::xlsform
