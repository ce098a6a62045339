// Whatever the numbers are, the prose of both questionnaires must read as prose, in every language.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>
#include <tuple>

#include "draft_of.h"
#include "people.h"

namespace perspective::report {
namespace {

namespace rc = reference_case;

// House style and grammar that a machine can see: what no sentence may hold, and why. POSIX, extended.
struct Fault {
  std::string pattern;
  std::string why;
};

const std::vector<Fault> kNowhere = {{"[{}#<>]", "a message that was not filled in"},
                                     {"  | [.,;:]|,,|\\.\\.|;\\.|,\\.", "punctuation"}};

const std::vector<Fault> kInASentence = {{"^[^A-Z]", "opens in words, with a capital"},
                                         {"(^|[^0-9])[0-9]([^0-9%]|$)", "one to nine are words"},
                                         {"\\b(0|100)%|\\b[Zz]ero\\b", "edges have words"}};

const std::vector<Fault> kInEnglish = {
    {"\\b([Oo]ne|[Nn]one|[Aa]ll) of the one\\b", "one person is no group"},
    {"\\b([Nn]one|[Aa]ll) of the two\\b|\\b[Aa]ll two\\b", "two are both or neither"},
    {"%[^.]* of the (two|three|four|five|six|seven|eight|nine) ", "no per cent of a few"},
    {"\\bYOT\\b|\\(s\\)|[Tt]he same one\\b", "house style"}};

const std::string kWelshNumber = "([0-9]|\\b(un|dd?au|[td]ri|pedwar|pump?|chwe|chwech|saith|wyth|naw))";

const std::vector<Fault> kInWelsh = {
    {"\\b(un|ddau|dau|tri|pedwar|pum|chwe|saith|wyth|naw) dd?eg\\b|\\bcant\\b", "figures from ten"},
    {"^([0-9]|(Un|Dau|Tri|Pedwar|Pump|Chwech|Saith|Wyth|Naw|Dim)\\b)", "a verb opens the sentence, never a number"},
    {kWelshNumber + " ([pb]lant|[pb]obl|phobl|dd?ioddefwyr|ymatebion|ymatebwyr|gweithwyr)\\b",
     "singular after a number"},
    {"[a-z] (Un|Dau|Tri|Pedwar|Pump|Chwech|Saith|Wyth|Naw|Pob|Y|Yr)\\b", "no capital inside the sentence"},
    {"\\b(dwy|tair|pedair|ddwy)\\b", "people are counted in the masculine"},
    {"\\b(pum|chwe) (o|o'r|ohonynt|allan|a|eu|fod)\\b", "pump and chwech stand alone"},
    {"\\b(pump|chwech) (person|berson|pherson|dioddefwr)\\b", "pum and chwe before a noun"},
    {"\\b(y|o'r|[Oo]'r) dau\\b|\\ballan o (dau|tri|pedwar|pump)\\b", "a soft mutation"},
    {"(^| )([Dd]ywedodd|[Rr]oedd) yr un (o'r|ohonynt|fod|eu)\\b", "nobody takes a negative verb"},
    {"\\bddywedodd (un|dau|tri|pedwar|pump|chwech|saith|wyth|naw|pob|y ddau|[0-9])", "somebody takes a positive verb"},
    {"\\b(yr un|pob un|un) (o'r|allan o) un\\b", "one person is no group"},
    {"\\by ddau o'r\\b|\\bpob un o'r ddau\\b", "two are y ddau"},
    {"%[^.]* o'r (ddau|tri|pedwar|pump|chwech|saith|wyth|naw)\\b", "no per cent of a few"},
    {"\\b[Yy] (un|wyth|[aeiou])|\\b(bod|fod|Dywedodd|dywedodd) y [aeiou]", "yr before a vowel"},
    {"\\bYOS\\b|\\bYOT\\b|\\bTTI\\b", "house style"}};

const std::vector<Fault>& faults_in(const std::string& language) { return language == "cy" ? kInWelsh : kInEnglish; }

void expect_none(const std::vector<Fault>& faults, const std::string& text) {
  for (const auto& fault : faults) EXPECT_THAT(text, testing::Not(testing::ContainsRegex(fault.pattern))) << fault.why;
}

// One questionnaire in one language.
class Prose : public testing::TestWithParam<std::tuple<const char*, const char*>> {
 protected:
  const std::string folder_ = std::string("assets/questionnaires/") + std::get<0>(GetParam());
  const std::string language_ = std::get<1>(GetParam());
  const survey::Questionnaire questionnaire_ = rc::questionnaire_in(folder_);

