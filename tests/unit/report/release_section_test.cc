// The release section: from the statements of a release and nothing else.
#include "report/release_section.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "draft_of.h"
#include "golden.h"
#include "people.h"
#include "release/rules.h"
#include "release_of.h"

namespace perspective::report {
namespace {

namespace rc = reference_case;
using testing::HasSubstr;
using testing::Not;

class GoldenRelease : public testing::TestWithParam<const char*> {};

TEST_P(GoldenRelease, SectionOfTheReferenceCase) {
  expect_golden("croydon-2012.release." + std::string(GetParam()) + ".txt", croydon_release(GetParam()).text());
}

TEST_P(GoldenRelease, SectionOfSevenChildrenAndFourVictims) {
  std::vector<survey::Answers> children;
  for (int i = 0; i < 7; ++i) {
    survey::Answers answers;
    for (const auto* variable : {"told_what_to_expect", "listened_to", "better_decisions", "felt_afraid"})
      answers.emplace(variable, survey::Choice{i < 2 ? "yes" : "no"});
    answers.emplace("order_type", survey::Choice{i < 5 ? "referral_order" : "other_order"});
    for (const auto* variable : {"referral_order_known", "contract_discussed", "contract_copy"})
      answers.emplace(variable, survey::Choice{i < 4 ? "yes" : "no"});
    children.push_back(std::move(answers));
  }
  const std::vector<survey::Answers> victims(4, {{"satisfied", survey::Choice{"very"}}});
  ReleaseOf release(GetParam());
  release.add_people(kChildren, children).add_people(kVictims, victims);
  expect_golden("few-respondents.release." + std::string(GetParam()) + ".txt", release.text());
}

INSTANTIATE_TEST_SUITE_P(InEveryLanguage, GoldenRelease, testing::Values("en", "cy"),
                         [](const auto& test) { return std::string(test.param); });

// Numbers as figures and as words; "one" too, which no message of a release may have.
std::set<std::int64_t> numbers_in(std::string text, const std::string& language) {
  std::map<std::string, std::int64_t> words;
  for (int number = language == "cy" ? 2 : 0; number < 100; ++number)
    words[text::number_in_words(number, language)] = number;
  if (language == "en") words.insert({{"both", 2}, {"neither", 2}, {"no-one", 0}, {"once", 1}, {"twice", 2}});
  if (language == "cy") {
    words.insert({{"ddau", 2}, {"dri", 3}, {"thri", 3}, {"bedwar", 4}, {"bump", 5}, {"pum", 5}, {"chwe", 6}});
  }
  std::set<std::int64_t> numbers;
  std::string word;
  text += ' ';
  for (const char c : text) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || (static_cast<unsigned char>(c) & 0x80U) != 0) {
      word += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
      continue;
    }
    if (!word.empty() && std::isdigit(static_cast<unsigned char>(word.front())) != 0) numbers.insert(std::stoll(word));
    if (const auto found = words.find(word); found != words.end()) numbers.insert(found->second);
    word.clear();
  }
  return numbers;
}

std::set<std::int64_t> numbers_of(const ReleaseDraft& draft) {
  std::set<std::int64_t> numbers;
  for (const auto& chapter : draft.chapters) {
    numbers.insert(chapter.part->respondents);
    for (const auto& statement : chapter.part->statements)
      for (const auto& number : {statement.count, statement.of})
        if (number) numbers.insert(*number);
    // A band is said by its edge, which is the rules' own (C).
    for (const auto& statement : chapter.part->statements)
      if (statement.says == release::Says::nearly_all && statement.of) numbers.insert(*statement.of - release::kEdge);
  }
  return numbers;
}

TEST(ReleaseSection, HoldsNoNumberThatTheReleaseDoesNotHold) {
  std::size_t read = 0;
  for (const std::string language : {"en", "cy"}) {
    for (const auto* folder : {kChildren, kVictims}) {
      for (unsigned seed = 0; seed < 60; ++seed) {
        ReleaseOf release(language);
        release.draft().area = "Anywhere";
        release.add_people(folder, some_people(rc::questionnaire_in(folder), seed));
        const auto text = release.text();
        auto allowed = numbers_of(release.draft());
        allowed.insert({release::kEdge, release::kUnsureBase + release::kEdge});  // of bands without a base
        for (const auto number : numbers_in(text, language)) {
          EXPECT_TRUE(allowed.contains(number)) << number << " in:\n" << text;
          ++read;
        }
      }
    }
  }
  EXPECT_GT(read, 300U);
}

