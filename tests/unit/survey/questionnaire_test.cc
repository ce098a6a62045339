#include "survey/questionnaire.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "small_questionnaire.h"

namespace perspective::survey {
namespace {

using testing::AllOf;
using testing::HasSubstr;

std::string complaints(std::string_view definition) {
  const auto parsed = Questionnaire::parse(definition);
  return parsed ? "none" : parsed.error().what;
}

TEST(Definition, IsReadWithEveryKindOfItem) {
  const auto pets = small_questionnaire();
  EXPECT_EQ(pets.id, "pets");
  EXPECT_EQ(pets.version, 2);
  EXPECT_EQ(pets.items.size(), 5U);
  EXPECT_FALSE(options_of(pets.items[0])[2].in_base);
  EXPECT_TRUE(options_of(pets.items[1])[3].is_exclusive);
  EXPECT_EQ(options_of(pets.items[3])[0].value, 2);
  EXPECT_EQ(std::get<FreeText>(pets.items[2].kind).max_bytes, 20U);
  EXPECT_EQ(pets.finding("joyful")->within, "owners");
  EXPECT_EQ(pets.item("nobody"), nullptr);
}

TEST(Definition, ThatIsNoJsonSaysSo) { EXPECT_THAT(complaints("{"), HasSubstr("/: is not JSON")); }

TEST(Definition, IsToldAllOfItsMistakesAtOnce) {
  std::string twice = with(R"("id": "pets", "version": 2)", R"("id": "Pets", "version": 0, "colour": 1)");
  EXPECT_THAT(complaints(twice),
              AllOf(HasSubstr("/version: is not a whole number from 1"),
                    HasSubstr("/colour: is no member that belongs here"), HasSubstr("/id: \"Pets\" does not fit")));
}

TEST(Definition, MayNotAskAboutAnItemThatNobodyHas) {
  EXPECT_THAT(complaints(with("${has_pet} = 'yes'", "${had_pet} = 'yes'")),
              HasSubstr("/items/1/relevant: names ${had_pet}, which no item has"));
}

TEST(Definition, MayNotAskAboutAnItemThatComesLater) {
  EXPECT_THAT(complaints(with("${has_pet} = 'yes'", "${more} != ''")), HasSubstr("which is asked later"));
}

TEST(Definition, MayNotAskInACircle) {
  EXPECT_THAT(complaints(with("${has_pet} = 'yes'", "${joy} = 'much'")),
              AllOf(HasSubstr("/items/1/relevant: goes round in a circle: ${which} needs ${joy} needs ${which}"),
                    testing::Not(HasSubstr("asked later"))));
}

TEST(Definition, MayNotNameAnOptionThatDoesNotExist) {
  EXPECT_THAT(complaints(with("${has_pet} = 'yes'", "${has_pet} = 'yess'")), HasSubstr("no option of has_pet"));
  EXPECT_THAT(complaints(with(R"("counted": ["much"])", R"("counted": ["very"])")), HasSubstr("/findings/1/counted"));
}

TEST(Definition, MayNotUseAnIdTwice) {
  EXPECT_THAT(complaints(with(R"("variable": "more")", R"("variable": "joy")")), HasSubstr("\"joy\" is there twice"));
  EXPECT_THAT(complaints(with(R"({"id": "dog"})", R"({"id": "cat"})")), HasSubstr("/items/1/options/1/id"));
  EXPECT_THAT(complaints(with(R"({"id": "joyful",)", R"({"id": "owners",)")), HasSubstr("/findings/1/id"));
}

TEST(Definition, MayNotCountAnOptionOutsideTheBase) {
  EXPECT_THAT(complaints(with(R"("counted": ["yes"])", R"("counted": ["rather_not"])")), HasSubstr("outside the base"));
}

TEST(Definition, MayNotNestFindingsInEachOther) {
  EXPECT_THAT(complaints(with(R"("counted": ["yes"]})", R"("counted": ["yes"], "within": "joyful"})")),
              HasSubstr("circle: owners hangs on joyful hangs on owners"));
}

TEST(Definition, MayQuoteOnlyTexts) {
  EXPECT_THAT(complaints(with(R"("quotes": ["more"])", R"("quotes": ["joy"])")), HasSubstr("is no text item"));
}

TEST(Definition, NeedsAtLeastTwoOptionsForAChoice) {
  EXPECT_THAT(complaints(with(R"([{"id": "much", "value": 2}, {"id": "little", "value": 1}])", R"([{"id": "much"}])")),
              HasSubstr("/items/3/options: has fewer than two"));
}

}  // namespace
}  // namespace perspective::survey
