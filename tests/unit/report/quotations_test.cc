// A quotation stays in its writer's words, marked with their language; a translation stands beside it.
#include "report/quotations.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/report/draft_of.h"

namespace perspective::report {
namespace {

using testing::ElementsAre;

constexpr const char* kChildren = "children-and-young-people";

Quotation welsh() {
  return {.questionnaire = kChildren,
          .variable = "anything_else",
          .original = "diolch am bob dim",
          .printed = "diolch am bob dim",
          .language = "cy"};
}

Quotation translated_welsh() {
  auto quotation = welsh();
  quotation.translation = "thanks for everything";
  quotation.translator = "Gwen Jones";
  return quotation;
}

std::vector<PrintedPiece> pieces(const std::vector<Quotation>& quotations, const std::string& language = "en") {
  return reference_case::unwrapped(quoted_pieces(quotations, reference_case::phrases(language)));
}

TEST(Quotations, KeepTheirWritersWordsBesideATranslation) {
  EXPECT_EQ(reference_case::unwrapped(quoted({translated_welsh()}, reference_case::phrases("en"))),
            "“diolch am bob dim” (“thanks for everything”, translated by Gwen Jones)");
  auto english = translated_welsh();
  std::swap(english.printed, english.translation);
  english.language = "en";
  english.is_sic = true;
  EXPECT_EQ(reference_case::unwrapped(quoted({english}, reference_case::phrases("cy"))),
            "“thanks for everything (sic)” (“diolch am bob dim”, cyfieithwyd gan Gwen Jones)");
}

TEST(Quotations, NameTheLanguageOfWordsThatAreNotInThatOfTheSection) {
  EXPECT_THAT(
      pieces({translated_welsh()}),
      ElementsAre(PrintedPiece{.text = "“diolch am bob dim”", .is_quoted = true, .language = "cy"},
                  PrintedPiece{.text = " (“thanks for everything”, translated by Gwen Jones)", .is_quoted = true}));
  EXPECT_THAT(pieces({welsh()}),
              ElementsAre(PrintedPiece{.text = "“diolch am bob dim”", .is_quoted = true, .language = "cy"}));
  EXPECT_THAT(pieces({welsh()}, "cy"), ElementsAre(PrintedPiece{.text = "“diolch am bob dim”", .is_quoted = true}));
}

TEST(Quotations, BringTheirLanguageIntoTheDocument) {
  auto draft = croydon();
  draft.draft().quotations = {translated_welsh()};
  const auto document = draft.document();
  std::vector<report::Run> runs;
  for (const auto& block : document.blocks)
    if (const auto* paragraph = std::get_if<Paragraph>(&block))
      for (const auto& run : paragraph->runs)
        if (run.is_quoted) runs.push_back(run);
  EXPECT_THAT(runs, ElementsAre(report::Run{.text = "“diolch am bob dim”", .is_quoted = true, .language = "cy"},
                                report::Run{.text = " (“thanks for everything”, translated by Gwen Jones)",
                                            .is_quoted = true}));
}

}  // namespace
}  // namespace perspective::report
