// A copy of a store, made while it is at work. Included after store_conformance.h by each that instantiates it.
#pragma once

#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <thread>

#include "conformance/filled_store.h"
#include "conformance/store_conformance.h"
#include "store/copy_file.h"

namespace perspective::store {

class StoreConformanceCopied : public StoreConformance {
 protected:
  void SetUp() override {
    StoreConformance::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    std::filesystem::remove(path());
    fill_every_table(*store_);
    put("croydon", {envelope(5), envelope(1), envelope(3)});
    ASSERT_TRUE(store_->withdraw("croydon", envelope(3).id));
  }
  void TearDown() override {
    std::filesystem::remove(path());
    StoreConformance::TearDown();
  }
  static std::filesystem::path path() {
    return std::filesystem::path(testing::TempDir()) / ("copy-" + std::to_string(::getpid()));
  }
  static std::map<std::string, std::vector<Row>> rows() {
    std::map<std::string, std::vector<Row>> found;
    auto copy = CopyFile::open(path());
    EXPECT_TRUE(copy);
    if (!copy) return found;
    for (const auto& table : kCopiedTables) {
      auto& of_table = found[std::string(table.name)];
      EXPECT_TRUE(copy->each(table, [&](const Row& row) -> Result<void> {
        of_table.push_back(row);
        return {};
      }));
    }
    return found;
  }
};

TEST_P(StoreConformanceCopied, HasEveryTableWithItsRows) {
  const auto copied = store_->copy_to(path());
  ASSERT_TRUE(copied) << copied.error().what;
  auto found = rows();
  for (const auto& [table, of_table] : found) EXPECT_FALSE(of_table.empty()) << table;
  ASSERT_EQ(found["envelopes"].size(), 2U);
  EXPECT_EQ(std::get<Bytes>(found["envelopes"][0][1]), Bytes(16, 1)) << "in the order of their ids";
  EXPECT_EQ(std::get<Bytes>(found["envelopes"][0][3]), Bytes(100, 1));
  const Row contact{std::string("k1"), std::string("2026-11-22"), std::string("0.5.0"), std::int64_t{1000}, Value(),
                    std::int64_t{1}};
  EXPECT_EQ(found["kiosk_contacts"].front(), contact) << "what was not said is not zero";
  EXPECT_EQ(found["spent_tokens"].size(), 2U);
}

TEST_P(StoreConformanceCopied, HasNothingOfWhatWasTakenBackNorOfInvites) {
  ASSERT_TRUE(store_->add_invite({Bytes(32, 0xAB), "croydon", "Back room", 100}));
  ASSERT_TRUE(store_->withdraw("croydon", Id{0xCD, 0xCD, 0xCD, 0xCD, 0xCD, 0xCD, 0xCD, 0xCD}));
  ASSERT_TRUE(store_->copy_to(path()));
  std::ifstream file(path(), std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(file)), {});
  EXPECT_EQ(bytes.find(std::string(16, '\3')), std::string::npos) << "an id that was taken back";
  EXPECT_EQ(bytes.find(std::string(8, '\xCD')), std::string::npos);
  EXPECT_EQ(bytes.find(std::string(32, '\xAB')), std::string::npos) << "an invite";
}

TEST_P(StoreConformanceCopied, HasTheRecordsThatLastAndNoneThatEnds) {
  ASSERT_TRUE(store_->put_record({.kind = "session", .id = "s1", .ends_s = 1, .body = "who signed in"}));
  ASSERT_TRUE(store_->copy_to(path()));
  const Row account{std::string("account"), std::string("ada"), std::int64_t{1}, std::int64_t{0}, std::string("{}")};
  EXPECT_THAT(rows()["records"], testing::ElementsAre(account));
}

TEST_P(StoreConformanceCopied, GoesNowhereWhereSomethingIs) {
  std::ofstream(path()) << "a letter";
  EXPECT_EQ(store_->copy_to(path()).error().code, ErrorCode::conflict);
}

// Each batch is two envelopes and a count of two: a copy has both or none of them, and the count that goes with it.
TEST_P(StoreConformanceCopied, IsOfOneMomentThoughMoreComesMeanwhile) {
  std::atomic<bool> is_over = false;
  std::thread sending([&] {
    for (std::uint16_t number = 0; number < 20000 && !is_over; ++number) {
      std::vector<Envelope> two(2, envelope(200));
      for (std::size_t i = 0; i < 2; ++i) {
        two[i].id = {static_cast<std::uint8_t>(i + 100), static_cast<std::uint8_t>(number >> 8),
                     static_cast<std::uint8_t>(number & 0xFF)};
      }
      put("croydon", std::move(two), "kiosk-b");
    }
  });
  for (int round = 0; round < 20; ++round) {
    std::filesystem::remove(path());
    EXPECT_TRUE(store_->copy_to(path()));
    auto found = rows();
    std::int64_t counted = 0;
    for (const auto& row : found["daily_counts"]) counted += std::get<std::int64_t>(row[3]);
    EXPECT_EQ(counted, static_cast<std::int64_t>(found["envelopes"].size()) + 1) << "and one that was taken back";
  }
  is_over = true;
  sending.join();
}

}  // namespace perspective::store
