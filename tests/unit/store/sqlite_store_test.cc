// What only the SQLite store promises: durability through a kill, group commit, no trace of order.
#include "store/sqlite_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <future>

#include "base/file.h"
#include "base/sqlite.h"
#include "store/writer.h"

namespace perspective::store {
namespace {

Envelope envelope(std::uint32_t number) {
  Envelope made;
  for (std::size_t i = 0; i < 4; ++i) made.id.at(i) = static_cast<std::uint8_t>(number >> (8 * i));
  made.body = Bytes(500, 1);
  return made;
}

class SqliteStoreOnFile : public testing::Test {
 protected:
  void SetUp() override {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    folder_ = std::filesystem::path(testing::TempDir()) / ("store-" + std::to_string(::getpid()) + test->name());
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::unique_ptr<Store> open() {
    auto opened = SqliteStore::open(path());
    if (!opened) throw std::runtime_error(opened.error().what);
    return std::move(*opened);
  }
  std::filesystem::path path() const { return folder_ / "collector.sqlite"; }
  static void add_inspection(Store& store) {
    const Inspection inspection{
        .head = {.id = "croydon", .area = "Croydon", .state = "open"}, .definition = "{}", .package = {1}};
    const auto added = store.add_inspection(inspection);
    ASSERT_TRUE(added) << added.error().what;
  }

  std::filesystem::path folder_;
};

// In a process of its own: puts one envelope after the other and writes a byte for each that was acknowledged.
[[noreturn]] void put_until_killed(Store& store, int pipe) {
  for (std::uint32_t number = 0;; ++number) {
    store.put({"croydon", "kiosk-a", "2026-11-22", {envelope(number)}}, [pipe](const auto& outcomes) {
      const char byte = outcomes ? 'y' : 'n';
      if (::write(pipe, &byte, 1) != 1) ::_exit(1);
    });
    if (number % 8 == 0) ::usleep(100);  // so that some changes wait for one another, and some do not
  }
}

TEST_F(SqliteStoreOnFile, WhatWasAcknowledgedIsThereAfterAKill) {
  add_inspection(*open());
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  const pid_t child = ::fork();
  if (child == 0) put_until_killed(*open(), ends[1]);
  ::close(ends[1]);
  std::int64_t acknowledged = 0;
  char byte = 0;
  while (acknowledged < 300 && ::read(ends[0], &byte, 1) == 1) acknowledged += byte == 'y' ? 1 : 0;
  ::kill(child, SIGKILL);
  while (::read(ends[0], &byte, 1) == 1) acknowledged += byte == 'y' ? 1 : 0;
  ::waitpid(child, nullptr, 0);
  ::close(ends[0]);
  ASSERT_GE(acknowledged, 300);
  EXPECT_GE(*open()->count_envelopes("croydon"), acknowledged);
}

TEST_F(SqliteStoreOnFile, IsDurableBeforeItCallsBack) {
  auto store = open();
  add_inspection(*store);
  std::promise<std::int64_t> seen;
  store->put({"croydon", "kiosk-a", "2026-11-22", {envelope(1)}}, [&](const auto&) {
    auto other = sqlite::Database::open(path());  // as another process would see it at this moment
    auto count = other->prepare("SELECT count(*) FROM envelopes");
    EXPECT_TRUE(*count->step());
    seen.set_value(count->integer(0));
  });
  EXPECT_EQ(seen.get_future().get(), 1);
}

TEST_F(SqliteStoreOnFile, FinishesWhatWasHandedOverBeforeItGoes) {
  std::atomic<int> answered = 0;
  {
    auto store = open();
    add_inspection(*store);
    for (std::uint32_t i = 0; i < 50; ++i) {
      store->put({"croydon", "kiosk-a", "2026-11-22", {envelope(i)}}, [&](const auto&) { ++answered; });
    }
  }
  EXPECT_EQ(answered, 50);
  EXPECT_EQ(*open()->count_envelopes("croydon"), 50);
}

TEST_F(SqliteStoreOnFile, CommitsWhatHasQueuedUpAsOneTransaction) {
  auto database = sqlite::Database::open(path());
  ASSERT_TRUE(database->execute("PRAGMA journal_mode = WAL; CREATE TABLE t (x INTEGER)"));
  Writer writer(std::move(*database));
  std::promise<void> go;
  std::vector<std::int64_t> seen;  // rows another connection sees at each acknowledgement; the writer's thread only
  writer.submit([gate = go.get_future().share()](auto&) -> Result<void> { return gate.wait(), Result<void>(); },
                [](const auto&) {});
  for (int i = 0; i < 5; ++i) {
    writer.submit([](auto& db) { return db.execute("INSERT INTO t VALUES (1)"); },
                  [&](const auto&) {
                    auto other = sqlite::Database::open(path());
                    auto count = other->prepare("SELECT count(*) FROM t");
                    EXPECT_TRUE(*count->step());
                    seen.push_back(count->integer(0));
                  });
  }
  go.set_value();
  ASSERT_TRUE(writer.run([](auto&) { return Result<void>(); }));
  EXPECT_THAT(seen, testing::ElementsAre(5, 5, 5, 5, 5));
}

TEST_F(SqliteStoreOnFile, AFailingChangeLeavesItsNeighboursStanding) {
  auto database = sqlite::Database::open(path());
  ASSERT_TRUE(database->execute("CREATE TABLE t (x INTEGER)"));
  Writer writer(std::move(*database));
  const auto insert = [](auto& db) { return db.execute("INSERT INTO t VALUES (1)"); };
  writer.submit(insert, [](const auto&) {});
  EXPECT_FALSE(writer.run([&](auto& db) -> Result<void> {
    if (auto inserted = insert(db); !inserted) return inserted;
    return fail(ErrorCode::conflict, "no");
  }));
  ASSERT_TRUE(writer.run(insert));
  auto other = sqlite::Database::open(path());
  auto count = other->prepare("SELECT count(*) FROM t");
  EXPECT_TRUE(*count->step());
  EXPECT_EQ(count->integer(0), 2);
}

TEST_F(SqliteStoreOnFile, RefusesEverythingAfterAFailedCommit) {
  auto database = sqlite::Database::open(path());
  // A deferred foreign key is only looked at by COMMIT: a commit that fails, without a broken disk.
  ASSERT_TRUE(
      database->execute("PRAGMA foreign_keys = ON; CREATE TABLE p (id INTEGER PRIMARY KEY);"
                        "CREATE TABLE c (p INTEGER REFERENCES p DEFERRABLE INITIALLY DEFERRED)"));
  Writer writer(std::move(*database));
  EXPECT_FALSE(writer.run([](auto& db) { return db.execute("INSERT INTO c VALUES (7)"); }));
  const auto later = writer.run([](auto& db) { return db.execute("INSERT INTO p VALUES (1)"); });
  ASSERT_FALSE(later);
  EXPECT_EQ(later.error().code, ErrorCode::io);
  EXPECT_FALSE(later.error().retry);
}

TEST_F(SqliteStoreOnFile, KeepsEverythingThroughAReopening) {
  {
    auto store = open();
    add_inspection(*store);
    ASSERT_TRUE(store->put_annotation("croydon", {{1}, {2, 3}}));
  }
  auto store = open();
  EXPECT_EQ(store->inspections()->size(), 1U);
  EXPECT_EQ(store->annotations("croydon")->front().body, (Bytes{2, 3}));
}

TEST_F(SqliteStoreOnFile, NoTableOfEnvelopesHasARowNumberATimeOrAKiosk) {
  open();
  auto database = sqlite::Database::open(path());
  auto columns = database->prepare("SELECT group_concat(name) FROM pragma_table_info('envelopes')");
  ASSERT_TRUE(*columns->step());
  EXPECT_EQ(columns->text(0), "inspection,id,digest,body");
  EXPECT_FALSE(database->prepare("SELECT rowid FROM envelopes"));
}

class OrderOfEnvelopes : public SqliteStoreOnFile {
 protected:
  // The file after as many envelopes as fill it beyond their local pages came one by one.
  Bytes file_after(const std::vector<std::uint32_t>& numbers) {
    std::filesystem::remove(path());
    copy_of_empty();
    auto store = open();
    for (const auto number : numbers) put(*store, number);
    store.reset();
    EXPECT_FALSE(std::filesystem::exists(path().string() + "-wal"));
    return read_file(path()).value();
  }

