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

// What is frozen of an inspection is made from how it stood, and what it becomes from what is frozen.
inline Record frozen(std::int64_t version, std::string state = "open", std::int64_t withdrawn = 0) {
  return {.kind = "release",
          .id = "croydon",
          .version = version,
          .body = "frozen",
          .only_while = AsItStood{"croydon", std::move(state), withdrawn}};
}
inline Inspection published_from(Inspection inspection, std::int64_t version) {
  inspection.head.state = "published";
  inspection.made_from = {{"release", "croydon", version}};
  return inspection;
}

// Both begin at once, and one alone is done.
template <typename One, typename Other>
void expect_one_of_two(const One& one, const Other& other, int round) {
  std::atomic<int> waiting = 2;
  const auto both_are_here = [&] {
    --waiting;
    while (waiting > 0) std::this_thread::yield();
  };
  bool is_one_done = false;
  std::thread thread([&] {
    both_are_here();
    is_one_done = one();
  });
  both_are_here();
  const bool is_other_done = other();
  thread.join();
  EXPECT_NE(is_one_done, is_other_done) << round;
}

TEST_P(StoreConformance, PutsARecordOnlyWhileItsInspectionIsInTheStateThatItWasMadeFrom) {
  ASSERT_TRUE(store_->put_record(frozen(0)));
  EXPECT_EQ(store_->record("release", "croydon")->only_while, std::nullopt);
  ASSERT_TRUE(store_->update_inspection(published_from(inspection("croydon"), 1)));
  const auto late = store_->put_record(frozen(1), saying("frozen"));
  EXPECT_EQ(late.error().code, ErrorCode::conflict);
  EXPECT_THAT(late.error().what, testing::HasSubstr("'croydon' was changed meanwhile; look at it and ask again"));
  EXPECT_EQ(store_->record("release", "croydon")->version, 1);
  EXPECT_EQ(*store_->newest_audit(), std::nullopt) << "neither";
  EXPECT_TRUE(store_->put_record(frozen(1, "published")));
  auto of_none = frozen(2, "published");
  of_none.only_while->inspection = "nowhere";
  EXPECT_EQ(store_->put_record(of_none).error().code, ErrorCode::not_found);
}

TEST_P(StoreConformance, PutsARecordOnlyWhileNothingMoreIsTakenBackFromItsInspection) {
  put("croydon", {envelope(1), envelope(2)});
  ASSERT_TRUE(store_->put_record(frozen(0)));
  ASSERT_TRUE(store_->withdraw("croydon", envelope(9).id)) << "nobody's";
  ASSERT_TRUE(store_->put_record(frozen(1)));
  ASSERT_TRUE(store_->withdraw("croydon", envelope(1).id));
  const auto late = store_->put_record(frozen(2));
  EXPECT_EQ(late.error().code, ErrorCode::conflict);
  EXPECT_THAT(late.error().what, testing::HasSubstr("answers of 'croydon' were taken back meanwhile"));
  EXPECT_TRUE(store_->put_record(frozen(2, "open", 1)));
}

TEST_P(StoreConformance, ChangesAnInspectionOnlyWhileTheRecordIsThereThatItWasMadeFrom) {
  ASSERT_TRUE(store_->put_record(frozen(0)));
  const auto late = store_->update_inspection(published_from(inspection("croydon"), 0), saying("published"));
  EXPECT_EQ(late.error().code, ErrorCode::conflict);
  EXPECT_THAT(late.error().what, testing::HasSubstr("the release of 'croydon' was changed meanwhile"));
  EXPECT_EQ(store_->head("croydon")->state, "open");
  EXPECT_EQ(*store_->newest_audit(), std::nullopt) << "neither";
  ASSERT_TRUE(store_->put_record(frozen(1)));
  EXPECT_FALSE(store_->update_inspection(published_from(inspection("croydon"), 1)));
  EXPECT_TRUE(store_->update_inspection(published_from(inspection("croydon"), 2)));
  add_inspection("lewes");
  auto without = published_from(inspection("lewes"), 0);
  without.made_from.front().id = "lewes";
  EXPECT_TRUE(store_->update_inspection(without)) << "none was frozen";
}

TEST_P(StoreConformance, ChangesAnInspectionOnlyWhileEachRecordIsThereThatItWasMadeFrom) {
  const Record text{.kind = "section text", .id = "croydon/release/en", .version = 0, .body = "edited"};
  auto made = published_from(inspection("croydon"), 1);
  made.made_from.push_back({"section text", text.id, 0});
  made.made_from.push_back({"section text", "croydon/release/cy", 0});
  ASSERT_TRUE(store_->put_record(frozen(0)));
  ASSERT_TRUE(store_->put_record(text));
  const auto late = store_->update_inspection(made);
  EXPECT_EQ(late.error().code, ErrorCode::conflict);
  EXPECT_THAT(late.error().what, testing::HasSubstr("the section text of 'croydon/release/en' was changed meanwhile"));
  made.made_from[1].version = 1;
  made.made_from.front().version = 0;
  EXPECT_FALSE(store_->update_inspection(made)) << "the first of them";
  made.made_from.front().version = 1;
  EXPECT_TRUE(store_->update_inspection(made)) << "the last is not there, as it was seen";
}

// A text that is edited for the first time, and one that is edited again.
TEST_P(StoreConformance, TellsOneOfTwoWhoEditAndPublishAtOnce) {
  for (int round = 0; round < 20; ++round) {
    const auto id = "edited-at-once-" + std::to_string(round);
    add_inspection(id);
    Record text{.kind = "section text", .id = id + "/release/en", .version = 0, .body = "edited"};
    if (round % 2 == 1) {
      ASSERT_TRUE(store_->put_record(text));
      text.version = 1;
    }
    text.only_while = AsItStood{id, "open", 0};
    auto published = published_from(inspection(id), 0);
    published.made_from.front().id = id;
    published.made_from.push_back({text.kind, text.id, text.version});
    expect_one_of_two([&] { return store_->put_record(text).has_value(); },
                      [&] { return store_->update_inspection(published).has_value(); }, round);
  }
}

TEST_P(StoreConformance, TellsOneOfTwoWhoFreezeAndPublishAtOnce) {
  for (int round = 0; round < 20; ++round) {
    const auto id = "at-once-" + std::to_string(round);
    add_inspection(id);
    auto record = frozen(0);
    record.id = record.only_while->inspection = id;
    auto published = published_from(inspection(id), 0);
    published.made_from.front().id = id;
    expect_one_of_two([&] { return store_->put_record(record).has_value(); },
                      [&] { return store_->update_inspection(published).has_value(); }, round);
  }
}

}  // namespace perspective::store
