// The 31 published figures, sentence by sentence, in both languages.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

#include "draft_of.h"
#include "report/amounts.h"
#include "report/head.h"

namespace perspective::report {
namespace {

namespace rc = reference_case;

// "Of 17 ... all": the parts stand in this order; each is a whole word or phrase.
bool states(const std::string& sentence, const std::string& phrase) {
  std::string pattern = "(^|[^A-Za-z0-9])";
  for (std::size_t at = 0; at < phrase.size(); ++at) {
    if (phrase.compare(at, 5, " ... ") == 0) {
      pattern += "[^A-Za-z0-9].*[^A-Za-z0-9]";
      at += 4;
    } else {
      pattern += phrase[at];
    }
  }
  return testing::Matches(testing::ContainsRegex(pattern + "($|[^A-Za-z0-9])"))(sentence);
}

struct Stated {
  std::string figure;
  std::string phrase;
  std::string finding;
  std::int64_t count = 0;
};

// The published section was English; how a language puts a figure stands in a file of its own.
std::string phrase_of(const boost::json::value& figure, const std::string& language) {
  if (language == "en") return std::string(figure.at("phrase").as_string());
  static const auto welsh = rc::read_json("tests/fixtures/croydon-2012/figures.cy.json");
  return std::string(welsh.at("phrases").at(figure.at("id").as_string()).as_string());
}

// Every figure with the finding that counts it, by questionnaire.
std::map<std::string, std::vector<Stated>> figures(const std::string& language) {
  std::map<std::string, std::vector<Stated>> all;
  const auto file = rc::read_json(rc::kFigures);
  for (const auto& figure : file.at("figures").as_array()) {
    const std::string id(figure.at("questionnaire").as_string());
    std::set<std::string> counted;
    for (const auto& option : figure.at("counted").as_array()) counted.emplace(option.as_string());
    const auto questionnaire = rc::questionnaire(id);
    for (const auto& finding : questionnaire.findings)
      if (finding.item == figure.at("variable").as_string() &&
          std::set<std::string>(finding.counted.begin(), finding.counted.end()) == counted)
        all[id].push_back({std::string(figure.at("id").as_string()), phrase_of(figure, language), finding.id,
                           figure.at("finding_count").to_number<std::int64_t>()});
  }
  return all;
}

std::vector<PrintedSentence> sentences_of(const DraftOf& draft, std::size_t chapter) {
  std::vector<PrintedSentence> sentences;
  for (auto& paragraph : draft.paragraphs(chapter))
    for (auto& sentence : paragraph) sentences.push_back(std::move(sentence));
  return sentences;
}

const PrintedSentence* sentence_with(const std::vector<PrintedSentence>& sentences, const std::string& finding) {
  const auto found = std::ranges::find_if(sentences, [&](const auto& sentence) {
    return std::ranges::find(sentence.findings, finding) != sentence.findings.end();
  });
  return found == sentences.end() ? nullptr : &*found;
}

std::set<std::string> names_in(const std::string& text, const std::string& language) {
  static const std::map<std::string, AmountWords> words{{"en", rc::unwrapped(AmountWords::of(rc::phrases("en")))},
                                                        {"cy", rc::unwrapped(AmountWords::of(rc::phrases("cy")))}};
  std::set<std::string> names;
  for (auto& amount : words.at(language).in(text))
    if (amount.words != "yr un") names.insert(std::move(amount.name));  // "yr un pedwar": the same four
  return names;
}

class PublishedFigures : public testing::TestWithParam<const char*> {};

TEST_P(PublishedFigures, StandEachInTheirOwnSentence) {
  const auto draft = croydon(GetParam());
  std::size_t stated = 0;
  std::size_t chapter = 0;
  for (const auto& [questionnaire, list] : figures(GetParam())) {
    const auto sentences = sentences_of(draft, chapter++);
    for (const auto& figure : list) {
      const auto* sentence = sentence_with(sentences, figure.finding);
      ASSERT_NE(sentence, nullptr) << figure.figure;
      EXPECT_TRUE(states(sentence->text(), figure.phrase))
          << figure.figure << " \"" << figure.phrase << "\" in: " << sentence->text();
      ++stated;
    }
  }
  EXPECT_EQ(stated, 31U);
}

// Said to be the same people as those of the finding that they hang on, with no number of their own: "and that they had
// ...".
const std::set<std::string> kSaidWithoutANumber{"contract_discussed", "plan_discussed", "worries_heard"};

// Whoever asks where a figure comes from is led to the cell that holds this very count.
TEST_P(PublishedFigures, LeadEachToTheCellThatHoldsItsCount) {
  auto draft = croydon(GetParam());
  std::set<std::string> led_to;
  std::size_t chapter = 0;
  for (const auto& [questionnaire, list] : figures(GetParam())) {
    const auto sentences = sentences_of(draft, chapter);
    for (const auto& figure : list) {
      const auto& pieces = sentence_with(sentences, figure.finding)->pieces;
      const auto* counted = draft.draft().chapters[chapter].tally->finding(figure.finding);
      ASSERT_NE(counted, nullptr);
      EXPECT_EQ(counted->count, figure.count) << figure.figure;
      std::string words;
      for (const auto& piece : pieces)
        if (piece.finding == figure.finding) words += piece.text + ". ";
      EXPECT_FALSE(words.empty()) << figure.figure << " leads nowhere";
      if (kSaidWithoutANumber.contains(figure.finding))
        EXPECT_TRUE(counted->is_same) << figure.figure;
      else
        EXPECT_THAT(names_in(words, GetParam()), testing::IsSupersetOf(names_in(figure.phrase, GetParam())))
            << figure.figure << ": " << words;
      if (!words.empty()) led_to.insert(questionnaire + "/" + figure.finding);
    }
    ++chapter;
  }
  EXPECT_EQ(led_to.size(), 31U);
}

TEST(PublishedFigure, SharesASentenceOnlyWhereItIsJoint) {
  for (const auto* id : {"children-and-young-people", "victims"}) {
    const auto questionnaire = rc::questionnaire(id);
    std::multiset<std::string> told;
    for (const auto& paragraph : questionnaire.section)
      for (const auto& sentence : paragraph.sentences)
        for (std::size_t i = 0; i < sentence.findings.size(); ++i) {
          told.insert(sentence.findings[i]);
          if (i > 0) {
            EXPECT_EQ(questionnaire.finding(sentence.findings[i])->joint_with, sentence.findings[0]);
          }
        }
    for (const auto& finding : questionnaire.findings) EXPECT_EQ(told.count(finding.id), 1U) << finding.id;
  }
}

TEST_P(PublishedFigures, OpenTheirSentenceWhereThePhraseHasACapital) {
  const auto draft = croydon(GetParam());
  std::size_t chapter = 0;
  for (const auto& [questionnaire, list] : figures(GetParam())) {
    const auto sentences = sentences_of(draft, chapter++);
    for (const auto& figure : list) {
      if (figure.phrase[0] < 'A' || figure.phrase[0] > 'Z') continue;
      const auto start = figure.phrase.substr(0, figure.phrase.find(" ... "));
      EXPECT_TRUE(sentence_with(sentences, figure.finding)->text().starts_with(start)) << figure.figure;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(InEveryLanguage, PublishedFigures, testing::Values("en", "cy"),
                         [](const auto& test) { return std::string(test.param); });

class ReferenceSection : public testing::TestWithParam<const char*> {};

TEST_P(ReferenceSection, QuotesEveryChosenCommentOnceWithSicWhereTheInspectorSaidSo) {
  auto draft = croydon(GetParam());
  const auto section = draft.section();
  ASSERT_EQ(draft.draft().quotations.size(), 10U);
  std::size_t sics = 0;
  for (const auto& quotation : draft.draft().quotations) {
    const auto printed = "“" + quotation.printed + (quotation.is_sic ? " (sic)" : "") + "”";
    const auto at = section.find(printed);
    EXPECT_NE(at, std::string::npos) << printed;
    EXPECT_EQ(section.find(quotation.printed, at + printed.size()), std::string::npos) << printed;
    sics += quotation.is_sic ? 1 : 0;
  }
  EXPECT_EQ(sics, 3U);
}

// A kiosk that sent more than came in, and tokens that were taken and never issued.
Reconciliation with_gaps() {
  Reconciliation sides;
  sides.has_fieldwork_ended = true;
  sides.kiosks = {{.name = "Front office", .told = Ledger{.started = 36, .sent = 31}, .came_in = 29}};
  sides.tokens = {.issued = 40, .spent = 36, .never_issued = 2};
  return sides;
}

// Numbers that count nobody of the tally: they have no cell.
const std::map<std::string, std::vector<std::string>> kNobodysFigures{
    {"en",
     {"may point to one person", "Fewer than ten people", "one person more or less", "one of them wrote",
      "who had one said", "the only one to whom", "One child or young person added"}},
    {"cy",
     {"llai na deg o bobl", "byddai un person yn fwy", "un ohonynt:", "un plentyn neu berson ifanc",
      "arwain at adnabod unigolyn"}}};

TEST_P(ReferenceSection, LinksEveryNumberToItsCell) {
  const std::string language = GetParam();
  auto draft = croydon(language);
  draft.on_paper(0, 6);
  draft.on_paper(1, 1);
  draft.draft().set_aside = 3;
  draft.draft().reconciliation = with_gaps();
  std::size_t linked = 0;
  for (const auto& block : draft.document().blocks) {
    const auto* const paragraph = std::get_if<Paragraph>(&block);
    if (paragraph == nullptr) continue;
    std::string unlinked;
    for (const auto& run : paragraph->runs) {
      linked += run.cell.empty() ? 0 : 1;
      unlinked += run.cell.empty() && !run.is_quoted ? run.text : " | ";
    }
    for (const auto& words : kNobodysFigures.at(language)) {
      const auto at = unlinked.find(words);
      if (at != std::string::npos) unlinked.erase(at, words.size());
    }
    for (const auto& name : names_in(unlinked, language))
      EXPECT_TRUE(name.find_first_of("0123456789") == std::string::npos) << name << " in: " << unlinked;
  }
  EXPECT_GT(linked, 31U);
}

TEST(FullSection, LeadsFromTheNotesAtItsHeadToTheReconciliation) {
  for (const std::string language : {"en", "cy"}) {
    auto draft = croydon(language);
    draft.draft().set_aside = 3;
    draft.draft().reconciliation = with_gaps();
    std::vector<std::string> notes;
    for (const auto& block : draft.document().blocks)
      if (const auto* const paragraph = std::get_if<Paragraph>(&block))
        for (const auto& run : paragraph->runs)
          if (run.cell == kOfReconciliation) notes.push_back(run.text);
    ASSERT_EQ(notes.size(), 2U) << language;
    EXPECT_FALSE(names_in(notes[0], language).empty()) << notes[0];
    EXPECT_NE(notes[1].find("Front office"), std::string::npos) << notes[1];
    EXPECT_TRUE(names_in(notes[1], language).contains("31")) << notes[1];
  }
}

TEST(FullSection, LeadsFromHowManyAnsweredOnPaperToHowManyAnswered) {
  for (const auto& [language, words] :
       {std::pair("en", "Six of them answered on paper."), std::pair("cy", "Atebodd chwech ohonynt ar bapur.")}) {
    auto draft = croydon(language);
    draft.on_paper(0, 6);
    std::size_t found = 0;
    for (const auto& block : draft.document().blocks)
      if (const auto* const paragraph = std::get_if<Paragraph>(&block))
        found += std::ranges::count(paragraph->runs, report::Run{.text = words, .cell = "children-and-young-people"});
    EXPECT_EQ(found, 1U) << language;
  }
}

INSTANTIATE_TEST_SUITE_P(InEveryLanguage, ReferenceSection, testing::Values("en", "cy"),
                         [](const auto& test) { return std::string(test.param); });

TEST(FullSection, PrintsTheWordsThatTheInspectorLeftAndNeverTheOriginal) {
  auto draft = croydon();
  auto& quotation = draft.draft().quotations.front();
  const auto original = quotation.original;
  quotation.printed = "[name] went through it";
  EXPECT_EQ(draft.section().find(original), std::string::npos);
  EXPECT_NE(draft.section().find("“[name] went through it"), std::string::npos);
}

TEST(FullSection, DoesNotTellTheOrderInWhichCommentsCame) {
  auto draft = croydon();
  const auto section = draft.section();
  std::ranges::reverse(draft.draft().quotations);
  EXPECT_EQ(draft.section(), section);
}

TEST(FullSection, IsMarkedAtHeadAndFoot) {
  const auto section = croydon().section();
  const auto mark = rc::unwrapped(rc::phrases().format("report.mark"));
  EXPECT_TRUE(section.starts_with(mark));
  EXPECT_TRUE(section.ends_with(mark + "\n"));
}

TEST(FullSection, IsHeadedByHowManyWereSetAside) {
  auto draft = croydon();
  EXPECT_EQ(draft.section().find("could not be read"), std::string::npos);
  draft.draft().set_aside = 1;
  EXPECT_NE(draft.section().find("\n\nOne response could not be read and is not counted here.\n\nChildren"),
            std::string::npos);
}

TEST(FullSection, SaysWhereNobodyHasCheckedItsWords) {
  const auto line = "\n\n" + rc::unwrapped(rc::phrases("cy").format("report.draft")) + "\n\n";
  for (const auto& text : {croydon("cy").section(), croydon("cy").tally()})
    EXPECT_NE(text.find(line), std::string::npos) << text.substr(0, 200);
  for (const auto& text : {croydon("en").section(), croydon("en").tally()})
    EXPECT_EQ(text.find("DRAFT"), std::string::npos);
  auto frame = croydon("cy");  // its own phrases are a draft still
  for (auto& chapter : frame.draft().chapters)
    chapter.words = chapter.words.with(rc::unwrapped(text::Catalogue::parse(R"({"status": "checked"})", "cy")));
  EXPECT_NE(frame.section().find(line), std::string::npos);
  auto draft = croydon("en");
  auto& words = draft.draft().chapters[1].words;
  words = words.with(rc::unwrapped(text::Catalogue::parse(R"({"status": "draft"})", "en")));
  EXPECT_NE(draft.section().find("\n\nDRAFT"), std::string::npos);
  EXPECT_NE(draft.tally().find("\n\nDRAFT"), std::string::npos);
}

TEST(FullTally, SaysInWelshHowManyWereSetAside) {
  auto draft = croydon("cy");
  draft.draft().set_aside = 7;
  EXPECT_NE(draft.tally().find("\nNid oedd modd darllen saith o ymatebion, ac nid ydynt yn cael eu cyfrif yma.\n"),
            std::string::npos);
}

TEST(FullTally, FitsATerminalOfEightyColumns) {
  for (const auto* language : {"en", "cy"}) {
    std::istringstream lines(croydon(language).tally());
    for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 80U) << line;
  }
}

TEST(FullTally, ShowsTheQuestionWhereTheWordsHaveIt) {
  auto draft = croydon();
  auto& words = draft.draft().chapters[1].words;
  words = words.with(rc::unwrapped(text::Catalogue::parse(
      R"({"item.satisfied": "How happy are you with what the YOS did for you, with everything it did and said from the first day?"})",
      "en")));
  EXPECT_NE(draft.tally().find("satisfied\n  How happy are you"), std::string::npos);
  std::istringstream lines(draft.tally());
  for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 80U) << line;
}

}  // namespace
}  // namespace perspective::report
