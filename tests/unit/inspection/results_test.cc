// What an inspector gets of an unlocked inspection, with real keys and real sealing.
#include <atomic>
#include <set>

#include "base/file.h"
#include "unit/inspection/collector.h"

namespace perspective::inspection {
namespace {

using testing::HasSubstr;
using testing::Not;

class AnInspection : public Collector {
 protected:
  void SetUp() override {
    Collector::SetUp();
    create();
  }
};

TEST_F(AnInspection, OpensWithItsPassphraseOnly) {
  deliver(weekly_reader());
  EXPECT_EQ(unlock("lewes", "not the passphrase at all").error().code, ErrorCode::refused);
  EXPECT_EQ(unlock("lewes", kRecoveryPassphrase).error().code, ErrorCode::refused);
  EXPECT_EQ(inspections_->tally_json("lewes").error().code, ErrorCode::refused);
  EXPECT_EQ(unlock()->counted, 1);
  EXPECT_TRUE(inspections_->list()->front().is_unlocked);
}

TEST_F(AnInspection, StaysLockedWhileSwapIsOn) {
  is_swap_on_ = true;
  const auto refused = unlock();
  EXPECT_EQ(refused.error().code, ErrorCode::refused);
  EXPECT_THAT(refused.error().what, HasSubstr("swap"));
  is_swap_allowed_ = true;
  restart();
  EXPECT_TRUE(unlock());
}

TEST_F(AnInspection, CountsWhatArrivesWhileItIsUnlocked) {
  deliver(weekly_reader());
  ASSERT_TRUE(unlock());
  deliver(weekly_reader());
  deliver(weekly_reader("More chairs"));
  EXPECT_THAT(*inspections_->tally_json("lewes"), HasSubstr(R"("respondents":3)"));
  EXPECT_EQ(inspections_->comments("lewes")->size(), 1U);
}

TEST_F(AnInspection, CountsAnEnvelopeOnceHoweverOftenItIsTold) {
  const auto envelope = sealed(weekly_reader());
  deliver(envelope);
  ASSERT_TRUE(unlock());
  inspections_->note_arrivals("lewes", {envelope.id, envelope.id});
  EXPECT_THAT(*inspections_->tally_json("lewes"), HasSubstr(R"("respondents":1)"));
  EXPECT_EQ(unlock()->counted, 1);
}

TEST_F(AnInspection, ForgetsEverythingWhenLocked) {
  deliver(weekly_reader("Chairs"));
  ASSERT_TRUE(unlock());
  ASSERT_TRUE(inspections_->lock("lewes"));
  EXPECT_EQ(inspections_->comments("lewes").error().code, ErrorCode::refused);
  EXPECT_EQ(inspections_->section("lewes", "full", "en").error().code, ErrorCode::refused);
  EXPECT_TRUE(inspections_->absorb("lewes"));
  EXPECT_FALSE(inspections_->list()->front().is_unlocked);
}

TEST_F(AnInspection, SetsAsideASubmissionUnderAnotherEnvelopesId) {
  auto submission = weekly_reader();
  submission.envelope = std::string(32, 'a');
  deliver(sealed(submission));
  deliver(weekly_reader());
  const auto unlocked = unlock();
  EXPECT_EQ(unlocked->counted, 1);
  EXPECT_EQ(unlocked->set_aside, 1);
  EXPECT_THAT(*inspections_->tally_json("lewes"), HasSubstr(R"("set_aside":1)"));
}

TEST_F(AnInspection, SetsAsideWhatBelongsElsewhere) {
  auto other_inspection = weekly_reader();
  other_inspection.inspection = "croydon";
  auto other_version = weekly_reader();
  other_version.version = 2;
  auto other_questionnaire = weekly_reader();
  other_questionnaire.questionnaire = "writers";
  auto off_route = weekly_reader();
  off_route.absent["quote_me"] = survey::Absence::skipped;  // it was not asked: there are no words to print
  for (const auto& submission : {other_inspection, other_version, other_questionnaire, off_route}) deliver(submission);
  EXPECT_EQ(unlock()->set_aside, 4);
}

TEST_F(AnInspection, SetsAsideWhatItCanNotOpenOrRead) {
  auto broken = sealed(weekly_reader());
  broken.body.back() ^= 1;
  deliver(broken);
  store::Envelope nonsense;
  nonsense.id.fill(7);
  deliver(sealed_bytes(as_bytes("nonsense"), nonsense));
  EXPECT_EQ(unlock()->set_aside, 2);
  EXPECT_EQ(*store_->count_envelopes("lewes"), 2);  // they stay
}

TEST_F(AnInspection, GivesCommentsWithoutAnyEnvelopesId) {
  const auto first = sealed(weekly_reader("More chairs"));
  const auto second = sealed(weekly_reader("Longer hours", "rather_not"));
  deliver(first);
  deliver(second);
  ASSERT_TRUE(unlock());
  const auto comments = *inspections_->comments("lewes");
  for (const auto& comment : comments) {
    const auto all = comment.reference + comment.questionnaire + comment.variable + comment.text;
    for (const auto& envelope : {first, second}) {
      EXPECT_THAT(all, Not(HasSubstr(to_hex(ByteView(envelope.id)))));
      EXPECT_THAT(to_hex(ByteView(envelope.id)), Not(HasSubstr(comment.reference)));
      EXPECT_THAT(to_hex(ByteView(envelope.digest)), Not(HasSubstr(comment.reference)));
    }
    EXPECT_EQ(comment.questionnaire, "readers");
    EXPECT_EQ(comment.variable, "wishes");
    EXPECT_EQ(comment.may_be_quoted, comment.text == "More chairs");
  }
}

TEST_F(AnInspection, DrawsReferencesAnewAtEachUnlocking) {
  deliver(weekly_reader("More chairs"));
  ASSERT_TRUE(unlock());
  const auto before = reference_of("More chairs");
  ASSERT_TRUE(inspections_->lock("lewes"));
  ASSERT_TRUE(unlock());
  EXPECT_NE(reference_of("More chairs"), before);
}

TEST_F(AnInspection, ShufflesCommentsAtEachCall) {
  for (int i = 0; i < 8; ++i) deliver(weekly_reader("Wish " + std::to_string(i)));
  ASSERT_TRUE(unlock());
  std::set<std::string> orders;
  for (int i = 0; i < 5; ++i) {
    std::string order;
    const auto comments = *inspections_->comments("lewes");
    for (const auto& comment : comments) order += comment.text;
    orders.insert(order);
  }
  EXPECT_GT(orders.size(), 1U);
}

TEST_F(AnInspection, WritesItsTallyAndSection) {
  deliver(weekly_reader("More chairs"));
  deliver(weekly_reader());
  ASSERT_TRUE(unlock());
  EXPECT_THAT(*inspections_->tally_text("lewes", ""), HasSubstr("How often do you come?"));
  const auto section = inspections_->section("lewes", "full", "en");
  ASSERT_TRUE(section) << section.error().what;
  EXPECT_THAT(*section, testing::AllOf(HasSubstr("Lewes"), HasSubstr("come every week"), HasSubstr("Nobody wished")));
  EXPECT_THAT(*section, Not(HasSubstr("More chairs")));
}

TEST_F(AnInspection, HasASectionOnlyInItsOwnLanguagesAndOfAKnownKind) {
  ASSERT_TRUE(unlock());
  EXPECT_EQ(inspections_->section("lewes", "full", "cy").error().code, ErrorCode::not_found);
  EXPECT_EQ(inspections_->section("lewes", "full", "../report/en").error().code, ErrorCode::not_found);
  EXPECT_EQ(inspections_->section("lewes", "release", "en").error().code, ErrorCode::invalid);
}

class AnInspectionInTwoLanguages : public Collector {
 protected:
  void create_with(const std::map<std::string, std::string>& sections) {
    auto inspection = new_inspection("lewes");
    inspection.languages = {"en", "cy"};
    inspection.questionnaires.front().texts["cy"] = kReadersTextsInWelsh;
    inspection.questionnaires.front().section = sections;
    const auto created = inspections_->create(inspection);
    ASSERT_TRUE(created) << created.error().what;
    deliver(weekly_reader("More chairs"));
    ASSERT_TRUE(unlock());
  }
};

TEST_F(AnInspectionInTwoLanguages, WritesTallyAndSectionInEither) {
  create_with({{"en", kReadersSection}, {"cy", kReadersSectionInWelsh}});
  ASSERT_TRUE(inspections_->choose("lewes", {.reference = reference_of("More chairs"), .is_sic = false, .words = {}}));
  EXPECT_THAT(*inspections_->section("lewes", "full", "cy"),
              testing::AllOf(HasSubstr("Safbwynt defnyddwyr"), HasSubstr("Daw yr unig un bob wythnos."),
                             HasSubstr("Dymunwyd “More chairs”."), HasSubstr("DRAFFT"), Not(HasSubstr("come every"))));
  EXPECT_THAT(*inspections_->tally_text("lewes", "cy"),
              testing::AllOf(HasSubstr("Cyfrif llawn"), HasSubstr("Pa mor aml ydych chi'n dod?"), HasSubstr("y cant")));
  EXPECT_THAT(*inspections_->tally_text("lewes", ""), HasSubstr("How often do you come?"));
  EXPECT_THAT(*inspections_->section("lewes", "full", "en"), Not(HasSubstr("DRA")));
}

TEST_F(AnInspectionInTwoLanguages, SaysWhichWordsAreMissing) {
  create_with({{"en", kReadersSection}});
  const auto section = inspections_->section("lewes", "full", "cy");
  EXPECT_EQ(section.error().code, ErrorCode::not_found);
  EXPECT_THAT(section.error().what, testing::AllOf(HasSubstr("questionnaire 'readers'"), HasSubstr("section/cy.json")));
  EXPECT_THAT(inspections_->tally_text("lewes", "cy").error().what, HasSubstr("section/cy.json"));
  EXPECT_THAT(inspections_->section("lewes", "full", "fr").error().what,
              testing::AllOf(HasSubstr("not in 'fr'"), HasSubstr("'en', 'cy'")));
  EXPECT_THAT(inspections_->tally_text("lewes", "../report/en").error().what, HasSubstr("is not in"));
  EXPECT_TRUE(inspections_->section("lewes", "full", "en"));
}

TEST_F(AnInspection, OpensWhileOthersArriveAndMissesNone) {
  std::vector<store::Envelope> envelopes;
  for (int i = 0; i < 40; ++i) envelopes.push_back(sealed(weekly_reader()));
  auto delivering = std::async(std::launch::async, [&] {
    for (const auto& envelope : envelopes) deliver(envelope);
  });
  ASSERT_TRUE(unlock());
  delivering.get();
  EXPECT_THAT(*inspections_->tally_json("lewes"), HasSubstr(R"("respondents":40)"));
}

}  // namespace
}  // namespace perspective::inspection
