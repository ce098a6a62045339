#include "store/withdrawn_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>

#include "base/file.h"
#include "store/sqlite_store.h"

namespace perspective::store {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

Withdrawn of(std::uint8_t number, const std::string& inspection = "croydon") {
  Withdrawn made{inspection, {}};
  made.id.fill(number);
  return made;
}

class AWithdrawnFile : public ::testing::Test {
 protected:
  void SetUp() override {
    char name[] = "/tmp/perspective-withdrawn-XXXXXX";
    folder_ = ::mkdtemp(name);
    store_ = SqliteStore::open(folder_ / "collector.sqlite").value();
    open();
  }
  void TearDown() override {
    store_.reset();
    fs::remove_all(folder_);
  }
  void open() { file_ = WithdrawnFile::open(folder_ / "withdrawn").value(); }
  std::string text() const { return read_text(folder_ / "withdrawn").value_or(""); }
  void write(const std::string& content) const { ASSERT_TRUE(write_file(folder_ / "withdrawn", as_bytes(content))); }

  fs::path folder_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<WithdrawnFile> file_;
};

TEST_F(AWithdrawnFile, TellsNoOrder) {
  ASSERT_TRUE(file_->add({of(7), of(3, "brent")}));
  ASSERT_TRUE(file_->add({of(5)}));
  ASSERT_TRUE(file_->add({of(7)}));
  EXPECT_EQ(text(),
            "brent 03030303030303030303030303030303\n"
            "croydon 05050505050505050505050505050505\n"
            "croydon 07070707070707070707070707070707\n");
}

TEST_F(AWithdrawnFile, IsThereFromTheFirstStartSoThatItCanBeCopied) {
  ASSERT_TRUE(file_->apply_to(*store_));
  EXPECT_EQ(read_text(folder_ / "withdrawn").value_or("no file"), "");
}

TEST_F(AWithdrawnFile, TakesAwayAgainWhatADatabaseFromABackupBroughtBack) {
  ASSERT_TRUE(file_->add({of(7), of(3)}));
  open();
  ASSERT_TRUE(file_->apply_to(*store_));
  EXPECT_THAT(*store_->withdrawn(), ElementsAre(of(3), of(7)));
}

TEST_F(AWithdrawnFile, KnowsWhatHadComeAlsoAfterOneThatDoesNot) {
  using Came = WithdrawnFile::Came;
  ASSERT_TRUE(file_->add({of(7)}));
  ASSERT_TRUE(file_->add({of(7)}, Came::stored));
  ASSERT_TRUE(file_->add({of(7), of(9)}));
  EXPECT_EQ(text(),
            "croydon 07070707070707070707070707070707 came\n"
            "croydon 09090909090909090909090909090909\n");
  write("croydon 07070707070707070707070707070707\n" + text());
  open();
  ASSERT_TRUE(file_->apply_to(*store_));
  EXPECT_THAT(*store_->withdrawn(), ElementsAre(of(7), of(9)));
  EXPECT_EQ(*store_->count_withdrawn("croydon"), 1);
}

TEST_F(AWithdrawnFile, TakesInAnotherWithWhatThatKnows) {
  using Came = WithdrawnFile::Came;
  ASSERT_TRUE(file_->add({of(7), of(9)}));
  const auto other = WithdrawnFile::open(folder_ / "other").value();
  ASSERT_TRUE(other->add({of(7)}, Came::stored));
  ASSERT_TRUE(other->add({of(3)}));
  ASSERT_TRUE(file_->add(*other));
  EXPECT_EQ(text(),
            "croydon 03030303030303030303030303030303\n"
            "croydon 07070707070707070707070707070707 came\n"
            "croydon 09090909090909090909090909090909\n");
  EXPECT_EQ(file_->count(), 3U);
}

TEST_F(AWithdrawnFile, LearnsFromTheDatabaseWhatItLacks) {
  ASSERT_TRUE(store_->withdraw("croydon", of(9).id));
  ASSERT_TRUE(file_->add({of(3)}));
  ASSERT_TRUE(file_->apply_to(*store_));
  EXPECT_THAT(*store_->withdrawn(), ElementsAre(of(3), of(9)));
  EXPECT_THAT(text(), HasSubstr("croydon 0909"));
}

TEST_F(AWithdrawnFile, OfTwoCopiesOneBehindTheOtherIsAsGood) {
  ASSERT_TRUE(file_->add({of(7)}));
  write(text() + "\n" + "croydon 01010101010101010101010101010101\n" + text());
  open();
  ASSERT_TRUE(file_->apply_to(*store_));
  EXPECT_THAT(*store_->withdrawn(), ElementsAre(of(1), of(7)));
}

TEST_F(AWithdrawnFile, ThatCannotBeReadIsSaidWithItsLine) {
  for (const std::string line : {"croydon", "croydon 0102", "croydon zz", " 07070707070707070707070707070707",
                                 "croydon came", " came", "croydon 07070707070707070707070707070707  came"}) {
    write("croydon 07070707070707070707070707070707\n" + line + "\n");
    const auto opened = WithdrawnFile::open(folder_ / "withdrawn");
    ASSERT_FALSE(opened) << line;
    EXPECT_EQ(opened.error().code, ErrorCode::corrupt);
    EXPECT_THAT(opened.error().what, HasSubstr("line 2"));
  }
}

TEST_F(AWithdrawnFile, ThatCannotBeWrittenKeepsWhatItHadAndSaysSo) {
  ASSERT_TRUE(file_->add({of(7)}));
  fs::create_directory(folder_ / "withdrawn.new");  // in the way of the next
  EXPECT_EQ(file_->add({of(8)}).error().code, ErrorCode::io);
  fs::remove(folder_ / "withdrawn.new");
  ASSERT_TRUE(file_->add({of(9)}));
  EXPECT_EQ(text(), "croydon 07070707070707070707070707070707\ncroydon 09090909090909090909090909090909\n");
}

}  // namespace
}  // namespace perspective::store
