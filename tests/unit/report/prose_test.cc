// Whatever the numbers are, the prose of both questionnaires must read as prose.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <random>

#include "draft_of.h"

namespace perspective::report {
namespace {

namespace rc = reference_case;

// Answers at random along the route, which grows with them: `eagerness` of 10 items are answered, `bias` of 10 of
// these with the first option.
survey::Answers anyone(const survey::Questionnaire& questionnaire, std::mt19937& random, unsigned eagerness,
                       unsigned bias) {
  survey::Answers answers;
  std::optional<std::size_t> at;
  while ((at = survey::next_on_route(questionnaire, answers, at))) {
    const auto& item = questionnaire.items[*at];
    const auto& options = survey::options_of(item);
    if (options.empty() || random() % 10 >= eagerness) continue;
    answers.emplace(item.variable, survey::Choice{options[random() % 10 < bias ? 0 : random() % options.size()].id});
  }
  return answers;
}

// House style that a machine can see: what no sentence may hold, and why.
struct Fault {
  testing::Matcher<std::string> pattern;  // POSIX, extended
  std::string why;
};

std::vector<Fault> faults() {
  std::vector<Fault> all;
  for (const auto& [pattern, why] : std::vector<std::pair<const char*, const char*>>{
           {"[{}#<>]", "a message that was not filled in"},
           {"  | [.,;:]|,,|\\.\\.|;\\.|,\\.", "punctuation"},
           {"^[^A-Z]", "opens in words, with a capital"},
           {"(^|[^0-9])[0-9]([^0-9%]|$)", "one to nine are words"},
           {"\\b(0|100)%|\\b[Zz]ero\\b", "edges have words"},
           {"\\b([Oo]ne|[Nn]one|[Aa]ll) of the one\\b", "one person is no group"},
           {"\\b([Nn]one|[Aa]ll) of the two\\b|\\b[Aa]ll two\\b", "two are both or neither"},
           {"%.* of the (two|three|four|five|six|seven|eight|nine) ", "no per cent of a few"},
           {"\\bYOT\\b|\\(s\\)|[Tt]he same one\\b", "house style"}})
    all.push_back({testing::ContainsRegex(std::string(pattern)), why});
  return all;
}

void expect_prose(const std::string& text, const std::vector<Fault>& faults) {
  for (const auto& fault : faults) EXPECT_THAT(text, testing::Not(fault.pattern)) << fault.why;
  EXPECT_TRUE(text.ends_with(".")) << text;
}

class Prose : public testing::TestWithParam<const char*> {};

TEST_P(Prose, ReadsWellForAnyNumbers) {
  const std::string folder = std::string("assets/questionnaires/") + GetParam();
  const auto questionnaire = rc::questionnaire_in(folder);
  const auto house_style = faults();
  std::size_t sentences = 0;
  for (unsigned seed = 0; seed < 30; ++seed) {
    std::mt19937 random(seed);
    std::vector<survey::Answers> people;
    for (unsigned i = 0; i < 1 + seed % 15; ++i)
      people.push_back(anyone(questionnaire, random, 5 + seed % 6, (seed * 7) % 11));
    DraftOf draft("Anywhere");
    draft.add(folder, people);
    for (const auto& paragraph : draft.paragraphs(0))
      for (const auto& sentence : paragraph) {
        expect_prose(sentence.text, house_style);
        ++sentences;
      }
  }
  EXPECT_GT(sentences, 60U);
}

TEST_P(Prose, HasWordsForEverySentenceAndTopic) {
  const std::string folder = std::string("assets/questionnaires/") + GetParam();
  const auto words = rc::section_words_in(folder);
  const auto questionnaire = rc::questionnaire_in(folder);
  EXPECT_TRUE(words.has("section.heading"));
  for (const auto& paragraph : questionnaire.section)
    for (const auto& sentence : paragraph.sentences) {
      EXPECT_TRUE(words.has("section." + sentence.id)) << sentence.id;
      EXPECT_TRUE(!sentence.otherwise || words.has("section." + *sentence.otherwise)) << sentence.id;
    }
  for (const auto& finding : questionnaire.findings)
    EXPECT_TRUE(words.has("section.about." + finding.id)) << finding.id;
}

INSTANTIATE_TEST_SUITE_P(OfBothQuestionnaires, Prose, testing::Values("children-and-young-people", "victims"),
                         [](const auto& test) {
                           return std::string(test.param) == "victims" ? "Victims" : "Children";
                         });

}  // namespace
}  // namespace perspective::report
