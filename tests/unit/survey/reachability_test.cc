// Can a condition hold? Decided by trying answers, and never guessed.
#include "survey/reachability.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "small_questionnaire.h"
#include "survey/routing.h"

namespace perspective::survey {
namespace {

Condition condition(std::string_view source) {
  auto parsed = Condition::parse(source);
  EXPECT_TRUE(parsed) << parsed.error().what;
  return parsed ? *parsed : Condition();
}

class Pets : public testing::Test {
 protected:
  Verdict alone(std::string_view source) { return reachability_.on_its_own(condition(source)); }
  Verdict routed(std::string_view source) { return reachability_.on_the_route(condition(source)); }

  const Questionnaire pets_ = small_questionnaire();
  Reachability reachability_{pets_, {}};
};

TEST_F(Pets, HaveConditionsThatSometimesHold) {
  for (const auto* source : {"${has_pet} = 'yes'", "${has_pet} != ''", "selected(${which}, 'cat')",
                             "count-selected(${which}) = 3", "${more} != 'x'", "not(${has_pet} = 'no')"}) {
    EXPECT_EQ(alone(source), Verdict::sometimes) << source;
    EXPECT_EQ(routed(source), Verdict::sometimes) << source;
  }
}

TEST_F(Pets, AreNeverTwoThingsAtOnce) {
  EXPECT_EQ(alone("${has_pet} = 'yes' and ${has_pet} = 'no'"), Verdict::never);
  EXPECT_EQ(alone("${has_pet} = 'yes' and not(${has_pet} != 'no')"), Verdict::never);
  EXPECT_EQ(alone("${has_pet} = 'yes' or ${has_pet} != 'yes'"), Verdict::always);
}

TEST_F(Pets, KeepAnExclusiveOptionAlone) {
  EXPECT_EQ(alone("selected(${which}, 'none_of_these') and selected(${which}, 'dog')"), Verdict::never);
  EXPECT_EQ(alone("selected(${which}, 'none_of_these') and count-selected(${which}) > 1"), Verdict::never);
  EXPECT_EQ(alone("selected(${which}, 'none_of_these') and count-selected(${which}) = 1"), Verdict::sometimes);
  EXPECT_EQ(alone("count-selected(${which}) > 3"), Verdict::never);
  EXPECT_EQ(alone("${which} = 'cat' and count-selected(${which}) = 2"), Verdict::never);
}

TEST_F(Pets, CanBeCountedInWordsToo) {
  EXPECT_EQ(alone("${more} > 10 and ${more} < 11"), Verdict::sometimes);
  EXPECT_EQ(alone("${more} > 11 and ${more} < 10"), Verdict::never);
  EXPECT_EQ(alone("${more} = '3' and ${more} != 3"), Verdict::never);
  EXPECT_EQ(alone("${other_which} = 'twenty-one bytes long'"), Verdict::never);
  EXPECT_EQ(alone("${more} = ${other_which} and ${more} != ''"), Verdict::sometimes);
  EXPECT_EQ(alone("${more} = ${other_which} and ${more} = 'a' and ${other_which} != 'a'"), Verdict::never);
  EXPECT_EQ(alone("${more} = count-selected(${which}) and ${more} = 3"), Verdict::sometimes);
  EXPECT_EQ(alone("${more} = count-selected(${which}) and ${more} = 4"), Verdict::never);
}

TEST_F(Pets, AreNotAskedAboutOffTheRoute) {
  EXPECT_EQ(alone("${has_pet} = 'no' and selected(${which}, 'cat')"), Verdict::sometimes);
  EXPECT_EQ(routed("${has_pet} = 'no' and selected(${which}, 'cat')"), Verdict::never);
  EXPECT_EQ(routed("${other_which} != '' and ${has_pet} != 'yes'"), Verdict::never);  // two steps away
  EXPECT_EQ(routed("${has_pet} = 'yes' or ${other_which} = ''"), Verdict::always);
}

TEST_F(Pets, AreLookedAtWhileAnItemIsAsked) {
  const auto at = pets_.position("other_which");
  EXPECT_EQ(reachability_.on_the_route(condition("${has_pet} = 'no'"), at), Verdict::never);
  EXPECT_EQ(reachability_.on_the_route(condition("${has_pet} = 'yes'"), at), Verdict::always);
  EXPECT_EQ(reachability_.on_the_route(condition("${other_which} = 'x'"), at), Verdict::sometimes);
}

TEST_F(Pets, WithADoubtfulConditionAreTakenAsAsked) {
  Reachability doubting(pets_, {pets_.position("which")});
  EXPECT_EQ(doubting.on_the_route(condition("${has_pet} = 'no' and selected(${which}, 'cat')")), Verdict::sometimes);
}

// Each asked where the one before it was answered y.
Questionnaire chain(std::size_t length) {
  std::string items;
  for (std::size_t i = 0; i < length; ++i) {
    items += (i == 0 ? "" : ",") + std::string(R"({"type": "single_choice", "variable": "q)") + std::to_string(i) +
             R"(", "options": [{"id": "y"}, {"id": "n"}, {"id": "m"}])";
    if (i > 0) items += R"(, "relevant": "${q)" + std::to_string(i - 1) + "} = 'y'\"";
    items += "}";
  }
  auto parsed =
      Questionnaire::parse(R"({"format": 1, "id": "c", "version": 1, "languages": ["en"], "items": [)" + items + "]}");
  EXPECT_TRUE(parsed) << parsed.error().what;
  return *parsed;
}

