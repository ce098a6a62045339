#include "survey/condition.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

namespace perspective::survey {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

bool holds(std::string_view source, const std::map<std::string, std::string>& values) {
  const auto condition = Condition::parse(source);
  EXPECT_TRUE(condition) << condition.error().what;
  return condition->holds([&](std::string_view variable) {
    const auto found = values.find(std::string(variable));
    return found == values.end() ? std::string() : found->second;
  });
}

std::string complaint(std::string_view source) {
  const auto condition = Condition::parse(source);
  return condition ? "" : condition.error().what;
}

TEST(Condition, AnEmptyConditionHoldsAlways) {
  EXPECT_TRUE(Condition().holds([](auto) { return "x"; }));
}

TEST(Condition, ComparesAnAnswerWithAnOption) {
  EXPECT_TRUE(holds("${order} = 'referral'", {{"order", "referral"}}));
  EXPECT_FALSE(holds("${order} = 'referral'", {{"order", "other"}}));
  EXPECT_FALSE(holds("${order} = 'referral'", {}));
}

TEST(Condition, AsksWhetherAnItemWasAnsweredAtAll) {
  EXPECT_TRUE(holds("${life} != ''", {{"life", "same"}}));
  EXPECT_FALSE(holds("${life} != ''", {}));
}

TEST(Condition, BindsAndTighterThanOr) {
  EXPECT_TRUE(holds("${a} = '1' or ${b} = '1' and ${c} = '1'", {{"a", "1"}}));
  EXPECT_FALSE(holds("(${a} = '1' or ${b} = '1') and ${c} = '1'", {{"a", "1"}}));
}

TEST(Condition, NegatesWhatStandsInParentheses) {
  EXPECT_TRUE(holds("not(${a} = '1')", {}));
  EXPECT_FALSE(holds("not (${a} = '1')", {{"a", "1"}}));
}

TEST(Condition, FindsAnOptionAmongSeveralChosen) {
  EXPECT_TRUE(holds("selected(${why}, 'books')", {{"why", "films books"}}));
  EXPECT_FALSE(holds("selected(${why}, 'book')", {{"why", "films books"}}));
}

TEST(Condition, CountsTheOptionsChosen) {
  EXPECT_TRUE(holds("count-selected(${why}) >= 2", {{"why", "films books"}}));
  EXPECT_FALSE(holds("count-selected(${why}) >= 2", {}));
}

TEST(Condition, ComparesNumbersAsNumbersNotAsText) {
  EXPECT_TRUE(holds("${n} > 9", {{"n", "10"}}));
  EXPECT_FALSE(holds("${n} > 9", {{"n", "many"}}));
  EXPECT_TRUE(holds("${n} = 10.0", {{"n", "10"}}));
}

TEST(Condition, KnowsEachSignAtItsEdge) {
  const auto holds_for = [](const std::string& sign) {
    std::string held;
    for (const char* n : {"2", "3", "4"}) held += holds("${n} " + sign + " 3", {{"n", n}}) ? n : "-";
    return held;
  };
  EXPECT_EQ(holds_for("="), "-3-");
  EXPECT_EQ(holds_for("!="), "2-4");
  EXPECT_EQ(holds_for("<"), "2--");
  EXPECT_EQ(holds_for("<="), "23-");
  EXPECT_EQ(holds_for(">"), "--4");
  EXPECT_EQ(holds_for(">="), "-34");
}

TEST(Condition, TellsWhereItStoppedUnderstandingAndWhatItExpected) {
  EXPECT_THAT(complaint("${a} = "), HasSubstr("character 8: expected a variable"));
  EXPECT_THAT(complaint("${a} == '1'"), HasSubstr("character 7"));
  EXPECT_THAT(complaint("(${a} = '1'"), HasSubstr("expected \")\""));
  EXPECT_THAT(complaint("${a} = '1' ${b}"), HasSubstr("\"and\", \"or\" or the end"));
  EXPECT_THAT(complaint("${a} 'x'"), HasSubstr("one of = !="));
  EXPECT_THAT(complaint(""), HasSubstr("character 1"));
  EXPECT_THAT(complaint("${a b} = '1'"), HasSubstr("expected a variable"));
}

TEST(Condition, SaysWhatIsMissingWhereverItBreaksOff) {
  for (const char* broken : {"not ${a} = '1'",
                             "not(${a})",
                             "not(${a} = '1'",
                             "selected",
                             "selected ${a}",
                             "selected()",
                             "selected(${a} 'x')",
                             "selected(${a}, x)",
                             "selected(${a}, 'x'",
                             "count-selected",
                             "count-selected ${a} > 1",
                             "count-selected('a') > 1",
                             "count-selected(${a} > 1",
                             "${a} = ",
                             "${a} = '1' or ",
                             "${a} = '1' and or",
                             "${a = '1'",
                             "${} = '1'",
                             "${a b} = '1'",
                             "${a} = 'open",
                             "${a} = \"open",
                             "${a} = -",
                             "nota = '1'",
                             "selectedly(${a}, 'x')"}) {
    EXPECT_THAT(complaint(broken), HasSubstr("expected")) << broken;
  }
}

TEST(Condition, TakesEitherQuotationMarkNegativeNumbersAndNamesWithHyphens) {
  EXPECT_TRUE(holds("${a-b_c} = \"it's\"", {{"a-b_c", "it's"}}));
  EXPECT_TRUE(holds("${a} > -2", {{"a", "-1.5"}}));
  EXPECT_FALSE(holds("${a} > -1", {{"a", "-1.5"}}));
}

TEST(Condition, IsFalseWhereNumbersAreAskedForAndOneSideIsNone) {
  for (const char* sign : {"<", "<=", ">", ">="}) {
    EXPECT_FALSE(holds("${a} " + std::string(sign) + " 1", {{"a", "1x"}})) << sign;
    EXPECT_FALSE(holds("1 " + std::string(sign) + " ${a}", {{"a", "few"}})) << sign;
  }
}

TEST(Condition, RefusesParenthesesWithoutEnd) {
  EXPECT_THAT(complaint(std::string(100000, '(')), HasSubstr("fewer parentheses"));
}

TEST(Condition, NamesItsVariablesAndWhatTheyAreHeldAgainst) {
  const auto condition = Condition::parse("${a} = 'x' or selected(${b}, 'y') or not('z' = ${a}) or ${a} != ''");
  ASSERT_TRUE(condition);
  EXPECT_THAT(condition->variables(), ElementsAre("a", "b"));
  EXPECT_EQ(condition->mentions().size(), 4U);
}

}  // namespace
}  // namespace perspective::survey