 private:
  // With one salt, for the files to be alike.
  void copy_of_empty() {
    const auto empty = folder_ / "empty";
    if (!std::filesystem::exists(empty)) {
      add_inspection(*open());
      std::filesystem::copy_file(path(), empty);
    }
    std::filesystem::copy_file(empty, path(), std::filesystem::copy_options::overwrite_existing);
  }
  static void put(Store& store, std::uint32_t number) {
    auto long_one = envelope(number);
    long_one.body.assign(16'000, static_cast<std::uint8_t>(number));
    std::promise<void> stored;
    store.put({"croydon", "kiosk-a", "2026-11-22", {long_one}}, [&](const auto&) { stored.set_value(); });
    stored.get_future().wait();
  }
};

TEST_F(OrderOfEnvelopes, IsNotToldByTheClosedFile) {
  EXPECT_EQ(file_after({1, 2, 3, 4, 5, 6}), file_after({4, 6, 1, 5, 3, 2}));
}

TEST_F(SqliteStoreOnFile, RefusesAFileOfANewerVersion) {
  open();
  {
    auto database = sqlite::Database::open(path());
    ASSERT_TRUE(database->execute("UPDATE collector SET version = 99"));
  }
  EXPECT_EQ(SqliteStore::open(path()).error().code, ErrorCode::corrupt);
}

}  // namespace
}  // namespace perspective::store
