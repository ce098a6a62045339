#include "keys/copies.h"
#include "unit/inspection/collector.h"

namespace perspective::inspection {
namespace {

using testing::HasSubstr;

class RecoveryKey : public Collector {
 protected:
  void SetUp() override {
    Collector::SetUp();
    create();
  }
  RecoverySecret words(std::string_view text = kRecoveryPassphrase) { return {secret(text), {}}; }
  std::vector<SecretBytes> split() {
    return *inspections_->split_recovery("lewes", secret(kRecoveryPassphrase), {"Ann", "Bob", "Cal"}, 2);
  }
};

TEST_F(RecoveryKey, OpensATrialWhereNothingIsKeptYet) {
  EXPECT_EQ(inspections_->rehearse("lewes", words()), Rehearsal::of_trial);
}

TEST_F(RecoveryKey, OpensAResponseThatIsKept) {
  deliver(weekly_reader());
  EXPECT_EQ(inspections_->rehearse("lewes", words()), Rehearsal::of_response);
  EXPECT_EQ(inspections_->key_copies("lewes")->rehearsed, "2012-11-22");
}

TEST_F(RecoveryKey, IsRehearsedByItsHolders) {
  deliver(weekly_reader());
  auto texts = split();
  texts.erase(texts.begin());
  EXPECT_EQ(inspections_->rehearse("lewes", {{}, std::move(texts)}), Rehearsal::of_response);
}

TEST_F(RecoveryKey, IsNotSaidToWorkWhenItDoesNot) {
  EXPECT_EQ(inspections_->rehearse("lewes", words(kPassphrase)).error().code, ErrorCode::refused);
  EXPECT_EQ(inspections_->key_copies("lewes")->rehearsed, "");
  auto damaged = sealed(weekly_reader());
  damaged.body[damaged.body.size() / 2] ^= 1;
  damaged.digest = protocol::digest_of(damaged.body);
  deliver(damaged);
  const auto rehearsal = inspections_->rehearse("lewes", words());
  ASSERT_FALSE(rehearsal);
  EXPECT_THAT(rehearsal.error().what, HasSubstr("does not open with it"));
  EXPECT_EQ(inspections_->key_copies("lewes")->rehearsed, "");
}

TEST_F(RecoveryKey, ReadsTheAnswersWhenTheInspectionsPassphraseIsLost) {
  deliver(weekly_reader());
  EXPECT_EQ(inspections_->unlock("lewes", secret(kPassphrase), keys::Half::recovery).error().code, ErrorCode::refused);
  const auto unlocked = inspections_->unlock("lewes", secret(kRecoveryPassphrase), keys::Half::recovery);
  ASSERT_TRUE(unlocked) << unlocked.error().what;
  EXPECT_EQ(unlocked->counted, 1);
}

TEST_F(RecoveryKey, ReadsTheAnswersAfterItsOwnPassphraseWasLostToo) {
  deliver(weekly_reader());
  auto texts = split();
  texts.pop_back();
  ASSERT_TRUE(inspections_->restore_recovery("lewes", texts, secret("words that are kept better")));
  const auto unlocked = inspections_->unlock("lewes", secret("words that are kept better"), keys::Half::recovery);
  ASSERT_TRUE(unlocked) << unlocked.error().what;
  EXPECT_EQ(unlocked->counted, 1);
}

TEST_F(RecoveryKey, IsDestroyedOnlyOnceItsReportIsOut) {
  deliver(weekly_reader());
  EXPECT_THAT(inspections_->destroy_keys("lewes").error().what, HasSubstr("it is open: what can follow"));
  ASSERT_TRUE(unlock());
  ASSERT_TRUE(inspections_->end_fieldwork("lewes"));
  ASSERT_TRUE(inspections_->advance("lewes", State::draft_report));
  ASSERT_TRUE(unlock());
  const auto left = inspections_->destroy_keys("lewes");
  ASSERT_TRUE(left) << left.error().what;
  EXPECT_TRUE(keys::still_readable(*left).by_nobody());
  EXPECT_EQ(inspections_->tally_json("lewes").error().code, ErrorCode::conflict) << "what was open is forgotten";
  EXPECT_THAT(unlock().error().what, HasSubstr("was destroyed here on 2012-11-22"));
}

// Half a second of scrypt lies between reading a key and opening answers with it.
// So dear that it is destroyed meanwhile.
class ADearPassphrase : public RecoveryKey {
 protected:
  ADearPassphrase() { passphrase_cost_ = {}; }
};

TEST_F(ADearPassphrase, OpensNothingWhereItsKeyIsDestroyedWhileSomebodyUnlocks) {
  deliver(weekly_reader());
  ASSERT_TRUE(inspections_->end_fieldwork("lewes"));
  ASSERT_TRUE(inspections_->advance("lewes", State::draft_report));
  auto unlocking = std::async(std::launch::async, [this] { return unlock(); });
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  ASSERT_TRUE(inspections_->destroy_keys("lewes"));
  EXPECT_FALSE(unlocking.get());
  EXPECT_FALSE(inspections_->tally_json("lewes"));
  EXPECT_FALSE(inspections_->list()->front().is_unlocked);
}

TEST_F(RecoveryKey, OfNoInspectionIsNotFound) {
  EXPECT_EQ(inspections_->rehearse("leeds", words()).error().code, ErrorCode::not_found);
  EXPECT_EQ(inspections_->key_copies("leeds").error().code, ErrorCode::not_found);
  EXPECT_EQ(inspections_->destroy_keys("leeds").error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace perspective::inspection
