#include <regex>

#include "base/file.h"
#include "token/token.h"
#include "unit/inspection/collector.h"

namespace perspective::inspection {
namespace {

using testing::HasSubstr;

std::vector<std::string> tokens_on(const std::string& sheet) {
  const std::regex token("        ([0-9A-Z]{4} [0-9A-Z]{4} [0-9A-Z]{4})\n");
  std::vector<std::string> tokens;
  for (std::sregex_iterator found(sheet.begin(), sheet.end(), token), end; found != end; ++found) {
    tokens.push_back((*found)[1]);
  }
  return tokens;
}

class TokensOfAnInspection : public Collector {
 protected:
  store::Digest mark(const std::string& token) {
    return protocol::mark_of(*protocol::prove(*token::read(token), *package().tokens));
  }
};

TEST_F(TokensOfAnInspection, AreAskedForUnlessAnInspectorSaysWhyNot) {
  create();
  ASSERT_TRUE(package().tokens);
  EXPECT_TRUE(package().tokens->marks.empty());
  EXPECT_TRUE(inspections_->tokens("lewes")->are_asked_for);

  auto trial = new_inspection("trial");
  trial.why_no_tokens = "nobody but us was there";
  ASSERT_TRUE(inspections_->create(trial));
  EXPECT_FALSE(package("trial").tokens);
  EXPECT_FALSE(inspections_->tokens("trial")->are_asked_for);
  EXPECT_EQ(inspections_->tokens("trial")->why_none, "nobody but us was there");
  EXPECT_EQ(inspections_->issue_tokens("trial", 1).error().code, ErrorCode::conflict);
}

// With one salt for all, whoever tries tokens tries them for each inspection at once, and for the four words too.
TEST_F(TokensOfAnInspection, HaveASaltThatNothingElseHas) {
  create();
  create("hove");
  const auto salt = package().tokens->salt;
  EXPECT_GE(salt.size(), 16U);
  EXPECT_NE(salt, package("hove").tokens->salt);
  EXPECT_NE(salt, package().salt);
  EXPECT_NE(package().salt, package("hove").salt);
}

TEST_F(TokensOfAnInspection, StandOnTheSheetAndAreCheckedByThePackageAlone) {
  create();
  const auto sheet = inspections_->issue_tokens("lewes", 3);
  ASSERT_TRUE(sheet) << sheet.error().what;
  const auto tokens = tokens_on(*sheet);
  ASSERT_EQ(tokens.size(), 3U);
  EXPECT_EQ(package().version, 2);
  ASSERT_EQ(package().tokens->marks.size(), 3U);
  for (const auto& token : tokens) EXPECT_TRUE(protocol::is_issued(mark(token), *package().tokens)) << token;
  EXPECT_FALSE(protocol::is_issued(mark(token::draw()), *package().tokens));
}

TEST_F(TokensOfAnInspection, AreAddedToThoseThatWereIssuedBefore) {
  create();
  const auto first = tokens_on(*inspections_->issue_tokens("lewes", 2));
  restart();
  const auto second = tokens_on(*inspections_->issue_tokens("lewes", 2));
  EXPECT_EQ(package().version, 3);
  EXPECT_EQ(package().tokens->marks.size(), 4U);
  for (const auto& token : {first[0], first[1], second[0], second[1]}) {
    EXPECT_TRUE(protocol::is_issued(mark(token), *package().tokens)) << token;
  }
  ASSERT_TRUE(inspections_->end_fieldwork("lewes"));
  EXPECT_EQ(package().tokens->marks.size(), 4U) << "they are forgotten with the end of fieldwork";
}

TEST_F(TokensOfAnInspection, LeaveNoTraceInTheStoreButTheirMarks) {
  create();
  const auto tokens = tokens_on(*inspections_->issue_tokens("lewes", 2));
  const auto proof = *protocol::prove(*token::read(tokens[0]), *package().tokens);
  stop();
  const auto file = *read_text(folder_ / "collector.sqlite");
  for (const auto& token : tokens) {
    EXPECT_EQ(file.find(*token::read(token)), std::string::npos);
    EXPECT_EQ(file.find(token), std::string::npos);
  }
  EXPECT_EQ(file.find(as_text(proof)), std::string::npos);
  EXPECT_NE(file.find(as_text(protocol::mark_of(proof))), std::string::npos);
  start();
}

TEST_F(TokensOfAnInspection, AreNotIssuedOnceFieldworkHasEndedNorTooManyAtOnce) {
  create();
  EXPECT_EQ(inspections_->issue_tokens("lewes", 0).error().code, ErrorCode::invalid);
  EXPECT_EQ(inspections_->issue_tokens("lewes", Inspections::kMaxTokensAtOnce + 1).error().code, ErrorCode::invalid);
  EXPECT_EQ(inspections_->issue_tokens("nowhere", 1).error().code, ErrorCode::not_found);
  ASSERT_TRUE(inspections_->end_fieldwork("lewes"));
  EXPECT_EQ(inspections_->issue_tokens("lewes", 1).error().code, ErrorCode::conflict);
  EXPECT_EQ(inspections_->tokens("lewes")->counts.issued, 0);
}

TEST_F(TokensOfAnInspection, AreIssuedOrUnusedOrSpentAndWhatIsOddIsCounted) {
  create();
  const auto tokens = tokens_on(*inspections_->issue_tokens("lewes", 3));
  ASSERT_TRUE(store_->spend_tokens("lewes", "kiosk-a", {mark(tokens[0])}));
  ASSERT_TRUE(store_->spend_tokens("lewes", "kiosk-b", {mark(tokens[0]), store::Digest{7}}));
  const auto counts = inspections_->tokens("lewes")->counts;
  EXPECT_EQ(counts, (store::TokenCounts{.issued = 3, .spent = 1, .spent_twice = 1, .never_issued = 1}));
  EXPECT_EQ(counts.unused(), 2);
}

TEST_F(TokensOfAnInspection, StandOnSlipsInEachOfItsLanguages) {
  auto bilingual = new_inspection("lewes");
  bilingual.languages = {"cy", "en"};
  bilingual.questionnaires = {{kReaders,
                               {{"en", kReadersTexts}, {"cy", kReadersTextsInWelsh}},
                               {{"en", kReadersSection}, {"cy", kReadersSectionInWelsh}}}};
  ASSERT_TRUE(inspections_->create(bilingual));
  const auto sheet = *inspections_->issue_tokens("lewes", 1);
  const auto welsh = sheet.find("arolwg yr arolygwyr");
  ASSERT_NE(welsh, std::string::npos);
  const auto english = sheet.find("survey");
  ASSERT_NE(english, std::string::npos);
  EXPECT_GT(english, welsh);
  EXPECT_THAT(sheet, HasSubstr("Lewes"));
}

TEST_F(TokensOfAnInspection, ThatHasNoneAreMissedAtTheHeadOfTheTally) {
  auto trial = new_inspection("lewes");
  trial.why_no_tokens = "nobody but us was there";
  ASSERT_TRUE(inspections_->create(trial));
  is_swap_allowed_ = true;
  restart();
  ASSERT_TRUE(inspections_->unlock("lewes", secret(kPassphrase)));
  EXPECT_THAT(*inspections_->tally_text("lewes", "en"), HasSubstr("nobody but us was there"));
}

}  // namespace
}  // namespace perspective::inspection
