#include "report/statement_phrase.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "release/rules.h"
#include "support/reference_case.h"

namespace perspective::report {
namespace {

using release::Statement;

std::string said(const Statement& statement, Place place = Place::middle, const std::string& language = "en") {
  return reference_case::unwrapped(phrase(statement, place, reference_case::phrases(language)));
}

TEST(StatementPhrase, SaysACountWithItsBase) {
  EXPECT_EQ(said(release::said_of_base(21, 15, 21, false), Place::start), "Fifteen of the 21");
  EXPECT_EQ(said(release::said_of_base(21, 15, 21, false)), "15 of the 21");
}

TEST(StatementPhrase, SaysBands) {
  EXPECT_EQ(said(release::said_of_base(21, 15, 17, false), Place::start), "Thirteen or more of the 17");
  EXPECT_EQ(said(release::said_of_base(21, 3, 16, false)), "four or fewer of the 16");
  EXPECT_EQ(said(release::said_of_base(20, 14, 18, true)), "all but six at most");
  EXPECT_EQ(said(release::said_of_base(20, 4, 7, false)), "more than half");
}

TEST(StatementPhrase, SaysHowFarABandMayGo) {
  EXPECT_EQ(said(release::said_of_base(10, 6, 10, false)), "six or more of the 10") << "which are not nearly all";
  EXPECT_EQ(said(release::said_of_base(21, 15, 17, false)), "13 or more of the 17");
  EXPECT_EQ(said(release::said_of_base(12, 2, 10, false), Place::start), "Four or fewer of the 10");
  EXPECT_EQ(said(release::said_of_printed(12, 9, release::Whom::these)), "eight or more of these 12");
  EXPECT_EQ(said(release::said_of_routed(20, 11, 13)), "all but four at most") << "of how many is not printed";
  EXPECT_EQ(said(release::said_of_routed(20, 2, 13)), "four or fewer");
}

TEST(StatementPhrase, SaysAGroupOfFiveToNineAsAWhole) {
  EXPECT_EQ(said(release::said_of_all(5, 4, 5, true), Place::start), "More than half of the five");
  EXPECT_EQ(said(release::said_of_all(5, 1, 5, true)), "more than half of the five did not say so");
}

TEST(StatementPhrase, SaysOfTheseOnlyWhereTheyArePrinted) {
  EXPECT_EQ(said(release::said_of_printed(12, 6, release::Whom::these)), "six of these 12");
  EXPECT_EQ(said(release::said_of_printed(17, 7, release::Whom::parents_base), Place::start), "Seven of the 17");
}

TEST(StatementPhrase, SaysNothingWhereTheReleaseDoes) { EXPECT_EQ(said({}), ""); }

TEST(StatementPhrase, SaysItInWelshInItsOwnGrammar) {
  EXPECT_EQ(said(release::said_of_base(21, 15, 17, false), Place::start, "cy"), "Un deg tri neu fwy o'r 17");
  EXPECT_EQ(said(release::said_of_all(5, 4, 5, true), Place::middle, "cy"), "mwy na hanner y pump");
}

// Whatever the rules can say of up to 25 people: one statement of each form.
std::vector<Statement> every_form() {
  std::map<std::string, Statement> forms;
  const auto add = [&](const Statement& statement) {
    forms[std::string(to_text(statement.says)) + std::string(to_text(statement.whom)) + (statement.of ? "of" : "")] =
        statement;
  };
  for (const std::int64_t n : {5, 9, 12, 25})
    for (std::int64_t b = 0; b <= n; ++b)
      for (std::int64_t c = 0; c <= b; ++c) {
        for (const bool flag : {false, true}) {
          add(release::said_of_all(n, c, b, flag));
          add(release::said_of_base(n, c, b, flag));
        }
        add(release::said_of_routed(n, c, b));
        add(release::said_of_printed(n, c, release::Whom::these));
        if (n >= 10) add(release::said_of_printed(n, c, release::Whom::parents_base));
        add(release::said_of_nearly_everyone(n, c));
        add(release::said_of_both(n, std::nullopt, c));
        add(release::said_of_both(n, n, c));
      }
  std::vector<Statement> all;
  for (const auto& [form, statement] : forms) all.push_back(statement);
  return all;
}

TEST(StatementPhrase, HasWordsForEveryStatementInBothLanguages) {
  const auto forms = every_form();
  EXPECT_EQ(forms.size(), 23U);
  for (const auto& statement : forms)
    for (const std::string language : {"en", "cy"})
      EXPECT_EQ(said(statement, Place::middle, language).empty(), !release::says_something(statement));
}

TEST(StatementPhrase, NotesSayWhatFiguresDoNot) {
  for (const std::string language : {"en", "cy"})
    for (const auto* key : {"report.release.note.everyone", "report.release.note.edges"})
      EXPECT_NE(reference_case::unwrapped(reference_case::phrases(language).format(key)), "") << key;
}

}  // namespace
}  // namespace perspective::report
