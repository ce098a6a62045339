// Sentences of two languages say the same: as many of them, and each with the same numbers.
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <sstream>

#include "draft_of.h"
#include "people.h"

namespace perspective::report {
namespace {

namespace rc = reference_case;

using Numbers = std::multiset<std::string>;  // "15", "88%"

// Words of a language to numbers, by ICU's own words for 2 to 99. One is left out: "all but one", "pob un ond un", "yr
// un pedwar" have it without counting anybody. In Welsh a word before it changes the first letter, a noun after it the
// end.
const std::map<std::string, std::string>& numbers_in_words(const std::string& language) {
  static std::map<std::string, std::map<std::string, std::string>> of_language;
  auto& words = of_language[language];
  if (!words.empty()) return words;
  for (int number = 2; number < 100; ++number) words[text::number_in_words(number, language)] = std::to_string(number);
  const std::map<std::string, std::vector<std::string>> forms = {{"dau", {"ddau"}},
                                                                 {"tri", {"dri", "thri"}},
                                                                 {"pedwar", {"bedwar", "phedwar"}},
                                                                 {"pump", {"bump", "phump", "pum"}},
                                                                 {"chwech", {"chwe"}},
                                                                 {"two", {"both"}}};
  for (const auto& [word, others] : forms)
    if (words.contains(word))
      for (const auto& other : others) words[other] = words.at(word);
  return words;
}

// Without what respondents wrote, which is the same in both.
std::string without_quotations(std::string text) {
  for (auto at = text.find("“"); at != std::string::npos; at = text.find("“"))
    text.erase(at, text.find("”", at) + std::string("”").size() - at);
  return text;
}

Numbers numbers_of(const std::string& text, const std::string& language) {
  std::string words = without_quotations(text);
  for (char& c : words)
    if (std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '%' && c != '-') c = ' ';
  Numbers numbers;
  std::istringstream stream(words);
  for (std::string word; stream >> word;) {
    word[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(word[0])));
    const auto& known = numbers_in_words(language);
    if (std::isdigit(static_cast<unsigned char>(word[0])) != 0) {
      numbers.insert(word);
    } else if (const auto found = known.find(word); found != known.end()) {
      numbers.insert(found->second);
    }
  }
  return numbers;
}

std::vector<PrintedSentence> sentences_of(const DraftOf& draft, std::size_t chapter) {
  std::vector<PrintedSentence> sentences;
  for (const auto& paragraph : draft.paragraphs(chapter))
    sentences.insert(sentences.end(), paragraph.begin(), paragraph.end());
  return sentences;
}

template <typename Compared>
std::size_t expect_the_same_numbers(const DraftOf& english, const DraftOf& welsh, std::size_t chapter) {
  const auto ours = sentences_of(english, chapter);
  const auto theirs = sentences_of(welsh, chapter);
  EXPECT_EQ(ours.size(), theirs.size());
  std::size_t stated = 0;
  for (std::size_t i = 0; i < std::min(ours.size(), theirs.size()); ++i) {
    EXPECT_EQ(ours[i].id, theirs[i].id);
    const auto in_english = numbers_of(ours[i].text(), "en");
    const auto in_welsh = numbers_of(theirs[i].text(), "cy");
    EXPECT_EQ(Compared(in_english.begin(), in_english.end()), Compared(in_welsh.begin(), in_welsh.end()))
        << ours[i].text() << '\n'
        << theirs[i].text();
    stated += in_welsh.size();
  }
  return stated;
}

TEST(NumbersInWords, AreReadInEitherLanguage) {
  EXPECT_EQ(numbers_of("Twenty-one of these, 88% of the 17, both and “nine lives”", "en"),
            (Numbers{"21", "88%", "17", "2"}));
  EXPECT_EQ(numbers_of("Dau allan o dri, y ddau, pum plentyn, pob un ond un o'r 17 a chwech ohonynt", "cy"),
            (Numbers{"2", "3", "2", "5", "17", "6"}));
}

TEST(BothLanguages, StateTheSameNumbersSentenceBySentenceInTheReferenceCase) {
  std::size_t stated = 0;
  for (const std::size_t chapter : {0U, 1U})
    stated += expect_the_same_numbers<Numbers>(croydon("en"), croydon("cy"), chapter);
  EXPECT_GT(stated, 40U);
}

// A set: "of the two, both" is "o'r ddau, y ddau", but English and Welsh do not always repeat a number alike.
TEST(BothLanguages, StateTheSameNumbersWhateverTheyAre) {
  std::size_t stated = 0;
  for (const std::string id : {"children-and-young-people", "victims"}) {
    const auto folder = "assets/questionnaires/" + id;
    for (unsigned seed = 0; seed < 24; ++seed) {
      const auto people = some_people(rc::questionnaire(id), seed);
      DraftOf english("Anywhere", "en");
      DraftOf welsh("Anywhere", "cy");
      stated +=
          expect_the_same_numbers<std::set<std::string>>(english.add(folder, people), welsh.add(folder, people), 0);
    }
  }
  EXPECT_GT(stated, 500U);
}

}  // namespace
}  // namespace perspective::report
