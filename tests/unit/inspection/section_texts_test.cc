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
  SectionEdit edit(const std::string& text, const std::string& kind = "full", std::int64_t version = 0) {
    const auto read = texts().read("lewes", {kind, "en"});
    return {.name = {kind, "en"},
            .text = text,
            .version = version,
            .confirmed_numbers = {},
            .by = "ada",
            .words_as_of = read ? read->words_as_of : "nothing was read"};
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
  const auto refused = SectionTexts(*inspections_)
                           .keep("lewes", {.name = {"full", "en"},
                                           .text = "Every week.",
                                           .version = 0,
                                           .confirmed_numbers = {},
                                           .by = "ada",
                                           .words_as_of = {}});
  EXPECT_EQ(refused.error().code, ErrorCode::conflict);
}

// Kiosks bring withdrawals after fieldwork has ended, too; and inspectors take words out of a comment when they like.
class AnEditedSectionWithAQuotation : public AnEditedSection {
 protected:
  static constexpr const char* kWords = "More chairs by the big window please, Olwen said so";
  static constexpr const char* kEdited =
      "They came.\n\nOne wrote: “more chairs by the big window” and left.\n\nThe end.";
  void SetUp() override {
    AnEditedSection::SetUp();
    const auto envelope = sealed(weekly_reader(kWords));
    quoted_ = envelope.id;
    deliver(envelope);
    ASSERT_TRUE(inspections_->choose("lewes", {reference_of(kWords), false, {}}));
    ASSERT_THAT(texts().read("lewes", kFull)->generated, testing::Contains(HasSubstr(kWords)));
  }
  // As an inspector leaves it: the quotation shortened, in a paragraph of their own.
  void keep_text() { ASSERT_TRUE(texts().keep("lewes", edit(kEdited))); }
  void redact(const std::string& words) {
    const auto work = inspections_->prepare(
        "lewes", {.reference = reference_of(kWords), .what = Redact{.replacements = {{words, "[…]"}}}, .by = "ada"});
    ASSERT_TRUE(work) << work.error().what;
    ASSERT_TRUE(inspections_->keep("lewes", *work));
  }
  std::string body() { return store_->record("section text", "lewes/full/en")->body; }
  void expect_taken_out() {
    const auto read = *texts().read("lewes", kFull);
    EXPECT_EQ(read.text, "They came.\n\nOne wrote: “[…]” and left.\n\nThe end.");
    EXPECT_THAT(read.taken_out, testing::ElementsAre(1U));
    for (const auto& row : read.differences)
      for (const auto& text : {row.then, row.now, row.edited})
        EXPECT_THAT(text.value_or(""), testing::AllOf(Not(HasSubstr("Olwen")), Not(HasSubstr("big window"))));
    const auto refused = texts().document("lewes", kFull);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::conflict);
    EXPECT_THAT(refused.error().what, testing::AllOf(HasSubstr("paragraph 2"), Not(HasSubstr("window"))));
  }
  store::Id quoted_{};
};

TEST_F(AnEditedSectionWithAQuotation, LosesItWhenItsWriterTakesTheirAnswersBack) {
  keep_text();
  EXPECT_TRUE(texts().document("lewes", kFull));
  const auto before = body();
  ASSERT_TRUE(inspections_->withdraw("lewes", std::vector{quoted_}));
  EXPECT_NE(body(), before) << "it goes at once from what is kept";
  expect_taken_out();
  ASSERT_TRUE(texts().keep("lewes", edit("They came.", "full", 2)));
  EXPECT_TRUE(texts().document("lewes", kFull));
}

TEST_F(AnEditedSectionWithAQuotation, LosesItWithTheNextUnlockingWhereItWasLocked) {
  keep_text();
  ASSERT_TRUE(inspections_->lock("lewes"));
  ASSERT_TRUE(inspections_->withdraw("lewes", std::vector{quoted_}));
  const auto before = body();
  ASSERT_TRUE(unlock());
  EXPECT_NE(body(), before);
  expect_taken_out();
}

TEST_F(AnEditedSectionWithAQuotation, LosesItWhenAnotherCollectorTookItBack) {
  keep_text();
  const auto before = body();
  ASSERT_TRUE(store_->withdraw("lewes", quoted_, {}));
  ASSERT_TRUE(inspections_->follow("lewes", true));
  EXPECT_NE(body(), before);
  expect_taken_out();
}

