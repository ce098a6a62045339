// An inspection while it is a draft, and one that is made like an earlier one.
#include "inspection/kiosks.h"
#include "unit/inspection/collector.h"

namespace perspective::inspection {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

class ADraft : public Collector {
 protected:
  void SetUp() override {
    Collector::SetUp();
    auto draft = new_inspection("lewes");
    draft.is_draft = true;
    const auto made = inspections_->create(draft);
    ASSERT_TRUE(made) << made.error().what;
  }
  Result<std::string> invite() {
    Kiosks kiosks(*store_, clock_, authority_, {"127.0.0.1", 1});
    return kiosks.invite("lewes", "Front desk");
  }
};

TEST_F(ADraft, TakesNoAnswerAndIsForNoKiosk) {
  EXPECT_EQ(inspections_->list()->front().state, State::draft);
  EXPECT_FALSE(store_->head("lewes")->is_accepting);
  EXPECT_EQ(invite().error().code, ErrorCode::conflict);
  EXPECT_EQ(inspections_->package("lewes").error().code, ErrorCode::not_found);
  EXPECT_THAT(*inspections_->packages_for({.id = "k", .name = "", .serial = "", .inspections = {"lewes"}}), IsEmpty());
  EXPECT_EQ(unlock().error().code, ErrorCode::conflict);
  EXPECT_EQ(inspections_->withdraw("lewes", secret("able acid also apex")).error().code, ErrorCode::conflict);
  EXPECT_EQ(inspections_->take_ledger("lewes", "kiosk-a", {}).error().code, ErrorCode::conflict);
}

TEST_F(ADraft, IsForKiosksOnceItIsOpen) {
  ASSERT_TRUE(inspections_->advance("lewes", State::open));
  EXPECT_TRUE(invite());
  EXPECT_TRUE(package().is_fieldwork_open);
  EXPECT_EQ(inspections_->packages_for({.id = "k", .name = "", .serial = "", .inspections = {"lewes"}})->size(), 1U);
  deliver(weekly_reader());
  EXPECT_EQ(unlock()->counted, 1);
}

TEST_F(ADraft, CanBeChangedUntilItIsOpenAndItsKeysStay) {
  ASSERT_TRUE(inspections_->issue_tokens("lewes", 2));
  const auto changed = inspections_->change("lewes", {.area = "Lewes and Hove",
                                                      .is_own_machine = false,
                                                      .smallest_batch = 7,
                                                      .may_ask_worker = true,
                                                      .guardian_policies = {{"informed"}},
                                                      .retention_months = 12,
                                                      .guard_threshold = 5});
  ASSERT_TRUE(changed) << changed.error().what;
  ASSERT_TRUE(inspections_->advance("lewes", State::open));
  const auto made = package();
  EXPECT_EQ(made.version, 3);
  EXPECT_EQ(made.area, "Lewes and Hove");
  EXPECT_EQ(store_->head("lewes")->area, "Lewes and Hove");
  EXPECT_FALSE(made.is_own_machine);
  EXPECT_EQ(made.smallest_batch, 7U);
  EXPECT_TRUE(made.may_ask_worker);
  EXPECT_EQ(made.tokens->marks.size(), 2U);
  EXPECT_EQ(made.questionnaires.at("readers").guardian_policy, protocol::GuardianPolicy::informed);
  const auto described = *inspections_->describe("lewes");
  EXPECT_EQ(described.policy.retention_months, 12);
  EXPECT_EQ(described.policy.guard_threshold, 5);
  EXPECT_THAT(described.questionnaires, ElementsAre("readers 3"));
  deliver(weekly_reader());
  EXPECT_EQ(unlock()->counted, 1);
  EXPECT_EQ(inspections_->change("lewes", {.smallest_batch = 5}).error().code, ErrorCode::conflict);
  EXPECT_EQ(package().version, 3);
}

TEST_F(ADraft, NamesItsQuestionnairesInTheLanguageAskedWhereItHasThat) {
  auto bilingual = new_inspection("hove");
  bilingual.languages = {"en", "cy"};
  bilingual.questionnaires = {{kReaders,
                               {{"en", kReadersTexts}, {"cy", kReadersTextsInWelsh}},
                               {{"en", kReadersSection}, {"cy", kReadersSectionInWelsh}}}};
  bilingual.is_draft = true;
  ASSERT_TRUE(inspections_->create(bilingual));
  const auto titles = [&](const std::string& language) { return inspections_->describe("hove", language)->titles; };
  EXPECT_THAT(titles("cy"), ElementsAre(Pair("readers", "Ein darllenwyr")));
  for (const std::string language : {"en", "fr", ""})
    EXPECT_THAT(titles(language), ElementsAre(Pair("readers", "Our readers"))) << language;
  EXPECT_THAT(inspections_->describe("lewes", "cy")->titles, ElementsAre(Pair("readers", "Our readers")));
}

TEST_F(ADraft, HearsWhatIsWrongWithAChangeAndStaysAsItWas) {
  const auto wrong = inspections_->change(
      "lewes", {.languages = {{"cy"}}, .smallest_batch = 51, .retention_months = 0, .guard_threshold = 8});
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().code, ErrorCode::invalid);
  EXPECT_THAT(wrong.error().what,
              testing::AllOf(HasSubstr("texts/cy.json"), HasSubstr("1 to 50 answers together"),
                             HasSubstr("1 to 120 months"), HasSubstr("threshold is 5: the release rules")));
  EXPECT_EQ(store_->head("lewes")->version, 1);
}

