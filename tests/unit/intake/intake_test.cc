#include "unit/intake/open_intake.h"

namespace perspective::intake {
namespace {

TEST_F(IntakeOfAnOpenInspection, GivesANewEnvelope201AndAGenuineReceipt) {
  const auto reception = receive({envelope(1)});
  EXPECT_EQ(reception.status, 200);
  ASSERT_EQ(reception.outcomes.size(), 1U);
  EXPECT_EQ(reception.outcomes[0].status, 201);
  EXPECT_TRUE(is_genuine(reception.outcomes[0], envelope(1)));
  EXPECT_EQ(*store_->count_envelopes("croydon"), 1);
}

TEST_F(IntakeOfAnOpenInspection, GivesTheSameAgain200AndTheSameReceipt) {
  const auto first = receive({envelope(1)});
  const auto second = receive({envelope(1)});
  EXPECT_EQ(second.outcomes[0].status, 200);
  EXPECT_EQ(second.outcomes[0].receipt, first.outcomes[0].receipt);
  EXPECT_EQ(*store_->count_envelopes("croydon"), 1);
}

TEST_F(IntakeOfAnOpenInspection, GivesOtherBytesUnderAnIdThatIsThere409AndNoReceipt) {
  receive({envelope(1, 1)});
  const auto reception = receive({envelope(1, 2)});
  EXPECT_EQ(reception.outcomes[0].status, 409);
  EXPECT_FALSE(reception.outcomes[0].receipt);
  EXPECT_FALSE(reception.outcomes[0].problem.empty());
}

TEST_F(IntakeOfAnOpenInspection, GivesAWithdrawnEnvelope410AndASignedReceipt) {
  ASSERT_TRUE(store_->withdraw("croydon", envelope(1).id));
  const auto reception = receive({envelope(1)});
  EXPECT_EQ(reception.outcomes[0].status, 410);
  EXPECT_TRUE(is_genuine(reception.outcomes[0], envelope(1)));
}

TEST_F(IntakeOfAnOpenInspection, RefusesAnotherSizeWith413) {
  auto body = protocol::encode_batch({envelope(1)});
  body.push_back(0);
  const auto reception = receive_bytes(body);
  EXPECT_EQ(reception.status, 413);
  EXPECT_TRUE(reception.outcomes.empty());
  EXPECT_EQ(*store_->count_envelopes("croydon"), 0);
}

TEST_F(IntakeOfAnOpenInspection, RefusesTooManyAtOnceWith413) {
  std::vector<protocol::SealedEnvelope> batch;
  for (std::size_t i = 0; i <= protocol::kMaxBatchEnvelopes; ++i) batch.push_back(envelope(std::uint8_t(i)));
  EXPECT_EQ(receive(batch).status, 413);
}

TEST_F(IntakeOfAnOpenInspection, RefusesAnUnknownInspectionWith422) {
  EXPECT_EQ(receive({envelope(1)}, "nowhere").status, 422);
}

TEST_F(IntakeOfAnOpenInspection, TakesNothingNewOnceClosedButConfirmsWhatIsThere) {
  const auto before = receive({envelope(1)});
  close();
  const auto after = receive({envelope(1), envelope(2)});
  EXPECT_EQ(after.outcomes[0].status, 200);
  EXPECT_EQ(after.outcomes[0].receipt, before.outcomes[0].receipt);
  EXPECT_EQ(after.outcomes[1].status, 422);
  EXPECT_FALSE(after.outcomes[1].receipt);
}

TEST_F(IntakeOfAnOpenInspection, AnswersInTheOrderOfTheBody) {
  std::vector<protocol::SealedEnvelope> batch;
  for (std::uint8_t i = 0; i < 40; ++i) batch.push_back(envelope(i));
  const auto reception = receive(batch);
  for (std::uint8_t i = 0; i < 40; ++i) {
    EXPECT_EQ(reception.outcomes[i].id, batch[i].id);
    EXPECT_TRUE(is_genuine(reception.outcomes[i], batch[i]));
  }
}

TEST_F(IntakeOfAnOpenInspection, TellsOfNewEnvelopesOnly) {
  receive({envelope(1)});
  receive({envelope(1), envelope(2)});
  EXPECT_THAT(arrived_, testing::ElementsAre(envelope(1).id, envelope(2).id));
}

TEST_F(IntakeOfAnOpenInspection, HandsABatchOnInAnotherOrderThanItCameIn) {
  std::vector<protocol::SealedEnvelope> batch;
  std::vector<envelope::EnvelopeId> sent;
  for (std::uint8_t i = 1; i <= 20; ++i) batch.push_back(envelope(i));
  for (const auto& each : batch) sent.push_back(each.id);
  receive(batch);
  EXPECT_THAT(arrived_, testing::UnorderedElementsAreArray(sent));
  EXPECT_NE(arrived_, sent);
}

TEST_F(IntakeOfAnOpenInspection, CountsByKioskAndDayNotByEnvelope) {
  receive({envelope(1), envelope(2)});
  const auto counts = *store_->daily_counts("croydon");
  ASSERT_EQ(counts.size(), 1U);
  EXPECT_EQ(counts[0].day, "2012-11-22");
  EXPECT_EQ(counts[0].kiosk, "kiosk-a");
  EXPECT_EQ(counts[0].envelopes, 2);
}

TEST_F(IntakeOfAnOpenInspection, DoesWhatAWithdrawalAsksAndSignsForIt) {
  receive({envelope(1), envelope(2)});
  const auto got = receive({withdrawal(1), envelope(3), withdrawal(9)});
  ASSERT_EQ(got.outcomes.size(), 3U);
  EXPECT_EQ(got.outcomes[0].status, 410);
  EXPECT_TRUE(is_genuine(got.outcomes[0], withdrawal(1)));
  EXPECT_EQ(got.outcomes[1].status, 201);
  EXPECT_EQ(got.outcomes[1].id, envelope(3).id);
  EXPECT_EQ(got.outcomes[2].status, 410);
  EXPECT_EQ(*store_->count_envelopes("croydon"), 2);
  EXPECT_EQ(receive({envelope(1)}).outcomes[0].status, 410);
  EXPECT_EQ(receive({envelope(9)}).outcomes[0].status, 410);
}

TEST_F(IntakeOfAnOpenInspection, GivesAWithdrawalThatIsRefused429AndNoReceiptAndDoesAllElse) {
  receive({envelope(1)});
  refused_ = {withdrawal(8).id, withdrawal(9).id};
  const auto got = receive({withdrawal(9), envelope(2), withdrawal(1), withdrawal(8)});
  EXPECT_EQ(got.status, 200);
  ASSERT_EQ(got.outcomes.size(), 4U);
  for (const auto place : {0U, 3U}) {
    EXPECT_EQ(got.outcomes[place].status, 429);
    EXPECT_FALSE(got.outcomes[place].receipt);
    EXPECT_THAT(got.outcomes[place].problem, testing::HasSubstr("ask again later"));
  }
  EXPECT_EQ(got.outcomes[1].status, 201);
  EXPECT_TRUE(is_genuine(got.outcomes[1], envelope(2)));
  EXPECT_EQ(got.outcomes[2].status, 410);
  EXPECT_TRUE(is_genuine(got.outcomes[2], withdrawal(1)));
  EXPECT_EQ(store_->withdrawn()->size(), 1U);
  EXPECT_EQ(receive({envelope(9)}).outcomes[0].status, 201) << "nothing became of that wish";
}

TEST_F(IntakeOfAnOpenInspection, GivesAWithdrawalTheSameAnswerHoweverOftenItComes) {
  const auto first = receive({withdrawal(1)});
  const auto again = receive({withdrawal(1)});
  EXPECT_EQ(first.outcomes[0].status, 410);
  EXPECT_EQ(first.outcomes[0].receipt, again.outcomes[0].receipt);
}

TEST_F(IntakeOfAnOpenInspection, DoesAWithdrawalFirstWhereItsEnvelopeComesWithIt) {
  const auto got = receive({envelope(1), withdrawal(1)});
  EXPECT_EQ(got.outcomes[0].status, 410);
  EXPECT_EQ(got.outcomes[1].status, 410);
  EXPECT_EQ(*store_->count_envelopes("croydon"), 0);
  EXPECT_TRUE(store_->daily_counts("croydon")->empty());
}

TEST_F(IntakeOfAnOpenInspection, KeepsNobodyWaitingBehindAWithdrawalThatWaits) {
  must_wishes_wait_ = true;
  std::promise<Reception> promised;
  auto told = promised.get_future();
  intake_->receive("croydon", "kiosk-a", protocol::encode_batch({withdrawal(1), envelope(2)}),
                   [&](Reception reception) { promised.set_value(std::move(reception)); });
  EXPECT_EQ(receive({envelope(3)}).outcomes[0].status, 201);
  EXPECT_EQ(receive({envelope(1)}).outcomes[0].status, 201) << "nothing of it is done yet";
  ASSERT_EQ(waiting_.size(), 1U);
  EXPECT_EQ(told.wait_for(std::chrono::seconds(0)), std::future_status::timeout);
  waiting_[0]();
  const auto got = told.get();
  EXPECT_EQ(got.outcomes[0].status, 410);
  EXPECT_EQ(got.outcomes[1].status, 201);
}

TEST_F(IntakeOfAnOpenInspection, TellsAKioskToComeLaterOfWhichTooManyWithdrawalsWait) {
  are_wishes_too_many_ = true;
  EXPECT_EQ(receive({withdrawal(1), envelope(2)}).status, 503);
  EXPECT_EQ(receive({envelope(2)}).outcomes[0].status, 201);
}

TEST_F(IntakeOfAnOpenInspection, TakesAWithdrawalAfterClosingToo) {
  receive({envelope(1)});
  close();
  EXPECT_EQ(receive({withdrawal(1)}).outcomes[0].status, 410);
  EXPECT_EQ(*store_->count_envelopes("croydon"), 0);
}

TEST_F(IntakeOfAnOpenInspection, StoresNothingOfABatchWhoseWithdrawalFailed) {
  cannot_withdraw_ = true;
  const auto got = receive({envelope(3), withdrawal(1)});
  EXPECT_EQ(got.status, 503);
  EXPECT_EQ(*store_->count_envelopes("croydon"), 0);
}

TEST_F(IntakeOfAnOpenInspection, TakesNothingElseForAWithdrawal) {
  auto almost = withdrawal(1);
  almost.body.back() = 'x';
  EXPECT_EQ(receive({almost}).outcomes[0].status, 201);
}

TEST_F(IntakeOfAnOpenInspection, KeepsTokensByTheirMarksAndGivesAReceiptForTheReport) {
  const protocol::TokenProof issued{1};
  const auto inspection = *store_->inspection("croydon");
  ASSERT_TRUE(store_->issue_tokens(inspection, {protocol::mark_of(issued), store::Digest{9}}));
  const auto body = protocol::encode_tokens({issued, protocol::TokenProof{2}});
  for (int i = 0; i < 2; ++i) {
    const auto receipt = intake_->spend("croydon", "kiosk-a", body);
    ASSERT_TRUE(receipt);
    EXPECT_TRUE(protocol::is_genuine(receipt->value(), "croydon", body, public_key_));
  }
  EXPECT_EQ(*store_->token_counts("croydon"), (store::TokenCounts{.issued = 2, .spent = 1, .never_issued = 1}));
  ASSERT_TRUE(intake_->spend("croydon", "kiosk-b", protocol::encode_tokens({issued})));
  EXPECT_EQ(store_->token_counts("croydon")->spent_twice, 1);
}

TEST_F(IntakeOfAnOpenInspection, TakesAMarkForNoProofOfATokenThatWasIssued) {
  const protocol::TokenProof issued{1};
  ASSERT_TRUE(store_->issue_tokens(*store_->inspection("croydon"), {protocol::mark_of(issued)}));
  ASSERT_TRUE(intake_->spend("croydon", "kiosk-a", protocol::encode_tokens({protocol::mark_of(issued)})));
  EXPECT_EQ(*store_->token_counts("croydon"), (store::TokenCounts{.issued = 1, .never_issued = 1}));
}

TEST_F(IntakeOfAnOpenInspection, GivesNoReceiptForTokensThatMeanNothingOrAreNotKept) {
  EXPECT_EQ(intake_->spend("croydon", "kiosk-a", Bytes(33)).error().code, ErrorCode::corrupt);
  EXPECT_EQ(intake_->spend("nowhere", "kiosk-a", Bytes(32)).error().code, ErrorCode::not_found);
  EXPECT_EQ(*store_->token_counts("croydon"), store::TokenCounts{});
}

// A store that cannot even be read.
class UnreadableStore final : public FailingStore {
 public:
  using FailingStore::FailingStore;
  Result<store::InspectionHead> head(std::string_view) override { return fail(ErrorCode::io, "disk gone"); }
};

TEST_F(IntakeOfAnOpenInspection, AsksTheKioskToComeLaterWhereTheStoreCannotBeRead) {
  UnreadableStore unreadable(*store_);
  const auto key = protocol::ReceiptKey::parse(*protocol::ReceiptKey::generate_pem());
  Intake intake(
      unreadable, *key, clock_, [](const auto& work) { work(); }, [](const auto&, const auto&) {},
      [](const auto&, const auto&, const auto&) { return Result<std::vector<envelope::EnvelopeId>>(); });
  Reception got;
  intake.receive("croydon", "kiosk-a", protocol::encode_batch({envelope(1)}), [&](Reception r) { got = std::move(r); });
  EXPECT_EQ(got.status, 503);
  EXPECT_EQ(got.problem.find("disk gone"), std::string::npos);
  EXPECT_EQ(intake.spend("croydon", "kiosk-a", Bytes(32)).error().code, ErrorCode::io);
}

TEST_F(IntakeOfAnOpenInspection, GivesNoReceiptForTokensThatCouldNotBeKept) {
  FailingStore failing(*store_);
  const auto key = protocol::ReceiptKey::parse(*protocol::ReceiptKey::generate_pem());
  Intake intake(
      failing, *key, clock_, [](const auto& work) { work(); }, [](const auto&, const auto&) {},
      [](const auto&, const auto&, const auto&) { return Result<std::vector<envelope::EnvelopeId>>(); });
  EXPECT_EQ(intake.spend("croydon", "kiosk-a", Bytes(32)).error().code, ErrorCode::io);
}

TEST_F(IntakeOfAnOpenInspection, SignsThatFieldworkEndedForThatInspectionAlone) {
  const auto said = intake_->say_fieldwork_ended("croydon");
  ASSERT_TRUE(said);
  EXPECT_TRUE(protocol::is_end_of_fieldwork(*said, "croydon", public_key_));
  EXPECT_FALSE(protocol::is_end_of_fieldwork(*said, "leeds", public_key_));
}

TEST_F(IntakeOfAnOpenInspection, GivesNoReceiptWhenTheCommitFailed) {
  FailingStore failing(*store_);
  const auto key = protocol::ReceiptKey::parse(*protocol::ReceiptKey::generate_pem());
  bool has_told = false;
  Intake intake(
      failing, *key, clock_, [](const auto& work) { work(); }, [&](const auto&, const auto&) { has_told = true; },
      [](const auto&, const auto&, const auto&) { return Result<std::vector<envelope::EnvelopeId>>(); });
  Reception got;
  intake.receive("croydon", "kiosk-a", protocol::encode_batch({envelope(1)}), [&](Reception r) { got = std::move(r); });
  EXPECT_EQ(got.status, 503);
  EXPECT_TRUE(got.outcomes.empty());
  EXPECT_EQ(got.problem.find("disk full"), std::string::npos);  // that is for the operator's log
  EXPECT_FALSE(has_told);
}

}  // namespace
}  // namespace perspective::intake
