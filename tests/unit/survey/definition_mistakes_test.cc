// Every mistake that a definition can hold is told at its place. The corpus of tests/fixtures/bad-definitions shows how
// an author is told of several; here each is made once, in the small questionnaire.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "small_questionnaire.h"
#include "survey/definition_marks.h"
#include "survey/reachability.h"

namespace perspective::survey {
namespace {

using testing::HasSubstr;

struct Mistake {
  std::string_view piece;
  std::string_view instead;
  std::string_view told;
};

void PrintTo(const Mistake& mistake, std::ostream* out) { *out << mistake.told; }

class AMistake : public testing::TestWithParam<Mistake> {};

TEST_P(AMistake, IsToldAtItsPlace) {
  const auto parsed = Questionnaire::parse(with(GetParam().piece, GetParam().instead));
  ASSERT_FALSE(parsed);
  EXPECT_EQ(parsed.error().code, ErrorCode::invalid);
  EXPECT_THAT(parsed.error().what, HasSubstr(std::string(GetParam().told)));
}

constexpr std::string_view kLanguages = R"("languages": ["en", "cy"])";
constexpr std::string_view kLast = R"({"type": "text", "variable": "more"})";
constexpr std::string_view kFormat = R"("format": 1,)";
constexpr std::string_view kDog = R"({"id": "dog"})";
constexpr std::string_view kJoyful = R"("within": "owners", "form": "count"})";
constexpr std::string_view kSentence = R"({"id": "owners", "findings": ["owners"]})";
constexpr std::string_view kNote = R"([{"text": "note.sad", "when": "${joy} = 'little'"}])";

const Mistake kShapes[] = {
    {kFormat, R"("format": 2,)", "/format: is not 1"},
    {kFormat, "", "/format: is missing"},
    {R"("version": 2)", R"("version": "two")", "/version: is not a whole number from 1 to 1000000"},
    {R"("id": "pets", )", "", "/id: is missing"},
    {R"("id": "pets")", R"("id": 7)", "/id: is no text"},
    {R"("id": "pets")", R"("id": "")", "/id: is no text, or an empty one"},
    {kLanguages, R"("languages": "en")", "/languages: is no list"},
    {kLanguages, R"("languages": [])", "/languages: has no language"},
    {kLanguages, R"("languages": ["English"])", "/languages/0: \"English\" is no language"},
    {kLanguages, R"("languages": ["en", "en"])", "/languages/1: \"en\" is there twice"},
    {kLast, "7", "/items/4: is no object"},
    {kFormat, R"("format": 1, "a/b~c": 1,)", "/a~1b~0c: is no member that belongs here"},
    {kFormat, R"("format": 1, "long_sentences": [],)", "/long_sentences: is no object"},
    {kFormat, R"("format": 1, "long_sentences": {"x": 7},)", "/long_sentences/x: is no text"},
    {kFormat, R"("format": 1, "consent": 7,)", "/consent: is no object"},
    {kFormat, R"("format": 1, "welcome": ["Hello there"],)", "/welcome/0: \"Hello there\" is no text key"},
    {kFormat, R"("format": 1, "talk": ["a.b", "a.b"],)", "/talk/1: \"a.b\" is there twice"},
    {kFormat, R"("format": 1, "helplines": [7],)", "/helplines/0: is no object"},
    {kFormat, R"("format": 1, "helplines": [{"text": "h", "number": "ring us", "checked": ""}],)",
     "/helplines/0/number: \"ring us\" cannot be dialled"},
    {kFormat, R"("format": 1, "helplines": [{"text": "h", "number": "1", "checked": "today"}],)",
     "/helplines/0/checked: \"today\" is no day"},
    {kFormat, R"("format": 1, "helplines": [{"text": "h", "number": "1", "checked": 7}],)",
     "/helplines/0/checked: is no text"},
};

const Mistake kItems[] = {
    {kLast, R"({"type": "essay", "variable": "more"})", "/items/4/type: \"essay\" is no type"},
    {kLast, R"({"variable": "more"})", "/items/4/type: is missing"},
    {kLast, R"({"type": "text", "variable": "More"})", "/items/4/variable: \"More\" does not fit"},
    {kLast, R"({"type": "text", "variable": "more", "options": []})", "/items/4/options: does not belong to a text"},
    {kLast, R"({"type": "text", "variable": "more", "max_bytes": 0})", "/items/4/max_bytes: is not a whole number"},
    {kLast, R"({"type": "text", "variable": "more", "words": ["A b"]})", "/items/4/words/0: \"A b\" does not fit"},
    {kLast, R"({"type": "text", "variable": "more", "words": ["a", "a"]})", "/items/4/words/1: \"a\" is there twice"},
    {kLast, R"({"type": "text", "variable": "more", "notes": [7]})", "/items/4/notes/0: is no object"},
    {kLast, R"({"type": "text", "variable": "more", "notes": [{"text": "A b", "when": "${more} != ''"}]})",
     "/items/4/notes/0/text: \"A b\" is no text key"},
    {kLast, R"({"type": "scale", "variable": "more"})", "/items/4/options: has fewer than two options"},
    {kLast, R"({"type": "scale", "variable": "more", "options": 7})", "/items/4/options: is no list"},
    {R"("max_bytes": 20)", R"("max_bytes": 20, "relevant": 7)", "/items/2/relevant"},
    {kDog, "7", "/items/1/options/1: is no object"},
    {kDog, R"({"id": "dog", "base": "inside"})", "/items/1/options/1/base: is not \"outside\""},
    {kDog, R"({"id": "dog", "value": 1})", "/items/1/options/1/value: belongs to a scale only"},
    {kDog, R"({"id": "dog", "picture": "../dog"})", "/items/1/options/1/picture: \"../dog\" is no name of a picture"},
    {kDog, R"({"id": "dog", "picture": 7})", "/items/1/options/1/picture: is no text"},
    {R"({"id": "no"})", R"({"id": "no", "exclusive": true})", "/items/0/options/1/exclusive: belongs to a multiple"},
    {R"("exclusive": true)", R"("exclusive": "yes")", "/items/1/options/3/exclusive: is neither true nor false"},
    {R"("value": 2)", R"("value": 2000000)", "/items/3/options/0/value: is not a whole number"},
    {R"("type": "scale", )", R"("type": "scale", "max_bytes": 3, )", "/items/3/max_bytes: belongs to a text only"},
    {R"("relevant": "${has_pet} = 'yes')", R"("relevant": "${has_pet} is 'yes')", "/items/1/relevant: cannot be read"},
    {kNote, R"([{"text": "note.sad", "when": "${more} != ''"}])",
     "/items/3/notes/0/when: names ${more}, which is asked"},
    {kNote, R"([{"text": "note.sad", "when": "${mood} != ''"}])",
     "/items/3/notes/0/when: names ${mood}, which no item"},
    {"selected(${which}, 'other')", "selected(${has_pet}, 'other')", "/items/2/relevant: names 'other', which is no"},
    {"count-selected(${which}) > 0", "selected(${other_which}, 'x')",
     "asks selected() of other_which, which is a text"},
    {"count-selected(${which}) > 0", "count-selected(${has_pet}) > 0", "asks count-selected() of has_pet"},
    {"count-selected(${which}) > 0", "${which} > 0", "compares which with a number, which an option never is"},
};

const Mistake kPractice[] = {
    {kFormat, R"("format": 1, "practice": 7,)", "/practice: is no object"},
    {kFormat, R"("format": 1, "practice": {"type": "text", "variable": "more"},)",
     "/practice/variable: \"more\" is there twice"},
    {kFormat, R"("format": 1, "practice": {"type": "text", "variable": "try", "relevant": "${more} != ''"},)",
     "/practice/relevant: stands on the practice question"},
    {kFormat,
     R"("format": 1, "practice": {"type": "text", "variable": "try", "notes": [{"text": "n", "when": "${more} != ''"}]},)",
     "/practice/notes/0/when: names ${more}, of which nothing is known"},
    {kFormat,
     R"("format": 1, "practice": {"type": "scale", "variable": "try", "options": [{"id": "a"}, {"id": "b"}],
        "notes": [{"text": "n", "when": "${try} = 'c'"}]},)",
     "/practice/notes/0/when: names 'c', which is no option of try"},
};

