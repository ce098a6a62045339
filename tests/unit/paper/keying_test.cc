#include "paper/keying.h"

#include <gmock/gmock.h>

#include "paper/reference.h"
#include "support/reference_case.h"

namespace perspective::paper {
namespace {

using reference_case::unwrapped;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class KeyedTwice : public testing::Test {
 protected:
  survey::Submission keyed(const Given& given) { return unwrapped(submission_of(questionnaire_, given, origin_)); }
  std::size_t at(std::string_view variable) { return questionnaire_.position(variable); }

  const survey::Questionnaire questionnaire_ = reference_case::questionnaire("victims");
  const Origin origin_{.envelope = std::string(32, 'a'), .inspection = "croydon-2012", .language = "en"};
  const Given one_ = {{"services_explained", {"yes"}},
                      {"anything_else", {"They were kind."}},
                      {"may_print_words", {"no"}},
                      {"helped_to_answer", {"nobody"}}};
};

TEST_F(KeyedTwice, IsASubmissionInModePaperThatAccountsForEveryQuestion) {
  const auto submission = keyed(one_);
  EXPECT_EQ(submission.mode, "paper");
  EXPECT_EQ(submission.answers.size() + submission.absent.size(), questionnaire_.items.size());
  EXPECT_EQ(submission.absent.at("worries_heard"), survey::Absence::skipped);
}

TEST_F(KeyedTwice, HoldsNothingOffTheRoute) {
  const auto submission = keyed({{"may_print_words", {"yes"}}, {"services_explained", {"no"}}});
  EXPECT_FALSE(submission.answers.contains("may_print_words"));
  EXPECT_EQ(submission.absent.at("may_print_words"), survey::Absence::not_asked);
}

TEST_F(KeyedTwice, RefusesWhatTheFormCannotSayWithoutRepeatingIt) {
  for (const Given& wrong : {Given{{"services_explained", {"perhaps"}}}, Given{{"services_explained", {"yes", "no"}}},
                             Given{{"no_question", {"yes"}}}, Given{{"anything_else", {std::string(1001, 'x')}}}}) {
    const auto submission = submission_of(questionnaire_, wrong, origin_);
    ASSERT_FALSE(submission);
    EXPECT_EQ(submission.error().code, ErrorCode::invalid);
    EXPECT_THAT(submission.error().what, HasSubstr(wrong.begin()->first));
    EXPECT_THAT(submission.error().what, Not(HasSubstr("perhaps")));
  }
}

TEST_F(KeyedTwice, IsReadAgainAsItWasSealed) {
  const Keyed keyed_once{"BCD-FGH-JKX", keyed(one_)};
  const auto again = unwrapped(keyed_from(to_text(keyed_once) + "     "));
  EXPECT_EQ(again.reference, keyed_once.reference);
  EXPECT_EQ(survey::to_json(again.submission), survey::to_json(keyed_once.submission));
  EXPECT_EQ(keyed_once.reference.size() + 1, kReferenceLineBytes);
  EXPECT_EQ(keyed_from("nonsense").error().code, ErrorCode::corrupt);
}

TEST_F(KeyedTwice, AgreesWhereOnlySpacesDiffer) {
  auto other = one_;
  other["anything_else"] = {"They  were kind. "};
  EXPECT_THAT(differences(questionnaire_, keyed(one_), keyed(other)), IsEmpty());
}

TEST_F(KeyedTwice, DiffersItemByItem) {
  auto other = one_;
  other["services_explained"] = {"no"};
  other["worries_heard"] = {"yes"};
  other["anything_else"] = {"They were kid."};
  const auto all = differences(questionnaire_, keyed(one_), keyed(other));
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0].item, at("services_explained"));
  EXPECT_THAT(all[0].first, ElementsAre("yes"));
  EXPECT_THAT(all[0].second, ElementsAre("no"));
  EXPECT_THAT(all[1].first, IsEmpty());
  EXPECT_EQ(all[2].item, at("anything_else"));
}

TEST_F(KeyedTwice, IsSettledByAThirdLook) {
  auto other = one_;
  other["services_explained"] = {"no"};
  other["worries_heard"] = {"yes"};
  const auto settled_as = unwrapped(settled(questionnaire_, keyed(one_), keyed(other),
                                            {{{"services_explained", {"not_sure"}}, {"worries_heard", {}}}, {}}));
  EXPECT_EQ(survey::value_of(settled_as.answers, "services_explained"), "not_sure");
  EXPECT_EQ(settled_as.absent.at("worries_heard"), survey::Absence::skipped);
  EXPECT_EQ(survey::value_of(settled_as.answers, "helped_to_answer"), "nobody");
}

TEST_F(KeyedTwice, IsNotSettledByHalf) {
  auto other = one_;
  other["services_explained"] = {"no"};
  const auto half = settled(questionnaire_, keyed(one_), keyed(other), {});
  EXPECT_EQ(half.error().code, ErrorCode::invalid);
  EXPECT_THAT(half.error().what, HasSubstr("services_explained"));
}

