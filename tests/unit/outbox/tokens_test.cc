#include <gtest/gtest.h>

#include <algorithm>

#include "base/file.h"
#include "base/random.h"
#include "outbox/outbox.h"

namespace perspective::outbox {
namespace {

namespace fs = std::filesystem;

Token token(std::uint8_t number, std::string inspection = "croydon-2012") {
  Token made{std::move(inspection), {}};
  made.proof.fill(number);
  return made;
}

class TokensOfAnOutbox : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("tokens-" + to_hex(random_bytes(8)));
    fs::create_directory(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::unique_ptr<Outbox> open(const std::string& name = "outbox.sqlite") {
    Options options;
    options.reserve = [this](const fs::path&, std::uint64_t) { return has_room_; };
    return Outbox::open(folder_ / name, options).value();
  }
  Bytes after_spending(const std::vector<std::uint8_t>& numbers, const std::string& name) {
    const auto outbox = open(name);
    for (const auto number : numbers) EXPECT_TRUE(outbox->spend(token(number)));
    return read_file(folder_ / name).value();
  }

  fs::path folder_;
  bool has_room_ = true;
};

TEST_F(TokensOfAnOutbox, AreSpentOnceAlsoAfterReopening) {
  EXPECT_EQ(open()->spend(token(1)).value(), Spending::spent);
  EXPECT_EQ(open()->spend(token(1)).value(), Spending::spent_before);
  EXPECT_EQ(open()->spend(token(2)).value(), Spending::spent);
}

TEST_F(TokensOfAnOutbox, AreCountedAsReportedAndStaySpent) {
  {
    const auto outbox = open();
    for (const auto number : std::initializer_list<std::uint8_t>{3, 1, 2}) ASSERT_TRUE(outbox->spend(token(number)));
    ASSERT_TRUE(outbox->spend(token(9, "lewes")));
    ASSERT_TRUE(outbox->note_reported("croydon-2012", 3));
  }
  const auto outbox = open();
  const auto tokens = outbox->tokens().value();
  EXPECT_EQ(tokens.at("croydon-2012").proofs.size(), 3U);
  EXPECT_EQ(tokens.at("croydon-2012").reported, 3U);
  EXPECT_EQ(tokens.at("lewes").proofs, std::vector<TokenProof>{token(9).proof});
  EXPECT_EQ(tokens.at("lewes").reported, 0U);
  EXPECT_EQ(outbox->spend(token(1)).value(), Spending::spent_before);
}

TEST_F(TokensOfAnOutbox, LeaveTheSameBytesInWhateverOrderTheyWereSpent) {
  const auto bytes = after_spending({1, 2, 3, 4, 5}, "first");
  EXPECT_EQ(after_spending({5, 3, 1, 4, 2}, "second"), bytes);
  EXPECT_EQ(after_spending({4, 5, 1, 2, 3}, "third"), bytes);
}

TEST_F(TokensOfAnOutbox, AreNotSpentWhereTheAnswersCouldNotBeKept) {
  const auto outbox = open();
  has_room_ = false;
  const auto spending = outbox->spend(token(1));
  ASSERT_FALSE(spending);
  EXPECT_TRUE(spending.error().retry);
  has_room_ = true;
  EXPECT_EQ(outbox->spend(token(1)).value(), Spending::spent);
}

TEST_F(TokensOfAnOutbox, AreNoAnswersThatWait) {
  const auto outbox = open();
  ASSERT_TRUE(outbox->spend(token(1)));
  EXPECT_TRUE(outbox->waiting().value().empty());
}

TEST_F(TokensOfAnOutbox, AreSpentForTheVisitThatHasBegun) {
  const auto outbox = open();
  ASSERT_TRUE(outbox->begin_visit("croydon-2012"));
  ASSERT_TRUE(outbox->spend(token(1)));
  EXPECT_EQ(outbox->ledgers().value()["croydon-2012"], Ledger{.started = 1});
}

// Else there were more tokens than visits if the power went now.
TEST_F(TokensOfAnOutbox, BeginTheVisitWhoseBeginningCouldNotBeWritten) {
  const auto outbox = open();
  has_room_ = false;
  ASSERT_FALSE(outbox->begin_visit("croydon-2012"));
  has_room_ = true;
  ASSERT_TRUE(outbox->spend(token(1)));
  EXPECT_EQ(outbox->ledgers().value()["croydon-2012"], Ledger{.started = 1});
  EXPECT_EQ(outbox->visited().value(), (Visited{{"croydon-2012", Visits::since}})) << "hidden like any other";
  ASSERT_TRUE(outbox->end_visit("croydon-2012", Ending::stopped));
  EXPECT_EQ(outbox->ledgers().value()["croydon-2012"], (Ledger{.started = 1, .stopped = 1}));
}

}  // namespace
}  // namespace perspective::outbox