TEST_F(AnEditedSectionWithAQuotation, LosesWhatIsChosenWithoutSomeWordsAfterwards) {
  keep_text();
  ASSERT_TRUE(inspections_->choose("lewes", {reference_of(kWords), false, "More chairs ... please"}));
  expect_taken_out();
}

TEST_F(AnEditedSectionWithAQuotation, LosesWhatIsRedactedAfterwards) {
  keep_text();
  redact("by the big window");
  const auto read = *texts().read("lewes", kFull);
  EXPECT_EQ(read.text, "They came.\n\nOne wrote: “[…]” and left.\n\nThe end.");
  EXPECT_FALSE(texts().document("lewes", kFull));
  for (const auto& row : read.differences)
    for (const auto& text : {row.then, row.now, row.edited}) EXPECT_THAT(text.value_or(""), Not(HasSubstr("window")));
}

TEST_F(AnEditedSectionWithAQuotation, KeepsWhatARedactionLeft) {
  keep_text();
  redact("Olwen");
  const auto read = *texts().read("lewes", kFull);
  EXPECT_EQ(read.text, kEdited);
  EXPECT_TRUE(read.taken_out.empty());
  for (const auto& row : read.differences) EXPECT_THAT(row.then.value_or(""), Not(HasSubstr("Olwen")));
}

TEST_F(AnEditedSectionWithAQuotation, LosesWordsOfACommentThatNobodyChose) {
  const auto envelope = sealed(weekly_reader("It was cold in the small room upstairs all winter"));
  deliver(envelope);
  ASSERT_TRUE(texts().keep("lewes", edit("It was cold in the small room upstairs, they said.")));
  ASSERT_TRUE(inspections_->withdraw("lewes", std::vector{envelope.id}));
  EXPECT_EQ(texts().read("lewes", kFull)->text, "[…], they said.");
}

TEST_F(AnEditedSectionWithAQuotation, IsNotKeptByWhoeverReadItBeforeWordsWent) {
  keep_text();
  const auto later = edit(kEdited, "full", 1);
  ASSERT_TRUE(inspections_->withdraw("lewes", std::vector{quoted_}));
  EXPECT_EQ(texts().keep("lewes", later).error().code, ErrorCode::conflict);
  auto newest = later;
  newest.version = 2;
  EXPECT_EQ(texts().keep("lewes", newest).error().code, ErrorCode::conflict) << "also where they guess the version";
  expect_taken_out();
}

// Nobody had edited it: no version tells.
TEST_F(AnEditedSectionWithAQuotation, IsNotBegunFromWhatWasGeneratedBeforeWordsWent) {
  const auto of_withdrawn = edit(kEdited);
  ASSERT_TRUE(inspections_->withdraw("lewes", std::vector{quoted_}));
  const auto refused = texts().keep("lewes", of_withdrawn);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::conflict);
  EXPECT_THAT(refused.error().what, HasSubstr("Read it again"));
  EXPECT_EQ(texts().read("lewes", kFull)->version, 0);
}

TEST_F(AnEditedSectionWithAQuotation, IsNotBegunFromWhatWasGeneratedBeforeARedaction) {
  const auto of_whole = edit(kEdited);
  redact("by the big window");
  EXPECT_EQ(texts().keep("lewes", of_whole).error().code, ErrorCode::conflict);
}

TEST_F(AnEditedSectionWithAQuotation, IsKeptWhateverElseWasChosenMeanwhile) {
  const auto typed = edit(kEdited);
  const auto* const other = "A kettle";
  deliver(weekly_reader(other));
  ASSERT_TRUE(inspections_->choose("lewes", {reference_of(other), false, {}}));
  EXPECT_TRUE(texts().keep("lewes", typed));
}

