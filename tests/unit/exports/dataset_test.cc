#include "exports/dataset.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "support/reference_case.h"

namespace perspective::exports {
namespace {

using reference_case::unwrapped;

namespace rc = reference_case;

tally::Columns columns_of(const survey::Questionnaire& questionnaire) {
  tally::Columns columns(questionnaire);
  for (const auto& submission : rc::submissions(questionnaire, rc::kResponses)) {
    if (auto appended = columns.append(submission); !appended) throw std::runtime_error(appended.error().what);
  }
  return columns;
}

text::Catalogue words_of(const std::string& id, const std::string& language = "en") {
  return rc::phrases(language).with(rc::catalogue_in("assets/questionnaires/" + id + "/texts", language));
}

struct TheReferenceCase : testing::Test {
  const survey::Questionnaire questionnaire = rc::questionnaire("children-and-young-people");
  const tally::Columns columns = columns_of(questionnaire);
  const tally::Tally tally = tally::tally_of(columns);
  const Dataset data = unwrapped(dataset_of(columns, words_of(questionnaire.id)));

  const Variable& variable(const std::string& name) const {
    return *std::ranges::find(data.variables, name, &Variable::name);
  }
};

std::map<int, std::int64_t> counts_of(const Variable& variable) {
  std::map<int, std::int64_t> counts;
  for (const int code : variable.cases) ++counts[code];
  return counts;
}

TEST_F(TheReferenceCase, HasEachItemsCountsAsTheTallyHasThem) {
  EXPECT_EQ(data.cases, static_cast<std::size_t>(tally.respondents));
  std::size_t compared = 0;
  for (const auto& item : tally.items) {
    if (item.kind != "single_choice" && item.kind != "scale") continue;
    const auto& exported = variable(item.variable);
    auto counts = counts_of(exported);
    EXPECT_EQ(counts[kSkipped], item.skipped) << item.variable;
    EXPECT_EQ(counts[kNotAsked], item.not_asked) << item.variable;
    EXPECT_EQ(counts[kNotReached], item.not_reached) << item.variable;
    for (std::size_t i = 0; i < item.options.size(); ++i) {
      const auto words = words_of(questionnaire.id).say("item." + item.variable + "." + item.options[i].option);
      const auto label = std::ranges::find(exported.labels, words, &ValueLabel::label);
      ASSERT_NE(label, exported.labels.end()) << item.variable << " " << words;
      EXPECT_EQ(counts[label->code], item.options[i].count) << item.variable << " " << words;
      EXPECT_EQ(label->is_missing(), !item.options[i].in_base) << item.variable << " " << words;
    }
    ++compared;
  }
  EXPECT_GT(compared, 10U);
}

TEST_F(TheReferenceCase, HasNoCodeWithoutALabelAndNoLabelTwice) {
  for (const auto& exported : data.variables) {
    std::set<int> codes;
    for (const auto& label : exported.labels) EXPECT_TRUE(codes.insert(label.code).second) << exported.name;
    for (const int code : exported.cases) EXPECT_TRUE(codes.contains(code)) << exported.name << " " << code;
    EXPECT_FALSE(exported.question.empty());
  }
}

TEST_F(TheReferenceCase, HasNoWordsOfARespondent) {
  for (const auto& item : questionnaire.items) {
    if (!survey::is_text(item)) continue;
    for (const int code : variable(item.variable).cases) EXPECT_LE(code, 1) << item.variable;
  }
}

// 21 cases are in the same order again once in 5 * 10^19 times.
TEST_F(TheReferenceCase, HasItsCasesInAnotherOrderEachTimeAndEachCaseWhole) {
  const auto rows_of = [](const Dataset& of) {
    std::vector<std::vector<int>> rows(of.cases);
    for (const auto& exported : of.variables) {
      for (std::size_t row = 0; row < of.cases; ++row) rows[row].push_back(exported.cases[row]);
    }
    return rows;
  };
  auto once = rows_of(data);
  auto again = rows_of(unwrapped(dataset_of(columns, words_of(questionnaire.id))));
  EXPECT_NE(once, again);
  std::ranges::sort(once);
  std::ranges::sort(again);
  EXPECT_EQ(once, again);
}

TEST_F(TheReferenceCase, IsLabelledInWelshToo) {
  const auto welsh = unwrapped(dataset_of(columns, words_of(questionnaire.id, "cy")));
  EXPECT_EQ(welsh.language, "cy");
  EXPECT_NE(welsh.variables.front().question, data.variables.front().question);
}

constexpr auto* kQuestionnaire = R"({"format": 1, "id": "trial", "version": 3, "languages": ["en"], "items": [
  {"type": "multiple_choice", "variable": "which", "options": [{"id": "a"}, {"id": "b"},
    {"id": "none", "exclusive": true, "base": "outside"}]},
  {"type": "single_choice", "variable": "which_a", "options": [{"id": "yes"}, {"id": "no"}]},
  {"type": "scale", "variable": "how", "options": [{"id": "well", "value": 10}, {"id": "badly", "value": 0},
    {"id": "does_not_matter", "base": "outside"}]}], "findings": []})";