const Mistake kResults[] = {
    {kJoyful, R"("within": "owners", "form": "many"})", "/findings/1/form: \"many\" is no form"},
    {kJoyful, R"("within": "owners", "joint_with": "owners"})", "/findings/1: is nested (within) and joint"},
    {kJoyful, R"("within": "joyless"})", "/findings/1/within: \"joyless\" is no finding"},
    {kJoyful, R"("joint_with": "joyful"})", "/findings/1/joint_with: goes round in a circle"},
    {kJoyful, R"("within": ""})", "/findings/1/within: is no text"},
    {R"("findings": [{)", R"("findings": [7, {)", "/findings/0: is no object"},
    {R"("findings": [{)", R"("findings": [{"id": "first", "item": "joy", "counted": ["much"], "within": "owners"}, {)",
     "/findings/0/within: \"owners\" stands later in the list"},
    {R"("counted": ["much"])", R"("counted": [])", "/findings/1/counted: has no option"},
    {R"("counted": ["much"])", R"("counted": ["much", "much"])", "/findings/1/counted/1: \"much\" is there twice"},
    {R"("counted": ["much"])", R"("counted": [""])", "/findings/1/counted/0: is no text"},
    {R"("item": "joy")", R"("item": "fun")", "/findings/1/item: \"fun\" is no item"},
    {R"("item": "joy")", R"("item": "more")", "/findings/1/item: \"more\" is a text, which cannot be counted"},
    {R"("item": "joy")", R"("item": "")", "/findings/1/item: is no text"},
    {R"("section": [)", R"("section": [7, )", "/section/0: is no object"},
    {R"("section": [)", R"("section": [{"sentences": []}, )", "/section/0/sentences: has no sentence"},
    {kSentence, "7", "/section/0/sentences/0: is no object"},
    {kSentence, R"({"id": "words"})", "/section/0/sentences/1/id: \"words\" is there twice"},
    {kSentence, R"({"id": "owners", "findings": ["none"]})",
     "/section/0/sentences/0/findings/0: \"none\" is no finding"},
    {kSentence, R"({"id": "owners", "findings": ["owners", "owners"]})", "/findings/1: \"owners\" is there twice"},
    {kSentence, R"({"id": "owners", "otherwise": "Nobody"})", "/sentences/0/otherwise: \"Nobody\" does not fit"},
    {R"("quotes": ["more"])", R"("quotes": ["more", "more"])", "/sentences/1/quotes/1: \"more\" is there twice"},
    {R"("quotes": ["more"])", R"("quotes": ["nothing"])", "/sentences/1/quotes/0: \"nothing\" is no text item"},
    {R"("quotes": ["more"])", R"("quotes": [""])", "/sentences/1/quotes/0: is no text"},
    {kFormat, R"("format": 1, "consent": {"variable": "agreed", "option": "yes"},)",
     "/consent/variable: \"agreed\" is"},
    {kFormat, R"("format": 1, "consent": {"variable": "more", "option": "yes"},)", "/consent/variable: \"more\" is no"},
    {kFormat, R"("format": 1, "consent": {"variable": "has_pet", "option": "ja"},)", "/consent/option: \"ja\" is no"},
    {kFormat, R"("format": 1, "consent": {"variable": "", "option": ""},)", "/consent/variable: is no text"},
    {kFormat, R"("format": 1, "consent": {"variable": "has_pet", "option": ""},)", "/consent/option: is no text"},
};

