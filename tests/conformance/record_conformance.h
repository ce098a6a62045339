// What every Store must do with the records of people.
#pragma once

#include <atomic>
#include <thread>
#include <vector>

#include "conformance/audit_conformance.h"

namespace perspective::store {

TEST_P(StoreConformance, KeepsARecordByKindAndIdAndCountsItsVersions) {
  ASSERT_TRUE(store_->put_record({.kind = "account", .id = "ada", .body = "one"}));
  ASSERT_TRUE(store_->put_record({.kind = "session", .id = "ada", .ends_s = 9, .body = "another"}));
  ASSERT_TRUE(store_->put_record({.kind = "account", .id = "ada", .version = 1, .body = "two"}));
  EXPECT_EQ(*store_->record("account", "ada"), (Record{"account", "ada", 2, 0, "two"}));
  EXPECT_EQ(*store_->record("session", "ada"), (Record{"session", "ada", 1, 9, "another"}));
  EXPECT_EQ(store_->record("account", "bob").error().code, ErrorCode::not_found);
}

TEST_P(StoreConformance, PutsNoRecordInThePlaceOfANewerOne) {
  ASSERT_TRUE(store_->put_record({.kind = "account", .id = "ada", .body = "one"}));
  EXPECT_EQ(store_->put_record({.kind = "account", .id = "ada", .body = "again"}).error().code, ErrorCode::conflict);
  ASSERT_TRUE(store_->put_record({.kind = "account", .id = "ada", .version = 1, .body = "two"}));
  EXPECT_EQ(store_->put_record({.kind = "account", .id = "ada", .version = 1, .body = "late"}).error().code,
            ErrorCode::conflict);
  EXPECT_EQ(store_->put_record({.kind = "account", .id = "bob", .version = 1, .body = "none"}).error().code,
            ErrorCode::conflict);
  EXPECT_EQ(store_->record("account", "ada")->body, "two");
}

TEST_P(StoreConformance, GivesTheRecordsOfAKindById) {
  for (const char* const id : {"b", "a", "C"}) ASSERT_TRUE(store_->put_record({.kind = "account", .id = id}));
  ASSERT_TRUE(store_->put_record({.kind = "token", .id = "a"}));
  const auto records = *store_->records("account");
  ASSERT_EQ(records.size(), 3U);
  EXPECT_EQ(records[0].id + records[1].id + records[2].id, "Cab") << "by their bytes";
  ASSERT_TRUE(store_->remove_record("account", "a"));
  ASSERT_TRUE(store_->remove_record("account", "a")) << "again";
  EXPECT_EQ(store_->records("account")->size(), 2U);
  EXPECT_EQ(store_->records("token")->size(), 1U);
}

TEST_P(StoreConformance, ForgetsRecordsThatHaveEndedAndNoneThatLasts) {
  ASSERT_TRUE(store_->put_record({.kind = "session", .id = "old", .ends_s = 100}));
  ASSERT_TRUE(store_->put_record({.kind = "session", .id = "new", .ends_s = 101}));
  ASSERT_TRUE(store_->put_record({.kind = "account", .id = "ada"}));
  ASSERT_TRUE(store_->forget_ended_records(100));
  EXPECT_FALSE(store_->record("session", "old"));
  EXPECT_TRUE(store_->record("session", "new"));
  EXPECT_TRUE(store_->record("account", "ada"));
}

TEST_P(StoreConformance, WritesAnEntryWithARecordOrNeither) {
  ASSERT_TRUE(store_->put_record({.kind = "account", .id = "ada"}, saying("invited")));
  EXPECT_FALSE(store_->put_record({.kind = "account", .id = "ada"}, saying("invited again")));
  ASSERT_TRUE(store_->remove_record("account", "ada", saying("removed")));
  EXPECT_EQ((*store_->newest_audit())->line, "removed after invited");
}

// A count of failures must not lose one, whoever counts.
TEST_P(StoreConformance, LetsOneOfTwoWritersOfARecordTryAgain) {
  std::atomic<int> counted = 0;
  const auto count = [&] {
    for (int i = 0; i < 20;) {
      const auto now = store_->record("count", "c");
      const Record next = now ? *now : Record{.kind = "count", .id = "c"};
      if (!store_->put_record(next)) continue;
      ++counted;
      ++i;
    }
  };
  std::thread other(count);
  count();
  other.join();
  EXPECT_EQ(store_->record("count", "c")->version, counted);
}

}  // namespace perspective::store
