#include "comments/giveaways.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/file.h"
#include "comments/redaction.h"
#include "support/source_folder.h"

namespace perspective::comments {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Found = std::vector<std::string>;

GiveawayWords words_in(const std::string& language) {
  const auto path = std::filesystem::path(kSourceFolder) / "assets/comments" / (language + ".json");
  return *GiveawayWords::parse(*read_text(path));
}

const GiveawayWords& both_languages() {
  static const GiveawayWords words = [] {
    auto english = words_in("en");
    english.add(words_in("cy"));
    return english;
  }();
  return words;
}

// "name: Dave"
Found found_in(const std::string& text) {
  Found found;
  for (const auto& span : giveaways(text, both_languages())) {
    found.push_back(std::string(to_text(span.kind)) + ": " + text.substr(span.begin, span.end - span.begin));
  }
  return found;
}

TEST(ANameInAComment, IsACapitalInsideASentence) {
  EXPECT_THAT(found_in("My worker Oyelaran listened to me."), ElementsAre("name: Oyelaran"));
  EXPECT_THAT(found_in("I told Anna Pennington-Jones about it"), ElementsAre("name: Anna Pennington-Jones"));
}
TEST(ANameInAComment, IsFoundHoweverAChildWritesIt) {
  EXPECT_THAT(found_in("dave is sound"), ElementsAre("name: dave"));
  EXPECT_THAT(found_in("DAVE IS SOUND"), testing::Contains("name: DAVE"));
  EXPECT_THAT(found_in("my worker is called oyelaran"), ElementsAre("name: oyelaran"));
  EXPECT_THAT(found_in("mr oyelaran shouted"), ElementsAre("name: mr oyelaran"));
}
TEST(ANameInAComment, IsACapitalInEveryAlphabetThatHasThem) {
  EXPECT_THAT(found_in("My worker Łukasz listened to me."), ElementsAre("name: Łukasz"));
  EXPECT_THAT(found_in("I told Żaneta Ștefan about it"), ElementsAre("name: Żaneta Ștefan"));
  EXPECT_THAT(found_in("I told Ẹniọlá about it"), ElementsAre("name: Ẹniọlá"));
  EXPECT_THAT(found_in("I told Олена about it"), ElementsAre("name: Олена"));
}
TEST(ANameInAComment, IsOneWordWhetherAnAccentIsACharacterOrFollowsOne) {
  EXPECT_THAT(found_in("I told Zoe\u0308 about it"), ElementsAre("name: Zoe\u0308"));
}
TEST(ANameInAComment, MayBeginASentence) {
  EXPECT_THAT(found_in("Oyelaran was kind. Pharrell said no."), ElementsAre("name: Oyelaran", "name: Pharrell"));
  EXPECT_THAT(found_in("Oyelaran's room is cold"), ElementsAre("name: Oyelaran"));
}
TEST(ANameInAComment, IsWithoutWhatIsTheirs) {
  EXPECT_THAT(found_in("I like Dave's dog"), ElementsAre("name: Dave"));
  EXPECT_THAT(found_in("I like Dave\u2019s dog"), ElementsAre("name: Dave"));
}
TEST(ANameInAComment, MayBeAPlaceASchoolOrAHandle) {
  EXPECT_THAT(found_in("I went to Thornbury Academy"), ElementsAre("name: Thornbury Academy"));
  EXPECT_THAT(found_in("find me @lil.tay"), ElementsAre("name: @lil.tay"));
}
TEST(ANameInAComment, IsNoOrdinaryWord) {
  EXPECT_THAT(found_in("Staff listened. They helped me with school. Everyone was kind. I'm happy, I think!"),
              IsEmpty());
  EXPECT_THAT(found_in("The YOS got me into the PRU on Monday, in English."), IsEmpty());
  EXPECT_THAT(found_in("Nothing\nNot really\nTalking to me"), IsEmpty());
}

TEST(ANameInWelsh, IsFoundAsInEnglish) {
  EXPECT_THAT(found_in("Roedd Llinos yn garedig iawn."), ElementsAre("name: Llinos"));
  EXPECT_THAT(found_in("Dw i'n hoffi siarad gyda Dafydd Prydderch."), ElementsAre("name: Dafydd Prydderch"));
  EXPECT_THAT(found_in("roedd siân yn helpu"), ElementsAre("name: siân"));
}
TEST(ANameInWelsh, MayHaveACapitalWithARoof) {
  EXPECT_THAT(found_in("gyda Ŵyn a Siôn"), ElementsAre("name: Ŵyn", "name: Siôn"));
}
TEST(ANameInWelsh, IsNoOrdinaryWord) {
  EXPECT_THAT(found_in("Mae pawb yn helpu. Roedd y staff yn dda. Dydw i ddim yn gwybod."), IsEmpty());
}

TEST(FiguresInAComment, AreATelephoneNumberHoweverTheyAreGrouped) {
  EXPECT_THAT(found_in("ring 07700 900123 or (029) 2018 0000 or +44 7700 900 123 ok"),
              ElementsAre("telephone: 07700 900123", "telephone: (029) 2018 0000", "telephone: +44 7700 900 123"));
}
TEST(FiguresInAComment, AreADate) {
  EXPECT_THAT(found_in("born 3/4/2009, or 03.04.09"), ElementsAre("date: 3/4/2009", "date: 03.04.09"));
  EXPECT_THAT(found_in("on 3rd of May 2009"), ElementsAre("date: 3rd of May 2009"));
  EXPECT_THAT(found_in("since May 2025"), ElementsAre("date: May 2025"));
  EXPECT_THAT(found_in("ar 12 Mawrth 2009 ac 3ydd o Fai"), ElementsAre("date: 12 Mawrth 2009", "date: 3ydd o Fai"));
}
TEST(FiguresInAComment, AreANumberOfSomebodys) {
  EXPECT_THAT(found_in("my urn is 4419203"), ElementsAre("number: 4419203"));
}
TEST(FiguresInAComment, AreNothingOfTheKindWhenTheyCount) {
  EXPECT_THAT(found_in("I am 15 and waited 20 minutes, 24/7, at 12.30, since 2024. It may 5 times"), IsEmpty());
}

TEST(APlaceInAComment, IsAPostcode) {
  EXPECT_THAT(found_in("i live at CR0 2YZ or cf101bh"), ElementsAre("postcode: CR0 2YZ", "postcode: cf101bh"));
}
TEST(APlaceInAComment, IsAnAddress) {
  EXPECT_THAT(found_in("i live on 12 acacia road with mum"), ElementsAre("address: 12 acacia road"));
  EXPECT_THAT(found_in("near Mill Close"), ElementsAre("address: Mill Close"));
  EXPECT_THAT(found_in("in flat 3"), ElementsAre("address: flat 3"));
  EXPECT_THAT(found_in("yn Heol y Frenhines"), ElementsAre("address: Heol y Frenhines"));
  EXPECT_THAT(found_in("ger 7 Stryd Fawr"), ElementsAre("address: 7 Stryd Fawr"));
}
TEST(APlaceInAComment, IsNoneWhereAWordIsOneOfEveryDay) {
  EXPECT_THAT(found_in("2 workers came close to me on the way, the street is long"), IsEmpty());
}
TEST(APlaceInAComment, IsAnEMailAddress) {
  EXPECT_THAT(found_in("write to jay.k@example.org."), ElementsAre("email: jay.k@example.org"));
}

TEST(WhatIsLookedThrough, MayHoldAnyBytes) {
  std::string all;
  for (int i = 0; i < 2000; ++i) all += static_cast<char>(i * 37 % 256);
  for (std::size_t end = 0; end < all.size(); ++end) {
    std::size_t last = 0;
    for (const auto& span : giveaways(std::string_view(all).substr(0, end), both_languages())) {
      EXPECT_LE(last, span.begin);
      EXPECT_LT(span.begin, span.end);
      EXPECT_LE(span.end, end);
      last = span.end;
    }
  }
}

TEST(AListOfWords, ThatLacksAKindIsRefused) {
  EXPECT_EQ(GiveawayWords::parse(R"({"names": []})").error().code, ErrorCode::invalid);
  EXPECT_EQ(GiveawayWords::parse("x").error().code, ErrorCode::invalid);
}

TEST(ARedaction, TakesTheWordsOutWhereverTheyStandByThemselves) {
  EXPECT_EQ(redacted("Al always liked AL. Al's dog, Alan.", {{"Al", "[name]"}}),
            "[name] always liked [name]. [name]'s dog, Alan.");
}
TEST(ARedaction, TakesTheLongestFirst) {
  EXPECT_EQ(redacted("Anna Jones and Anna", {{"Anna", "[a]"}, {"Anna Jones", "[b]"}}), "[b] and [a]");
}
TEST(ARedaction, SeesCapitalsWithRoofsAndOtherApostrophes) {
  EXPECT_EQ(redacted("ŁUKASZ, łukasz", {{"Łukasz", "[name]"}}), "[name], [name]");
  EXPECT_EQ(redacted("ŵyn a d\u2019angelo", {{"Ŵyn", "[enw]"}, {"D'Angelo", "[enw]"}}), "[enw] a [enw]");
}
TEST(ARedaction, KnowsWordsThatAreNone) {
  EXPECT_EQ(redacted("call @dave (now)", {{"@dave", "[x]"}, {"(now)", ""}}), "call [x] ");
}
TEST(ARedaction, OfWhatIsLikelyHasItsLabels) {
  const std::string text = "dave lives at CR0 2YZ, Dave said";
  const auto replaced = redacted(text, replacements_of(text, giveaways(text, both_languages()), words_in("cy")));
  EXPECT_EQ(replaced, "[enw] lives at [cod post], [enw] said");
}

}  // namespace
}  // namespace perspective::comments
