// A wish to take answers back, on its way to the collector.
#include "kiosk_folder.h"
#include "upload/sender.h"

namespace perspective::upload {
namespace {

using Next = Step::Next;

class AWithdrawalOnItsWay : public KioskFolder {
 protected:
  void withdraw(std::uint8_t number) { ASSERT_TRUE(outbox_->withdraw("croydon-2012", envelope(number).id)); }
  bool is_stored(std::uint8_t number) const { return collector_.stored.contains(envelope(number).id); }
  bool is_told(std::uint8_t number) const { return collector_.withdrawn.contains(envelope(number).id); }
  void send_all() {
    for (int i = 0; i < 10 && state() != outbox::State::empty; ++i) sender_.step();
  }

  std::size_t at_least_ = 1;
  ScriptedCollector collector_;
  Sender sender_{*outbox_, collector_, [this](const std::string&) {
                   return Sender::Terms{.receipt_key = collector_.receipt_key(),
                                        .envelope_bytes = ScriptedCollector::envelope_bytes(),
                                        .at_least = at_least_};
                 }};
};

TEST_F(AWithdrawalOnItsWay, GoesInPlaceOfTheEnvelopeThatWaited) {
  put(1);
  withdraw(1);
  send_all();
  EXPECT_EQ(state(), outbox::State::empty);
  EXPECT_FALSE(is_stored(1));
  EXPECT_TRUE(is_told(1));
  EXPECT_EQ(outbox_->ledgers().value()["croydon-2012"].withdrawn, 1);
  EXPECT_EQ(outbox_->ledgers().value()["croydon-2012"].sent, 0);
}

TEST_F(AWithdrawalOnItsWay, ReachesWhatWasSentBefore) {
  put(1);
  send_all();
  ASSERT_TRUE(is_stored(1));
  withdraw(1);
  send_all();
  EXPECT_FALSE(is_stored(1));
  EXPECT_EQ(outbox_->ledgers().value()["croydon-2012"].sent, 1);
  EXPECT_EQ(outbox_->ledgers().value()["croydon-2012"].withdrawn, 0);
}

TEST_F(AWithdrawalOnItsWay, OvertakesAnEnvelopeWhoseReceiptIsStillToCome) {
  put(1);
  collector_.then([this](const Request& request) -> Result<Answer> {
    for (const auto& one : ScriptedCollector::batch_in(request)) collector_.stored[one.id] = one.body;
    withdraw(1);
    const auto json = protocol::encode_outcomes(
        {{envelope(1).id, 201, collector_.receipt_for({envelope(1).id, envelope(1).body}), ""}});
    return Answer{200, {}, Bytes(json.begin(), json.end())};
  });
  sender_.step();
  EXPECT_EQ(state(), outbox::State::waiting);
  send_all();
  EXPECT_EQ(state(), outbox::State::empty);
  EXPECT_FALSE(is_stored(1));
  EXPECT_EQ(outbox_->ledgers().value()["croydon-2012"].sent, 0);
}

TEST_F(AWithdrawalOnItsWay, WaitsForOthersAndLooksLikeThem) {
  at_least_ = 5;
  withdraw(9);
  for (std::uint8_t i = 1; i <= 3; ++i) put(i);
  EXPECT_EQ(sender_.step().next, Next::idle);
  EXPECT_TRUE(collector_.requests().empty());
  put(4);
  sender_.step();  // the pause
  sender_.step();
  ASSERT_EQ(collector_.requests().size(), 1U);
  EXPECT_EQ(collector_.requests()[0].body.size(), 5 * (16 + ScriptedCollector::envelope_bytes()));
  EXPECT_TRUE(is_told(9));
}

TEST_F(AWithdrawalOnItsWay, StaysWithoutAGenuineReceipt) {
  withdraw(1);
  collector_.twist = [](protocol::Outcome& outcome) { outcome.receipt.reset(); };
  EXPECT_EQ(sender_.step().next, Next::later);
  collector_.twist = [](protocol::Outcome& outcome) { (*outcome.receipt)[3] ^= 1U; };
  EXPECT_EQ(sender_.step().next, Next::later);
  EXPECT_EQ(state(), outbox::State::waiting);
}

// As a collector that does not know them would: it has stored an envelope that it cannot open.
TEST_F(AWithdrawalOnItsWay, StaysThoughItIsSaidToBeStored) {
  withdraw(1);
  collector_.twist = [](protocol::Outcome& outcome) { outcome.status = 201; };
  EXPECT_EQ(sender_.step().next, Next::later);
  EXPECT_EQ(state(), outbox::State::waiting);
}

TEST_F(AWithdrawalOnItsWay, StaysAndIsNotAskedAgainAtOnceWhereItIsRefused) {
  for (const int status : {409, 413, 422}) {
    withdraw(1);
    collector_.then([status](const Request&) -> Result<Answer> { return Answer{status, {}, {}}; });
    EXPECT_EQ(sender_.step().next, Next::later) << status;
    collector_.twist = [status](protocol::Outcome& outcome) { outcome = {outcome.id, status, std::nullopt, "no"}; };
    EXPECT_EQ(sender_.step().next, Next::later) << status;
    EXPECT_EQ(state(), outbox::State::waiting);
  }
}

// Of a kiosk that asked to take back too many: what is beside it goes all the same.
TEST_F(AWithdrawalOnItsWay, StaysAndIsAskedAgainLaterWhereTooManyWereTakenBack) {
  put(1);
  withdraw(2);
  collector_.twist = [](protocol::Outcome& outcome) {
    if (outcome.id == envelope(2).id) outcome = {outcome.id, 429, std::nullopt, "too many"};
  };
  EXPECT_EQ(sender_.step().next, Next::again);
  EXPECT_TRUE(is_stored(1));
  for (int i = 0; i < 3; ++i) {
    const auto step = sender_.step();
    EXPECT_EQ(step.next, Next::later);
    EXPECT_GE(step.wait_s, Sender::kLongestDelay_s);
    EXPECT_EQ(step.notice, readiness::Reason::collector_busy) << "the supervisor is told";
    EXPECT_EQ(state(), outbox::State::waiting);
  }
  collector_.twist = [](protocol::Outcome&) {};
  send_all();
  EXPECT_TRUE(is_told(2));
  EXPECT_EQ(state(), outbox::State::empty);
}

}  // namespace
}  // namespace perspective::upload
