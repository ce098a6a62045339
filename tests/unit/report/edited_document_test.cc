// What an edited section keeps of what is generated: kinds, figures with their cells, quotations.
#include "report/edited_document.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "draft_of.h"
#include "report/differences.h"

namespace perspective::report {
namespace {

using testing::ElementsAre;
using Kind = Paragraph::Kind;

std::size_t links_in(const Document& document) {
  std::size_t links = 0;
  for (const auto& block : document.blocks)
    if (const auto* const paragraph = std::get_if<Paragraph>(&block))
      links += static_cast<std::size_t>(
          std::ranges::count_if(paragraph->runs, [](const Run& run) { return !run.cell.empty() || run.is_quoted; }));
  return links;
}

TEST(AnEditedDocument, KeepsEveryFigureOfAParagraphThatGotAComma) {
  const auto generated = croydon().document();
  auto text = to_text(generated);
  const std::string from = "answered said that staff had told";
  ASSERT_NE(text.find(from), std::string::npos);
  text.replace(text.find(from), from.size(), "answered said, that staff had told");
  const auto edited = edited_document(generated, paragraphs_in(text));
  EXPECT_EQ(links_in(edited), links_in(generated));
  EXPECT_THAT(paragraphs_in(to_text(edited)), testing::Contains(testing::HasSubstr("said, that staff")));
}

TEST(AnEditedDocument, KeepsTheKindOfAHeadingThatWasSpeltOtherwise) {
  const Document generated{.title = "t",
                           .language = "en",
                           .blocks = {Paragraph{Kind::heading, {{"Children and young people"}}},
                                      Paragraph{Kind::text, {{"They came here often."}}}}};
  const auto edited = edited_document(generated, {"Children & young people", "Another thing is said."});
  EXPECT_EQ(std::get<Paragraph>(edited.blocks[0]), (Paragraph{Kind::heading, {{"Children & young people"}}}));
  EXPECT_EQ(std::get<Paragraph>(edited.blocks[1]), (Paragraph{Kind::text, {{"Another thing is said."}}}));
}

TEST(AnEditedDocument, LinksNoNumberThatStandsBetweenOtherWords) {
  const Document generated{.title = "t",
                           .language = "en",
                           .blocks = {Paragraph{Kind::text, {{"Of the people "}, {"four", "q/a"}, {" came here."}}}}};
  const auto kept = edited_document(generated, {"Of all the people four came here."});
  EXPECT_THAT(std::get<Paragraph>(kept.blocks[0]).runs,
              ElementsAre(report::Run{"Of all the people "}, report::Run{"four", "q/a"}, report::Run{" came here."}));
  const auto other = edited_document(generated, {"Of the people here, fourteen came in four cars."});
  EXPECT_EQ(std::get<Paragraph>(other.blocks[0]).runs.size(), 1U);
}

}  // namespace
}  // namespace perspective::report
