#include "paper/reference.h"

#include <gmock/gmock.h>

#include <set>

#include "base/random.h"

namespace perspective::paper {
namespace {

const Bytes kSalt = {0x11, 0xC4, 0x02, 0x9E, 0x57, 0xFF, 0x30, 0x88, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08};

using testing::ElementsAre;
using testing::MatchesRegex;

TEST(ReferenceOfAForm, IsNineLettersWithoutVowelsInThrees) {
  for (int i = 0; i < 200; ++i) {
    EXPECT_THAT(draw_reference(kSalt), MatchesRegex("[B-DF-HJ-NP-TV-Z]{3}-[B-DF-HJ-NP-TV-Z]{3}-[B-DF-HJ-NP-TV-Z]{3}"));
  }
}

TEST(ReferenceOfAForm, IsDrawnAnewForEach) {
  std::set<std::string> drawn;
  for (int i = 0; i < 500; ++i) drawn.insert(draw_reference(kSalt));
  EXPECT_EQ(drawn.size(), 500U);
}

TEST(ReferenceOfAForm, IsReadHoweverItIsTyped) {
  const std::string reference = draw_reference(kSalt);
  std::string typed;
  for (const char c : reference) {
    if (c != '-') typed += static_cast<char>(c - 'A' + 'a');
    if (c == '-') typed += "  ";
  }
  EXPECT_EQ(read_reference(typed, kSalt), reference);
  EXPECT_EQ(read_reference(reference, kSalt), reference);
}

TEST(ReferenceOfAForm, IsNotReadWithOneLetterChanged) {
  const std::string letters = "BCDFGHJKMNPRSTVWXYZ";
  const std::string reference = draw_reference(kSalt);
  for (std::size_t i = 0; i < reference.size(); ++i) {
    for (const char other : letters) {
      std::string changed = reference;
      if (reference[i] == '-' || reference[i] == other) continue;
      changed[i] = other;
      EXPECT_FALSE(read_reference(changed, kSalt)) << reference << " " << changed;
    }
  }
}

TEST(ReferenceOfAForm, IsNotReadWithTwoLettersExchangedWhateverTheSalt) {
  for (int draw = 0; draw < 300; ++draw) {
    const auto salt = random_bytes(16);
    const std::string reference = draw_reference(salt);
    std::string plain;
    for (const char c : reference) {
      if (c != '-') plain += c;
    }
    for (std::size_t i = 0; i < plain.size(); ++i) {
      for (std::size_t j = i + 1; j < plain.size(); ++j) {
        if (plain[i] == plain[j]) continue;
        std::string changed = plain;
        std::swap(changed[i], changed[j]);
        EXPECT_FALSE(read_reference(changed, salt)) << plain << " " << changed;
      }
    }
  }
}

TEST(ReferenceOfAForm, IsHardlyEverReadByAnotherInspection) {
  auto other = kSalt;
  ++other[3];
  int read = 0;
  for (int i = 0; i < 1900; ++i) read += read_reference(draw_reference(kSalt), other) ? 1 : 0;
  EXPECT_GT(read, 40);  // one of 19 is, by chance: 100, give or take ten
  EXPECT_LT(read, 160);
}

TEST(ReferenceOfAForm, IsNotReadTooShortTooLongOrWithOtherSigns) {
  const std::string reference = draw_reference(kSalt);
  EXPECT_FALSE(read_reference(reference.substr(0, reference.size() - 1), kSalt));
  EXPECT_FALSE(read_reference(reference + "B", kSalt));
  EXPECT_FALSE(read_reference("", kSalt));
  EXPECT_FALSE(read_reference("A" + reference.substr(1), kSalt));
}

TEST(ReferenceOfAForm, GivesFourWordsThatAreNoPersonsOwn) {
  EXPECT_THAT(words_of("BKT-WRM-ZCD"), ElementsAre("paper", "BKT", "WRM", "ZCD"));
}

}  // namespace
}  // namespace perspective::paper