TEST(ReleaseSection, TheReaderOfNumbersFindsThem) {
  EXPECT_EQ(numbers_in("Twenty-one of these, 12 (both), and one more.", "en"), (std::set<std::int64_t>{1, 2, 12, 21}));
  EXPECT_EQ(numbers_in("Dywedodd saith o'r 17, ac o'r ddau", "cy"), (std::set<std::int64_t>{2, 7, 17}));
}

TEST(ReleaseSection, LeavesOutWhatSaysNothingAndItsParagraphToo) {
  const auto text = croydon_release().text();
  for (const auto* words : {"their plan", "health", "less afraid", "their safety"})
    EXPECT_THAT(text, Not(HasSubstr(words)));
  EXPECT_THAT(text, Not(HasSubstr("{")));
  EXPECT_THAT(text, Not(HasSubstr("  ")));
  EXPECT_THAT(text, Not(HasSubstr(" .")));
}

TEST(ReleaseSection, SaysHowManyAndThatWhoDidNotAnswerCountsOnlyWhereGroupsAreSmall) {
  const auto text = croydon_release().text();
  const auto victims = text.find("Victims");
  const auto note = text.find("figures are set against everyone who took part");
  ASSERT_NE(note, std::string::npos);
  EXPECT_GT(note, victims);
  EXPECT_EQ(text.find("figures are set against everyone", note + 1), std::string::npos);
}

TEST(ReleaseSection, StatesMoreWhereAnInspectorDid) {
  const auto full = croydon();
  ReleaseOf release;
  auto drafted = croydon();
  release.add(kVictims, *drafted.draft().chapters[1].tally,
              {{"safety_considered", 2, 3}, {"benefited_from_work", 0, 3}});
  EXPECT_THAT(release.text(),
              HasSubstr("Two of the three, who had said that the YOS had thought about what they needed, said that it "
                        "had thought about their safety too."));
  EXPECT_THAT(release.text(),
              HasSubstr("None of the three who answered and in whose case there had been such work said"));
}

TEST(ReleaseSection, NamesTheCellThatEachSentenceComesFrom) {
  const auto document = croydon_release().document();
  std::set<std::string> cells;
  for (const auto& block : document.blocks)
    if (const auto* paragraph = std::get_if<Paragraph>(&block))
      for (const auto& run : paragraph->runs) cells.insert(run.cell);
  EXPECT_TRUE(cells.contains("children-and-young-people/told_what_to_expect"));
  EXPECT_TRUE(cells.contains("victims/satisfied"));
  EXPECT_FALSE(cells.contains("children-and-young-people/health_better"));
  EXPECT_EQ(document.page_mark, "");
}

TEST(ReleaseSection, OfAQuestionnaireWithoutWordsForAReleaseIsALineForEachFinding) {
  const auto words = rc::unwrapped(
      text::Catalogue::parse(R"({"section.heading": "Victims", "section.about.satisfied": "satisfaction"})", "en"));
  ReleaseOf release;
  auto drafted = croydon();
  release.add(kVictims, *drafted.draft().chapters[1].tally);
  release.draft().chapters.front().words = rc::phrases("en").with(words);
  release.draft().quotations = {{"victims", "anything_else", "thanks", "thanks", false}};
  EXPECT_THAT(release.text(), HasSubstr("Satisfaction: more than half of the five who took part."));
  EXPECT_THAT(release.text(), HasSubstr("“thanks”"));
}

// Who answered so, of a service with 20 people; the others said no.
std::vector<survey::Answers> people_with(const std::map<std::string, std::pair<std::string, int>>& answers,
                                         const std::string& otherwise = "no") {
  std::vector<survey::Answers> all(20);
  for (const auto& [variable, answer] : answers)
    for (int i = 0; i < std::ssize(all); ++i)
      all[static_cast<std::size_t>(i)].emplace(variable, survey::Choice{i < answer.second ? answer.first : otherwise});
  return all;
}

TEST(ReleaseSection, ClaimsNoGroupOfWhichOnlySomeAnswered) {
  const auto text = croydon_release().text();
  EXPECT_THAT(text, HasSubstr("of the 18 who answered and had an order said"));
  EXPECT_THAT(text, HasSubstr("of the 17 who answered and to whom the question applied said"));
  for (const auto* words : {"18 who had an order", "17 to whom", "14 to whom"})
    EXPECT_THAT(text, Not(HasSubstr(words)));
}

