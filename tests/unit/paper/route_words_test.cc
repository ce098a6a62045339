#include "paper/route_words.h"

#include <gmock/gmock.h>

#include "support/reference_case.h"

namespace perspective::paper {
namespace {

using reference_case::questionnaire;
using reference_case::questionnaire_in;
using reference_case::unwrapped;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Kind = Requirement::Kind;

std::size_t option_of(const survey::Questionnaire& questionnaire, std::string_view variable, std::string_view id) {
  const auto& options = survey::options_of(*questionnaire.item(variable));
  return static_cast<std::size_t>(std::ranges::find(options, id, &survey::Option::id) - options.begin());
}

AskedIf asked(const survey::Questionnaire& questionnaire, std::string_view variable) {
  return unwrapped(asked_if(questionnaire, questionnaire.position(variable)));
}

// Of three questions: what a choice of three, one of many and a text are asked before.
survey::Questionnaire with_condition(const std::string& condition) {
  return unwrapped(survey::Questionnaire::parse(R"({"format":1,"id":"q","version":1,"languages":["en"],"items":[
    {"type":"single_choice","variable":"one","options":[{"id":"a"},{"id":"b"},{"id":"c"}]},
    {"type":"multiple_choice","variable":"many","options":[{"id":"a"},{"id":"b"},{"id":"c"},{"id":"d"}]},
    {"type":"text","variable":"words"},
    {"type":"text","variable":"last","relevant":")" +
                                                condition + R"("}],"section":[]})"));
}

TEST(WhoAnswersAQuestion, IsEverybodyWhereItHasNoCondition) {
  EXPECT_THAT(asked(questionnaire("children-and-young-people"), "listened_to").requirements, IsEmpty());
}

TEST(WhoAnswersAQuestion, IsSaidWithTheOptionThatWasTicked) {
  const auto all = questionnaire("children-and-young-people");
  const auto said = asked(all, "contract_copy");
  ASSERT_EQ(said.requirements.size(), 1U);
  EXPECT_EQ(said.requirements[0].kind, Kind::ticked);
  EXPECT_EQ(said.requirements[0].item, all.position("order_type"));
  EXPECT_THAT(said.requirements[0].options, ElementsAre(option_of(all, "order_type", "referral_order")));
}

TEST(WhoAnswersAQuestion, IsSaidWithAnyOfSeveralThatWereWritten) {
  const auto all = questionnaire("children-and-young-people");
  const auto said = asked(all, "may_print_words");
  EXPECT_FALSE(said.are_all_needed);
  EXPECT_EQ(said.requirements.size(), 5U);
  for (const auto& requirement : said.requirements) {
    EXPECT_EQ(requirement.kind, Kind::answered);
    EXPECT_TRUE(survey::is_text(all.items[requirement.item]));
  }
}

TEST(WhoAnswersAQuestion, IsWhoeverLeftAnOptionAlone) {
  const auto said = asked(with_condition("${one} != 'b'"), "last");
  ASSERT_EQ(said.requirements.size(), 1U);
  EXPECT_EQ(said.requirements[0].kind, Kind::not_ticked);
  EXPECT_THAT(said.requirements[0].options, ElementsAre(1U));
}

TEST(WhoAnswersAQuestion, IsWhoeverLeftAQuestionOut) {
  EXPECT_EQ(asked(with_condition("${one} = ''"), "last").requirements.at(0).kind, Kind::unanswered);
}

TEST(WhoAnswersAQuestion, IsSaidTheSameHoweverItIsWritten) {
  for (const auto* condition :
       {"${one} = 'a' or ${one} = 'b'", "not(${one} = 'c' or ${one} = '')", "${one} != 'c' and ${one} != ''"}) {
    const auto said = asked(with_condition(condition), "last");
    ASSERT_EQ(said.requirements.size(), 1U) << condition;
    EXPECT_EQ(said.requirements[0].kind, Kind::ticked) << condition;
    EXPECT_THAT(said.requirements[0].options, ElementsAre(0U, 1U)) << condition;
  }
}

TEST(WhoAnswersAQuestion, CanHangOnHowManyWereTicked) {
  const auto said = asked(with_condition("count-selected(${many}) >= 3 and ${words} != ''"), "last");
  EXPECT_TRUE(said.are_all_needed);
  ASSERT_EQ(said.requirements.size(), 2U);
  EXPECT_EQ(said.requirements[0].kind, Kind::several);
  EXPECT_EQ(said.requirements[0].least, 3U);
  EXPECT_EQ(said.requirements[1].kind, Kind::answered);
}

TEST(WhoAnswersAQuestion, IsNotSaidWhereItWouldBeSaidWrong) {
  for (const auto* condition : {"${one} = 'a' and ${words} != '' or selected(${many}, 'b')",
                                "count-selected(${many}) = 2", "${words} = 'yes'"}) {
    const auto said = asked_if(with_condition(condition), 3);
    ASSERT_FALSE(said) << condition;
    EXPECT_EQ(said.error().code, ErrorCode::invalid);
    EXPECT_THAT(said.error().what, HasSubstr("'last'"));
  }
}

TEST(WhoAnswersAQuestion, CanBeSaidInEveryQuestionnaireThatWeHave) {
  for (const auto* folder : {"assets/questionnaires/children-and-young-people", "assets/questionnaires/victims",
                             "tests/fixtures/town-park", "tests/fixtures/library-readers"}) {
    const auto all = questionnaire_in(folder);
    for (std::size_t i = 0; i < all.items.size(); ++i) {
      const auto said = asked_if(all, i);
      EXPECT_TRUE(said) << folder << ": " << said.error().what;
    }
  }
}

TEST(WhereToGoOn, IsTheNextQuestionThatMayBeAsked) {
  const auto all = questionnaire("children-and-young-people");
  const auto at = all.position("order_type");
  const auto after = [&](std::string_view id) { return next_after(all, at, option_of(all, "order_type", id)); };
  EXPECT_EQ(after("referral_order"), all.position("referral_order_known"));
  EXPECT_EQ(after("other_order"), all.position("plan_known"));
  EXPECT_EQ(after("no_order"), all.position("felt_afraid"));
  EXPECT_EQ(next_after(all, all.position("felt_afraid"), option_of(all, "felt_afraid", "no")),
            all.position("better_decisions"));
}

// Whoever reads it was sent there by an answer: what hangs on another answer to that question is not theirs.
TEST(WhereToGoOn, RemembersWhyAQuestionWasAsked) {
  const auto all = questionnaire("children-and-young-people");
  EXPECT_EQ(next_after(all, all.position("contract_copy"), 0), all.position("felt_afraid"));
}

TEST(WhereToGoOn, IsAQuestionThatHangsOnAnyOfSeveralTicks) {
  const auto all = unwrapped(survey::Questionnaire::parse(
      R"json({"format":1,"id":"q","version":1,"languages":["en"],"items":[
    {"type":"multiple_choice","variable":"many","options":[{"id":"a"},{"id":"b"}]},
    {"type":"text","variable":"why","relevant":"selected(${many}, 'a')"},
    {"type":"text","variable":"last"}],"section":[]})json"));
  EXPECT_EQ(next_after(all, 0, std::nullopt), 1U);
}

TEST(WhereToGoOn, IsTheEndWhereNothingFollows) {
  const auto all = questionnaire("victims");
  EXPECT_EQ(next_after(all, all.items.size() - 1, 0), all.items.size());
}

}  // namespace
}  // namespace perspective::paper