  DraftOf draft_of(unsigned seed) const {
    DraftOf draft("Anywhere", language_);
    draft.add(folder_, some_people(questionnaire_, seed));
    return draft;
  }
};

TEST_P(Prose, ReadsWellForAnyNumbers) {
  std::size_t sentences = 0;
  for (unsigned seed = 0; seed < 30; ++seed)
    for (const auto& paragraph : draft_of(seed).paragraphs(0))
      for (const auto& sentence : paragraph) {
        expect_none(kNowhere, sentence.text());
        expect_none(kInASentence, sentence.text());
        expect_none(faults_in(language_), sentence.text());
        EXPECT_TRUE(sentence.text().ends_with(".")) << sentence.text();
        ++sentences;
      }
  EXPECT_GT(sentences, 60U);
}

TEST_P(Prose, StandsInAFrameThatReadsWellForAnyNumbers) {
  for (unsigned seed = 0; seed < 8; ++seed) {
    auto draft = draft_of(seed);
    draft.draft().set_aside = seed;
    std::istringstream lines(draft.section());
    for (std::string line; std::getline(lines, line);) {
      expect_none(kNowhere, line);
      expect_none(faults_in(language_), line);
    }
  }
}

// Then another sentence may stand in.
bool has_empty_base(const std::vector<std::string>& findings, const tally::Tally& tally) {
  return std::ranges::any_of(findings, [&](const auto& id) {
    const auto& counted = *tally.finding(id);
    return counted.base == counted.missing;
  });
}

// A joint finding that counts the same people, or nobody, has often no number of its own. Of nobody nothing is said.
TEST_P(Prose, LeadsToTheCellOfEachJointFindingForAnyNumbers) {
  std::size_t led = 0;
  for (unsigned seed = 0; seed < 60; ++seed) {
    auto draft = draft_of(seed);
    const auto& tally = *draft.draft().chapters[0].tally;
    for (const auto& paragraph : draft.paragraphs(0))
      for (const auto& sentence : paragraph)
        for (const auto& id : sentence.findings) {
          const auto joint = questionnaire_.finding(id)->joint_with;
          if (!joint || tally.finding(*joint)->count == 0 || has_empty_base(sentence.findings, tally)) continue;
          const auto is_there = std::ranges::find(sentence.pieces, id, &PrintedPiece::finding) != sentence.pieces.end();
          EXPECT_TRUE(is_there) << id << " in: " << sentence.text();
          ++led;
        }
  }
  EXPECT_GT(led, 30U);
}

TEST_P(Prose, HasWordsForEverySentenceAndTopic) {
  const auto words = rc::section_words_in(folder_, language_);
  EXPECT_TRUE(words.has("section.heading"));
  for (const auto& paragraph : questionnaire_.section)
    for (const auto& sentence : paragraph.sentences) {
      EXPECT_TRUE(words.has("section." + sentence.id)) << sentence.id;
      EXPECT_TRUE(!sentence.otherwise || words.has("section." + *sentence.otherwise)) << sentence.id;
    }
  for (const auto& finding : questionnaire_.findings)
    EXPECT_TRUE(words.has("section.about." + finding.id)) << finding.id;
}

INSTANTIATE_TEST_SUITE_P(OfBothQuestionnaires, Prose,
                         testing::Combine(testing::Values("children-and-young-people", "victims"),
                                          testing::Values("en", "cy")),
                         [](const auto& test) {
                           const std::string questionnaire = std::get<0>(test.param);
                           return (questionnaire == "victims" ? "Victims_" : "Children_") +
                                  std::string(std::get<1>(test.param));
                         });

}  // namespace
}  // namespace perspective::report