constexpr auto* kWords = R"({"title": "A trial", "item.which": "Which?", "item.which.a": "A", "item.which.b": "B",
  "item.which.none": "None", "item.which_a": "And A?", "item.which_a.yes": "Yes", "item.which_a.no": "No",
  "item.how": "How?", "item.how.well": "Well", "item.how.badly": "Badly", "item.how.does_not_matter": "No matter"})";

struct ADataset : testing::Test {
  const survey::Questionnaire questionnaire = unwrapped(survey::Questionnaire::parse(kQuestionnaire));
  tally::Columns columns{questionnaire};

  void answer(survey::Answers answers) {
    auto submission = rc::submission_of(questionnaire, std::move(answers));
    if (auto appended = columns.append(submission); !appended) throw std::runtime_error(appended.error().what);
  }
  Dataset data() {
    return unwrapped(dataset_of(columns, rc::phrases().with(unwrapped(text::Catalogue::parse(kWords, "en")))));
  }
};

TEST_F(ADataset, HasOneVariableForEachOptionOfAChoiceOfSeveral) {
  answer({{"which", survey::Choices{{"a", "b"}}}});
  const auto made = data();
  ASSERT_EQ(made.variables.size(), 4U);
  EXPECT_EQ(made.variables[0].name, "which_a");
  EXPECT_EQ(made.variables[1].name, "which_b");
  EXPECT_EQ(made.variables[0].label(), "Which? A");
  EXPECT_EQ(made.variables[0].cases, std::vector<std::int16_t>{1});
  EXPECT_EQ(made.variables[2].cases, std::vector<std::int16_t>{kSkipped});
}

TEST_F(ADataset, GivesNoTwoVariablesTheSameName) {
  const auto made = data();
  EXPECT_EQ(made.variables[2].name, "which_a_2");
}

TEST_F(ADataset, SaysInEachPartThatOnlyAnOptionOutsideTheBaseWasChosen) {
  answer({{"which", survey::Choices{{"none"}}}});
  const auto made = data();
  EXPECT_EQ(made.variables[0].cases, std::vector<std::int16_t>{kFirstOutside});
  EXPECT_EQ(made.variables[1].cases, std::vector<std::int16_t>{kFirstOutside});
}

TEST_F(ADataset, GivesAScaleTheWorthOfItsOptions) {
  answer({{"how", survey::Choice{"badly"}}});
  const auto made = data();
  const auto& how = made.variables[3];
  EXPECT_EQ(how.measure, Measure::ordinal);
  EXPECT_EQ(how.cases, std::vector<std::int16_t>{0});
  EXPECT_EQ(how.labels.back().code, 10);
  EXPECT_EQ(how.labels.back().label, "Well");
}

TEST(AScaleOfAnyWorth, IsNumberedWhereItsWorthsWouldNotFit) {
  const auto questionnaire = unwrapped(survey::Questionnaire::parse(R"({"format": 1, "id": "trial", "version": 1,
    "languages": ["en"], "items": [{"type": "scale", "variable": "all", "options": [{"id": "poor", "value": 50000},
    {"id": "rich", "value": 70000}]}], "findings": []})"));
  tally::Columns columns(questionnaire);
  ASSERT_TRUE(columns.append(rc::submission_of(questionnaire, {{"all", survey::Choice{"rich"}}})));
  const auto words = unwrapped(text::Catalogue::parse(
      R"({"title": "T", "item.all": "All?", "item.all.poor": "Poor", "item.all.rich": "Rich"})", "en"));
  const auto made = unwrapped(dataset_of(columns, rc::phrases().with(words)));
  EXPECT_EQ(made.variables[0].name, "all_2");  // a word of SPSS
  EXPECT_EQ(made.variables[0].cases, std::vector<std::int16_t>{2});
  EXPECT_EQ(made.variables[0].labels.back().label, "Rich");
}

TEST_F(ADataset, IsNotMadeWhereAWordIsMissing) {
  const auto made = dataset_of(columns, rc::phrases());
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace perspective::exports
