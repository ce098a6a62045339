#include "report/phrase.h"

#include <gtest/gtest.h>

#include "report/section.h"
#include "support/reference_case.h"

namespace perspective::report {
namespace {

using survey::Form;

tally::FindingCount finding(std::int64_t count, std::int64_t base, std::int64_t missing = 0) {
  tally::FindingCount finding;
  finding.id = "x";
  finding.count = count;
  finding.base = base;
  finding.missing = missing;
  return finding;
}

class Phrase : public testing::Test {
 public:
  explicit Phrase(const std::string& language = "en") : words_(reference_case::phrases(language)) {}

 protected:
  std::string middle(Form form, std::int64_t count, std::int64_t base) const {
    return say(form, count, base, Place::middle);
  }
  std::string start(Form form, std::int64_t count, std::int64_t base) const {
    return say(form, count, base, Place::start);
  }
  const text::Catalogue words_;

 private:
  std::string say(Form form, std::int64_t count, std::int64_t base, Place place) const {
    return reference_case::unwrapped(phrase(finding(count, base), form, place, words_));
  }
};

TEST_F(Phrase, OpensASentenceInWordsAndElsewhereUsesFiguresFromTen) {
  EXPECT_EQ(start(Form::count, 15, 21), "Fifteen");
  EXPECT_EQ(middle(Form::count, 15, 21), "15");
  EXPECT_EQ(middle(Form::count, 10, 21), "10");
  EXPECT_EQ(middle(Form::count, 9, 21), "nine");
  EXPECT_EQ(start(Form::count, 25, 40), "Twenty-five");
}

TEST_F(Phrase, HasWordsForTheEdges) {
  EXPECT_EQ(middle(Form::count, 17, 17), "all");
  EXPECT_EQ(start(Form::count, 16, 17), "All but one");
  EXPECT_EQ(middle(Form::count, 0, 17), "none");
  EXPECT_EQ(middle(Form::count, 2, 2), "both");
  EXPECT_EQ(start(Form::count, 0, 2), "Neither");
}

TEST_F(Phrase, SaysOneOfOneRatherThanAll) {
  EXPECT_EQ(start(Form::count, 1, 1), "One");
  EXPECT_EQ(start(Form::count_of, 1, 1), "The only one");
  EXPECT_EQ(start(Form::count_of, 0, 1), "No one");
}

TEST_F(Phrase, SaysAllButOneOnlyWhereTheBaseIsNotSmall) {
  EXPECT_EQ(start(Form::count, 4, 5), "Four");
  EXPECT_EQ(middle(Form::count, 8, 9), "eight");
  EXPECT_EQ(middle(Form::count, 9, 10), "all but one");
  EXPECT_EQ(middle(Form::count, 1, 2), "one");
}

TEST_F(Phrase, GivesTheBaseWithTheCount) {
  EXPECT_EQ(start(Form::count_of, 4, 5), "Four of the five");
  EXPECT_EQ(middle(Form::count_of, 16, 21), "16 of the 21");
  EXPECT_EQ(middle(Form::count_of, 21, 21), "all 21");
  EXPECT_EQ(middle(Form::count_of, 1, 6), "one of the six");
  EXPECT_EQ(start(Form::count_out_of, 2, 3), "Two out of three");
  EXPECT_EQ(middle(Form::count_out_of, 11, 15), "11 out of 15");
  EXPECT_EQ(start(Form::count_out_of, 11, 15), "Eleven out of 15");
  EXPECT_EQ(middle(Form::count_out_of, 0, 15), "none of the 15");
}

TEST_F(Phrase, GivesPerCentInFiguresWherever) {
  EXPECT_EQ(middle(Form::percent, 15, 17), "88%");
  EXPECT_EQ(start(Form::percent, 15, 17), "88%");
  EXPECT_EQ(middle(Form::percent, 17, 17), "all");
  EXPECT_EQ(middle(Form::percent, 0, 17), "none");
}

TEST_F(Phrase, NeverRoundsSomePeopleToNobodyOrEveryone) {
  EXPECT_EQ(middle(Form::percent, 2, 1000), "fewer than 1%");
  EXPECT_EQ(middle(Form::percent, 998, 1000), "more than 99%");
  EXPECT_EQ(middle(Form::percent, 999, 1000), "all but one");
}

TEST_F(Phrase, ChoosesPerCentByItselfOnlyFromABaseOfTen) {
  EXPECT_EQ(middle(Form::automatic, 5, 10), "50%");
  EXPECT_EQ(middle(Form::automatic, 5, 9), "five out of nine");
}

class PhraseInWelsh : public Phrase {
 public:
  PhraseInWelsh() : Phrase("cy") {}
};

TEST_F(PhraseInWelsh, HasMasculineNumbersThatStandAlone) {
  EXPECT_EQ(middle(Form::count, 2, 9), "dau");
  EXPECT_EQ(middle(Form::count, 3, 9), "tri");
  EXPECT_EQ(middle(Form::count, 5, 9), "pump");
  EXPECT_EQ(middle(Form::count, 6, 9), "chwech");
  EXPECT_EQ(middle(Form::count, 15, 21), "15");
}

TEST_F(PhraseInWelsh, MutatesTwoAfterTheArticle) {
  EXPECT_EQ(middle(Form::count_of, 1, 2), "un o'r ddau");
  EXPECT_EQ(middle(Form::count_of, 2, 2), "y ddau");
  EXPECT_EQ(middle(Form::count_of, 0, 2), "yr un o'r ddau");
  EXPECT_EQ(middle(Form::count_of, 2, 3), "dau o'r tri");
  EXPECT_EQ(middle(Form::count_of, 21, 21), "pob un o'r 21");
}

TEST_F(PhraseInWelsh, MutatesTheBaseAfterOutOf) {
  EXPECT_EQ(middle(Form::count_out_of, 1, 2), "un allan o ddau");
  EXPECT_EQ(middle(Form::count_out_of, 2, 3), "dau allan o dri");
  EXPECT_EQ(middle(Form::count_out_of, 3, 4), "tri allan o bedwar");
  EXPECT_EQ(middle(Form::count_out_of, 1, 5), "un allan o bump");
  EXPECT_EQ(middle(Form::count_out_of, 5, 6), "pump allan o chwech");
  EXPECT_EQ(middle(Form::count_out_of, 11, 15), "11 allan o 15");
}

TEST_F(PhraseInWelsh, GivesPerCentAsTheNumberIsRead) {
  EXPECT_EQ(middle(Form::percent, 15, 17), "88%");
  EXPECT_EQ(middle(Form::percent, 2, 1000), "llai nag 1%");
  EXPECT_EQ(middle(Form::percent, 998, 1000), "mwy na 99%");
  EXPECT_EQ(middle(Form::percent, 16, 17), "pob un ond un");
}

// Words of the catalogue that count people: their form hangs on the number in all six ways.
TEST(CountedNouns, FollowTheNumberInWelsh) {
  const auto words = reference_case::phrases("cy");
  const auto people = [&](std::int64_t n) {
    text::Arguments arguments;
    add_number("respondents", n, "cy", arguments);
    return reference_case::unwrapped(words.format("report.respondents", arguments));
  };
  EXPECT_EQ(people(1), "Atebodd un person yr holiadur hwn.");
  EXPECT_EQ(people(2), "Atebodd dau berson yr holiadur hwn.");
  EXPECT_EQ(people(3), "Atebodd tri pherson yr holiadur hwn.");
  EXPECT_EQ(people(4), "Atebodd pedwar o bobl yr holiadur hwn.");
  EXPECT_EQ(people(5), "Atebodd pum person yr holiadur hwn.");
  EXPECT_EQ(people(6), "Atebodd chwe pherson yr holiadur hwn.");
  EXPECT_EQ(people(15), "Atebodd 15 o bobl yr holiadur hwn.");
}

TEST(PhraseEdge, IsNeverAllWhileSomeoneIsMissing) {
  EXPECT_EQ(edge_of(finding(5, 5)), Edge::all);
  EXPECT_EQ(edge_of(finding(4, 5, 1)), Edge::some);
  EXPECT_EQ(edge_of(finding(11, 12, 1)), Edge::some);
  EXPECT_EQ(edge_of(finding(11, 12)), Edge::all_but_one);
}

TEST(PhraseArguments, AreAllThatTheReadmeLists) {
  text::Arguments arguments;
  auto joint = finding(4, 12, 2);
  joint.is_same = true;
  ASSERT_TRUE(add_arguments(joint, Form::count, reference_case::phrases(), arguments));
  const text::Arguments expected{{"x", "four"},
                                 {"x_start", "Four"},
                                 {"x_percent", 33},
                                 {"x_edge", "some"},
                                 {"x_same", "same"},
                                 {"x_count", 4},
                                 {"x_count_text", "four"},
                                 {"x_count_start", "Four"},
                                 {"x_base", 12},
                                 {"x_base_text", "12"},
                                 {"x_base_start", "Twelve"},
                                 {"x_missing", 2},
                                 {"x_missing_text", "two"},
                                 {"x_missing_start", "Two"},
                                 {"x_as_count", "four"},
                                 {"x_as_count_of", "four of the 12"},
                                 {"x_size", "enough"},
                                 {"x_from", ""},
                                 {"x_to", ""}};
  EXPECT_EQ(arguments, expected);
}

// What the check of a questionnaire believes of a sentence's arguments.
TEST(ExampleArguments, HaveTheNamesAndKindsOfTheRealOnes) {
  survey::Sentence sentence;
  sentence.findings = {"x"};
  const ExampleArguments all;
  auto examples = all.of(sentence);
  text::Arguments real;
  ASSERT_TRUE(add_arguments(finding(3, 5), Form::count_of, reference_case::phrases(), real));
  for (const auto& [name, value] : real) {
    ASSERT_TRUE(examples.contains(name)) << name;
    EXPECT_EQ(examples.at(name).index(), value.index()) << name;
    examples.erase(name);
  }
  for (const auto& [name, value] : all.of_respondents()) examples.erase(name);
  EXPECT_EQ(examples.size(), 2U);  // quotes, quotes_count
}

}  // namespace
}  // namespace perspective::report
