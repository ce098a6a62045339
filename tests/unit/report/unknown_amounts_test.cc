// An edited release against its release, paragraph by paragraph.
#include "report/unknown_amounts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "edited_release.h"

namespace perspective::report {
namespace {

class AnEditedEnglishRelease : public AnEditedRelease {};
class AnEditedWelshRelease : public AnEditedRelease {};

TEST_P(AnEditedRelease, NamesNothingUnknownAsItIsGenerated) { EXPECT_EQ(found_in(to_text(document_)), ""); }

// Each paragraph by itself is found again by its words, whatever stands before it.
TEST_P(AnEditedRelease, NamesNothingUnknownWhereWordsWereAddedToEachParagraph) {
  std::string text;
  for (const auto& paragraph : paragraphs_in(to_text(document_))) text += "So: " + paragraph + " Diolch.\n\n";
  EXPECT_EQ(found_in(text), "");
}

TEST_P(AnEditedEnglishRelease, MayNotSayMoreThanABand) {
  EXPECT_EQ(found_after({{"Thirteen or more of the 17 who answered reported", "All of the 17 who answered reported"}}),
            "all");
  EXPECT_EQ(
      found_after({{"Thirteen or more of the 17 who answered reported", "Sixteen of the 17 who answered reported"}}),
      "16")
      << "of another sentence";
  EXPECT_EQ(
      found_after({{"Thirteen or more of the 17 who answered reported", "Twelve of the 17 who answered reported"}}),
      "12");
  EXPECT_EQ(found_after({{"four or fewer of the 16", "nobody of the 16"}}), "none");
  EXPECT_EQ(found_after({{"Five of the 14 who answered and to whom", "A third of those to whom"}}), "third");
  EXPECT_EQ(found_after({{"More than half of the five who took part said that the YOS had thought",
                          "All five who took part said that the YOS had thought"}}),
            "all");
}

// "Four or fewer of the 16", "seven of the 17": who leaves the count out says it of everybody.
TEST_P(AnEditedEnglishRelease, MayNameABaseOnlyBesideItsCount) {
  EXPECT_EQ(found_after({{"four or fewer of the 16 who answered said that something had",
                          "the 16 who answered said that something had"}}),
            "16");
  EXPECT_EQ(found_after({{"Seven of the 17 said that they", "The 17 said that they"}}), "17");
  EXPECT_EQ(found_after({{"More than half of the five who took part said that the YOS had thought",
                          "The five who took part said that the YOS had thought"}}),
            "5");
  EXPECT_EQ(found_after({{"Seven of the 17 said that they", "Seven said that they"}}), "");
}

TEST_P(AnEditedEnglishRelease, SaysOnceHowManyTookPart) {
  const std::string end = "answered our questionnaire.";
  EXPECT_EQ(found_after({{end, end + " Twenty-one were afraid."}}), "21");
  EXPECT_EQ(found_after({{end, end + " Twenty-one children and young people were afraid."}}), "21");
  EXPECT_EQ(found_after({{"Five victims answered our questionnaire.",
                          "Five victims answered our questionnaire. Five were glad of it."}}),
            "5");
  EXPECT_EQ(found_after({{"Five victims answered our questionnaire.", "Our questionnaire was answered by five."}}), "");
  EXPECT_EQ(found_after({{end, end + " They did so in the waiting room."}}), "");
}

// A band as it is printed, or in other words with the same edge; never its number alone.
TEST_P(AnEditedEnglishRelease, MaySayTheEdgeOfABandOnlyAsAnEdge) {
  const std::string band = "Thirteen or more of the 17 who answered reported having filled in";
  for (const auto* const said : {"At least 13 of the 17", "Of the 17, no fewer than thirteen", "13 or more"})
    EXPECT_EQ(found_after({{band, std::string(said) + " who answered reported having filled in"}}), "") << said;
  EXPECT_EQ(found_after({{band, "Thirteen of the 17 who answered reported having filled in"}}), "13");
  EXPECT_EQ(found_after({{band, "At least 14 of the 17 who answered reported having filled in"}}), "14 or more");
  EXPECT_EQ(found_after({{band, "At most 13 of the 17 who answered reported having filled in"}}), "13 or fewer");
  EXPECT_EQ(found_after({{"four or fewer of the 16", "four of the 16"}}), "4");
  EXPECT_EQ(found_after({{"four or fewer of the 16", "at most four of the 16"}}), "");
}

TEST_P(AnEditedEnglishRelease, MayNameANumberOnlyInItsOwnParagraph) {
  // 12 stands in the paragraph on referral orders.
  EXPECT_EQ(found_after({{"Five of the 14 who answered and to whom", "Twelve of the 14 to whom"}}), "12");
  EXPECT_EQ(found_after({{"Twelve of the 18 said", "Of the 18, twelve said"}}), "");
}

// Two numbers of one paragraph are not a third figure; the true and hidden one is fifteen of 17.
TEST_P(AnEditedEnglishRelease, MayNotPutTheNumbersOfItsFiguresTogether) {
  const std::string band = "Thirteen or more of the 17 who answered reported having filled in";
  EXPECT_EQ(found_after({{band, "Fifteen of the 17 who answered reported having filled in"}}), "15");
  EXPECT_EQ(found_after({{band, "Of the 17 who answered, fifteen reported having filled in"}}), "15");
  EXPECT_EQ(found_after({{band, "Fifteen reported having filled in"}}), "15");
  EXPECT_EQ(found_after({{"said that they did. " + band, "said that they did, and 15 of the 17 had filled in"}}),
            "15; 17");
  EXPECT_EQ(found_after({{"Seven of the 17 said that they were completely satisfied.",
                          "Seven of the 17 said so. Seven of them were at least half satisfied with the YOS."}}),
            "7");
}

TEST_P(AnEditedEnglishRelease, MaySayItsFiguresInOtherWordsAndPlaces) {
  const std::string first =
      "Fifteen of the 21 who answered said that staff had told them what to expect when they first came to the YOS. ";
  const std::string second =
      "Asked whether they knew why they had to attend, 16 of the 21 who answered said that they did.";
  for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
           {first, "Staff had told 15 of the 21 who answered what to expect when they first came. "},
           {first, "Fifteen said that staff had told them what to expect when they first came to the YOS. "},
           {first, "As we had hoped, fifteen of the 21 felt well prepared. "},
           {first + second, second + " " + first},
           {first + second,
            "Of the 21 who answered, fifteen said that staff had told them what to expect when they "
            "first came, and 16 of the 21 said that they knew why they had to attend."},
           {second,
            "We asked whether they knew why they had to attend. Of the 21 who answered, 16 said that they did."},
           {"Twelve of the 18 said", "This is how it was at Croydon. Twelve of the 18 said"}})
    EXPECT_EQ(found_after({{from, to}}), "") << to;
}