TEST(Reachability, FollowsALongChain) {
  const Questionnaire questions = chain(200);
  Reachability reachability(questions, {});
  EXPECT_EQ(reachability.on_the_route(condition("${q199} = 'y'")), Verdict::sometimes);
  EXPECT_EQ(reachability.on_the_route(condition("${q99} = 'y' and ${q0} = 'n'")), Verdict::never);
}

TEST(Reachability, DoesNotFollowAChainThatNobodyWouldWrite) {
  const Questionnaire questions = chain(3000);
  Reachability reachability(questions, {});
  EXPECT_EQ(reachability.on_the_route(condition("${q2999} = 'y'")), Verdict::undecided);
}

TEST(Reachability, SaysWhenThereIsTooMuchToTry) {
  const Questionnaire questions = chain(16);
  Reachability reachability(questions, {});
  std::string none_alike = "${q0} = 'y' and ${q0} = 'n'";
  for (int i = 1; i < 16; ++i)
    none_alike =
        "(" + none_alike + ") or (${q" + std::to_string(i) + "} = 'y' and ${q" + std::to_string(i) + "} = 'n')";
  EXPECT_EQ(reachability.on_its_own(condition(none_alike)), Verdict::undecided);
}

// The verdict against all routes, one by one: nothing that can happen is called never.
TEST(Reachability, AgreesWithEveryWholeVisit) {
  const Questionnaire pets = small_questionnaire();
  const std::vector<std::string> sources = {
      "${has_pet} = 'yes' and ${joy} = 'little'",      "${has_pet} = 'no' and ${joy} = 'little'",
      "selected(${which}, 'other') and ${joy} = ''",   "count-selected(${which}) = 2 and ${other_which} != ''",
      "${which} = 'cat dog' and ${other_which} != ''", "${joy} != '' or ${which} = ''"};
  for (const auto& source : sources) {
    const Condition target = condition(source);
    bool holds = false;
    bool fails = false;
    for (const char* has : {"", "yes", "no", "rather_not"}) {
      for (unsigned set = 0; set < 9; ++set) {
        for (unsigned rest = 0; rest < 6; ++rest) {
          Answers answers;
          if (*has != '\0') answers.emplace("has_pet", Choice{has});
          Choices which;
          if ((set & 1U) != 0) which.options.emplace_back("cat");
          if ((set & 2U) != 0) which.options.emplace_back("dog");
          if ((set & 4U) != 0) which.options.emplace_back("other");
          if (set == 8) which.options.emplace_back("none_of_these");
          if (set != 0) answers.emplace("which", which);
          if (rest % 2 == 1) answers.emplace("other_which", Words{"a newt"});
          if (rest / 2 > 0) answers.emplace("joy", Choice{rest / 2 == 1 ? "much" : "little"});
          const Answers kept = prune(pets, answers);
          (target.holds([&](std::string_view variable) { return value_of(kept, variable); }) ? holds : fails) = true;
        }
      }
    }
    const Verdict expected = holds && fails ? Verdict::sometimes : holds ? Verdict::always : Verdict::never;
    EXPECT_EQ(Reachability(pets, {}).on_the_route(target), expected) << source;
  }
}

}  // namespace
}  // namespace perspective::survey
