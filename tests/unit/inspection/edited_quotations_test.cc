// An edited release quotes whom the release quotes, and nobody else.
#include "inspection/edited_quotations.h"

#include "inspection/sealing.h"
#include "inspection/section_texts.h"
#include "unit/inspection/release_quotations.h"

namespace perspective::inspection {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr const char* kChairs = "More chairs by the big window please";
constexpr const char* kInWelsh = "Mwy o gadeiriau wrth y ffenestr fawr";
constexpr const char* kSteps = "Fewer of those steep steps outside please";

class QuotationsOfAnEditedRelease : public QuotationsOfARelease {
 protected:
  SectionTexts texts() { return SectionTexts(*inspections_); }
  SectionEdit edit(const std::string& text, const std::string& kind = "release", const std::string& language = "en") {
    const auto read = texts().read("lewes", {kind, language});
    return {.name = {kind, language},
            .text = text,
            .version = read ? read->version : 0,
            .confirmed_numbers = {},
            .by = "ada",
            .words_as_of = read ? read->words_as_of : "nothing was read"};
  }
  std::vector<NotQuoted> refused(const std::string& text, const std::string& language = "en") {
    const auto outcome = texts().keep("lewes", edit(text, "release", language));
    EXPECT_TRUE(outcome) << outcome.error().what;
    EXPECT_EQ(outcome->is_kept, outcome->not_quoted.empty());
    return outcome->not_quoted;
  }
  std::string generated(const std::string& language = "en") {
    return report::to_text(*releases().document("lewes", language));
  }
  // Three of twenty were asked what they wish for, and the release says "all or nearly all" of the others.
  void freeze_where_few_were_asked(bool is_in_welsh_too = false) {
    create_asking_only_monthly_readers(is_in_welsh_too);
    for (int i = 0; i < 17; ++i) deliver(weekly_reader_who_was_not_asked());
    for (const auto* words : {kChairs, kSteps, "Longer hours"}) deliver(monthly_reader(words));
    end_fieldwork();
    for (const auto* words : {kChairs, kSteps}) choose_and_read(words);
    ASSERT_TRUE(releases().freeze("lewes", "ada"));
  }
  // All twelve were asked.
  void freeze_where_all_were_asked(const std::string& other = kSteps) {
    create();
    for (int i = 0; i < 10; ++i) deliver(weekly_reader());
    deliver(weekly_reader(kChairs));
    deliver(weekly_reader(other));
    end_fieldwork();
    choose_and_read(kChairs);
    ASSERT_TRUE(releases().freeze("lewes", "ada"));
  }
  // One of those who were asked wrote in Welsh, and a translator read it so.
  void freeze_a_welsh_comment(const std::string& translated, int not_asked, int silent) {
    create_asking_only_monthly_readers(true);
    for (int i = 0; i < not_asked; ++i) deliver(weekly_reader_who_was_not_asked());
    for (int i = 0; i < silent; ++i) deliver(monthly_reader());
    auto reader = monthly_reader(kInWelsh);
    reader.language = "cy";
    deliver(reader);
    end_fieldwork();
    const auto translation =
        inspections_->prepare("lewes", {reference_of(kInWelsh), Translate{"en", translated, "Non Prys"}, "ada"});
    ASSERT_TRUE(translation) << translation.error().what;
    ASSERT_TRUE(inspections_->keep("lewes", *translation));
    choose_and_read(kInWelsh);
    ASSERT_TRUE(releases().freeze("lewes", "ada"));
  }
  // As a version kept it that did not look.
  void keep_unseen(const std::string& text, const std::string& language = "en") {
    const auto record = *record_from(store_->inspection("lewes")->definition);
    const auto sealed = seal_padded(to_json(KeptSection{.text = text, .generated = {}, .by = "ada", .at_s = kNow}),
                                    320 * 1024, record.package);
    ASSERT_TRUE(sealed);
    ASSERT_TRUE(store_->put_record(
        {.kind = "section text", .id = "lewes/release/" + language, .version = 0, .body = to_hex(*sealed)}));
  }
};

TEST_F(QuotationsOfAnEditedRelease, AreNotThoseThatTheRulesLeaveOut) {
  freeze_where_few_were_asked();
  ASSERT_THAT(generated(), Not(HasSubstr("chairs")));
  EXPECT_THAT(refused("They came.\n\nThey wished for “more chairs by the big window”."),
              ElementsAre(NotQuoted{"more chairs by the big window", 1, true}));
  EXPECT_THAT(refused("‘Fewer … steep steps outside please’"),
              ElementsAre(NotQuoted{"steep steps outside please", 0, true}));
  EXPECT_THAT(refused("They wished for \"longer hours\"."), ElementsAre(NotQuoted{"longer hours", 0, false}))
      << "nobody chose it";
  EXPECT_THAT(refused("They came."), IsEmpty());
}

TEST_F(QuotationsOfAnEditedRelease, AreNotLeftOutOfAFullSection) {
  freeze_where_few_were_asked();
  const auto kept = texts().keep("lewes", edit("They wished for “longer hours”, which nobody chose.", "full"));
  EXPECT_TRUE(kept->is_kept);
  EXPECT_TRUE(texts().document("lewes", {"full", "en"}));
}

TEST_F(QuotationsOfAnEditedRelease, AreThoseOfTheReleaseAlsoShortened) {
  freeze_where_all_were_asked();
  ASSERT_THAT(generated(), HasSubstr(kChairs));
  EXPECT_THAT(refused(generated()), IsEmpty());
  EXPECT_THAT(refused("They wished for ‘chairs by the big window’."), IsEmpty());
  EXPECT_THAT(refused("They wished for ‘chairs by the big window’ and ‘fewer of those steep steps’."),
              ElementsAre(NotQuoted{"fewer of those steep steps", 0, false}));
}

TEST_F(QuotationsOfAnEditedRelease, MayBeWordsThatItSaysItself) {
  const std::string same = "Twelve people answered this questionnaire";
  freeze_where_all_were_asked(same);
  ASSERT_THAT(generated(), HasSubstr(same));
  EXPECT_THAT(refused(generated()), IsEmpty());
}

TEST_F(QuotationsOfAnEditedRelease, AreNotWhatSomebodyLeftOutOfOne) {
  freeze_where_all_were_asked();
  ASSERT_TRUE(inspections_->choose("lewes", {reference_of(kChairs), false, "More chairs ... please"}));
  ASSERT_THAT(generated(), testing::AllOf(HasSubstr("More chairs ... please"), Not(HasSubstr("window"))));
  EXPECT_THAT(refused("They wished for “more chairs ... please”, “by the big window”."),
              ElementsAre(NotQuoted{"by the big window", 0, true}));
}

// Whoever mends one would else be told of the other then.
TEST_F(QuotationsOfAnEditedRelease, AreNamedBesideItsAmounts) {
  freeze_where_few_were_asked();
  auto both = edit("They came.\n\nTwo had no plan, and wished for “more chairs by the big window”.");
  both.confirmed_numbers = {"none"};
  const auto outcome = texts().keep("lewes", both);
  ASSERT_TRUE(outcome) << outcome.error().what;
  EXPECT_FALSE(outcome->is_kept);
  EXPECT_THAT(outcome->unknown, testing::Contains(report::UnknownAmount{"2", "Two", 1}));
  EXPECT_THAT(outcome->not_quoted, ElementsAre(NotQuoted{"more chairs by the big window", 1, true}));
  both.text = "They had no plan, and wished for “more chairs by the big window”.";
  EXPECT_FALSE(texts().keep("lewes", both)->is_kept) << "whatever is confirmed";
  both.text = "They had no plan.";
  EXPECT_TRUE(texts().keep("lewes", both)->is_kept);
}

TEST_F(QuotationsOfAnEditedRelease, HaveNothingAgainThatWasTakenOut) {
  freeze_where_all_were_asked();
  const auto work = inspections_->prepare(
      "lewes",
      {.reference = reference_of(kChairs), .what = Redact{.replacements = {{"big window", "[place]"}}}, .by = "ada"});
  ASSERT_TRUE(inspections_->keep("lewes", *work));
  ASSERT_THAT(generated(), HasSubstr("by the [place] please"));
  EXPECT_THAT(refused("They wished for “more chairs by the [place]”."), IsEmpty());
  EXPECT_THAT(refused("They wished for “more chairs by the big window”."),
              ElementsAre(NotQuoted{"more chairs by the big window", 0, true}));
}

TEST_F(QuotationsOfAnEditedRelease, MayStandInTheirWritersLanguageBesideATranslation) {
  freeze_a_welsh_comment("More chairs at the large window", 5, 9);
  const std::string words = kInWelsh;
  ASSERT_THAT(generated(), HasSubstr("“" + words + "” (“More chairs at the large window”, translated by Non Prys)"));
  EXPECT_THAT(refused("They wished for “" + words + "” (“More chairs at the large window”, translated by Non Prys)."),
              IsEmpty());
  EXPECT_THAT(refused("Dymunwyd “" + words + "”.", "cy"), IsEmpty());
  EXPECT_THAT(refused("Dymunwyd “more chairs at the large window”.", "cy"),
              ElementsAre(NotQuoted{"more chairs at the large window", 0, true}))
      << "the Welsh release has no such words";
}

TEST_F(QuotationsOfAnEditedRelease, AreNotThoseWhoseTranslationIsWhatTheReleaseSaysItself) {
  freeze_a_welsh_comment("people answered this questionnaire", 19, 0);
  ASSERT_THAT(generated(), HasSubstr("people answered this questionnaire"));
  EXPECT_THAT(refused("They wished for “" + std::string(kInWelsh) + "”."), ElementsAre(NotQuoted{kInWelsh, 0, true}));
}

TEST_F(QuotationsOfAnEditedRelease, AreRefusedInWelshToo) {
  freeze_where_few_were_asked(true);
  EXPECT_THAT(refused("Daethant.\n\nDymunwyd ‘MORE CHAIRS BY THE BIG WINDOW’.", "cy"),
              ElementsAre(NotQuoted{"MORE CHAIRS BY THE BIG WINDOW", 1, true}));
}

// Kept by an earlier version, or quoted until more was chosen.
TEST_F(QuotationsOfAnEditedRelease, AreNeitherExportedNorPublishedUntilTheyAreTakenOut) {
  freeze_where_few_were_asked(true);
  keep_unseen("Daethant.\n\nDymunwyd “more chairs by the big window”, a “fewer of those steep steps”.", "cy");
  const auto refused = texts().document("lewes", {"release", "cy"});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::conflict);
  EXPECT_THAT(refused.error().what,
              testing::AllOf(HasSubstr("(paragraph 2)"), HasSubstr("'cy'"), Not(HasSubstr("chairs"))));
  for (const auto step : {State::provisional, State::draft_report}) ASSERT_TRUE(inspections_->advance("lewes", step));
  const auto stays = inspections_->advance("lewes", State::published);
  ASSERT_FALSE(stays);
  EXPECT_EQ(stays.error().code, ErrorCode::conflict);
  EXPECT_THAT(stays.error().what, HasSubstr("paragraph 2"));
  ASSERT_TRUE(texts().keep("lewes", edit("Daethant.", "release", "cy"))->is_kept);
  EXPECT_TRUE(texts().document("lewes", {"release", "cy"}));
  EXPECT_TRUE(inspections_->advance("lewes", State::published));
}

// An earlier version let it be published: nobody can edit it any more.
TEST_F(QuotationsOfAnEditedRelease, AreTakenOutOfWhatIsExportedOncePublished) {
  freeze_where_few_were_asked();
  for (const auto step : {State::provisional, State::draft_report, State::published})
    ASSERT_TRUE(inspections_->advance("lewes", step));
  keep_unseen("They wished for “more chairs by the big window”.");
  ASSERT_TRUE(unlock());
  const auto document = texts().document("lewes", {"release", "en"});
  ASSERT_TRUE(document) << document.error().what;
  EXPECT_THAT(report::to_text(*document), HasSubstr("They wished for “[…]”."));
}

}  // namespace
}  // namespace perspective::inspection
