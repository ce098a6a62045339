#include "paper/reference.h"

#include <gmock/gmock.h>

#include <set>

namespace perspective::paper {
namespace {

using testing::ElementsAre;
using testing::MatchesRegex;

TEST(ReferenceOfAForm, IsNineLettersWithoutVowelsInThrees) {
  for (int i = 0; i < 200; ++i) {
    EXPECT_THAT(draw_reference(), MatchesRegex("[B-DF-HJ-NP-TV-Z]{3}-[B-DF-HJ-NP-TV-Z]{3}-[B-DF-HJ-NP-TV-Z]{3}"));
  }
}

TEST(ReferenceOfAForm, IsDrawnAnewForEach) {
  std::set<std::string> drawn;
  for (int i = 0; i < 500; ++i) drawn.insert(draw_reference());
  EXPECT_EQ(drawn.size(), 500U);
}

TEST(ReferenceOfAForm, IsReadHoweverItIsTyped) {
  const std::string reference = draw_reference();
  std::string typed;
  for (const char c : reference) {
    if (c != '-') typed += static_cast<char>(c - 'A' + 'a');
    if (c == '-') typed += "  ";
  }
  EXPECT_EQ(read_reference(typed), reference);
  EXPECT_EQ(read_reference(reference), reference);
}

TEST(ReferenceOfAForm, IsNotReadWithOneLetterChanged) {
  const std::string letters = "BCDFGHJKMNPRSTVWXYZ";
  const std::string reference = draw_reference();
  for (std::size_t i = 0; i < reference.size(); ++i) {
    for (const char other : letters) {
      std::string changed = reference;
      if (reference[i] == '-' || reference[i] == other) continue;
      changed[i] = other;
      EXPECT_FALSE(read_reference(changed)) << reference << " " << changed;
    }
  }
}

TEST(ReferenceOfAForm, IsNotReadWithTwoNeighboursExchanged) {
  for (int draw = 0; draw < 50; ++draw) {
    const std::string reference = draw_reference();
    std::string plain;
    for (const char c : reference) {
      if (c != '-') plain += c;
    }
    for (std::size_t i = 0; i + 1 < plain.size(); ++i) {
      if (plain[i] == plain[i + 1]) continue;
      std::string changed = plain;
      std::swap(changed[i], changed[i + 1]);
      EXPECT_FALSE(read_reference(changed)) << plain << " " << changed;
    }
  }
}

TEST(ReferenceOfAForm, IsNotReadTooShortTooLongOrWithOtherSigns) {
  const std::string reference = draw_reference();
  EXPECT_FALSE(read_reference(reference.substr(0, reference.size() - 1)));
  EXPECT_FALSE(read_reference(reference + "B"));
  EXPECT_FALSE(read_reference(""));
  EXPECT_FALSE(read_reference("A" + reference.substr(1)));
}

TEST(ReferenceOfAForm, GivesFourWordsThatAreNoPersonsOwn) {
  EXPECT_THAT(words_of("BKT-WRM-ZCD"), ElementsAre("paper", "BKT", "WRM", "ZCD"));
}

}  // namespace
}  // namespace perspective::paper
