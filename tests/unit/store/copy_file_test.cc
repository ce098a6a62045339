// Copies of a store: that none of its tables is forgotten, and that a store can be made from one.
#include "store/copy_file.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <fstream>
#include <set>

#include "conformance/filled_store.h"
#include "store/sqlite_store.h"

namespace perspective::store {
namespace {

class CopyOfAStore : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path(testing::TempDir()) / ("copies-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_);
    store_ = *SqliteStore::open(folder_ / "store");
  }
  void TearDown() override {
    store_.reset();
    std::filesystem::remove_all(folder_);
  }
  std::vector<std::string> texts(const std::string& sql) {
    auto database = *sqlite::Database::open(folder_ / "store");
    auto found = *database.prepare(sql);
    std::vector<std::string> all;
    while (*found.step()) all.push_back(found.text(0));
    return all;
  }
  std::filesystem::path folder_;
  std::unique_ptr<Store> store_;
};

// Whoever adds a table or a column says here whether backups have it.
TEST_F(CopyOfAStore, HasEveryTableAndColumnButThoseThatMustStayOut) {
  const std::set<std::string> left_out{"collector", "tombstones", "invites", "invites_again", "enrolled_keys"};
  std::set<std::string> copied;
  for (const auto& table : kCopiedTables) {
    copied.insert(std::string(table.name));
    std::vector<std::string> columns;
    for (int i = 0; i < table.count(); ++i) columns.emplace_back(table.columns.at(static_cast<std::size_t>(i)).name);
    EXPECT_EQ(texts("SELECT name FROM pragma_table_info('" + std::string(table.name) + "')"), columns) << table.name;
  }
  for (const auto& table : texts("SELECT name FROM sqlite_schema WHERE type = 'table'")) {
    EXPECT_NE(copied.contains(table), left_out.contains(table)) << table;
  }
}

TEST_F(CopyOfAStore, BecomesAStoreOnceMore) {
  ASSERT_TRUE(store_->add_inspection(
      {.head = {.id = "croydon", .area = "Croydon", .state = "open"}, .definition = "{}", .package = {1}}));
  fill_every_table(*store_);
  ASSERT_TRUE(store_->copy_to(folder_ / "copy"));
  ASSERT_TRUE(SqliteStore::restore(folder_ / "again", folder_ / "copy"));
  const auto again = *SqliteStore::open(folder_ / "again");
  EXPECT_EQ(again->kiosk_by_serial("0b")->id, "k1");
  EXPECT_EQ(again->kiosk_by_serial("0a")->last_contact->is_waiting, true);
  EXPECT_EQ(*again->token_counts("croydon"), (TokenCounts{.issued = 1, .spent = 1, .never_issued = 1}));
  EXPECT_EQ(again->annotations("croydon")->front().body, Bytes(200, 9));
  ASSERT_TRUE(again->copy_to(folder_ / "copy-of-it"));
  EXPECT_FALSE(SqliteStore::restore(folder_ / "again", folder_ / "copy")) << "over what is there";
}

TEST_F(CopyOfAStore, IsNoFileOfAnotherKind) {
  EXPECT_EQ(CopyFile::open(folder_ / "store").error().code, ErrorCode::corrupt);
  EXPECT_EQ(CopyFile::open(folder_ / "nothing").error().code, ErrorCode::not_found);
  std::ofstream(folder_ / "letter") << "Dear Sir or Madam, what follows is no database at all, whatever its length";
  EXPECT_EQ(CopyFile::open(folder_ / "letter").error().code, ErrorCode::corrupt);
}

}  // namespace
}  // namespace perspective::store
