#include "authoring/reading.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "authoring/texts_check.h"

namespace perspective::authoring {
namespace {

TEST(Reading, CountsSyllablesAsTheyAreSaid) {
  const std::pair<const char*, std::size_t> words[] = {
      {"cat", 1},    {"make", 1}, {"makes", 1}, {"asked", 1},   {"wanted", 2},     {"needed", 2},   {"little", 2},
      {"table", 2},  {"the", 1},  {"tree", 1},  {"changes", 2}, {"inspector", 3},  {"question", 2}, {"anything", 3},
      {"helped", 1}, {"YOS", 3},  {"999", 3},   {"I", 1},       {"understand", 3}, {"really", 2},   {"easy", 2}};
  for (const auto& [word, syllables] : words) EXPECT_EQ(syllables_of(word), syllables) << word;
}

TEST(Reading, GradesTheSentencesThatEveryoneQuotes) {
  EXPECT_NEAR(reading_of("The cat sat on the mat.", "en").grade(), -1.45, 0.005);
  const auto dogs =
      reading_of("The Australian platypus is seemingly a hybrid of a mammal and reptilian creature.", "en");
  EXPECT_EQ(dogs.words, 13U);
  EXPECT_NEAR(dogs.grade(), 11.3, 2.0);
}

TEST(Reading, OfAnotherLanguageIsLix) {
  const auto welsh = reading_of("Mae arolygwyr eisiau gwybod.\nCewch chi neidio.", "cy");
  EXPECT_EQ(welsh.sentences, 2U);
  EXPECT_EQ(welsh.words, 7U);
  EXPECT_EQ(welsh.long_words, 1U);  // arolygwyr; eisiau and gwybod have six letters, digraphs two
  EXPECT_NEAR(welsh.lix(), 7.0 / 2 + 100.0 / 7, 0.001);
  EXPECT_FALSE(has_grade("cy"));
  EXPECT_TRUE(has_grade("en-GB"));
}

TEST(Reading, OfNothingIsNothing) {
  EXPECT_EQ(reading_of(" \n ", "en").grade(), 0);
  EXPECT_EQ(reading_of("", "cy").lix(), 0);
}

TEST(Spoken, FormsAreNeededForWhatAVoiceReadsOtherwise) {
  for (const auto* text : {"the YOS", "call 999", "0800 1111", "100%", "and/or", "a & b",
                           "\xC2\xA3"
                           "5",
                           "x@y.z"}) {
    EXPECT_NE(said_otherwise(text), "") << text;
  }
  for (const auto* text :
       {"I am 19.", "Y O S", "9 9 9", "Don't!", "It's I, again", "A b-c (d) \"e\"; f: g", "Ydy'r tŷ?"}) {
    EXPECT_EQ(said_otherwise(text), "") << text;
  }
}

}  // namespace
}  // namespace perspective::authoring
