// What happens between a batch and its commit.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "intake/intake.h"
#include "store/sqlite_store.h"
#include "support/openssl_memory.h"
#include "unit/intake/failing_store.h"

namespace perspective::intake {
namespace {

protocol::SealedEnvelope envelope(std::uint8_t id) {
  protocol::SealedEnvelope made;
  made.id.fill(id);
  made.body = Bytes(64, 1);
  return made;
}

// A store whose commit takes as long as the test wants.
class SlowStore final : public FailingStore {
 public:
  using FailingStore::FailingStore;
  void put(store::Batch batch, store::PutDone done) override {
    envelopes_ = batch.envelopes.size();
    done_ = std::move(done);
  }
  void commit() { done_(std::vector(envelopes_, store::PutOutcome::stored)); }

 private:
  std::size_t envelopes_ = 0;
  store::PutDone done_;
};

class IntakeWhileTheStoreCommits : public ::testing::Test {
 protected:
  void SetUp() override {
    store_ = std::move(*store::SqliteStore::open("/commit-" + std::to_string(::getpid()), "memdb"));
    ASSERT_TRUE(
        store_->add_inspection({.head = {.id = "croydon", .area = "Croydon", .state = "open", .envelope_bytes = 64},
                                .definition = "{}",
                                .package = {1}}));
    slow_ = std::make_unique<SlowStore>(*store_);
    const auto key = protocol::ReceiptKey::parse(*protocol::ReceiptKey::generate_pem());
    public_key_ = key->public_key();
    intake_ = std::make_unique<Intake>(
        *slow_, *key, clock_, [this](auto work) { elsewhere_.push_back(std::move(work)); },
        [this](const auto&, const auto& ids) { arrived_.insert(arrived_.end(), ids.begin(), ids.end()); },
        [](const auto&, const auto&, const auto&) { return Result<std::vector<envelope::EnvelopeId>>(); });
  }
  void begin(const std::vector<protocol::SealedEnvelope>& batch) {
    intake_->receive("croydon", "kiosk-a", protocol::encode_batch(batch),
                     [this](Reception reception) { answers_.push_back(std::move(reception)); });
  }

  bool is_genuine(const protocol::Outcome& outcome, const protocol::SealedEnvelope& sent) const {
    return outcome.receipt &&
           protocol::is_genuine(*outcome.receipt, sent.id, protocol::digest_of(sent.body), public_key_);
  }

  HandSetClock clock_{1353585600};  // 2012-11-22
  Bytes public_key_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<SlowStore> slow_;
  std::unique_ptr<Intake> intake_;
  std::vector<envelope::EnvelopeId> arrived_;
  std::vector<std::function<void()>> elsewhere_;
  std::vector<Reception> answers_;
};

TEST_F(IntakeWhileTheStoreCommits, HandsOutNoReceiptAndTellsOfNothing) {
  begin({envelope(1)});
  EXPECT_TRUE(answers_.empty());
  EXPECT_TRUE(arrived_.empty());
  EXPECT_TRUE(elsewhere_.empty());
  slow_->commit();
  ASSERT_EQ(answers_.size(), 1U);
  EXPECT_EQ(answers_[0].outcomes.at(0).status, 201);
  EXPECT_TRUE(is_genuine(answers_[0].outcomes.at(0), envelope(1)));
  EXPECT_THAT(arrived_, ::testing::ElementsAre(envelope(1).id));
}

TEST_F(IntakeWhileTheStoreCommits, DoesNotHoldItUpWithTheAnswerToALargeBatch) {
  std::vector<protocol::SealedEnvelope> batch;
  for (std::uint8_t i = 0; i < 50; ++i) batch.push_back(envelope(i));
  begin(batch);
  slow_->commit();
  EXPECT_TRUE(answers_.empty());
  ASSERT_EQ(elsewhere_.size(), 1U);
  elsewhere_.front()();
  ASSERT_EQ(answers_.size(), 1U);
  for (std::size_t i = 0; i < 50; ++i) EXPECT_TRUE(is_genuine(answers_[0].outcomes.at(i), batch[i]));
}

// What the store holds is told of; the kiosk keeps its copy and asks again.
TEST_F(IntakeWhileTheStoreCommits, TellsOfWhatIsStoredThoughTheReceiptCannotBeSigned) {
  ASSERT_TRUE(perspective::testing::OpenSslMemory::is_used());
  perspective::testing::OpenSslMemory::run_out_at(1, true);
  begin({envelope(1)});
  ASSERT_TRUE(perspective::testing::OpenSslMemory::is_back());
  slow_->commit();
  ASSERT_EQ(answers_.size(), 1U);
  EXPECT_EQ(answers_[0].status, 503);
  EXPECT_TRUE(answers_[0].outcomes.empty());
  EXPECT_THAT(arrived_, ::testing::ElementsAre(envelope(1).id));
  begin({envelope(1)});
  slow_->commit();
  EXPECT_TRUE(is_genuine(answers_.at(1).outcomes.at(0), envelope(1)));
}

}  // namespace
}  // namespace perspective::intake
