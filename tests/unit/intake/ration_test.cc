#include "unit/intake/open_intake.h"

namespace perspective::intake {
namespace {

// What it brings stays, on a disk that all others need as well.
class IntakeFromAKioskWithoutEnd : public IntakeOfAnOpenInspection {
 protected:
  IntakeFromAKioskWithoutEnd() { bounds_ = {.most = 10, .more_a_day = 2}; }
  // One a batch.
  void bring(std::uint8_t from, std::uint8_t to) {
    for (int i = from; i <= to; ++i) {
      EXPECT_EQ(receive({envelope(std::uint8_t(i))}).outcomes.at(0).status, 201) << i;
    }
  }
};

TEST_F(IntakeFromAKioskWithoutEnd, HoldsBackWhatIsTooMuchWithoutAReceipt) {
  bring(1, 9);
  const auto got = receive({envelope(20), envelope(21)});
  EXPECT_EQ(got.status, 200);
  ASSERT_EQ(got.outcomes.size(), 2U);
  for (const std::size_t place : {0U, 1U}) {
    EXPECT_EQ(got.outcomes[place].id, envelope(std::uint8_t(20 + place)).id);
    EXPECT_EQ(got.outcomes[place].status, 429);
    EXPECT_FALSE(got.outcomes[place].receipt);
    EXPECT_THAT(got.outcomes[place].problem, testing::HasSubstr("keep this one"));
  }
  EXPECT_EQ(*store_->count_envelopes("croydon"), 9);
  bring(10, 10);
  EXPECT_EQ(receive({envelope(11)}).outcomes[0].status, 429);
}

TEST_F(IntakeFromAKioskWithoutEnd, TakesSomeMoreEachDay) {
  bring(1, 10);
  clock_.set(clock_.now_s() + 24 * 60 * 60);
  bring(11, 12);
  EXPECT_EQ(receive({envelope(13)}).outcomes[0].status, 429);
}

TEST_F(IntakeFromAKioskWithoutEnd, CountsWhatComesAgainOnceAndWhatIsNotKeptNever) {
  bring(1, 8);
  for (int again = 0; again < 20; ++again) {
    EXPECT_EQ(receive({envelope(1), envelope(2)}).outcomes[0].status, 200);
    EXPECT_EQ(receive({envelope(1, 2)}).outcomes[0].status, 409);
  }
  close();
  for (int again = 0; again < 20; ++again) EXPECT_EQ(receive({envelope(30)}).outcomes[0].status, 422);
  ASSERT_TRUE(store_->update_inspection(croydon()));
  bring(9, 10);
}

TEST_F(IntakeFromAKioskWithoutEnd, DoesTheWishesBesideWhatItHoldsBack) {
  bring(1, 10);
  const auto got = receive({envelope(11), withdrawal(1), envelope(12)});
  EXPECT_EQ(got.outcomes[0].status, 429);
  EXPECT_EQ(got.outcomes[1].status, 410);
  EXPECT_TRUE(is_genuine(got.outcomes[1], withdrawal(1)));
  EXPECT_EQ(got.outcomes[2].status, 429);
  EXPECT_EQ(*store_->count_envelopes("croydon"), 9);
}

TEST_F(IntakeFromAKioskWithoutEnd, LeavesOtherKiosksWhatTheyHave) {
  bring(1, 10);
  std::promise<Reception> told;
  intake_->receive("croydon", "kiosk-b", protocol::encode_batch({envelope(11)}),
                   [&](Reception reception) { told.set_value(std::move(reception)); });
  EXPECT_EQ(told.get_future().get().outcomes.at(0).status, 201);
}

TEST_F(IntakeFromAKioskWithoutEnd, KeepsNoMoreTokensThanThat) {
  for (std::uint8_t i = 1; i <= 5; ++i) {
    const auto body = protocol::encode_tokens({protocol::TokenProof{i}, protocol::TokenProof{i, 1}});
    EXPECT_TRUE(intake_->spend("croydon", "kiosk-a", body)->has_value());
  }
  const auto more = protocol::encode_tokens({protocol::TokenProof{6}});
  EXPECT_FALSE(intake_->spend("croydon", "kiosk-a", more)->has_value());
  EXPECT_EQ(store_->token_counts("croydon")->never_issued, 10);
  EXPECT_TRUE(intake_->spend("croydon", "kiosk-b", more)->has_value());
}

// Of a store that was put back to a backup, say: they are kept, and tell nothing new.
TEST_F(IntakeFromAKioskWithoutEnd, CountsATokenThatComesAgainOnce) {
  const auto body = protocol::encode_tokens({protocol::TokenProof{1}, protocol::TokenProof{2}});
  for (int again = 0; again < 20; ++again) EXPECT_TRUE(intake_->spend("croydon", "kiosk-a", body)->has_value());
  for (std::uint8_t i = 3; i <= 10; ++i) {
    EXPECT_TRUE(intake_->spend("croydon", "kiosk-a", protocol::encode_tokens({protocol::TokenProof{i}}))->has_value());
  }
  const auto more = protocol::encode_tokens({protocol::TokenProof{11}});
  EXPECT_FALSE(intake_->spend("croydon", "kiosk-a", more)->has_value());
  EXPECT_TRUE(intake_->spend("croydon", "kiosk-a", body)->has_value()) << "all of these are here";
}

// As token_reporter.h does: each report has all that were ever spent there.
TEST_F(IntakeFromAKioskWithoutEnd, TakesEveryReportOfTokensThatWereIssued) {
  std::vector<store::Digest> marks;
  std::vector<protocol::TokenProof> proofs;
  for (std::uint8_t i = 1; i <= 40; ++i) marks.push_back(protocol::mark_of(protocol::TokenProof{i}));
  ASSERT_TRUE(store_->issue_tokens(*store_->inspection("croydon"), marks));
  for (std::uint8_t i = 1; i <= 40; ++i) {
    proofs.push_back(protocol::TokenProof{i});
    EXPECT_TRUE(intake_->spend("croydon", "kiosk-a", protocol::encode_tokens(proofs))->has_value()) << int(i);
  }
  EXPECT_EQ(store_->token_counts("croydon")->spent, 40);
}

}  // namespace
}  // namespace perspective::intake