TEST_P(AnEditedEnglishRelease, MayHaveASentenceMovedToAnotherParagraph) {
  const std::string moved = "Twelve of the 18 said that they had been given a copy of the contract to keep.";
  EXPECT_EQ(found_after({{moved, ""}, {"Seven of the 17 said", moved + " Seven of the 17 said"}}), "");
  EXPECT_EQ(found_after({{moved, ""}, {"Seven of the 17 said", "Twelve of the 18 said so. Seven of the 17 said"}}),
            "12; 18");
}

TEST_P(AnEditedEnglishRelease, MayNameNoAmountInRarerWords) {
  const std::string end = "that the YOS had thought about what they needed.";
  for (const auto* const more : {"A quartet of the five said so.", "A trio of victims said so.",
                                 "III of the five said so.", "Without exception they said so."})
    EXPECT_NE(found_after({{end, end + " " + more}}), "") << more;
}

TEST_P(AnEditedWelshRelease, MayNameNoAmountInRarerOrEnglishWords) {
  const std::string end = "fod y GTI wedi ystyried eu hanghenion.";
  for (const auto* const more : {"Two of them did not.", "Dywedodd triawd hynny.", "Roedd unigolyn yn anghytuno."})
    EXPECT_NE(found_after({{end, end + " " + more}}), "") << more;
}

