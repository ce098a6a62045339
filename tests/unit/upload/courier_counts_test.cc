// What goes by stick beside the envelopes: spent tokens, the end of fieldwork and, after it, the ledger.
#include "courier_fixture.h"

namespace perspective::upload {
namespace {

TEST_F(Courier, TakesAllTokensThatWereEverSpentInAnyOrder) {
  for (std::uint8_t i = 1; i <= 6; ++i) spend(i);
  put(1);
  copy();
  EXPECT_EQ(tokens_on_stick().size(), 6U);
  ASSERT_TRUE(outbox_->note_reported("croydon-2012", 6));  // by network meanwhile
  spend(7);
  put(2);
  std::set<protocol::TokenProof> firsts;
  for (int i = 0; i < 30; ++i) {
    copy();
    EXPECT_EQ(tokens_on_stick().size(), 7U);
    firsts.insert(bundle_on_stick()->tokens.at(0));
  }
  EXPECT_GT(firsts.size(), 2U);
}

// Who stopped, or whose answers went by network, has spent one too.
TEST_F(Courier, TakesNewTokensWhereNoEnvelopeWaitsAndOldOnesNotAgain) {
  spend(1);
  EXPECT_EQ(copy(Few::too).files.size(), 1U);
  EXPECT_EQ(tokens_on_stick().size(), 1U);
  EXPECT_TRUE(on_stick().empty());
  EXPECT_TRUE(copy(Few::too).files.empty());
}

TEST_F(Courier, TokensOfVisitsThatAreKeptBackStayAtHomeToo) {
  packages_.at(0).smallest_batch = 3;
  spend(1);
  ASSERT_TRUE(outbox_->begin_visit("croydon-2012"));
  ASSERT_TRUE(outbox_->end_visit("croydon-2012", outbox::Ending::stopped));
  EXPECT_TRUE(copy().are_few_kept_back);
  EXPECT_TRUE(names().empty());
}

TEST_F(Courier, LearnsOfTheEndOfFieldworkFromTheReceiptsAndKeepsItInMind) {
  put(1);
  EXPECT_TRUE(is_open("croydon-2012"));
  EXPECT_TRUE(take(receipts_for({envelope(1)}, 201, word())).value().has_fieldwork_ended);
  EXPECT_FALSE(is_open("croydon-2012"));
  EXPECT_TRUE(is_open("barnet"));  // barnet goes on
  EXPECT_TRUE(shelf_.load().withheld.empty());
  EXPECT_TRUE(take(receipts_for({})).value().has_fieldwork_ended);
}

TEST_F(Courier, ForgedEndOfFieldworkEndsNothingAndTheReceiptsAreTaken) {
  put(1);
  for (const auto& forged : {protocol::Receipt{}, word("barnet"),
                             protocol::sign_end_of_fieldwork(ScriptedCollector().key(), "croydon-2012").value()}) {
    const auto taken = take(receipts_for({envelope(1)}, 201, forged));
    EXPECT_FALSE(taken.value().has_fieldwork_ended);
    EXPECT_FALSE(taken.value().is_any_left);
    EXPECT_TRUE(is_open("croydon-2012"));
  }
}

TEST_F(Courier, TakesTheLedgerOnceFieldworkHasEndedAndNothingWaits) {
  put(1);
  put(2);
  copy();
  EXPECT_FALSE(bundle_on_stick()->ledger);
  ASSERT_TRUE(take(receipts_for({envelope(1)}, 201, word())));
  packages_ = shelf_.load().packages;
  copy();
  EXPECT_FALSE(bundle_on_stick()->ledger);  // one waits
  EXPECT_EQ(on_stick().size(), 1U);
  ASSERT_TRUE(take(receipts_for({envelope(2)}, 201, word())));
  copy();
  EXPECT_TRUE(on_stick().empty());
  EXPECT_EQ(bundle_on_stick()->ledger, (Ledger{.started = 2, .sent = 2}));
}

TEST_F(Courier, TakesTheLedgerOfAKioskWhereNobodySatDown) {
  packages_.at(0).is_fieldwork_open = false;
  EXPECT_EQ(copy().files.size(), 1U);
  EXPECT_EQ(bundle_on_stick()->ledger, Ledger{});
}

TEST_F(Courier, StickOfASupervisorBringsTheEndAndTakesTheLedgerAtOnce) {
  put(1);
  fs::rename(receipts_for({envelope(1)}, 201, word()), stick_ / "perspective-kiosk-7-croydon-2012.receipts");
  EXPECT_EQ(use_stick(*outbox_, enrolment_, shelf_, stick_),
            (readiness::StickNews{.has_copy = true, .has_brought_back = true}));
  EXPECT_EQ(bundle_on_stick()->ledger, (Ledger{.started = 1, .sent = 1}));
}

}  // namespace
}  // namespace perspective::upload
