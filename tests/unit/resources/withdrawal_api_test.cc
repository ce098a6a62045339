// Answers taken back, and nothing that brings them again: not the kiosk, not a stick, not a backup.
#include "base/file.h"
#include "envelope/identity.h"
#include "protocol/bundle.h"
#include "protocol/withdrawal.h"
#include "store/sqlite_store.h"
#include "support/source_folder.h"
#include "unit/resources/running_collector.h"

namespace perspective::resources {
namespace {

namespace fs = std::filesystem;
constexpr const char* kTheirs = "acorn acrobat activity actor";

class Withdrawal : public RunningCollector {
 protected:
  void SetUp() override {
    RunningCollector::SetUp();
    create();
    kiosk_.emplace(enrolled());
    package_ = package_of(*kiosk_);
    theirs_ = sealed(package_, inspection::weekly_reader());
    theirs_.id = envelope::derive_id({"acorn", "acrobat", "activity", "actor"}, package_.salt).value();
    others_ = sealed(package_, inspection::weekly_reader());
  }
  int status_of_theirs() {
    const auto answer = deliver(*kiosk_, {theirs_});
    const auto outcomes = protocol::decode_outcomes(answer.body);
    EXPECT_TRUE(outcomes) << answer.body;
    if (!outcomes || outcomes->size() != 1) return 0;
    const auto& receipt = outcomes->front().receipt;
    EXPECT_TRUE(receipt &&
                protocol::is_genuine(*receipt, theirs_.id, protocol::digest_of(theirs_.body), package_.receipt_key));
    return outcomes->front().status;
  }
  std::int64_t stored() {
    stop();
    const auto count = store::SqliteStore::open(folder_ / "c" / "collector.sqlite").value()->count_envelopes("lewes");
    restart();
    return count.value();
  }
  // It listens at another port then.
  void restart() {
    stop();
    start();
    kiosk_.emplace(at_the_new_port(*kiosk_));
  }

  std::optional<WebClient> kiosk_;
  protocol::Package package_;
  protocol::SealedEnvelope theirs_;
  protocol::SealedEnvelope others_;
};

TEST_F(Withdrawal, TakesOutWhatIsThereAndRefusesItForGoodWithASignedReceipt) {
  ASSERT_EQ(deliver(*kiosk_, {theirs_, others_}).status, 200);
  ASSERT_EQ(withdraw(kTheirs).status, 200);
  EXPECT_EQ(stored(), 1);
  EXPECT_EQ(status_of_theirs(), 410);
  EXPECT_EQ(status_of_theirs(), 410);
  EXPECT_EQ(stored(), 1);
}

TEST_F(Withdrawal, KeepsOutWhatHasNotComeYet) {
  ASSERT_EQ(withdraw(kTheirs).status, 200);
  EXPECT_EQ(status_of_theirs(), 410);
  EXPECT_EQ(stored(), 0);
}

TEST_F(Withdrawal, IsAnsweredByteForByteTheSameWhetherAnythingWasThere) {
  ASSERT_EQ(deliver(*kiosk_, {theirs_}).status, 200);
  const auto matched = withdraw(kTheirs);
  const auto again = withdraw(kTheirs);
  const auto unmatched = withdraw("actor actor actor actor");
  EXPECT_EQ(matched.status, 200);
  EXPECT_EQ(matched.body, again.body);
  EXPECT_EQ(matched.body, unmatched.body);
}

TEST_F(Withdrawal, StaysSoWhenADatabaseIsPutBackFromABackup) {
  ASSERT_EQ(deliver(*kiosk_, {theirs_, others_}).status, 200);
  stop();
  fs::copy_file(folder_ / "c" / "collector.sqlite", folder_ / "backup");
  restart();
  ASSERT_EQ(withdraw(kTheirs).status, 200);
  stop();
  fs::copy_file(folder_ / "backup", folder_ / "c" / "collector.sqlite", fs::copy_options::overwrite_existing);
  restart();
  EXPECT_EQ(stored(), 1);
  EXPECT_EQ(status_of_theirs(), 410);
}

TEST_F(Withdrawal, StaysSoWhenAStickBringsItAgain) {
  ASSERT_EQ(withdraw(kTheirs).status, 200);
  const auto bundle = protocol::sign_bundle({.inspection = "lewes", .envelopes = {theirs_, others_}}, kiosk_->key_pem,
                                            kiosk_->certificate_pem)
                          .value();
  const auto answer = import_bundle(std::string(as_text(bundle)));
  ASSERT_EQ(answer.status, 200) << answer.body;
  const auto receipts =
      protocol::courier_receipts_from_json(std::string(parsed(answer).at("receipts").as_string())).value();
  const auto outcome = std::ranges::find(receipts.outcomes, theirs_.id, &protocol::Outcome::id);
  ASSERT_NE(outcome, receipts.outcomes.end());
  EXPECT_EQ(outcome->status, 410);
  EXPECT_EQ(stored(), 1);
}

TEST_F(Withdrawal, ThatAKioskBringsCountsAtOnceAndForGood) {
  ASSERT_EQ(deliver(*kiosk_, {theirs_, others_}).status, 200);
  EXPECT_EQ(opened(), 2);
  ASSERT_TRUE(package_.takes_withdrawals);
  ASSERT_EQ(deliver(*kiosk_, {{theirs_.id, protocol::withdrawal_of(package_.envelope_bytes)}}).status, 200);
  EXPECT_EQ(opened(), 1);
  restart();
  EXPECT_EQ(status_of_theirs(), 410);
}

TEST_F(Withdrawal, IsForInspectorsAlone) {
  const auto body = json::serialize(json::object{{"words", kTheirs}});
  EXPECT_EQ(kiosk_->post("/v1/inspections/lewes/withdrawals", body).status, 404);
}

TEST_F(Withdrawal, OfAnInspectionThatIsNotThereIsSaid) {
  const auto body = json::serialize(json::object{{"words", kTheirs}});
  EXPECT_EQ(inspector().post("/v1/inspections/nowhere/withdrawals", body).status, 404);
}

TEST_F(Withdrawal, DoesNotBeginWhileItsFileCannotBeRead) {
  stop();
  ASSERT_TRUE(write_file(folder_ / "c" / "withdrawn", as_bytes(std::string("nonsense\n"))));
  EXPECT_EQ(Service::open({.data = folder_ / "c",
                           .assets = fs::path(kSourceFolder) / "assets",
                           .listen = {},
                           .port = {},
                           .is_swap_allowed = true})
                .error()
                .code,
            ErrorCode::corrupt);
}

}  // namespace
}  // namespace perspective::resources
