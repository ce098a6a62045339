#include "intake/intake.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <future>

#include "base/random.h"
#include "protocol/limits.h"
#include "protocol/token_report.h"
#include "protocol/withdrawal.h"
#include "store/sqlite_store.h"

namespace perspective::intake {
namespace {

constexpr std::size_t kEnvelopeBytes = 64;

protocol::SealedEnvelope envelope(std::uint8_t id, std::uint8_t content = 1) {
  protocol::SealedEnvelope made;
  made.id.fill(id);
  made.body = Bytes(kEnvelopeBytes, content);
  return made;
}

class IntakeOfAnOpenInspection : public testing::Test {
 protected:
  void SetUp() override {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    auto opened = store::SqliteStore::open("/intake-" + std::to_string(::getpid()) + test->name(), "memdb");
    ASSERT_TRUE(opened) << opened.error().what;
    store_ = std::move(*opened);
    ASSERT_TRUE(store_->add_inspection(croydon()));
    auto key = protocol::ReceiptKey::parse(*protocol::ReceiptKey::generate_pem());
    ASSERT_TRUE(key);
    public_key_ = key->public_key();
    intake_ = std::make_unique<Intake>(
        *store_, *key, clock_, [](const auto& work) { work(); },
        [this](const std::string&, const auto& ids) { arrived_.insert(arrived_.end(), ids.begin(), ids.end()); },
        [this](const std::string& inspection, const auto& ids) { return withdraw(inspection, ids); });
  }
  Result<void> withdraw(const std::string& inspection, const std::vector<envelope::EnvelopeId>& ids) {
    if (cannot_withdraw_) return fail(ErrorCode::io, "disk full");
    for (const auto& id : ids) {
      if (auto withdrawn = store_->withdraw(inspection, id); !withdrawn) return withdrawn;
    }
    return {};
  }

  static store::Inspection croydon() {
    return {.head = {.id = "croydon", .area = "Croydon", .state = "open", .envelope_bytes = kEnvelopeBytes},
            .definition = "{}",
            .package = {1}};
  }
  Reception receive(const std::vector<protocol::SealedEnvelope>& batch, const std::string& inspection = "croydon") {
    return receive_bytes(protocol::encode_batch(batch), inspection);
  }
  Reception receive_bytes(const Bytes& body, const std::string& inspection = "croydon") {
    std::promise<Reception> told;
    intake_->receive(inspection, "kiosk-a", body, [&](Reception reception) { told.set_value(std::move(reception)); });
    return told.get_future().get();
  }
  void close() {
    auto closed = croydon();
    closed.head.is_accepting = false;
    ASSERT_TRUE(store_->update_inspection(closed));
  }
  bool is_genuine(const protocol::Outcome& outcome, const protocol::SealedEnvelope& sent) const {
    return outcome.receipt &&
           protocol::is_genuine(*outcome.receipt, sent.id, protocol::digest_of(sent.body), public_key_);
  }