// Nobody is asked of what falls off the route with what was settled before it.
TEST_F(KeyedTwice, IsSettledWithoutWhatIsOffTheRouteThen) {
  auto other = one_;
  other.erase("anything_else");
  other.erase("may_print_words");
  const auto submission = unwrapped(settled(questionnaire_, keyed(one_), keyed(other), {{{"anything_else", {}}}, {}}));
  EXPECT_EQ(submission.absent.at("may_print_words"), survey::Absence::not_asked);
}

// What both agree on stays, whatever is said of it.
TEST_F(KeyedTwice, TakesFromAThirdLookNothingOnWhichBothAgree) {
  const auto submission =
      unwrapped(settled(questionnaire_, keyed(one_), keyed(one_), {{{"services_explained", {"no"}}}, {}}));
  EXPECT_EQ(survey::value_of(submission.answers, "services_explained"), "yes");
}

// Nothing is "skipped" that nobody was asked.
TEST_F(KeyedTwice, IsSettledWithWhatTheThirdLookOpensAndNobodyWasAsked) {
  const survey::Questionnaire children = reference_case::questionnaire("children-and-young-people");
  const auto of = [&](const Given& given) { return unwrapped(submission_of(children, given, origin_)); };
  const auto first = of({{"order_type", {"no_order"}}});
  const auto second = of({{"order_type", {"not_sure"}}});
  ThirdLook third{{{"order_type", {"other_order"}}}, {}};
  const auto plan_known = children.position("plan_known");
  const auto plan_discussed = children.position("plan_discussed");
  const auto plan_copy = children.position("plan_copy");
  EXPECT_THAT(unwrapped(unasked(children, first, second, third)), ElementsAre(plan_known, plan_discussed));
  EXPECT_THAT(settled(children, first, second, third).error().what, HasSubstr("plan_known"));
  third.answers["plan_known"] = {};
  third.answers["plan_discussed"] = {"yes"};
  EXPECT_THAT(unwrapped(unasked(children, first, second, third)), ElementsAre(plan_copy)) << "one opens the next";
  third.answers["plan_copy"] = {"no"};
  EXPECT_THAT(unwrapped(unasked(children, first, second, third)), IsEmpty());
  const auto whole = unwrapped(settled(children, first, second, third));
  EXPECT_EQ(survey::value_of(whole.answers, "plan_copy"), "no");
  EXPECT_EQ(whole.absent.at("plan_known"), survey::Absence::skipped) << "somebody looked, and nothing is ticked";
  EXPECT_EQ(whole.absent.at("contract_copy"), survey::Absence::not_asked);
}

// One who was asked and ticked nothing is no second look.
TEST_F(KeyedTwice, IsNotSkippedWhereOnlyOneWasAskedAndTheThirdLookSaysNothing) {
  const survey::Questionnaire children = reference_case::questionnaire("children-and-young-people");
  const auto of = [&](const Given& given) { return unwrapped(submission_of(children, given, origin_)); };
  const auto not_asked = of({{"order_type", {"no_order"}}});
  const auto asked = of({{"order_type", {"other_order"}}});
  ASSERT_EQ(asked.absent.at("plan_known"), survey::Absence::skipped);
  const auto plan_known = children.position("plan_known");
  const auto plan_discussed = children.position("plan_discussed");
  ThirdLook third{{{"order_type", {"other_order"}}}, {}};
  for (const auto& [first, second] : {std::pair(not_asked, asked), std::pair(asked, not_asked)}) {
    EXPECT_THAT(unwrapped(unasked(children, first, second, third)), ElementsAre(plan_known, plan_discussed));
    EXPECT_THAT(settled(children, first, second, third).error().what, HasSubstr("plan_known"));
  }
  third.answers["plan_known"] = {"yes"};
  third.answers["plan_discussed"] = {};
  const auto whole = unwrapped(settled(children, not_asked, asked, third));
  EXPECT_EQ(survey::value_of(whole.answers, "plan_known"), "yes") << "what the third look found";
  EXPECT_EQ(whole.absent.at("plan_discussed"), survey::Absence::skipped);
}

TEST_F(KeyedTwice, IsInTheLanguageThatAThirdLookFindsWhereTheyDiffer) {
  Origin welsh = origin_;
  welsh.language = "cy";
  const auto other = unwrapped(submission_of(questionnaire_, one_, welsh));
  EXPECT_THAT(differences(questionnaire_, keyed(one_), other), IsEmpty());
  EXPECT_THAT(settled(questionnaire_, keyed(one_), other, {}).error().what, HasSubstr("language"));
  EXPECT_THAT(settled(questionnaire_, keyed(one_), other, {{}, "ur"}).error().what, HasSubstr("language"));
  EXPECT_EQ(unwrapped(settled(questionnaire_, keyed(one_), other, {{}, "cy"})).language, "cy");
  EXPECT_EQ(unwrapped(settled(questionnaire_, keyed(one_), keyed(one_), {{}, "cy"})).language, "en");
}

}  // namespace
}  // namespace perspective::paper
