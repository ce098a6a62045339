// What becomes of a form's expressions.
#include "xlsform/expression.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "text/catalogue.h"
#include "xlsform/words.h"

namespace perspective::xlsform {
namespace {

using testing::ElementsAre;
using testing::Optional;

class Renaming : public testing::Test {
 protected:
  std::string of(std::string_view expression) const { return renamed(expression, renames_); }

  const Renames renames_{{"Pet", {"pet", true, false, {{"Yes", "yes"}, {"no", "no"}}}},
                         {"stars", {"stars", true, false, {{"1", "n1"}, {"2", "n2"}, {"3", "n3"}}}},
                         {"which", {"which", true, true, {{"a cat", "a_cat"}, {"Dog", "dog"}, {"none", "none"}}}},
                         {"age", {"age", false, false, {}}}};
};

TEST_F(Renaming, LeavesWhatFitsByteForByte) {
  for (const auto* expression : {"${age}>=16", "${which} != ''", "${age} != \"\" and  not(${age} = '3')", "", "1 = 1",
                                 "${unknown} = 'x'", "count-selected(${which}) >= 2", "${stars}"}) {
    EXPECT_EQ(of(expression), expression);
  }
}

TEST_F(Renaming, FollowsQuestionsAndChoices) {
  EXPECT_EQ(of("${Pet} = 'Yes' and ${Pet}!='no'"), "${pet} = 'yes' and ${pet} != 'no'");
  EXPECT_EQ(of("'Yes' = ${Pet}"), "${pet} = 'yes'");
  EXPECT_EQ(of("selected(${which}, 'Dog')"), "selected(${which}, 'dog')");
  EXPECT_EQ(of("${which} = 'Dog none'"), "${which} = 'dog none'");
  EXPECT_EQ(of("${Pet} != ''"), "${pet} != ''");
}

TEST_F(Renaming, TurnsNumbersIntoTheChoicesThatTheyMean) {
  EXPECT_EQ(of("${stars} = 2"), "${stars} = 'n2'");
  EXPECT_EQ(of("${stars} = '2'"), "${stars} = 'n2'");
  EXPECT_EQ(of("${stars} >= 2"), "(${stars} = 'n2' or ${stars} = 'n3')");
  EXPECT_EQ(of("2 > ${stars}"), "${stars} = 'n1'");
  EXPECT_EQ(of("${stars} <= 3"), "${stars} != ''");
  EXPECT_EQ(of("${stars} > 3"), "${stars} > 3");  // no choice does: the check tells the author so
}

TEST_F(Renaming, TakesTypographicQuotationMarks) {
  EXPECT_EQ(of("${Pet} = \xE2\x80\x98Yes\xE2\x80\x99"), "${pet} = 'yes'");
  EXPECT_EQ(of("${Pet} = \xE2\x80\x9CYes\xE2\x80\x9D"), "${pet} = 'yes'");
}

TEST(Conditions, AreJoinedWithBracketsWhereTheyNeedThem) {
  EXPECT_EQ(all_of({"${a} = 'x'"}), "${a} = 'x'");
  EXPECT_EQ(all_of({"${a} = 'x' or ${b} = 'y'"}), "${a} = 'x' or ${b} = 'y'");
  EXPECT_EQ(all_of({"${a} = 'x' or ${b} = 'or'", "${c} != ''"}), "(${a} = 'x' or ${b} = 'or') and ${c} != ''");
  EXPECT_EQ(all_of({"${b} = 'or'", "${c} != ''"}), "${b} = 'or' and ${c} != ''");
}

MATCHER_P2(Between, lowest, highest, "") { return arg && arg->lowest == lowest && arg->highest == highest; }

TEST(Constraints, LeaveWholeNumbers) {
  EXPECT_THAT(bounds_of(". >= 0 and . <= 10"), Between(0, 10));
  EXPECT_THAT(bounds_of("(.>0) and (.<11)"), Between(1, 10));
  EXPECT_THAT(bounds_of("10 >= . and -2 < ."), Between(-1, 10));
  for (const auto* other : {"", ". >= 0", ". <= 3 or . >= 5", "not(. >= 0 and . <= 3)", ". >= ${a} and . <= 3",
                            ". >= 0 and . <= 10 and", ". >= 5 and . <= 4", ". = 3 and . <= 4", "regex(., '[0-9]')"}) {
    EXPECT_FALSE(bounds_of(other)) << other;
  }
}

TEST(Constraints, KeepOptionsAlone) {
  const std::vector<std::string> options{"cat", "dog", "none", "rather_not"};
  for (const auto* constraint :
       {"not(selected(., 'none') and count-selected(.) > 1)", "count-selected(.) = 1 or not(selected(., 'none'))",
        "not(selected(.,'none') and (selected(.,'cat') or selected(.,'dog') or selected(.,'rather_not')))"}) {
    EXPECT_THAT(exclusive_in(constraint, options), Optional(ElementsAre("none"))) << constraint;
  }
  EXPECT_THAT(exclusive_in(exclusive_constraint({"none", "rather_not"}), options),
              Optional(ElementsAre("none", "rather_not")));
  for (const auto* other :
       {"count-selected(.) <= 2", "not(selected(., 'none') and selected(., 'cat'))", "selected(., 'cat')",
        "not(selected(., 'none') and count-selected(.) > 2)", "not(selected(., 'bird') and count-selected(.) > 1)",
        "not(selected(., 'none') and count-selected(.) > 1) and count-selected(.) < 3", "${a} = 'x'", "nonsense("}) {
    EXPECT_FALSE(exclusive_in(other, options)) << other;
  }
}

TEST(Names, BecomeIdsThatAreNotTaken) {
  std::set<std::string> taken{"help"};
  EXPECT_EQ(id_from("fits_well", taken), "fits_well");
  EXPECT_EQ(id_from("Don't know", taken), "don_t_know");
  EXPECT_EQ(id_from("don t know", taken), "don_t_know_2");
  EXPECT_EQ(id_from("1", taken), "n1");
  EXPECT_EQ(id_from("help", taken), "help_2");
  EXPECT_EQ(id_from("\xD8\xA7", taken), "x");
  EXPECT_EQ(id_from(std::string(100, 'A'), taken), std::string(64, 'a'));
  EXPECT_EQ(id_from(std::string(100, 'A'), taken), std::string(62, 'a') + "_2");
}

TEST(Languages, AreKnownByCodeOrName) {
  EXPECT_THAT(language_code("English (en)"), Optional(std::string("en")));
  EXPECT_THAT(language_code(" Cymraeg ( cy ) "), Optional(std::string("cy")));
  EXPECT_THAT(language_code("welsh"), Optional(std::string("cy")));
  EXPECT_THAT(language_code("sr-Latn"), Optional(std::string("sr-Latn")));
  EXPECT_FALSE(language_code("Klingon"));
  EXPECT_FALSE(language_code("English (british)"));
  EXPECT_EQ(language_code(language_heading("cy")), "cy");
  EXPECT_EQ(language_code(language_heading("xy")), "xy");
}

TEST(Texts, AreMessagesThatGiveThemBack) {
  for (const std::string text : {"plain", "it's", "it''s", "{x}", "'{x}'", "{'", "'}", "a {b} c's {d}", "''{''}''", "'",
                                 "''", "#|<x>", "two\nlines"}) {
    std::string json;
    for (const char c : message_of(text)) json += c == '\n' ? std::string("\\n") : std::string(1, c);
    const auto catalogue = text::Catalogue::parse("{\"a\": \"" + json + "\"}", "en");
    ASSERT_TRUE(catalogue) << text << " " << catalogue.error().what;
    EXPECT_EQ(catalogue->format("a").value_or("?"), text) << message_of(text);
  }
}

}  // namespace
}  // namespace perspective::xlsform