// English in a Welsh text, and Welsh in an English one.
TEST_P(AnEditedWelshRelease, MayNameNoAmountOfEnglish) {
  expect_named("fod y GTI wedi ystyried eu hanghenion.", {{"Half of them did.", "half"},
                                                          {"Most said so.", "more than half"},
                                                          {"All of them said so.", "pob un"},
                                                          {"Nobody said no.", "none; none"},
                                                          {"A third did.", "third"},
                                                          {"A handful did.", "few"},
                                                          {"A trio did.", "3"},
                                                          {"Nearly all of them did.", "nearly all"},
                                                          {"Without exception.", "all"},
                                                          {"60 per cent did.", "60%"}});
}

TEST_P(AnEditedEnglishRelease, MayNameNoAmountOfWelsh) {
  expect_named("that the YOS had thought about what they needed.", {{"Dywedodd hanner ohonynt hynny.", "hanner"},
                                                                    {"Dywedodd pawb.", "pob un"},
                                                                    {"Dywedodd y rhan fwyaf.", "mwy na hanner"},
                                                                    {"Neb.", "neb"},
                                                                    {"Dywedodd pedair.", "4"},
                                                                    {"Dywedodd triawd.", "3"}});
}

TEST_P(AnEditedWelshRelease, IsAskedAboutAWordThatIsAnAmountInEnglishOnly) {
  const std::string end = "fod y GTI wedi ystyried eu hanghenion.";
  EXPECT_EQ(asked_after(end, end + " Gwelsom na all hynny barhau."), "all is asked about");
  EXPECT_EQ(asked_after(end, end + " All the victims said so."), "pob un");
}

// "thr\u0435e" has a Cyrillic letter, "\u0455\u0456\u0445" nothing else.
TEST_P(AnEditedEnglishRelease, MayHaveNoWordInLettersThatAreNotWhatTheyLookLike) {
  const std::string end = "that the YOS had thought about what they needed.";
  for (const std::string word :
       {"thr\u0435e", "n\u03bfbody", "\u0430ll", "h\u0430lf", "\u0455\u0456\u0445", "\u1d0fne", "m\u043est"})
    EXPECT_EQ(asked_after(end, end + " So said " + word + "."), word);
  EXPECT_EQ(asked_after(end, end + " So said \u0448\u0435\u0441\u0442\u044c."),
            "\u0448\u0435\u0441\u0442\u044c is asked about");
  EXPECT_EQ(asked_after(end, end + " So we heard in the caf\u00e9."), "");
}

TEST_P(AnEditedWelshRelease, MayHaveNoWordInLettersThatAreNotWhatTheyLookLike) {
  const std::string end = "fod y GTI wedi ystyried eu hanghenion.";
  for (const std::string word : {"h\u0430nner", "p\u03bfb", "tr\u0456"})
    EXPECT_EQ(asked_after(end, end + " Dywedodd " + word + "."), word);
  EXPECT_EQ(asked_after(end, end + " Fel y gwelsom yn y t\u0177."), "");
}

// One that is left over by a number is one person.
TEST_P(AnEditedEnglishRelease, MayNotSpeakOfTheOneThatIsLeft) {
  const std::string end = "that the YOS had thought about what they needed.";
  for (const auto* const who :
       {"The other person", "The other one", "The other victim", "The remaining one", "The only victim"})
    EXPECT_EQ(asked_after(end, end + " " + who + " did not."), "the other one") << who;
  for (const auto* const who : {"The others", "The rest", "The remainder"})
    EXPECT_EQ(asked_after(end, end + " " + who + " did not."), "the others is asked about") << who;
}

TEST_P(AnEditedWelshRelease, MayNotSpeakOfTheOneThatIsLeft) {
  const std::string end = "fod y GTI wedi ystyried eu hanghenion.";
  for (const auto* const who : {"y person arall", "y llall", "yr un arall", "y dioddefwr arall"})
    EXPECT_EQ(asked_after(end, end + " Ni ddywedodd " + who + " hynny."), "y llall") << who;
  for (const auto* const who : {"y lleill", "y gweddill", "y bobl eraill"})
    EXPECT_EQ(asked_after(end, end + " Ni ddywedodd " + who + " hynny."), "y lleill is asked about") << who;
}

