// Which numbers of an edited release are of nobody, which may be, and in what other words all, none, most and a few are
// said.
#include "edited_release.h"

namespace perspective::report {
namespace {

struct Said {
  const char* paragraph;
  const char* of;  // as said_of() has it
};

class ANumberInAnEditedEnglishRelease : public AnEditedRelease {
 protected:
  void expect(const std::vector<Said>& all) {
    for (const auto& [paragraph, of] : all) EXPECT_EQ(said_of(paragraph), of) << paragraph;
  }
};
class ANumberInAnEditedWelshRelease : public ANumberInAnEditedEnglishRelease {};

const std::string kBand = "Thirteen or more of the 17 who answered said that they were at least half satisfied";

// The true and hidden figure is fifteen of 17.
TEST_P(ANumberInAnEditedEnglishRelease, IsAsUnknownWhereItIsLargerThanAllWhoTookPart) {
  for (const auto& [part, names] :
       std::vector<std::pair<std::string, std::string>>{{"88 in 100 of the 17 who answered", "88; 100"},
                                                        {"Of the 17 who answered, 88 in every hundred", "88; all; 100"},
                                                        {"882 in 1000", "882; 1000"},
                                                        {"88 of 100", "88; 100"},
                                                        {"Ninety out of a hundred", "90; 100"},
                                                        {"Eighty-eight for every 100", "88; all; 100"},
                                                        {"882", "882"}})
    EXPECT_EQ(found_after({{kBand, part + " said that they were at least half satisfied"}}), names) << part;
  expect({{"83 in 100 of the 12 said so.", "83; 100; 12"},
          {"It was ninety in a hundred.", "90; 100"},
          {"The service has 300 staff.", "300"},
          {"It cost £1,200.", "1200"}});
}

TEST_P(ANumberInAnEditedWelshRelease, IsAsUnknownWhereItIsLargerThanAllWhoTookPart) {
  expect({{"Dywedodd 83 ym mhob 100 hynny.", "83; pob un; 100"},
          {"Dywedodd 88 o bob 100 hynny.", "88; pob un is asked about; 100"},
          {"Dywedodd 882 allan o 1000 hynny.", "882; 1000"},
          {"Dywedodd 88 mewn 100 hynny.", "88; 100"},
          {"Dywedodd 88 in 100 hynny.", "88; 100"}});
}

TEST_P(ANumberInAnEditedEnglishRelease, IsOfNobodyWhereItCanBeNothingButAYear) {
  expect({{"In 2009 inspectors found this.", ""},
          {"We came in March 2030 and again in June 2030.", ""},
          {"The 2009 inspection found this.", ""},
          {"The service was inspected in 1899.", "1899"},
          {"The plan is for 2101.", "2101"},
          {"1950 in 2000 said so.", "1950; 2000"},
          {"1950 of the 2000 said so.", "1950; 2000"},
          {"1950/2000 said so.", "1950; 2000"},
          {"1950 2000 said so.", "1950; 2000"},
          {"In 2009 17 of them said so.", "2009; 17"},
          {"1,950 said so.", "1950"},
          {"2009 per cent.", "2009%"}});
  EXPECT_EQ(found_after({{"Twelve of the 18 said", "In 2009, twelve of the 18 said"}}), "");
  EXPECT_EQ(found_after({{"Twelve of the 18 said", "Of 2009 twelve of the 18 said"}}), "2009");
}

TEST_P(ANumberInAnEditedEnglishRelease, IsAskedAboutWhereItMayBeAYear) {
  expect({{"1950 children said so.", "1950 is asked about"},
          {"In 2009 young people said so.", "2009 is asked about"},
          {"Of children 1950 said so.", "1950 is asked about"},
          {"In the summer of 2009 we came.", "2009 is asked about"},
          {"Per 2000 it was otherwise.", "2000 is asked about"},
          {"In 2009, of 2010 and more.", "2009 is asked about; 2010 is asked about"}});
}

TEST_P(ANumberInAnEditedWelshRelease, IsOfNobodyWhereItCanBeNothingButAYear) {
  expect({{"Yn 2009 gwelsom hyn.", ""},
          {"Daethom ym Mawrth 2030.", ""},
          {"In 2009.", ""},
          {"Yn haf o 2009.", "2009 is asked about"},
          {"Dywedodd 1950 o blant hynny.", "1950 is asked about"},
          {"Dywedodd 1950 plentyn hynny.", "1950 is asked about"},
          {"Dywedodd 1950 children hynny.", "1950 is asked about"},
          {"Dywedodd 1950 o 2000 hynny.", "1950; 2000"},
          {"Dywedodd 1950 in 2000 hynny.", "1950; 2000"}});
}

TEST_P(ANumberInAnEditedEnglishRelease, IsOfNobodyBehindTheWordForWhatIsNumberedWhereNoGroupIsSoLarge) {
  expect({{"Section 47 of the Children Act 1989 applies.", ""},
          {"See page 88.", ""},
          {"See page 88 in 100.", "88; 100"},
          {"Of 100 see page 88.", "100"},
          {"See page 88, in 100.", "88; 100"},
          {"In this section 83 said so.", "83"},
          {"To the question 83 said yes.", "83"},
          {"Section 83 children said so.", "83"},
          {"See page 88.5.", "88.5 is asked about"}});
}

TEST_P(ANumberInAnEditedEnglishRelease, IsAskedAboutWhereItMayBeOfThingsOrOfAChapter) {
  expect({{"We spoke to staff and managers on two visits.", "2 is asked about"},
          {"We return to this in chapter 4.", "4 is asked about"},
          {"See paragraph 2.3 of the report.", "2.3 is asked about"},
          {"More of that: chapter 4.", "4 is asked about"},
          {"We were there on 12 March 2030.", "12 is asked about"},
          {"It took 31 days.", "31 is asked about"},
          {"Most comments were about staff.", "more than half is asked about"},
          {"Half days were common.", "half"},
          {"Two children visits.", "2"},
          {"Children two visits.", "2"},
          {"Most children said so.", "more than half"},
          {"Most of them said so.", "more than half"},
          {"Two of the visits helped.", "2"},
          {"Two said visits helped.", "2"},
          {"15 years olds said so.", "15"},
          {"Two in three visits helped.", "2; 3"},
          {"In this section 15 said so.", "15"},
          {"Of chapter and page: 15 said so.", "15"},
          {"Two, visits helped.", "2"}});
}

TEST_P(ANumberInAnEditedWelshRelease, IsAskedAboutWhereItMayBeOfThingsOrOfAChapter) {
  expect({{"Aethom yno ar ddau ymweliad.", "2 is asked about"},
          {"Gwelsom hyn ym mhennod 4.", "4 is asked about"},
          {"Roeddem yno ar 12 Mawrth 2030.", "12 is asked about"},
          {"Adran 47 o Ddeddf 1989.", ""},
          {"Adran 83 o 100.", "83; 100"},
          {"I'r cwestiwn 83 dywedwyd hyn.", "83"},
          {"Dywedodd dau ddioddefwr hynny.", "2"}});
}

// A sentence of the paragraph's own is asked about too; one that names a figure is not.
TEST_P(ANumberInAnEditedEnglishRelease, IsNotAskedAboutBesideAFigureOfTheSection) {
  const std::string end = "that the YOS had thought about what they needed.";
  EXPECT_EQ(asked_after(end, end + " We return to this in chapter 40."), "");
  EXPECT_EQ(asked_after(end, end + " We return to this in chapter 4."), "4 is asked about");
  EXPECT_EQ(asked_after("Twelve of the 18 said", "As chapter 4 shows, twelve of the 18 said"), "4");
  EXPECT_EQ(asked_after("Twelve of the 18 said", "On two visits twelve of the 18 said"), "2");
  EXPECT_EQ(asked_after(end, end + " Most comments were about staff."), "more than half");
}

TEST_P(ANumberInAnEditedEnglishRelease, MayBeOfPeopleWhereNothingIsStatedOfAnybody) {
  const auto unknown = unknown_amounts(words_, {"In 2009 we saw section 47."}, Document{});
  ASSERT_EQ(unknown.size(), 2U);
  EXPECT_TRUE(unknown[0].may_be_other);
  EXPECT_TRUE(unknown[1].may_be_other);
}

TEST_P(ANumberInAnEditedEnglishRelease, MayNotBeSaidInWordsOfAnotherKind) {
  const std::string end = "that the YOS had thought about what they needed.";
  for (const auto& [more, names] :
       std::vector<std::pair<const char*, const char*>>{{"The whole group agreed.", "all"},
                                                        {"The whole of this group agreed.", "all"},
                                                        {"The entirety agreed.", "all"},
                                                        {"To a man they agreed.", "all"},
                                                        {"Universally they agreed.", "all"},
                                                        {"They invariably agreed.", "all"},
                                                        {"They agreed without fail.", "all"},
                                                        {"Not any of them agreed.", "none"},
                                                        {"Not a soul agreed.", "none"},
                                                        {"Hardly a child agreed.", "few"},
                                                        {"The lion's share agreed.", "more than half"},
                                                        {"The bulk agreed.", "more than half"},
                                                        {"Mostly they agreed.", "mostly"},
                                                        {"Predominantly they agreed.", "mostly"},
                                                        {"Largely they agreed.", "mostly"},
                                                        {"A score of them agreed.", "20"},
                                                        {"A brace of victims agreed.", "2"},
                                                        {"A lone boy agreed.", "1"},
                                                        {"A solitary child agreed.", "1"},
                                                        {"Double figures agreed.", "double figures"},
                                                        {"The second child agreed.", "2"},
                                                        {"The first young person agreed.", "1"},
                                                        {"A fifteenth child agreed.", "15"},
                                                        {"The 15th child agreed.", "15"}})
    EXPECT_EQ(asked_after(end, end + " " + more), names) << more;
  EXPECT_EQ(asked_after(end, end + " They agreed, save the brothers."), "except is asked about");
}

TEST_P(ANumberInAnEditedEnglishRelease, IsNotWhatProseHasInSuchWords) {
  expect({{"On the whole the service improved.", ""},
          {"In the first week of the fieldwork we met managers.", ""},
          {"The service has a policy on lone working.", ""},
          {"A second visit followed.", ""},
          {"It is known for putting children first.", ""},
          {"The scores are in the annex.", ""}});
}

TEST_P(ANumberInAnEditedWelshRelease, MayNotBeSaidInWordsOfAnotherKind) {
  const std::string end = "fod y GTI wedi ystyried eu hanghenion.";
  for (const auto& [more, names] :
       std::vector<std::pair<const char*, const char*>>{{"Cytunodd y grŵp cyfan.", "pob un"},
                                                        {"Cytunodd y grwp cyfan.", "pob un"},
                                                        {"Cytunodd y criw cyfan.", "pob un"},
                                                        {"Cytunasant yn ddi-ffael.", "pob un"},
                                                        {"Cytunodd dim enaid.", "neb"},
                                                        {"Cytunodd cyfran y llew.", "mwy na hanner"},
                                                        {"Cytunasant gan mwyaf.", "gan mwyaf"},
                                                        {"Cytunodd bachgen unig.", "1"},
                                                        {"Cytunodd yr unig fachgen.", "1"},
                                                        {"Cytunodd y plentyn cyntaf.", "1"},
                                                        {"Cytunodd yr ail blentyn.", "2"},
                                                        {"Cytunodd y drydedd ferch.", "3"},
                                                        {"Cytunodd y chweched plentyn.", "6"},
                                                        {"Cytunodd y bymthegfed ferch.", "15"},
                                                        {"Cytunodd yr unfed plentyn ar ddeg.", "10"},
                                                        {"Cytunodd y deuddegfed plentyn.", "12"},
                                                        {"Cytunodd yr unfed ar hugain.", "21"},
                                                        {"Ffigurau dwbl oedd hynny.", "ffigurau dwbl"}})
    EXPECT_EQ(asked_after(end, end + " " + more), names) << more;
  EXPECT_EQ(asked_after(end, end + " Cytunasant, ac eithrio'r brodyr."), "ac eithrio is asked about");
  expect({{"Ar y cyfan mae'n dda.", ""}, {"Mae'n gyfan gwbl agored.", ""}, {"I blant yn unig mae hyn.", ""}});
}

TEST_P(ANumberInAnEditedEnglishRelease, IsReadThroughCharactersThatNobodySees) {
  const std::string end = "that the YOS had thought about what they needed.";
  for (const std::string hidden : {"\u00AD", "\u200B", "\u200C", "\u200D", "\u2060", "\uFEFF"}) {
    EXPECT_EQ(asked_after(end, end + " Fif" + hidden + "teen said so."), "15");
    EXPECT_EQ(asked_after(end, end + " 1" + hidden + "5 said so."), "15");
    EXPECT_EQ(asked_after(end, end + " Se" + hidden + "e chap" + hidden + "ter 4."), "4 is asked about");
    EXPECT_EQ(
        found_after({{"Twelve of the 18 said that they had", "Twelve of the 18 said that they" + hidden + " had"}}),
        "");
  }
}

// Whoever wrote the quotation, or edits it, may have typed one.
TEST_P(ANumberInAnEditedEnglishRelease, StandsInAQuotationWithCharactersThatNobodySees) {
  for (const auto& [printed, typed] : std::vector<std::pair<std::string, std::string>>{
           {"“3 of us ha\u00ADted it”", "“3 of us hated it”"}, {"“3 of us hated it”", "“3 of us ha\u200Bted it”"}}) {
    Document document = document_;
    document.blocks.emplace_back(Paragraph{
        .runs = {{"Of "}, {"five", "victims/x"}, {" who met a worker one said: "}, {printed, {}, true}, {"."}}});
    EXPECT_EQ(unknown_amounts(words_, {"Of five who met a worker, " + typed + "."}, document).size(), 0U) << typed;
  }
}

INSTANTIATE_TEST_SUITE_P(InEnglish, ANumberInAnEditedEnglishRelease, testing::Values("en"),
                         [](const auto& test) { return std::string(test.param); });
INSTANTIATE_TEST_SUITE_P(InWelsh, ANumberInAnEditedWelshRelease, testing::Values("cy"),
                         [](const auto& test) { return std::string(test.param); });

}  // namespace
}  // namespace perspective::report
