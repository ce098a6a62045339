// Which words a release may quote: such as tell nothing of its counts.
#include "release/quotable.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "release/auditor.h"
#include "release/knowledge.h"
#include "release/rules.h"
#include "service.h"

namespace perspective::release {
namespace {

namespace rc = reference_case;
using testing::Each;
using testing::ElementsAre;

constexpr auto* kChildren = "children-and-young-people";

survey::Answers helped(bool is_helped) {
  return {{"education_or_work_help", survey::Choice{is_helped ? "yes" : "no"}}};
}

class QuotableWords : public testing::Test {
 protected:
  // Of these so many said that the YOS had helped them with education.
  Part part_where(int helped_people, int others) const {
    std::vector<survey::Submission> all;
    for (int i = 0; i < helped_people + others; ++i)
      all.push_back(rc::submission_of(questionnaire_, helped(i < helped_people)));
    return part_of(questionnaire_, rc::tally_of(questionnaire_, all));
  }
  std::vector<Quotable> quotable_of(const Part& part, std::size_t words, const std::string& variable) const {
    std::vector<Words> all;
    for (std::size_t writer = 0; writer < words; ++writer) all.push_back({variable, writer});
    return rc::unwrapped(quotable(questionnaire_, part, all));
  }
  std::int64_t fewest(const Part& part, const std::string& variable) const {
    return rc::unwrapped(fewest_asked(questionnaire_, part)).at(variable);
  }
  const survey::Questionnaire questionnaire_ = rc::questionnaire(kChildren);
};

TEST_F(QuotableWords, OfFewOrNoneAreNone) {
  const auto part = part_where(3, 17);
  ASSERT_EQ(part.statement("education_or_work_help")->says, Says::few_or_none);
  EXPECT_EQ(fewest(part, "education_comment"), 0);
  EXPECT_THAT(quotable_of(part, 3, "education_comment"), Each(Quotable::too_few_asked));
}

TEST_F(QuotableWords, OfAnExactCountAreAsManyAsItSays) {
  const auto part = part_where(6, 14);
  ASSERT_EQ(part.statement("education_or_work_help")->count, 6);
  EXPECT_THAT(quotable_of(part, 6, "education_comment"), Each(Quotable::yes));
}

TEST_F(QuotableWords, OfAGroupThatMayBeUnderFiveAreNone) {
  const auto part = part_where(6, 1);
  ASSERT_EQ(part.statement("education_or_work_help")->says, Says::more_than_half);
  EXPECT_EQ(fewest(part, "education_comment"), 4);
  EXPECT_THAT(quotable_of(part, 1, "education_comment"), Each(Quotable::too_few_asked));
}

TEST_F(QuotableWords, AreNoneWhereTheyAreMoreThanItShowsToHaveBeenAsked) {
  const auto part = part_where(20, 1);
  ASSERT_EQ(part.statement("education_or_work_help")->says, Says::nearly_all);
  EXPECT_EQ(fewest(part, "education_comment"), 15);
  EXPECT_THAT(quotable_of(part, 15, "education_comment"), Each(Quotable::yes));
  EXPECT_THAT(quotable_of(part, 16, "education_comment"), Each(Quotable::too_many_words));
}

TEST_F(QuotableWords, OfAGroupWhoseSizeAnInspectorStatesAreAsManyAsThat) {
  auto part = part_where(4, 16);
  EXPECT_EQ(fewest(part, "education_comment"), 0);
  part.stated_more = {{"education_or_work_help", 4, 20}};
  EXPECT_EQ(fewest(part, "education_comment"), 4);
  part = part_where(17, 3);
  part.stated_more = {{"education_or_work_help", 17, 20}};
  EXPECT_EQ(fewest(part, "education_comment"), 17);
}

TEST_F(QuotableWords, OfFewerThanFivePeopleAreNone) {
  EXPECT_THAT(quotable_of(part_where(4, 0), 1, "anything_else"), ElementsAre(Quotable::too_few_asked));
  EXPECT_THAT(quotable_of(part_where(5, 0), 1, "anything_else"), ElementsAre(Quotable::yes));
}

TEST_F(QuotableWords, OfOnePersonAreQuotedOnce) {
  const auto part = part_where(6, 14);
  const std::vector<Words> words{{"anything_else", 7}, {"education_comment", 7}, {"anything_else", 8}};
  EXPECT_THAT(rc::unwrapped(quotable(questionnaire_, part, words)),
              ElementsAre(Quotable::quoted_already, Quotable::yes, Quotable::yes));
}

// Six said yes to one and six to another question: six quotations of each, by twelve people, would say that nobody
// said yes to both.
TEST_F(QuotableWords, OfSeveralItemsAreNoMoreTogetherThanTheLargerShowsToHaveBeenAsked) {
  std::vector<survey::Submission> all;
  for (int i = 0; i < 20; ++i) {
    auto answers = helped(i < 6);
    if (i < 7) answers.emplace("easy_to_understand", survey::Choice{"quite_easy"});
    all.push_back(rc::submission_of(questionnaire_, answers));
  }
  auto part = part_of(questionnaire_, rc::tally_of(questionnaire_, all));
  part.stated_more = {{"easy_to_understand", 7, 7}};
  std::vector<Words> words;
  for (std::size_t writer = 0; writer < 6; ++writer) words.push_back({"education_comment", writer});
  words.push_back({"easy_to_understand_comment", 10});
  EXPECT_THAT(rc::unwrapped(quotable(questionnaire_, part, words)), Each(Quotable::yes));
  words.push_back({"easy_to_understand_comment", 11});
  auto wanted = std::vector<Quotable>(6, Quotable::yes);
  wanted.resize(8, Quotable::too_many_words);
  EXPECT_EQ(rc::unwrapped(quotable(questionnaire_, part, words)), wanted);
}

TEST_F(QuotableWords, OfTheReferenceCaseAreAllThatItQuotes) {
  const auto submissions = rc::submissions(questionnaire_, rc::kResponses);
  const auto part = part_of(questionnaire_, rc::tally_of(questionnaire_, submissions));
  EXPECT_EQ(fewest(part, "education_comment"), 9);
  EXPECT_EQ(fewest(part, "life_comment"), 15);
  EXPECT_EQ(fewest(part, "reoffend_comment"), 17);
  EXPECT_EQ(fewest(part, "anything_else"), 21);
  std::vector<Words> words;
  for (std::size_t writer = 0; writer < submissions.size(); ++writer)
    for (const auto& [variable, answer] : submissions[writer].answers)
      if (std::holds_alternative<survey::Words>(answer)) words.push_back({variable, writer});
  EXPECT_EQ(words.size(), 10U);
  EXPECT_THAT(rc::unwrapped(quotable(questionnaire_, part, words)), Each(Quotable::yes));
}

std::int64_t asked(const survey::Item& item, const std::vector<survey::Submission>& people) {
  return std::ranges::count_if(people, [&](const auto& each) {
    return item.relevant.holds([&](std::string_view variable) { return survey::value_of(each.answers, variable); });
  });
}

TEST_F(QuotableWords, AreNeverMoreThanWereAskedWhoeverAnswered) {
  Dice dice(7);
  int exact = 0;
  for (int service = 0; service < 60; ++service) {
    const auto people = respondents(questionnaire_, dice.between(5, 30), {}, dice);
    const auto part = part_of(questionnaire_, rc::tally_of(questionnaire_, people));
    for (const auto& [variable, least] : rc::unwrapped(fewest_asked(questionnaire_, part))) {
      const auto really = asked(*questionnaire_.item(variable), people);
      EXPECT_LE(least, really) << variable;
      exact += least == really ? 1 : 0;
    }
  }
  EXPECT_GT(exact, 60);
}

// What the auditor would find, were it told of the quotations.
std::size_t values_of(const survey::Questionnaire& questionnaire, const Part& part, const std::string& finding,
                      std::int64_t quotations) {
  const auto known = rc::unwrapped(known_of(questionnaire, part, {}));
  for (const auto& block : rc::unwrapped(blocks_of(questionnaire))) {
    const auto found = std::ranges::find(block.findings, finding, &FindingKinds::id);
    if (found == block.findings.end()) continue;
    const Places places{block.kinds, {0}};
    Attack attack(block.kinds, part.respondents);
    tell_part(block, known, places, "", attack);
    for (const auto& text : block.texts)
      attack.tell_sum(placed(text.asked, places), std::min(quotations, part.respondents), part.respondents);
    return rc::unwrapped(attack.values(placed(found->counted, places), 100)).size();
  }
  return 0;
}

TEST_F(QuotableWords, WouldTellTheAuditorACountWereTheRuleNotThere) {
  const auto part = part_where(3, 17);
  EXPECT_EQ(values_of(questionnaire_, part, "education_or_work_help", 0), 5U);
  EXPECT_EQ(values_of(questionnaire_, part, "education_or_work_help", 3), 2U);
}

TEST_F(QuotableWords, TellTheAuditorNothing) {
  for (const auto& part : {part_where(6, 14), part_where(20, 1), part_where(12, 0)}) {
    const auto most = fewest(part, "education_comment");
    EXPECT_EQ(values_of(questionnaire_, part, "education_or_work_help", 0),
              values_of(questionnaire_, part, "education_or_work_help", most));
  }
}

}  // namespace
}  // namespace perspective::release