TEST_P(AnEditedEnglishRelease, MayKeepWordsBesideItsFiguresWhereTheyStandOnly) {
  EXPECT_EQ(found_after({{"Seven of the 17 said that they were completely satisfied.",
                          "Seven of the 17 were completely satisfied, others at least half satisfied."}}),
            "");
  EXPECT_EQ(found_after({{"Seven of the 17 said", "Half of the 17 said"}}), "half");
}

TEST_P(AnEditedEnglishRelease, MayQuoteAsItDoesAndTakeNoNumberFromAQuotation) {
  Document document = document_;
  document.blocks.emplace_back(Paragraph{.runs = {{"Of "},
                                                  {"five", "victims/x"},
                                                  {" who met a worker one said: "},
                                                  {"“3 of us hated all of it”", {}, true},
                                                  {"."}}});
  const auto found = [&](const char* text) { return unknown_amounts(words_, {text}, document).size(); };
  EXPECT_EQ(found("Of five who met a worker, “3 of us hated all of it”."), 0U);
  EXPECT_EQ(found("Of five who met a worker, 3 said “3 of us hated all of it”."), 1U);
  EXPECT_EQ(found("Of five who met a worker one said: “3 of us hated it”."), 1U);
  EXPECT_EQ(found("Nothing of this was said before: “3 of us hated all of it”."), 2U);
}

TEST_P(AnEditedEnglishRelease, MayNameNothingInAParagraphOfItsOwn) {
  const auto found = unknown_amounts(
      words_, {"Children.", "In 2009 inspectors found that nobody had asked 21 of them, nor a third of victims."},
      document_);
  EXPECT_THAT(found, testing::ElementsAre(UnknownAmount{"none", "nobody", 1, true}, UnknownAmount{"21", "21", 1},
                                          UnknownAmount{"third", "third", 1}));
}

TEST_P(AnEditedEnglishRelease, SaysPartsInWordsOnlyWhereTheReleaseDoes) {
  const std::string begin = "Nine of the 17 who answered and to whom the question applied said";
  for (const auto* const part :
       {"Half of them", "A third of them", "Most of them", "Two in five of them", "Eleven of them", "53% of them",
        "Two thirds of them", "A majority", "Nearly all of them"})
    EXPECT_NE(found_after({{begin, std::string(part) + " said"}}), "") << part;
  EXPECT_EQ(found_after({{begin, "Of 17 to whom the question applied, nine said"}}), "");
}

TEST_P(AnEditedWelshRelease, SaysPartsInWordsOnlyWhereTheReleaseDoes) {
  const std::string text = to_text(document_);
  const auto at = text.find("naw o'r 17");
  ASSERT_NE(at, std::string::npos);
  for (const auto* const part : {"hanner ohonynt", "traean ohonynt", "y rhan fwyaf ohonynt", "dau o bob pump",
                                 "un ar ddeg ohonynt", "53% ohonynt", "dwy ran o dair", "bron pawb"}) {
    auto edited = text;
    EXPECT_NE(found_in(edited.replace(at, 10, part)), "") << part;
  }
}

TEST_P(AnEditedWelshRelease, MayNotSayMoreThanABand) {
  EXPECT_EQ(found_after({{"13 neu fwy o'r 17", "pob un o'r 17"}}), "pob un");
  EXPECT_EQ(found_after({{"pedwar neu lai o'r 16", "yr un o'r 16"}}), "neb");
  EXPECT_EQ(found_after({{"mwy na hanner y pump", "y ddau"}}), "y ddau");
  EXPECT_EQ(found_after({{"mwy na hanner y pump", "phedair o'r pump"}}), "4");
  EXPECT_EQ(found_after({{"mwy na hanner y pump", "tri chwarter y pump"}}), "3; chwarter");
}

INSTANTIATE_TEST_SUITE_P(InEveryLanguage, AnEditedRelease, testing::Values("en", "cy"),
                         [](const auto& test) { return std::string(test.param); });
INSTANTIATE_TEST_SUITE_P(InEnglish, AnEditedEnglishRelease, testing::Values("en"),
                         [](const auto& test) { return std::string(test.param); });
INSTANTIATE_TEST_SUITE_P(InWelsh, AnEditedWelshRelease, testing::Values("cy"),
                         [](const auto& test) { return std::string(test.param); });

}  // namespace
}  // namespace perspective::report