INSTANTIATE_TEST_SUITE_P(InShape, AMistake, testing::ValuesIn(kShapes));
INSTANTIATE_TEST_SUITE_P(InAnItem, AMistake, testing::ValuesIn(kItems));
INSTANTIATE_TEST_SUITE_P(InThePractice, AMistake, testing::ValuesIn(kPractice));
INSTANTIATE_TEST_SUITE_P(InResults, AMistake, testing::ValuesIn(kResults));

std::string complaints(const std::string& definition) {
  const auto parsed = Questionnaire::parse(definition);
  return parsed ? "none" : parsed.error().what;
}

TEST(Definition, ThatIsNoObjectOrAsksNothingSaysSo) {
  EXPECT_THAT(complaints("[]"), HasSubstr("/: is no object"));
  EXPECT_THAT(complaints(R"({"format": 1, "id": "x", "version": 1, "languages": ["en"], "items": []})"),
              HasSubstr("/items: has no item"));
}

TEST(Definition, HasAtMostSixtyFourOptionsInAnItem) {
  std::string options;
  for (int i = 0; i < 65; ++i) options += (i == 0 ? "" : ", ") + ("{\"id\": \"o" + std::to_string(i) + "\"}");
  EXPECT_THAT(complaints(with(R"([{"id": "much", "value": 2}, {"id": "little", "value": 1}])", "[" + options + "]")),
              HasSubstr("/items/3/options: has more than 64 options"));
}