TEST_F(ADraft, HasDatesThatCanBeChangedUntilTheReportIsPublished) {
  ASSERT_TRUE(inspections_->change("lewes", {.fieldwork_starts = "2012-11-20", .fieldwork_ends = "2012-11-30"}));
  ASSERT_TRUE(inspections_->advance("lewes", State::open));
  const auto version = package().version;
  ASSERT_TRUE(inspections_->change("lewes", {.fieldwork_ends = "2012-11-25", .report_due = "2013-02-22"}));
  EXPECT_EQ(package().version, version);
  restart();
  const auto summary = inspections_->list()->front();
  EXPECT_EQ(summary.dates, (Dates{"2012-11-20", "2012-11-25", "2013-02-22", ""}));
  ASSERT_EQ(summary.reminders.size(), 1U);
  const auto& reminder = summary.reminders[0];
  EXPECT_EQ(reminder.says, "Fieldwork ends on 2012-11-25, in 3 days.");
  EXPECT_EQ(std::tuple(reminder.what, reminder.day, reminder.days_left), std::tuple("fieldwork-ends", "2012-11-25", 3));
  EXPECT_EQ(inspections_->change("lewes", {.report_due = "2012-11-01"}).error().code, ErrorCode::invalid);
}

TEST_F(ADraft, CanBeMadeLikeAnEarlierOne) {
  ASSERT_TRUE(
      inspections_->change("lewes", {.fieldwork_ends = "2012-11-30", .smallest_batch = 7, .retention_months = 9}));
  auto next = inspections_->like("lewes");
  ASSERT_TRUE(next) << next.error().what;
  EXPECT_EQ(next->id, "");
  EXPECT_EQ(next->dates, Dates());
  next->id = "lewes-2";
  next->area = "Lewes";
  next->passphrase = secret(kRecoveryPassphrase);
  next->recovery_passphrase = secret(kPassphrase);
  ASSERT_TRUE(inspections_->create(*next));
  const auto made = package("lewes-2");
  EXPECT_EQ(made.smallest_batch, 7U);
  EXPECT_EQ(made.questionnaires.at("readers").definition, kReaders);
  EXPECT_NE(made.salt, record_from(store_->inspection("lewes")->definition)->package.salt);
  EXPECT_EQ(inspections_->describe("lewes-2")->policy.retention_months, 9);
  deliver(sealed(weekly_reader("Chairs"), "lewes-2"), "lewes-2");
  EXPECT_EQ(unlock("lewes-2", kRecoveryPassphrase)->counted, 1);
  EXPECT_EQ(inspections_->like("nowhere").error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace perspective::inspection
