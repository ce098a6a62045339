#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/file_pieces.h"
#include "base/random.h"
#include "base/secret.h"
#include "base/sqlite.h"

namespace perspective {
namespace {

using testing::HasSubstr;

class Folder : public testing::Test {
 protected:
  Folder() : path_(std::filesystem::temp_directory_path() / ("perspective-base-" + to_hex(random_bytes(8)))) {
    EXPECT_TRUE(make_private_directory(path_));
  }
  ~Folder() override { std::filesystem::remove_all(path_); }
  std::filesystem::path path_;
};

TEST(Hexadecimal, HasOneFormOnly) {
  EXPECT_EQ(to_hex(Bytes{0x00, 0xab, 0xff}), "00abff");
  EXPECT_EQ(from_hex("00abff"), (Bytes{0x00, 0xab, 0xff}));
  EXPECT_FALSE(from_hex("00ABFF"));
  EXPECT_FALSE(from_hex("0"));
  EXPECT_FALSE(from_hex("0g"));
}

TEST(Random, EveryOrderOfThreeIsDrawn) {
  std::map<std::vector<int>, int> seen;
  for (int i = 0; i < 600; ++i) {
    std::vector<int> order{1, 2, 3};
    shuffle(order);
    ++seen[order];
  }
  EXPECT_EQ(seen.size(), 6U);
  EXPECT_TRUE(std::ranges::all_of(seen, [](const auto& pair) { return pair.second > 40; }));
}

TEST(Random, StaysBelowItsBound) {
  for (int i = 0; i < 1000; ++i) EXPECT_LT(random_below(7), 7U);
}

TEST(SecretMemory, MovesAndForgetsItsTail) {
  SecretBytes secret(as_bytes("answer and padding"));
  const SecretBytes moved = [&] {
    secret.shrink(6);
    return std::move(secret);
  }();
  EXPECT_EQ(moved.text(), "answer");
  EXPECT_EQ(*(moved.view().data() + 7), 0) << "the tail is still in memory";
}

TEST_F(Folder, IsPrivate) {
  struct stat status {};
  ASSERT_EQ(stat(path_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0700U);
}

TEST_F(Folder, InPiecesIsWrittenWholeOrNotAtAll) {
  const auto in_two = [](Result<void> end) {
    return [end](const PutPiece& put) -> Result<void> {
      for (const auto* const piece : {"one ", "two"}) {
        if (auto written = put(as_bytes(std::string_view(piece))); !written) return written;
      }
      return end;
    };
  };
  ASSERT_TRUE(write_in_pieces(path_ / "a", in_two({})));
  EXPECT_EQ(read_text(path_ / "a").value(), "one two");
  EXPECT_EQ(write_in_pieces(path_ / "a", in_two(fail(ErrorCode::refused, "no more"))).error().what, "no more");
  EXPECT_EQ(read_text(path_ / "a").value(), "one two");
  EXPECT_FALSE(std::filesystem::exists(path_ / "a.new"));
}

TEST_F(Folder, KeepsAFileWholeAndPrivate) {
  ASSERT_TRUE(write_file(path_ / "a", as_bytes("one")));
  ASSERT_TRUE(write_file(path_ / "a", as_bytes("two")));
  EXPECT_EQ(read_text(path_ / "a"), "two");
  EXPECT_EQ(read_secret(path_ / "a")->text(), "two");
  EXPECT_FALSE(std::filesystem::exists(path_ / "a.new"));
  struct stat status {};
  ASSERT_EQ(stat((path_ / "a").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600U);
}

TEST_F(Folder, SaysWhichFileIsMissing) {
  const auto missing = read_file(path_ / "gone");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::not_found);
  EXPECT_THAT(missing.error().what, HasSubstr("gone"));
}

TEST_F(Folder, AFailedWriteLeavesTheOldFile) {
  ASSERT_TRUE(write_file(path_ / "a", as_bytes("one")));
  std::filesystem::create_directory(path_ / "a.new");  // where the temporary file would go
  EXPECT_FALSE(write_file(path_ / "a", as_bytes("two")));
  EXPECT_EQ(read_text(path_ / "a"), "one");
}

TEST_F(Folder, HoldsADatabaseThatRollsBackWhatWasNotCommitted) {
  auto database = sqlite::Database::open(path_ / "d.sqlite");
  ASSERT_TRUE(database);
  ASSERT_TRUE(database->execute("CREATE TABLE t (k INTEGER PRIMARY KEY, v BLOB) STRICT"));
  const auto insert = [&](int key) {
    auto statement = database->prepare("INSERT INTO t VALUES (?, ?)");
    return statement->bind(1, key).bind(2, as_bytes("x")).run();
  };
  {
    auto transaction = sqlite::Transaction::begin(*database);
    ASSERT_TRUE(transaction && insert(1));
  }
  {
    auto transaction = sqlite::Transaction::begin(*database);
    ASSERT_TRUE(transaction && insert(2) && transaction->commit());
  }
  EXPECT_FALSE(insert(2)) << "the key is there twice";
  auto count = database->prepare("SELECT count(*), min(k) FROM t");
  ASSERT_TRUE(*count->step());
  EXPECT_EQ(count->integer(0), 1);
  EXPECT_EQ(count->integer(1), 2);
}

TEST_F(Folder, HoldsADatabaseThatTellsEmptyFromNull) {
  auto database = sqlite::Database::open(path_ / "d.sqlite");
  ASSERT_TRUE(database && database->execute("CREATE TABLE t (b BLOB NOT NULL, s TEXT NOT NULL) STRICT"));
  EXPECT_TRUE(database->prepare("INSERT INTO t VALUES (?, ?)")->bind(1, ByteView()).bind(2, std::string_view()).run());
}

TEST(Days, AreUtc) {
  EXPECT_EQ(day_of(0), "1970-01-01");
  EXPECT_EQ(http_date(784'111'777), "Sun, 06 Nov 1994 08:49:37 GMT");
  EXPECT_EQ(HandSetClock(7).now_s(), 7);
}

TEST(Days, AreReadAsHttpWritesThemAndNotOtherwise) {
  for (const std::int64_t time_s : {0L, 784'111'777L, 951'782'400L, 4'102'444'799L, -1L}) {
    EXPECT_EQ(time_of_http_date(http_date(time_s)), time_s);
  }
  for (const char* text :
       {"", "Sun, 06 Nov 1994 08:49:37", "Mon, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nob 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:61 GMT", "Sun, -6 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 9999999 08:49 GMT"}) {
    EXPECT_EQ(time_of_http_date(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace perspective