// What follows from a mistake is not told as another one.
TEST(Definition, IsNotToldOfOptionsWhereTheyCouldNotBeRead) {
  for (const auto* broken : {R"({"type": "essay", "variable": "has_pet", "options": [{"id": "ja"}]})",
                             R"({"type": "single_choice", "variable": "has_pet", "options": 7})"}) {
    const auto told = complaints(with(
        R"({"type": "single_choice", "variable": "has_pet", "options": [{"id": "yes"}, {"id": "no"}, {"id": "rather_not", "base": "outside"}]})",
        broken));
    EXPECT_THAT(told, testing::Not(HasSubstr("no option of has_pet"))) << told;
  }
}

TEST(Definition, KnowsEveryForm) {
  for (const auto* form : {"automatic", "count", "count_of", "count_out_of", "percent"}) {
    EXPECT_EQ(complaints(with(R"("form": "count")", R"("form": ")" + std::string(form) + '"')), "none") << form;
  }
}

TEST(Definition, MayHaveAllThatTheSmallOneHasNot) {
  const auto full = Questionnaire::parse(
      with(kFormat,
           R"("$schema": "x", "format": 1, "welcome": ["hello"], "talk": ["talk.one"], "long_sentences": {"en": "25"},
      "helplines": [{"text": "line.a", "number": "+44 800 1111", "checked": "2026-11-22"}],
      "consent": {"variable": "has_pet", "option": "yes"},
      "practice": {"type": "scale", "variable": "try", "options": [{"id": "a", "value": 1, "picture": "half"}, {"id": "b"}],
                   "notes": [{"text": "n", "when": "${try} = 'a'"}], "words": ["sun"]},)"));
  ASSERT_TRUE(full) << full.error().what;
  EXPECT_EQ(full->helplines[0].number, "+44 800 1111");
  EXPECT_EQ(full->consent->option, "yes");
  EXPECT_THAT(picture_names(*full), testing::ElementsAre("half"));
  EXPECT_EQ(full->finding("nobody"), nullptr);
}

TEST(Marks, AreThoseOfTheSchema) {
  for (const auto* text : {"a", "a_1", "pets"}) EXPECT_TRUE(is_name(text)) << text;
  for (const auto* text : {"", "A", "1a", "_a", "a-b", "a b"}) EXPECT_FALSE(is_name(text)) << text;
  EXPECT_TRUE(is_name(std::string(64, 'a')));
  EXPECT_FALSE(is_name(std::string(65, 'a')));
  EXPECT_TRUE(is_questionnaire_id("street-2026"));
  EXPECT_FALSE(is_questionnaire_id("street_2026"));
  for (const auto* text : {"a", "a.b_1", "a.1.b"}) EXPECT_TRUE(is_text_key(text)) << text;
  for (const auto* text : {"", "A", "1a", "a..b", "a.", ".a", "a.B", "a b"}) EXPECT_FALSE(is_text_key(text)) << text;
  EXPECT_FALSE(is_text_key(std::string(161, 'a')));
}

TEST(Marks, OfALanguageAreItsCodeItsScriptAndItsCountry) {
  for (const auto* text : {"en", "cym", "sr-Latn", "pt-BR", "zh-Hant-TW"}) EXPECT_TRUE(is_language(text)) << text;
  for (const auto* text : {"", "e", "engl", "EN", "en-gb", "en-G", "en-Gb", "en_GB", "sr-latn", "sr-LATN", "sr-Latn-",
                           "en-GBR", "sr_Latn", "en-Lat", "en-gB"}) {
    EXPECT_FALSE(is_language(text)) << text;
  }
}

TEST(Marks, OfANumberAndADayAreWrittenInOneWay) {
  for (const auto* text : {"112", "0800 1111", "+44 20 7946 0018"}) EXPECT_TRUE(is_dialled_number(text)) << text;
  for (const auto* text : {"", "+", "12  34", " 12", "12 ", "1-2", "a"}) EXPECT_FALSE(is_dialled_number(text)) << text;
  for (const auto* text : {"2026-11-22", "2026-01-01", "2026-12-31"}) EXPECT_TRUE(is_day(text)) << text;
  for (const auto* text : {"", "2026-1-22", "2026/11/22", "2026-11/22", "2O26-11-22", "2026-00-10", "2026-13-10",
                           "2026-11-00", "2026-11-32", "2026-11-2a"}) {
    EXPECT_FALSE(is_day(text)) << text;
  }
}

}  // namespace
}  // namespace perspective::survey
