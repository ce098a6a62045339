#include "text/scripts.h"

#include <gtest/gtest.h>

#include <string>

namespace perspective::text {
namespace {

TEST(LettersOfAWord, AreOwnWithAnyAccent) {
  for (const std::string word : {"three", "café", "tŷ", "gŵyl", "naïve", "straße", "łódź"})
    EXPECT_EQ(letters_of(word, "en"), Letters::own) << word;
  EXPECT_EQ(letters_of("три", "ru"), Letters::own);
  EXPECT_EQ(letters_of("تین", "ur"), Letters::own);
}

TEST(LettersOfAWord, AreMixedWhereOneOfThemIsOfAnotherScript) {
  for (const std::string word :
       {"thr\u0435e", "\u0430ll", "n\u03bfne", "h\u0430nner", "p\u03bfb", "\u0251ll", "\u1d0fne", "s\u0131x"})
    EXPECT_EQ(letters_of(word, "cy"), Letters::mixed) << word;
}

// "ѕіх" is Cyrillic alone, and reads as six.
TEST(LettersOfAWord, AreAsGoodAsMixedWhereAllOfThemLookLatin) {
  EXPECT_EQ(letters_of("\u0455\u0456\u0445", "en"), Letters::mixed);
  EXPECT_EQ(letters_of("\u043e\u0440\u0435", "en"), Letters::mixed);
}

TEST(LettersOfAWord, AreForeignWhereTheWordIsWhollyInAnotherScript) {
  for (const std::string word : {"шесть", "ἕξι", "три"}) EXPECT_EQ(letters_of(word, "en"), Letters::foreign) << word;
}

}  // namespace
}  // namespace perspective::text
