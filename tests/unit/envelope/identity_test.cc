#include "envelope/identity.h"

#include <gmock/gmock.h>

#include <set>

#include "envelope/letters.h"
#include "shell.h"

namespace perspective::envelope {
namespace {

using ::testing::HasSubstr;

const Bytes kSalt = *from_hex("000102030405060708090a0b0c0d0e0f");

std::string numbered_words(std::size_t count) {
  std::string lines;
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t rest = i, digit = 0; digit < 3; ++digit, rest /= 16) lines += static_cast<char>('a' + rest % 16);
    lines += '\n';
  }
  return lines;
}

std::string id_of(const std::vector<std::string>& words, ByteView salt = kSalt) {
  const auto id = derive_id(words, salt);
  return id ? to_hex(*id) : id.error().what;
}

TEST(EnvelopeIdentifier, IsTheSameForTheSameWordsInAnyCaseAndSpacing) {
  const std::string id = id_of({"apple", "river", "candle", "stone"});
  EXPECT_EQ(id_of({"Apple", "RIVER", " candle ", "stone\n"}), id);
}

TEST(EnvelopeIdentifier, IsWhatOpenSslsOwnScryptGives) {
  testing::Shell shell;
  ASSERT_TRUE(
      shell.run("openssl kdf -keylen 16 -kdfopt 'pass:apple tŷ candle stone' "
                "-kdfopt hexsalt:000102030405060708090a0b0c0d0e0f -kdfopt n:32768 -kdfopt r:8 -kdfopt p:1 "
                "-kdfopt maxmem_bytes:67108864 SCRYPT | tr -d ':\\n' | tr A-F a-f"))
      << shell.output();
  EXPECT_EQ(id_of({"apple", "Tŷ", "candle", "stone"}), shell.output());
}

TEST(EnvelopeIdentifier, IsTheSameForAWelshLetterWholeOrInTwoParts) {
  EXPECT_EQ(id_of({"a", "t\u0177", "b", "c"}), id_of({"A", "TY\u0302", "b", "c"}));
}

TEST(EnvelopeIdentifier, ChangesWithTheOrderOfTheWordsAndWithTheSalt) {
  const std::string id = id_of({"apple", "river", "candle", "stone"});
  EXPECT_NE(id_of({"river", "apple", "candle", "stone"}), id);
  EXPECT_NE(id_of({"apple", "river", "candle", "stone"}, *from_hex("ff0102030405060708090a0b0c0d0e0f")), id);
}

TEST(EnvelopeIdentifier, NeedsFourWholeWordsAndASaltOfSixteenBytes) {
  EXPECT_THAT(id_of({"apple", "river", "candle"}), HasSubstr("are four"));
  EXPECT_THAT(id_of({"apple river", "candle", "stone", "x"}), HasSubstr("not one Latin word"));
  EXPECT_THAT(id_of({"apple", "", "candle", "stone"}), HasSubstr("not one Latin word"));
  EXPECT_THAT(id_of({"a", "b", "c", "d"}, Bytes(15)), HasSubstr("salt"));
}

TEST(EnvelopeIdentifier, AsTextComesBackAsItself) {
  EnvelopeId id{};
  id.front() = 0xab;
  id.back() = 0x01;
  EXPECT_EQ(to_hex(id), "ab000000000000000000000000000001");
  EXPECT_EQ(*id_from_hex(to_hex(id)), id);
}

TEST(EnvelopeIdentifier, IsNotReadFromOtherText) {
  for (const char* text : {"", "ab", "AB000000000000000000000000000001", "ab00000000000000000000000000000100"}) {
    EXPECT_EQ(id_from_hex(text).error().code, ErrorCode::invalid) << text;
  }
}

TEST(WordList, OfTwoThousandAndFortyEightWordsIsTaken) {
  const auto list = WordList::parse(numbered_words(2048));
  ASSERT_TRUE(list);
  std::set<std::string> drawn;
  for (int i = 0; i < 200; ++i) {
    const auto four = list->draw_four();
    ASSERT_EQ(four.size(), 4U);
    drawn.insert(four.begin(), four.end());
  }
  EXPECT_GT(drawn.size(), 500U);  // 800 draws of 2 048: 663 expected
}

TEST(WordList, OfAnotherLengthIsRefusedWithItsLength) {
  EXPECT_THAT(WordList::parse(numbered_words(2047)).error().what, HasSubstr("2047 words"));
  EXPECT_THAT(WordList::parse(numbered_words(2049)).error().what, HasSubstr("2049 words"));
  EXPECT_THAT(WordList::parse("").error().what, HasSubstr("0 words"));
}

TEST(WordList, WithAWordTwiceIsRefusedWithItsLineWhateverTheCase) {
  EXPECT_THAT(WordList::parse("one\ntwo\nONE\n").error().what, HasSubstr("line 3: the word stands there twice"));
}

TEST(WordList, WithSomethingElseThanAWordIsRefusedWithItsLine) {
  EXPECT_THAT(WordList::parse("one\ntwo words\n").error().what, HasSubstr("line 2: not one"));
  EXPECT_THAT(WordList::parse("one\nдва\n").error().what, HasSubstr("line 2: not one"));
}

// The same 4 000 spellings through Unicode's own tables, as Python has them.
TEST(NormalisedWord, IsWhatUnicodeSaysForEveryLetterThatItKnows) {
  testing::Shell shell;
  ASSERT_TRUE(shell.run(R"(cat > u.py <<'END'
import unicodedata as u
for c in list(range(0x41,0x7b)) + list(range(0xc0,0x180)) + list(range(0x1e80,0x1e86)) + [0x1ef2,0x1ef3]:
    for form in (chr(c), u.normalize('NFD', chr(c))):
        if chr(c).isalpha(): print(form, u.normalize('NFC', chr(c).lower()))
END
/usr/bin/python3 u.py)"));
  std::istringstream lines(shell.output());
  int known = 0;
  for (std::string given, expected; lines >> given >> expected;) {
    if (const auto word = normalised_word(given)) {
      EXPECT_EQ(*word, expected) << given;
      ++known;
    }
  }
  EXPECT_EQ(known, 2 * (52 + 2 * 96));
}

TEST(NormalisedWord, IsNoneForBytesThatAreNotUtf8) {
  for (const char* text :
       {"\xc3", "\xc3\x28", "\xe1\xba", "\xff", "\xf0\x9f\x98\x80", "a\xcc\x82\xcc\x82", "\xcc\x82"}) {
    EXPECT_FALSE(normalised_word(text)) << text;
  }
}

}  // namespace
}  // namespace perspective::envelope
