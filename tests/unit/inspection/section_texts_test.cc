// Sections as inspectors edit them: kept sealed, never overwritten, and held against what is generated now.
#include "inspection/section_texts.h"

#include "inspection/releases.h"
#include "unit/inspection/collector.h"

namespace perspective::inspection {
namespace {

using testing::HasSubstr;
using testing::Not;

class AnEditedSection : public Collector {
 protected:
  void SetUp() override {
    Collector::SetUp();
    create();
    for (int i = 0; i < 12; ++i) deliver(weekly_reader());
    ASSERT_TRUE(inspections_->end_fieldwork("lewes"));
    ASSERT_TRUE(unlock());
  }
  SectionTexts texts() { return SectionTexts(*inspections_); }
  static SectionEdit edit(const std::string& text, const std::string& kind = "full", std::int64_t version = 0) {
    return {.name = {kind, "en"}, .text = text, .version = version, .confirmed_numbers = {}, .by = "ada"};
  }
  const SectionName kFull{"full", "en"};
};

TEST_F(AnEditedSection, IsKeptAsItWasTypedWhateverIsGeneratedLater) {
  EXPECT_EQ(texts().read("lewes", kFull)->version, 0);
  const auto kept = texts().keep("lewes", edit("All of them came.\n\nEvery week."));
  ASSERT_TRUE(kept) << kept.error().what;
  EXPECT_EQ(kept->version, 1);
  deliver(weekly_reader());
  const auto read = *texts().read("lewes", kFull);
  EXPECT_EQ(read.text, "All of them came.\n\nEvery week.");
  EXPECT_EQ(read.by, "ada");
  EXPECT_TRUE(std::ranges::any_of(read.differences, [](const auto& row) {
    return row.is_generated_otherwise() && row.now && row.now->find("Thirteen") != std::string::npos;
  }));
}

TEST_F(AnEditedSection, IsNotWrittenOverWhatSomebodyElseWroteMeanwhile) {
  ASSERT_TRUE(texts().keep("lewes", edit("First.")));
  EXPECT_EQ(texts().keep("lewes", edit("Mine.")).error().code, ErrorCode::conflict);
  EXPECT_EQ(texts().keep("lewes", edit("Second.", "full", 1))->version, 2);
  EXPECT_EQ(texts().read("lewes", kFull)->text, "Second.");
}

// What is kept holds quotations and counts: whoever takes back their answers would still stand in it.
TEST_F(Collector, KeepsNoEditedSectionWhilePeopleMayTakeBackTheirAnswers) {
  create();
  for (int i = 0; i < 12; ++i) deliver(weekly_reader());
  ASSERT_TRUE(unlock());
  const auto refused =
      SectionTexts(*inspections_)
          .keep("lewes",
                {.name = {"full", "en"}, .text = "Every week.", .version = 0, .confirmed_numbers = {}, .by = "ada"});
  EXPECT_EQ(refused.error().code, ErrorCode::conflict);
}

TEST_F(AnEditedSection, LiesSealedInOneSize) {
  ASSERT_TRUE(texts().keep("lewes", edit("Short.")));
  const auto brief = store_->record("section text", "lewes/full/en")->body;
  ASSERT_TRUE(texts().keep("lewes", edit(std::string(20'000, 'x') + " long", "full", 1)));
  const auto lengthy = store_->record("section text", "lewes/full/en")->body;
  EXPECT_EQ(brief.size(), lengthy.size());
  EXPECT_THAT(brief, Not(HasSubstr("Short")));
  EXPECT_EQ(texts().keep("lewes", edit(std::string(70'000, 'x'), "full", 2)).error().code, ErrorCode::invalid);
}

TEST_F(AnEditedSection, OfAReleaseNamesNumbersThatItDoesNotHoldBeforeItIsKept) {
  EXPECT_EQ(texts().keep("lewes", edit("Twelve came.", "release")).error().code, ErrorCode::not_found);
  ASSERT_TRUE(Releases(*inspections_).freeze("lewes", "ada"));
  auto bold = edit("Twelve people answered; 11 come every week, and one does not.", "release");
  const auto first = *texts().keep("lewes", bold);
  EXPECT_FALSE(first.is_kept);
  EXPECT_THAT(first.numbers, testing::UnorderedElementsAre("1", "11"));
  EXPECT_EQ(texts().read("lewes", {"release", "en"})->version, 0);
  bold.confirmed_numbers = {"11"};
  EXPECT_FALSE(texts().keep("lewes", bold)->is_kept);
  bold.confirmed_numbers = {"1", "11"};
  EXPECT_TRUE(texts().keep("lewes", bold)->is_kept);
  EXPECT_TRUE(texts().keep("lewes", edit("Twelve people answered.", "release", 1))->is_kept);
}

TEST_F(AnEditedSection, IsReadAndKeptOnlyWhileItIsUnlockedAndNotPublished) {
  ASSERT_TRUE(texts().keep("lewes", edit("First.")));
  EXPECT_EQ(texts().read("lewes", {"draft", "en"}).error().code, ErrorCode::invalid);
  ASSERT_TRUE(inspections_->lock("lewes"));
  EXPECT_EQ(texts().read("lewes", kFull).error().code, ErrorCode::refused);
  for (const auto step : {State::provisional, State::draft_report, State::published})
    ASSERT_TRUE(inspections_->advance("lewes", step));
  ASSERT_TRUE(unlock());
  EXPECT_EQ(texts().keep("lewes", edit("Second.", "full", 1)).error().code, ErrorCode::conflict);
  EXPECT_EQ(texts().read("lewes", kFull)->text, "First.");
}

}  // namespace
}  // namespace perspective::inspection
