// A release as tables: nothing more than it says, and nothing less.
#include "documents/release_tables.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "support/reference_case.h"

namespace perspective::documents {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

namespace rc = reference_case;
using release::Says;
using release::Whom;

class TablesOf {
 public:
  explicit TablesOf(const std::string& language = "en")
      : questionnaire_(rc::questionnaire("victims")), phrases_(rc::phrases(language)) {
    const std::string folder = "assets/questionnaires/victims";
    words_ = {
        {&questionnaire_, rc::section_words_in(folder, language).with(rc::catalogue_in(folder + "/texts", language))}};
  }
  release::Release& release() { return release_; }
  Result<ReleaseTables> tables() const { return release_tables(release_, "Croydon", words_, phrases_); }
  ReleaseTables unwrapped() const { return rc::unwrapped(tables()); }
  const text::Catalogue& phrases() const { return phrases_; }

 private:
  survey::Questionnaire questionnaire_;
  text::Catalogue phrases_;
  std::vector<Words> words_;
  release::Release release_{.inspection = "croydon-2012",
                            .parts = {{.questionnaire = "victims",
                                       .version = 1,
                                       .respondents = 5,
                                       .statements = {{"satisfied", Says::more_than_half, Whom::everyone, {}, 5},
                                                      {"services_explained", Says::nothing, Whom::nobody, {}, {}},
                                                      {"safety_considered", Says::exactly, Whom::these, 6, 11}},
                                       .stated_more = {{"services_explained", 4, 5}}}}};
};

TEST(ReleaseTables, SayWhatTheReleaseSays) {
  const auto rows = TablesOf().unwrapped().parts.at(0).rows;
  ASSERT_EQ(rows.size(), 4U);
  EXPECT_EQ(rows[0].on, "Satisfaction");
  EXPECT_EQ(rows[0].words, "More than half of the five");
  EXPECT_EQ(rows[0].count, std::nullopt);
  EXPECT_EQ(rows[0].of, 5);
  EXPECT_EQ(rows[3].words, "Six of these 11");
  EXPECT_EQ(rows[3].hangs_on, "needs_considered");
  EXPECT_EQ(rows[3].relation, "within");
}

TEST(ReleaseTables, NameTheQuestionnaireAsItsPeopleReadIt) {
  for (const auto& [language, title] : {std::pair("en", "“Questions for victims of crime”, version 1"),
                                        std::pair("cy", "“Cwestiynau i ddioddefwyr trosedd”, fersiwn 1")}) {
    const TablesOf made(language);
    const auto workbook = rc::unwrapped(release_workbook(made.unwrapped(), made.phrases()));
    std::string about;
    for (const auto& row : workbook.sheets.at(0).rows) about += std::get<std::string>(row.at(1)) + "\n";
    EXPECT_THAT(about, HasSubstr(title));
  }
}

TEST(ReleaseTables, HaveARowWithoutAReasonWhereNothingIsSaid) {
  const TablesOf made;
  const auto workbook = rc::unwrapped(release_workbook(made.unwrapped(), made.phrases()));
  const auto& row = workbook.sheets.at(1).rows.at(1);
  EXPECT_EQ(std::get<std::string>(row[5]), "Nothing is said");
  EXPECT_EQ(row[6], Cell());
  EXPECT_EQ(row[7], Cell());
}

TEST(ReleaseTables, HaveWhatInspectorsStateBelowIt) {
  const auto row = TablesOf().unwrapped().parts.at(0).rows.at(2);
  EXPECT_EQ(row.finding, "services_explained");
  EXPECT_EQ(row.words, "Four of the five");
  EXPECT_EQ(row.whom, "stated_more");
}

TEST(ReleaseTables, SayWhomTheNumbersAreSetAgainstAndOnlyThen) {
  TablesOf made;
  EXPECT_THAT(made.unwrapped().notes.at(0), HasSubstr("unless it says otherwise"));
  auto& part = made.release().parts[0];
  part.statements[2] = {"safety_considered", Says::nothing, Whom::nobody, {}, {}};
  part.stated_more.clear();
  EXPECT_THAT(made.unwrapped().notes.at(0), HasSubstr("figures are set against everyone who took part"));
}

TEST(ReleaseTables, AreNotMadeOfAFindingThatNobodyAskedAbout) {
  TablesOf made;
  made.release().parts[0].statements[0].finding = "elsewhere";
  EXPECT_THAT(made.tables().error().what, HasSubstr("'elsewhere'"));
  made.release().parts[0].questionnaire = "another";
  EXPECT_THAT(made.tables().error().what, HasSubstr("no words for the questionnaire 'another'"));
}

TEST(ReleaseCsv, HasNoCellThatASpreadsheetTakesForAFormula) {
  TablesOf made;
  auto tables = made.unwrapped();
  tables.parts[0].rows[0].on = "=1+1";
  tables.parts[0].rows[0].question = "-2,\"x\"";
  const auto csv = release_csv(tables);
  EXPECT_THAT(csv, HasSubstr(",'=1+1,\"'-2,\"\"x\"\"\","));
  EXPECT_THAT(csv, EndsWith(",6,11,Six of these 11\r\n"));
}

TEST(ReleaseCodebook, ExplainsEveryNameThatAReleaseCanHave) {
  const auto codebook = rc::unwrapped(release_codebook(TablesOf().phrases()));
  for (int says = 0; says <= static_cast<int>(Says::more_than_half_did_not); ++says)
    EXPECT_THAT(codebook, HasSubstr("\r\nsays," + std::string(to_text(static_cast<Says>(says))) + ","));
  for (int whom = 0; whom <= static_cast<int>(Whom::parents_base); ++whom)
    EXPECT_THAT(codebook, HasSubstr("\r\nwhom," + std::string(to_text(static_cast<Whom>(whom))) + ","));
}

TEST(ReleaseJson, HasTheFrozenReleaseAsItIs) {
  TablesOf made("cy");
  const auto value = boost::json::parse(release_json(made.unwrapped(), "cy"));
  EXPECT_EQ(boost::json::serialize(value.at("release")), release::to_json(made.release()));
  EXPECT_TRUE(value.at("is_draft").as_bool());
  const auto& finding = value.at("questionnaires").at(0).at("findings").at(0);
  EXPECT_EQ(finding.at("said").as_string(), "Mwy na hanner y pump");
}

}  // namespace
}  // namespace perspective::documents
