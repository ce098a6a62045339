// A questionnaire unlike both of ours: tally and section come from its definition alone.
#include <gtest/gtest.h>

#include "draft_of.h"
#include "golden.h"

namespace perspective::report {
namespace {

namespace rc = reference_case;

constexpr auto* kFolder = "tests/fixtures/library-readers";
constexpr auto* kResponses = "tests/fixtures/library-readers/responses.json";

DraftOf library() {
  DraftOf draft("Long Riston");
  draft.draft().inspection = "library";
  draft.add_responses(kFolder, kResponses);
  return draft;
}

class LibraryReaders : public testing::Test {
 protected:
  const boost::json::value expected_ = rc::read_json(std::string(kFolder) + "/expected.json");
  const survey::Questionnaire questionnaire_ = rc::questionnaire_in(kFolder);
  const tally::Tally tally_ = rc::tally_of(questionnaire_, rc::submissions(questionnaire_, kResponses));
};

TEST_F(LibraryReaders, HaveTheFindingsThatAnIndependentScriptWorkedOut) {
  const auto& findings = expected_.at("findings").as_object();
  ASSERT_EQ(findings.size(), questionnaire_.findings.size());
  for (const auto& finding : tally_.findings) {
    const auto& wanted = findings.at(finding.id);
    EXPECT_EQ(finding.count, wanted.at("count").as_int64()) << finding.id;
    EXPECT_EQ(finding.base, wanted.at("base").as_int64()) << finding.id;
    EXPECT_EQ(finding.missing, wanted.at("missing").as_int64()) << finding.id;
    EXPECT_EQ(tally::whole_percent(finding.count, finding.base), wanted.at("percent").as_int64()) << finding.id;
  }
}

TEST_F(LibraryReaders, HaveTheItemCountsThatAnIndependentScriptWorkedOut) {
  const auto& items = expected_.at("items").as_object();
  ASSERT_EQ(items.size(), questionnaire_.items.size());
  EXPECT_EQ(tally_.respondents, expected_.at("respondents").as_int64());
  for (const auto& item : tally_.items) {
    const auto& wanted = items.at(item.variable).as_object();
    EXPECT_EQ(item.base, wanted.at("base").as_int64()) << item.variable;
    EXPECT_EQ(item.outside, wanted.at("outside").as_int64()) << item.variable;
    EXPECT_EQ(item.skipped, wanted.at("skipped").as_int64()) << item.variable;
    EXPECT_EQ(item.not_asked, wanted.at("not_asked").as_int64()) << item.variable;
    for (const auto& option : item.options)
      EXPECT_EQ(option.count, wanted.at("options").at(option.option).as_int64()) << item.variable << option.option;
  }
}

TEST_F(LibraryReaders, HaveAMeanOfTheScaleAlone) {
  const auto& mean = expected_.at("items").at("how_often").at("mean");
  EXPECT_DOUBLE_EQ(*tally_.item("how_often")->mean,
                   static_cast<double>(mean.at("sum").as_int64()) / static_cast<double>(mean.at("of").as_int64()));
  EXPECT_FALSE(tally_.item("comes_for")->mean);
}

TEST_F(LibraryReaders, AreQuotedWithTheirConsentOnly) {
  auto draft = library();
  std::vector<std::string> quoted;
  for (const auto& quotation : draft.draft().quotations) quoted.push_back(quotation.printed);
  std::ranges::sort(quoted);
  std::vector<std::string> wanted;
  for (const auto& words : expected_.at("may_be_quoted").as_array()) wanted.emplace_back(words.as_string());
  EXPECT_EQ(quoted, wanted);
}

TEST_F(LibraryReaders, HaveASectionInTheirOwnWords) {
  expect_golden("library-readers.full.en.txt", library().section());
}

TEST_F(LibraryReaders, HaveASectionWithTheOtherwiseWordsWhereNobodySaid) {
  DraftOf draft("Long Riston");
  draft.add(kFolder, {survey::Answers{{"comes_for", survey::Choices{{"borrowing", "newspapers"}}}}});
  const auto section = draft.section();
  EXPECT_NE(section.find("No one told us whether the computer had worked."), std::string::npos);
  EXPECT_NE(section.find("No wish was chosen for this section."), std::string::npos);
  EXPECT_EQ(section.find("a loan about the right length"), std::string::npos);
}

}  // namespace
}  // namespace perspective::report
