// Copies between the two kinds of store: what is in one is in the other, to the last bit.
#include <gmock/gmock.h>
#include <unistd.h>

#include <filesystem>
#include <future>

#include "backup/manifest.h"
#include "base/sqlite.h"
#include "conformance/filled_store.h"
#include "server.h"
#include "store/sqlite_store.h"

namespace perspective::postgres {
namespace {

namespace fs = std::filesystem;

class CopyBetweenStores : public testing::Test {
 protected:
  void SetUp() override {
    need_server();
    if (IsSkipped() || HasFatalFailure()) return;
    fs::create_directories(folder_);
    database_ = server()->make_database();
  }
  void TearDown() override { fs::remove_all(folder_); }
  std::vector<backup::TableSum> sums(const std::string& name) {
    auto copy = store::CopyFile::open(folder_ / name);
    EXPECT_TRUE(copy);
    return copy ? backup::sums_of(*copy).value() : std::vector<backup::TableSum>();
  }
  Result<void> restore(const std::string& name) {
    return PostgresStore::restore({.url = server()->url(database_), .authority_sha256 = kAuthority}, folder_ / name);
  }
  // More than are fetched at once.
  static void fill(store::Store& store) {
    ASSERT_TRUE(store.add_inspection(inspection_of("croydon")));
    store::fill_every_table(store);
    std::vector<store::Envelope> envelopes;
    for (std::uint32_t number = 0; number < 600; ++number) envelopes.push_back(envelope_of(number));
    std::promise<void> stored;
    store.put({"croydon", "kiosk-a", "2026-11-22", envelopes}, [&](const auto& outcomes) {
      EXPECT_TRUE(outcomes);
      stored.set_value();
    });
    stored.get_future().wait();
    ASSERT_TRUE(store.withdraw("croydon", envelope_of(7).id));
  }

  const fs::path folder_ = fs::path(testing::TempDir()) / ("between-" + std::to_string(::getpid()));
  std::string database_;
};

TEST_F(CopyBetweenStores, IsTheSameOnTheOtherSideAndBack) {
  {
    const auto store = *open_store(database_);
    fill(*store);
    ASSERT_TRUE(store->copy_to(folder_ / "from-server"));
  }
  ASSERT_EQ(sums("from-server").at(1).rows, 599);
  ASSERT_TRUE(store::SqliteStore::restore(folder_ / "store", folder_ / "from-server"));
  ASSERT_TRUE((*store::SqliteStore::open(folder_ / "store"))->copy_to(folder_ / "from-file"));
  EXPECT_EQ(sums("from-file"), sums("from-server"));
  database_ = server()->make_database();
  const auto restored = restore("from-file");
  ASSERT_TRUE(restored) << restored.error().what;
  ASSERT_TRUE((*open_store(database_))->copy_to(folder_ / "from-server-again"));
  EXPECT_EQ(sums("from-server-again"), sums("from-server"));
}

TEST_F(CopyBetweenStores, OfAnEarlierVersionIsTakenAsItIs) {
  {
    const auto store = *open_store(database_);
    fill(*store);
    ASSERT_TRUE(store->copy_to(folder_ / "copy"));
  }
  {
    auto earlier = *sqlite::Database::open(folder_ / "copy");
    ASSERT_TRUE(earlier.execute("DROP TABLE records; DROP TABLE plain_counts; ALTER TABLE keyings DROP COLUMN day"));
  }
  database_ = server()->make_database();
  const auto restored = restore("copy");
  ASSERT_TRUE(restored) << restored.error().what;
  const auto store = *open_store(database_);
  EXPECT_TRUE(store->plain_counts("croydon")->empty());
  ASSERT_EQ(store->keyings("croydon")->size(), 1U);
  EXPECT_EQ(store->keyings("croydon")->front().day, "") << "nobody knew it";
  EXPECT_EQ(*store->count_envelopes("croydon"), 599);
}

TEST_F(CopyBetweenStores, GoesIntoNoDatabaseThatHasARow) {
  {
    const auto store = *open_store(database_);
    fill(*store);
    ASSERT_TRUE(store->copy_to(folder_ / "copy"));
  }
  EXPECT_EQ(restore("copy").error().code, ErrorCode::conflict);
  database_ = server()->make_database();
  ASSERT_TRUE((*open_store(database_))->withdraw("croydon", envelope_of(1).id));
  EXPECT_EQ(restore("copy").error().code, ErrorCode::conflict) << "a tombstone is one";
}

TEST_F(CopyBetweenStores, OfADatabaseThatIsGoneIsNone) {
  const auto store = *open_store(database_);
  server()->kill();
  const auto copied = store->copy_to(folder_ / "copy");
  server()->start();
  ASSERT_FALSE(copied);
  EXPECT_TRUE(copied.error().retry);
  fs::remove(folder_ / "copy");
  EXPECT_TRUE(store->copy_to(folder_ / "copy"));
}

}  // namespace
}  // namespace perspective::postgres