  HandSetClock clock_{1353585600};  // 2012-11-22
  Bytes public_key_;
  std::vector<envelope::EnvelopeId> arrived_;
  bool cannot_withdraw_ = false;
  std::unique_ptr<Intake> intake_;
  std::unique_ptr<store::Store> store_;  // goes first: no callback is under way when the intake goes
};

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

protocol::SealedEnvelope withdrawal(std::uint8_t id) {
  auto made = envelope(id);
  made.body = protocol::withdrawal_of(kEnvelopeBytes);
  return made;
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
    EXPECT_TRUE(protocol::is_genuine(*receipt, "croydon", body, public_key_));
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

// A store whose disk gives out at each change; what it has to read it reads from a real one.
class FailingStore final : public store::Store {
 public:
  explicit FailingStore(store::Store& real) : real_(real) {}
  Result<void> add_inspection(const store::Inspection&, const store::NextEntry&) override { return failure(); }
  Result<void> update_inspection(const store::Inspection&, const store::NextEntry&) override { return failure(); }
  Result<std::vector<store::InspectionHead>> inspections() override { return real_.inspections(); }
  Result<store::InspectionHead> head(std::string_view inspection) override { return real_.head(inspection); }
  Result<store::Inspection> inspection(std::string_view id) override { return real_.inspection(id); }
  void put(store::Batch, store::PutDone done) override { done(failure()); }
  Result<std::vector<store::Envelope>> envelopes(std::string_view id, const std::optional<store::Id>& after,
                                                 std::size_t limit) override {
    return real_.envelopes(id, after, limit);
  }
  Result<std::vector<store::Envelope>> envelopes(std::string_view id, const std::vector<store::Id>& ids) override {
    return real_.envelopes(id, ids);
  }
  Result<void> copy_to(const std::filesystem::path& path) override { return real_.copy_to(path); }
  Result<std::vector<store::Id>> envelope_ids(std::string_view id) override { return real_.envelope_ids(id); }
  Result<std::int64_t> count_envelopes(std::string_view id) override { return real_.count_envelopes(id); }
  Result<std::vector<store::DailyCount>> daily_counts(std::string_view id) override { return real_.daily_counts(id); }
  Result<void> withdraw(std::string_view, const store::Id&, const store::NextEntry&) override { return failure(); }
  Result<void> withdraw_what_had_come(std::string_view, const store::Id&) override { return failure(); }
  Result<std::vector<store::Withdrawn>> withdrawn() override { return real_.withdrawn(); }
  Result<std::int64_t> count_withdrawn(std::string_view id) override { return real_.count_withdrawn(id); }
  Result<void> put_ledger(std::string_view, const store::KioskLedger&) override { return failure(); }
  Result<std::vector<store::KioskLedger>> ledgers(std::string_view id) override { return real_.ledgers(id); }
  Result<void> add_invite(const store::Invite&, const store::NextEntry&) override { return failure(); }
  Result<std::vector<store::Invite>> live_invites(std::int64_t now_s) override { return real_.live_invites(now_s); }
  Result<void> enrol(ByteView, std::int64_t, const store::Kiosk&, const store::NextEntry&) override {
    return failure();
  }
  Result<std::string> enrolled(ByteView hash, std::int64_t now_s, const store::Digest& key) override {
    return real_.enrolled(hash, now_s, key);
  }
  Result<std::vector<store::Kiosk>> kiosks() override { return real_.kiosks(); }
  Result<store::Kiosk> kiosk_by_serial(std::string_view serial) override { return real_.kiosk_by_serial(serial); }
  Result<void> revoke(std::string_view, const store::NextEntry&) override { return failure(); }
  Result<void> allow(std::string_view, std::string_view, const store::NextEntry&) override { return failure(); }
  Result<void> disallow(std::string_view, std::string_view, const store::NextEntry&) override { return failure(); }
  Result<void> note_contact(std::string_view, const store::Contact&) override { return failure(); }
  Result<void> add_certificate(std::string_view, std::string_view) override { return failure(); }
  Result<void> issue_tokens(const store::Inspection&, const std::vector<store::Digest>&,
                            const store::NextEntry&) override {
    return failure();
  }
  Result<std::vector<store::Digest>> tokens(std::string_view id) override { return real_.tokens(id); }
  Result<void> spend_tokens(std::string_view, std::string_view, const std::vector<store::Digest>&) override {
    return failure();
  }
  Result<store::TokenCounts> token_counts(std::string_view id) override { return real_.token_counts(id); }
  Result<std::vector<store::KioskTokens>> tokens_by_kiosk(std::string_view id) override {
    return real_.tokens_by_kiosk(id);
  }
  Result<void> put_annotation(std::string_view, const store::Annotation&, const store::NextEntry&) override {
    return failure();
  }
  Result<void> remove_annotation(std::string_view, const store::Id&) override { return failure(); }
  Result<std::vector<store::Annotation>> annotations(std::string_view id) override { return real_.annotations(id); }
  Result<std::vector<store::PlainCount>> plain_counts(std::string_view id) override { return real_.plain_counts(id); }
  Result<void> append_audit(const store::NextEntry&) override { return failure(); }
  Result<std::vector<store::AuditEntry>> audit(std::int64_t after, std::size_t limit) override {
    return real_.audit(after, limit);
  }
  Result<std::optional<store::AuditEntry>> newest_audit() override { return real_.newest_audit(); }
  Result<void> put_record(const store::Record&, const store::NextEntry&) override { return failure(); }
  Result<store::Record> record(std::string_view kind, std::string_view id) override { return real_.record(kind, id); }
  Result<std::vector<store::Record>> records(std::string_view kind) override { return real_.records(kind); }
  Result<void> remove_record(std::string_view, std::string_view, const store::NextEntry&) override { return failure(); }
  Result<void> forget_ended_records(std::int64_t) override { return failure(); }
  Result<Bytes> salt() override { return real_.salt(); }

 private:
  static std::unexpected<Error> failure() { return fail(ErrorCode::io, "disk full"); }
  store::Store& real_;
};

TEST_F(IntakeOfAnOpenInspection, GivesNoReceiptWhenTheCommitFailed) {
  FailingStore failing(*store_);
  const auto key = protocol::ReceiptKey::parse(*protocol::ReceiptKey::generate_pem());
  bool has_told = false;
  Intake intake(
      failing, *key, clock_, [](const auto& work) { work(); }, [&](const auto&, const auto&) { has_told = true; },
      [](const auto&, const auto&) { return Result<void>(); });
  Reception got;
  intake.receive("croydon", "kiosk-a", protocol::encode_batch({envelope(1)}), [&](Reception r) { got = std::move(r); });
  EXPECT_EQ(got.status, 503);
  EXPECT_TRUE(got.outcomes.empty());
  EXPECT_EQ(got.problem.find("disk full"), std::string::npos);  // that is for the operator's log
  EXPECT_FALSE(has_told);
}

}  // namespace
}  // namespace perspective::intake
