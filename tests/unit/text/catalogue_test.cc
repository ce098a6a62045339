#include "text/catalogue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace perspective::text {
namespace {

using testing::HasSubstr;

Catalogue catalogue(std::string_view json, std::string language = "en") {
  auto parsed = Catalogue::parse(json, std::move(language));
  EXPECT_TRUE(parsed) << parsed.error().what;
  return *parsed;
}

TEST(Catalogue, SaysAMessageWithItsArguments) {
  const auto words = catalogue(R"({"hello": "Hello {name}, you're number {n}"})");
  EXPECT_EQ(words.say("hello", {{"name", "Ann"}, {"n", 3}}), "Hello Ann, you're number 3");
}

TEST(Catalogue, ChoosesTheWelshPluralFormForEachOfItsSix) {
  const auto words = catalogue(
      R"({"cats": "{n, plural, zero {dim cathod} one {un gath} two {dwy gath} few {tair cath} many {chwe chath} other {# cath}}"})",
      "cy");
  const auto cats = [&](std::int64_t n) { return words.say("cats", {{"n", n}}); };
  EXPECT_EQ(cats(0), "dim cathod");
  EXPECT_EQ(cats(1), "un gath");
  EXPECT_EQ(cats(2), "dwy gath");
  EXPECT_EQ(cats(3), "tair cath");
  EXPECT_EQ(cats(6), "chwe chath");
  EXPECT_EQ(cats(7), "7 cath");
}

// Each argument's part, whatever its value holds, and the number of a plural.
TEST(Catalogue, TellsWhichWordsOfAMessageAreWhichArgument) {
  const auto words = catalogue(
      R"({"said": "{who} o'r {n, plural, one {un} other {# o {kind, select, child {blant ({who})} other {bobl}}}}, '{'n'}'"})",
      "cy");
  const Arguments arguments{{"who", "5 \uFDD0x\uFDD1y\uFDD2"}, {"n", 5}, {"kind", "child"}};
  const auto pieces = words.pieces("said", arguments);
  ASSERT_TRUE(pieces) << pieces.error().what;
  EXPECT_THAT(*pieces, testing::ElementsAre(Piece{"5 xy", "who"}, Piece{" o'r "}, Piece{"5", "n"}, Piece{" o blant ("},
                                            Piece{"5 xy", "who"}, Piece{"), {n}"}));
  std::string together;
  for (const auto& piece : *pieces) together += piece.text;
  EXPECT_EQ(together, words.say("said", {{"who", "5 xy"}, {"n", 5}, {"kind", "child"}}));
  EXPECT_EQ(words.pieces("said").error().code, ErrorCode::invalid);
  EXPECT_EQ(words.pieces("other").error().code, ErrorCode::not_found);
}

TEST(Catalogue, NamesTheKeyAndPlaceOfABrokenMessage) {
  const auto broken = Catalogue::parse(R"({"fine": "ok", "broken": "a {b"})", "en");
  ASSERT_FALSE(broken);
  EXPECT_THAT(broken.error().what, HasSubstr("broken"));
}

TEST(Catalogue, RefusesToFormatWithoutAnArgument) {
  const auto text = catalogue(R"({"a": "{n, plural, one {one of {base}} other {#}}"})").format("a", {{"n", 2}});
  ASSERT_FALSE(text);
  EXPECT_THAT(text.error().what, HasSubstr("base"));
}

TEST(Catalogue, ShowsAMissingKeyRatherThanNothing) { EXPECT_EQ(catalogue("{}").say("gone"), "«gone»"); }

TEST(Catalogue, TakesTheLaterOfTwoCataloguesWhereBothHaveAKey) {
  const auto both = catalogue(R"({"a": "1", "b": "1"})").with(catalogue(R"({"b": "2"})"));
  EXPECT_EQ(both.say("a") + both.say("b"), "12");
}

TEST(Catalogue, KeepsWhatIsSoundAndSaysWhatIsWrongWithEachOfTheOthers) {
  std::map<std::string, Error> mistakes;
  const auto sound = Catalogue::parse_what_can_be(R"({"a": "A", "b": "{", "c": 3, "d": "D"})", "en", mistakes);
  ASSERT_TRUE(sound);
  EXPECT_THAT(sound->keys(), testing::ElementsAre("a", "d"));
  ASSERT_EQ(mistakes.size(), 2U);
  EXPECT_THAT(mistakes.at("b").what, HasSubstr("near character"));
  EXPECT_THAT(mistakes.at("c").what, HasSubstr("is no text"));
}

TEST(Catalogue, TellsWhichArgumentsMustBeNumbers) {
  const auto words =
      catalogue(R"({"a": "{x, select, y {{n, plural, one {1} other {{t}}}} other {{m, selectordinal, other {#}}}}"})");
  EXPECT_THAT(words.number_names("a"), testing::ElementsAre("n", "m"));
  EXPECT_THAT(words.number_names("b"), testing::IsEmpty());
}

TEST(Numbers, AreSpelledOutByTheLanguagesRules) {
  EXPECT_EQ(number_in_words(15, "en"), "fifteen");
  EXPECT_EQ(number_in_words(21, "en"), "twenty-one");
  EXPECT_EQ(number_in_words(105, "en"), "one hundred and five");
  EXPECT_NE(number_in_words(15, "cy"), "fifteen");
}

TEST(Numbers, ASentenceBeginsWithACapitalInAnyScript) {
  EXPECT_EQ(capitalised("fifteen of them", "en"), "Fifteen of them");
  EXPECT_EQ(capitalised("ŵyl", "cy"), "Ŵyl");
  EXPECT_EQ(capitalised("", "en"), "");
}

TEST(Lists, JoinWithSemicolonsAndALastAnd) {
  EXPECT_EQ(joined({"a", "b", "c"}, "; ", " and "), "a; b and c");
  EXPECT_EQ(joined({"a"}, "; ", " and "), "a");
  EXPECT_EQ(joined({}, "; ", " and "), "");
}

}  // namespace
}  // namespace perspective::text
