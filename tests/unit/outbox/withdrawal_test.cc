// Somebody takes their answers back at the kiosk.
#include <gtest/gtest.h>

#include <filesystem>

#include "base/file.h"
#include "base/random.h"
#include "outbox/outbox.h"

namespace perspective::outbox {
namespace {

constexpr const char* kCroydon = "croydon-2012";

class AWithdrawal : public ::testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::create_directory(folder_);
    open();
  }
  void TearDown() override {
    outbox_.reset();
    std::filesystem::remove_all(folder_);
  }
  void open() { outbox_ = Outbox::open(folder_ / "outbox.sqlite").value(); }
  static Envelope envelope(std::uint8_t number) {
    Envelope made{{}, kCroydon, Bytes(8000, number)};
    made.id.fill(number);
    return made;
  }
  void put(std::uint8_t number) { ASSERT_TRUE(outbox_->put(envelope(number))); }
  void withdraw(std::uint8_t number) { ASSERT_TRUE(outbox_->withdraw(kCroydon, envelope(number).id)); }
  std::vector<Envelope> waiting() { return outbox_->draw_batch(50).value(); }
  bool is_on_disk(std::uint8_t number) const {
    const auto bytes = read_file(folder_ / "outbox.sqlite").value();
    return std::search_n(bytes.begin(), bytes.end(), 64, number) != bytes.end();
  }

  std::filesystem::path folder_ = std::filesystem::temp_directory_path() / ("withdrawal-" + to_hex(random_bytes(8)));
  std::unique_ptr<Outbox> outbox_;
};

TEST_F(AWithdrawal, TakesAWaitingEnvelopeOffTheDiskAtOnceAndLeavesTheWish) {
  put(61);
  put(62);
  withdraw(61);
  EXPECT_FALSE(is_on_disk(61));
  EXPECT_TRUE(is_on_disk(62));
  EXPECT_EQ(outbox_->ledgers().value()["croydon-2012"].withdrawn, 1);
  for (const auto& one : waiting()) EXPECT_EQ(one.body.empty(), one.id == envelope(61).id);
  EXPECT_EQ(waiting().size(), 2U);
}

TEST_F(AWithdrawal, OfWhatIsNotHereWaitsToo) {
  withdraw(61);
  ASSERT_EQ(waiting().size(), 1U);
  EXPECT_TRUE(waiting().front().body.empty());
  EXPECT_EQ(waiting().front().inspection, kCroydon);
  EXPECT_EQ(outbox_->state().value(), State::waiting);
  EXPECT_EQ(outbox_->ledgers().value()["croydon-2012"].withdrawn, 0);
}

TEST_F(AWithdrawal, AskedTwiceIsOne) {
  put(61);
  withdraw(61);
  withdraw(61);
  EXPECT_EQ(waiting().size(), 1U);
  EXPECT_EQ(outbox_->ledgers().value()["croydon-2012"].withdrawn, 1);
}

TEST_F(AWithdrawal, KeepsTheSameEnvelopeAwayThoughItIsPutAgain) {
  put(61);
  withdraw(61);
  put(61);
  open();
  put(61);
  EXPECT_FALSE(is_on_disk(61));
  ASSERT_EQ(waiting().size(), 1U);
  EXPECT_TRUE(waiting().front().body.empty());
}

TEST_F(AWithdrawal, TakesWhatWasSetAsideToo) {
  put(61);
  ASSERT_TRUE(outbox_->quarantine(envelope(61).id, 422));
  withdraw(61);
  EXPECT_TRUE(outbox_->quarantined().value().empty());
  EXPECT_FALSE(is_on_disk(61));
}

TEST_F(AWithdrawal, EndsOnceTheCollectorHasIt) {
  withdraw(61);
  for (int i = 0; i < 2; ++i) ASSERT_TRUE(outbox_->end_withdrawal(envelope(61).id));
  EXPECT_EQ(outbox_->state().value(), State::empty);
}

// The receipt of what was on its way when its person took it back.
TEST_F(AWithdrawal, OutlivesTheReceiptOfItsEnvelope) {
  put(61);
  withdraw(61);
  ASSERT_TRUE(outbox_->remove(envelope(61).id, Leaving::sent));
  ASSERT_TRUE(outbox_->quarantine(envelope(61).id, 409));
  EXPECT_EQ(waiting().size(), 1U);
  EXPECT_EQ(outbox_->ledgers().value()["croydon-2012"].sent, 0);
  EXPECT_EQ(outbox_->ledgers().value()["croydon-2012"].withdrawn, 1);
}

TEST_F(AWithdrawal, TellsNoOrder) {
  const auto bytes_after = [this](std::vector<std::uint8_t> order) {
    outbox_.reset();
    for (const auto& entry : std::filesystem::directory_iterator(folder_)) std::filesystem::remove(entry.path());
    open();
    for (const auto number : order) withdraw(number);
    return read_file(folder_ / "outbox.sqlite").value();
  };
  EXPECT_EQ(bytes_after({61, 62, 63}), bytes_after({63, 61, 62}));
}

}  // namespace
}  // namespace perspective::outbox