TEST_F(AnEditedSection, IsExportedWithWhatItLeftAsItWasGenerated) {
  const auto generated = texts().read("lewes", kFull)->generated;
  ASSERT_TRUE(texts().keep("lewes", edit(generated[1] + "\n\nWords of mine.\n\n" + generated[3])));
  const auto document = *texts().document("lewes", kFull);
  EXPECT_THAT(to_text(document), HasSubstr("\n\nWords of mine.\n\n"));
  EXPECT_TRUE(to_text(document).starts_with(document.page_mark));
  EXPECT_EQ(texts().document("lewes", {"full", "cy"}).error().code, ErrorCode::not_found);
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

TEST_F(AnEditedSection, OfAReleaseNamesNoNumberThatTheReleaseDoesNot) {
  EXPECT_EQ(texts().keep("lewes", edit("Twelve came.", "release")).error().code, ErrorCode::not_found);
  ASSERT_TRUE(Releases(*inspections_).freeze("lewes", "ada"));
  auto bold = edit("They came.\n\nTwelve people answered this questionnaire; 11 come every week, and a third do not.",
                   "release");
  bold.confirmed_numbers = {"11", "third"};
  const auto refused = *texts().keep("lewes", bold);
  EXPECT_FALSE(refused.is_kept) << "whatever is confirmed";
  EXPECT_THAT(refused.unknown,
              testing::ElementsAre(report::UnknownAmount{"11", "11", 1}, report::UnknownAmount{"third", "third", 1}));
  EXPECT_EQ(texts().read("lewes", {"release", "en"})->version, 0);
  EXPECT_TRUE(texts().keep("lewes", edit("Twelve people answered this questionnaire.", "release"))->is_kept);
}

TEST_F(AnEditedSection, OfAnEarlierReleaseIsNeitherExportedNorPublishedUntilItsNumbersAreThoseOfNow) {
  const SectionName release{"release", "en"};
  ASSERT_TRUE(Releases(*inspections_).freeze("lewes", "ada"));
  ASSERT_TRUE(texts().keep("lewes", edit("Twelve people answered this questionnaire.", "release"))->is_kept);
  EXPECT_TRUE(texts().document("lewes", release));
  for (int i = 0; i < 10; ++i) deliver(weekly_reader());
  const auto second = Releases(*inspections_).freeze("lewes", "ada");
  ASSERT_TRUE(second) << second.error().what;
  const auto refused = texts().document("lewes", release);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::conflict);
  EXPECT_THAT(refused.error().what, testing::AllOf(HasSubstr("paragraph 1"), Not(HasSubstr("Twelve"))));
  for (const auto step : {State::provisional, State::draft_report}) ASSERT_TRUE(inspections_->advance("lewes", step));
  EXPECT_EQ(inspections_->advance("lewes", State::published).error().code, ErrorCode::conflict);
  ASSERT_TRUE(texts().keep("lewes", edit("22 people answered this questionnaire.", "release", 1))->is_kept);
  EXPECT_TRUE(texts().document("lewes", release));
  EXPECT_TRUE(inspections_->advance("lewes", State::published));
}

TEST_F(AnEditedSection, OfAReleaseHasWordsThatCountNobodyOnceSomebodySaysSo) {
  ASSERT_TRUE(Releases(*inspections_).freeze("lewes", "ada"));
  auto own = edit("Inspectors had no concerns about all of that.", "release");
  EXPECT_FALSE(texts().keep("lewes", own)->is_kept);
  own.confirmed_numbers = {"none"};
  EXPECT_FALSE(texts().keep("lewes", own)->is_kept);
  own.confirmed_numbers = {"none", "all"};
  EXPECT_TRUE(texts().keep("lewes", own)->is_kept);
}

TEST_F(AnEditedSection, OfAReleaseHasNumbersOfNobodyOnceSomebodySaysSoAndHiddenOnesNever) {
  ASSERT_TRUE(Releases(*inspections_).freeze("lewes", "ada"));
  auto own = edit("We came on two visits, see chapter 4.", "release");
  EXPECT_FALSE(texts().keep("lewes", own)->is_kept);
  own.confirmed_numbers = {"2", "4"};
  EXPECT_TRUE(texts().keep("lewes", own)->is_kept);
  auto parts = edit("Of these 83 in 100 were glad.", "release", 1);
  parts.confirmed_numbers = {"83", "100"};
  EXPECT_FALSE(texts().keep("lewes", parts)->is_kept);
}

TEST_F(AnEditedSection, IsKeptWithoutCharactersThatNobodySees) {
  ASSERT_TRUE(texts().keep("lewes", edit("Fif\u00ADteen\u200B came\uFEFF to the caf\u00e9.")));
  EXPECT_EQ(texts().read("lewes", kFull)->text, "Fifteen came to the caf\u00e9.");
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
