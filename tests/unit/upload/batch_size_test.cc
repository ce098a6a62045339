// How many envelopes go together on a line that does not carry many.
#include <algorithm>

#include "kiosk_folder.h"
#include "protocol/limits.h"
#include "upload/sender.h"

namespace perspective::upload {
namespace {

class BatchSize : public KioskFolder {
 protected:
  std::size_t sent_in_a_step() {
    sender_.step();
    return ScriptedCollector::batch_in(collector_.requests().back()).size();
  }
  ScriptedCollector collector_;
  Sender sender_{*outbox_, collector_,
                 [this](const std::string&) { return Sender::Terms{.receipt_key = collector_.receipt_key()}; }};
};

TEST_F(BatchSize, HalvesWhenNoAnswerComesAndGrowsAgainWithEachThatDoes) {
  for (std::uint8_t i = 0; i < 200; ++i) put(i);
  for (const std::size_t expected : {50U, 25U, 12U, 6U, 3U, 1U, 1U}) {
    collector_.then_fail(ErrorCode::unreachable);
    EXPECT_EQ(sent_in_a_step(), expected);
  }
  for (const std::size_t expected : {1U, 2U, 4U, 8U, 16U, 32U, 50U, 50U}) EXPECT_EQ(sent_in_a_step(), expected);
}

TEST_F(BatchSize, HalvesWhenTheCollectorSaysThatItCameTooSlowly) {
  for (std::uint8_t i = 0; i < 60; ++i) put(i);
  collector_.then_answer(408);
  EXPECT_EQ(sent_in_a_step(), 50U);
  EXPECT_EQ(sent_in_a_step(), 25U);
  EXPECT_EQ(outbox_->quarantined().value().size(), 0U);
}

TEST_F(BatchSize, IsLeftAloneByAnAnswerThatSaysLater) {
  for (std::uint8_t i = 0; i < 60; ++i) put(i);
  collector_.then_answer(503);
  collector_.then_fail(ErrorCode::refused);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(sent_in_a_step(), protocol::kMaxBatchEnvelopes);
}

}  // namespace
}  // namespace perspective::upload
