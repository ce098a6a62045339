// An edited release against its release, paragraph by paragraph.
#include "report/unknown_amounts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "draft_of.h"
#include "release_of.h"
#include "report/differences.h"

namespace perspective::report {
namespace {

namespace rc = reference_case;

// The reference case's release, and what is found after some of its words were replaced.
class AnEditedRelease : public testing::TestWithParam<const char*> {
 protected:
  std::string found_after(const std::vector<std::pair<std::string, std::string>>& edits) {
    auto text = to_text(document_);
    for (const auto& [from, to] : edits) {
      const auto at = text.find(from);
      EXPECT_NE(at, std::string::npos) << from;
      if (at != std::string::npos) text.replace(at, from.size(), to);
    }
    return found_in(text);
  }
  std::string found_in(const std::string& text) {
    std::string found;
    for (const auto& each : unknown_amounts(words_, paragraphs_in(text), document_))
      found += (found.empty() ? "" : "; ") + each.name;
    return found;
  }
  const Document document_ = croydon_release(GetParam()).document();
  const AmountWords words_ = rc::unwrapped(AmountWords::of(rc::phrases(GetParam())));
};

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
  EXPECT_EQ(found_after({{"All or nearly all of the 17 who answered reported", "All of the 17 who answered reported"}}),
            "all");
  EXPECT_EQ(
      found_after({{"All or nearly all of the 17 who answered reported", "Sixteen of the 17 who answered reported"}}),
      "");
  EXPECT_EQ(
      found_after({{"All or nearly all of the 17 who answered reported", "Twelve of the 17 who answered reported"}}),
      "12");
  EXPECT_EQ(found_after({{"few or none of the 16", "nobody of the 16"}}), "none");
  EXPECT_EQ(found_after({{"Five of the 14 who answered and to whom", "A third of those to whom"}}), "third");
  EXPECT_EQ(found_after({{"More than half of the five who took part said that the YOS had thought",
                          "All five who took part said that the YOS had thought"}}),
            "all");
}

TEST_P(AnEditedEnglishRelease, MayNameANumberOnlyInItsOwnParagraph) {
  // 12 stands in the paragraph on referral orders.
  EXPECT_EQ(found_after({{"Five of the 14 who answered and to whom", "Twelve of the 14 to whom"}}), "12");
  EXPECT_EQ(found_after({{"Twelve of the 18 said", "Of the 18, twelve said"}}), "");
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
  EXPECT_EQ(found_after({{"pob un neu bron pob un o'r 17", "pob un o'r 17"}}), "pob un");
  EXPECT_EQ(found_after({{"ychydig neu neb o'r 16", "yr un o'r 16"}}), "neb");
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
