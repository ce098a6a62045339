#include "golden.h"

#include <gtest/gtest.h>

#include "draft_of.h"

namespace perspective::report {
namespace {

survey::Answers chosen(const std::vector<std::pair<std::string, std::string>>& choices) {
  survey::Answers answers;
  for (const auto& [variable, option] : choices) answers.emplace(variable, survey::Choice{option});
  return answers;
}

class Golden : public testing::TestWithParam<const char*> {
 protected:
  const std::string language_ = GetParam();
  std::string file(const std::string& name) const { return name + "." + language_ + ".txt"; }
};

TEST_P(Golden, FullSectionOfTheReferenceCase) {
  expect_golden(file("croydon-2012.full"), croydon(language_).section());
}

TEST_P(Golden, FullTallyOfTheReferenceCase) { expect_golden(file("croydon-2012.tally"), croydon(language_).tally()); }

TEST_P(Golden, FullSectionOfOneChildAndTwoVictims) {
  auto child = chosen({{"told_what_to_expect", "yes"},
                       {"knows_why_attending", "not_sure"},
                       {"self_assessment_done", "no"},
                       {"listened_to", "yes"},
                       {"interested_in_helping", "mostly"},
                       {"took_action", "yes"},
                       {"easy_to_understand", "quite_hard"},
                       {"order_type", "referral_order"},
                       {"referral_order_known", "yes"},
                       {"contract_discussed", "no"},
                       {"felt_afraid", "yes"},
                       {"helped_feel_less_afraid", "not_at_all"},
                       {"better_decisions", "yes"},
                       {"education_or_work_help", "yes"},
                       {"health_better", "worse"},
                       {"life_better", "better"},
                       {"less_likely_to_offend", "a_bit_less"},
                       {"satisfaction", "half"}});
  DraftOf draft("Little Snoring", language_);
  draft.add("assets/questionnaires/children-and-young-people", {child});
  draft.add("assets/questionnaires/victims", {chosen({{"services_explained", "yes"},
                                                      {"worries_heard", "no"},
                                                      {"needs_considered", "yes"},
                                                      {"safety_considered", "yes"},
                                                      {"benefited_from_work", "no"},
                                                      {"satisfied", "very"}}),
                                              chosen({{"services_explained", "no"},
                                                      {"worries_heard", "yes"},
                                                      {"needs_considered", "no"},
                                                      {"benefited_from_work", "no_work_done"},
                                                      {"satisfied", "not_at_all"}})});
  draft.draft().set_aside = 1;
  draft.draft().quotations = {{"children-and-young-people", "life_comment", "new flat", "new flat", false}};
  expect_golden(file("few-respondents.full"), draft.section());
}

TEST_P(Golden, FullSectionWhereFindingsDrift) {
  const auto person = [](const std::string& known, const std::string& discussed, const std::string& copy,
                         const std::string& rest) {
    return chosen({{"told_what_to_expect", rest},
                   {"knows_why_attending", "yes"},
                   {"listened_to", rest},
                   {"took_action", "no"},
                   {"easy_to_understand", "very_easy"},
                   {"order_type", "referral_order"},
                   {"referral_order_known", known},
                   {"contract_discussed", discussed},
                   {"contract_copy", copy},
                   {"felt_afraid", "no"},
                   {"education_or_work_help", rest},
                   {"satisfaction", "completely"}});
  };
  const auto planner = [](const std::string& known, const std::string& discussed) {
    return chosen({{"told_what_to_expect", "yes"},
                   {"order_type", "other_order"},
                   {"plan_known", known},
                   {"plan_discussed", discussed},
                   {"plan_copy", "yes"},
                   {"felt_afraid", "yes"},
                   {"helped_feel_less_afraid", "a_little"},
                   {"satisfaction", "not_at_all"}});
  };
  const auto victim = [](const std::string& satisfied, const std::string& explained, const std::string& heard) {
    return chosen({{"satisfied", satisfied},
                   {"services_explained", explained},
                   {"worries_heard", heard},
                   {"needs_considered", "no"},
                   {"benefited_from_work", "yes"}});
  };
  auto without_copy = person("yes", "no", "yes", "yes");
  without_copy.erase("contract_copy");
  DraftOf draft("Ambridge", language_);
  draft.add("assets/questionnaires/children-and-young-people",
            {person("yes", "yes", "no", "no"), person("yes", "no", "no", "no"), without_copy,
             person("no", "yes", "no", "no"), planner("yes", "yes"), planner("yes", "yes"), planner("yes", "no")});
  draft.add("assets/questionnaires/victims",
            {victim("very", "yes", "no"), victim("quite", "no", "no"), victim("not_very", "yes", "yes")});
  draft.draft().set_aside = 2;
  draft.draft().quotations = {{"children-and-young-people", "anything_else", "thanks", "thanks", false},
                              {"children-and-young-people", "anything_else", "be on time", "be on time", false}};
  expect_golden(file("drifting-findings.full"), draft.section());
}

TEST_P(Golden, FullSectionOfNobody) {
  DraftOf draft("Nowhere", language_);
  draft.add("assets/questionnaires/children-and-young-people", {}).add("assets/questionnaires/victims", {});
  expect_golden(file("nobody.full"), draft.section());
}

INSTANTIATE_TEST_SUITE_P(InEveryLanguage, Golden, testing::Values("en", "cy"),
                         [](const auto& test) { return std::string(test.param); });

}  // namespace
}  // namespace perspective::report