TEST(ReleaseSection, SaysWhomTheseAreAndHowMany) {
  auto people = people_with({{"felt_afraid", {"yes", 7}}});
  for (std::size_t i = 0; i < 6; ++i) people[i].emplace("helped_feel_less_afraid", survey::Choice{"a_lot"});
  ReleaseOf release;
  release.add_people(kChildren, people);
  EXPECT_THAT(release.text(), HasSubstr("More than half of these seven, who had said that something had made them feel "
                                        "afraid, said that staff had helped them"));
  ReleaseOf welsh("cy");
  welsh.add_people(kChildren, people);
  EXPECT_THAT(welsh.text(), HasSubstr("mwy na hanner y saith hyn, a ddywedodd fod rhywbeth wedi gwneud iddynt"));
}

TEST(ReleaseSection, SaysOfTheSamePeopleWhereTheirNumberIsNotPrinted) {
  auto people = people_with({{"order_type", {"other_order", 8}}}, "referral_order");
  for (std::size_t i = 0; i < 8; ++i) {
    people[i].emplace("plan_known", survey::Choice{i < 6 ? "yes" : "no"});
    people[i].emplace("plan_discussed", survey::Choice{i < 5 ? "yes" : "no"});
  }
  ReleaseOf release;
  release.add_people(kChildren, people);
  EXPECT_THAT(release.text(),
              HasSubstr("More than half of those who answered and were on another kind of order said that "
                        "they knew what their plan was; more than half of the same people said that they "
                        "knew this and had talked about it with a worker."));
}

TEST(ReleaseSection, SaysOfAGroupThatWasAskedThatItWasAsked) {
  const auto questionnaire = rc::unwrapped(survey::Questionnaire::parse(R"({
    "format": 1, "id": "any", "version": 1, "languages": ["en"], "items": [
      {"type": "single_choice", "variable": "came", "options": [{"id": "yes"}, {"id": "no"}]},
      {"type": "single_choice", "variable": "stayed", "relevant": "${came} = 'yes'",
       "options": [{"id": "yes"}, {"id": "no"}]}],
    "findings": [{"id": "came", "item": "came", "counted": ["yes"], "form": "count"},
                 {"id": "stayed", "item": "stayed", "counted": ["yes"], "form": "count"}],
    "section": [{"sentences": [{"id": "came", "findings": ["came", "stayed"]}]}]})"));
  std::vector<survey::Submission> all;
  for (int i = 0; i < 20; ++i) {
    survey::Answers answers{{"came", survey::Choice{i < 7 ? "yes" : "no"}}};
    if (i < 7) answers.emplace("stayed", survey::Choice{"yes"});
    all.push_back(rc::submission_of(questionnaire, answers));
  }
  const auto part = release::part_of(questionnaire, rc::tally_of(questionnaire, all));
  ReleaseDraft draft{.inspection = "any", .area = "Anywhere", .chapters = {}, .quotations = {}};
  draft.chapters.push_back(
      {&questionnaire, &part,
       rc::phrases("en").with(rc::unwrapped(text::Catalogue::parse(R"({"section.heading": "Anybody"})", "en")))});
  const auto text = rc::unwrapped(release_section(draft, rc::phrases("en")));
  EXPECT_THAT(text, HasSubstr("Stayed: more than half of the seven who were asked."));
  EXPECT_THAT(text, HasSubstr("set against everyone who took part or was asked"));
  EXPECT_THAT(text, Not(HasSubstr("The group is small")));
}

TEST(ReleaseSection, ThatSaysNothingOfManyDoesNotCallThemFew) {
  ReleaseOf release;
  release.add_people(kVictims, std::vector<survey::Answers>(12));
  EXPECT_THAT(release.text(), HasSubstr("No figure can be given without the risk of pointing to somebody."));
  EXPECT_THAT(release.text(), Not(HasSubstr("So few took part")));
  EXPECT_THAT(release.text(), Not(HasSubstr("behind each band")));
}

TEST(ReleaseSection, OfTooFewSaysSo) {
  ReleaseOf release;
  release.add_people(kVictims, {{{"satisfied", survey::Choice{"very"}}}});
  EXPECT_THAT(release.text(), HasSubstr("So few took part"));
  EXPECT_THAT(release.text(), Not(HasSubstr("satisfied")));
}

TEST(FullDocument, IsTheFullSectionWithACellForEachSentence) {
  auto drafted = croydon();
  const auto document = rc::unwrapped(full_document(drafted.draft(), rc::phrases("en")));
  EXPECT_EQ(to_text(document), drafted.section());
  EXPECT_EQ(document.language, "en");
  EXPECT_THAT(document.title, HasSubstr("Croydon"));
  EXPECT_THAT(document.page_mark, HasSubstr("NOT FOR RELEASE"));
}

}  // namespace
}  // namespace perspective::report
