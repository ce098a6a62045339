#include "store/withdrawn_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <malloc.h>
#include <stdlib.h>

#include <filesystem>

#include "base/file.h"
#include "store/sqlite_store.h"

namespace perspective::store {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

// In the order of the numbers.
Withdrawn numbered(std::size_t number) {
  Withdrawn made{"croydon", {}};
  for (std::size_t i = 0; i < sizeof number; ++i) made.id[i] = static_cast<std::uint8_t>(number >> (56 - 8 * i));
  return made;
}

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
  void start() {
    open();
    ASSERT_TRUE(file_->apply_to(*store_));
  }
  std::string text() const { return read_text(folder_ / "withdrawn").value_or(""); }
  void write(const std::string& content) const { ASSERT_TRUE(write_file(folder_ / "withdrawn", as_bytes(content))); }

  fs::path folder_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<WithdrawnFile> file_;
};

TEST_F(AWithdrawnFile, TellsNoOrderFromTheNextStartOn) {
  ASSERT_TRUE(file_->add({of(7), of(3, "brent")}));
  ASSERT_TRUE(file_->add({of(5)}));
  ASSERT_TRUE(file_->add({of(7)}));
  start();
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
  ASSERT_TRUE(file_->add({of(7)}));
  ASSERT_TRUE(file_->add({of(7)}, {of(7)}));
  ASSERT_TRUE(file_->add({of(7), of(9)}));
  EXPECT_EQ(text(),
            "croydon 07070707070707070707070707070707\n"
            "croydon 07070707070707070707070707070707 came\n"
            "croydon 09090909090909090909090909090909\n");
  write("croydon 07070707070707070707070707070707\n" + text());
  open();
  ASSERT_TRUE(file_->apply_to(*store_));
  EXPECT_THAT(*store_->withdrawn(), ElementsAre(of(7), of(9)));
  EXPECT_EQ(*store_->count_withdrawn("croydon"), 1);
}

TEST_F(AWithdrawnFile, TakesInAnotherWithWhatThatKnows) {
  ASSERT_TRUE(file_->add({of(7), of(9)}));
  const auto other = WithdrawnFile::open(folder_ / "other").value();
  ASSERT_TRUE(other->add({of(7)}, {of(7)}));
  ASSERT_TRUE(other->add({of(3)}));
  ASSERT_TRUE(file_->add(*other));
  EXPECT_EQ(file_->count(), 3U);
  start();
  EXPECT_EQ(text(),
            "croydon 03030303030303030303030303030303\n"
            "croydon 07070707070707070707070707070707 came\n"
            "croydon 09090909090909090909090909090909\n");
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
  fs::rename(folder_ / "withdrawn", folder_ / "aside");
  fs::create_symlink("/dev/full", folder_ / "withdrawn");
  EXPECT_EQ(file_->add({of(8)}).error().code, ErrorCode::io);
  fs::create_directory(folder_ / "withdrawn.new");  // in the way of the next, which writes all of it
  EXPECT_EQ(file_->add({of(8)}).error().code, ErrorCode::io);
  fs::remove(folder_ / "withdrawn.new");
  ASSERT_TRUE(file_->add({of(9)}));
  EXPECT_EQ(text(), "croydon 07070707070707070707070707070707\ncroydon 09090909090909090909090909090909\n");
}

TEST_F(AWithdrawnFile, GrowsByWhatAWishAdds) {
  ASSERT_TRUE(file_->add({of(7)}));
  const auto before = fs::hard_link_count(folder_ / "withdrawn");
  fs::create_hard_link(folder_ / "withdrawn", folder_ / "same");
  for (std::uint8_t i = 100; i < 150; ++i) ASSERT_TRUE(file_->add({of(i)}));
  EXPECT_EQ(fs::hard_link_count(folder_ / "withdrawn"), before + 1) << "it is the same file, written on";
  EXPECT_EQ(*read_text(folder_ / "same"), text());
}

TEST_F(AWithdrawnFile, IsPutInOrderAfterSomeWishes) {
  ASSERT_TRUE(file_->add({of(250)}));
  const std::string some = "inspection-";
  for (std::size_t i = 0; i < WithdrawnFile::kMostAtTheEnd; ++i) {
    ASSERT_TRUE(file_->add({of(9, some + std::to_string(i))}));
  }
  EXPECT_TRUE(text().starts_with("croydon fa")) << "the last come last, so far";
  ASSERT_TRUE(file_->add({of(1, "a")}));
  const auto all = text();
  EXPECT_TRUE(all.starts_with("a 0101")) << all.substr(0, 40);
  start();
  EXPECT_EQ(text(), all);
}

TEST_F(AWithdrawnFile, HasEachOfManyOnceAndInOrderHoweverTheyCame) {
  constexpr std::size_t kMany = 2000;  // more than one piece of text
  std::string all;
  for (std::size_t i = 0; i < kMany; ++i) all += "croydon " + to_hex(ByteView(numbered(i).id)) + "\n";
  std::vector<Withdrawn> batch;
  for (std::size_t i = 0; i < kMany; ++i) {
    batch.push_back(numbered(i * 7919 % kMany));  // a prime: each once, in no order
    if (batch.size() < 150) continue;
    ASSERT_TRUE(file_->add(batch));
    batch.assign({batch.front()});  // which is known by now
  }
  ASSERT_TRUE(file_->add(batch));
  EXPECT_EQ(file_->count(), kMany);
  open();
  const auto last = WithdrawnFile::open(folder_ / "other").value();
  ASSERT_TRUE(last->add(*file_));
  EXPECT_TRUE(read_text(folder_ / "other") == all) << "all at once is written in order";
}

TEST_F(AWithdrawnFile, LearnsOfManyAtOnceThatTheyHadCome) {
  const auto lines = [](std::string_view end) {
    std::string text;
    for (std::size_t i = 0; i <= WithdrawnFile::kMostAtTheEnd; ++i) {
      text.append("croydon ").append(to_hex(ByteView(numbered(2 * i).id))).append(end);
    }
    return text;
  };
  write(lines("\n"));
  open();
  ASSERT_TRUE(write_file(folder_ / "other", as_bytes(lines(" came\n"))));
  ASSERT_TRUE(file_->add(*WithdrawnFile::open(folder_ / "other").value()));
  EXPECT_TRUE(text() == lines(" came\n"));
}

// It knows all of them as long as the collector runs.
TEST_F(AWithdrawnFile, TakesFewBytesOfMemoryForEachLine) {
  constexpr std::size_t kMany = 20'000;
  const auto taken = [] { return static_cast<double>(::mallinfo2().uordblks + ::mallinfo2().hblkhd); };
  const double before = taken();
  std::vector<Withdrawn> batch(150);
  for (std::size_t i = 0; i < kMany; ++i) {
    batch[i % batch.size()] = numbered(i);
    if (i % batch.size() != batch.size() - 1) continue;
    ASSERT_TRUE(file_->add(batch));
  }
  EXPECT_LE((taken() - before) / kMany, 40);  // sanitizers tell nothing: 0
}

TEST_F(AWithdrawnFile, IsWrittenAnewTheMoreSeldomTheLongerItIs) {
  std::size_t number = 0;
  std::vector<Withdrawn> many;
  for (; number < 4000; ++number) many.push_back(numbered(number));
  ASSERT_TRUE(file_->add(many));
  fs::create_hard_link(folder_ / "withdrawn", folder_ / "same");
  for (; number < 5000; ++number) ASSERT_TRUE(file_->add({numbered(number)}));
  EXPECT_TRUE(fs::equivalent(folder_ / "withdrawn", folder_ / "same")) << "a quarter of all is still at its end";
  for (; number < 5400; ++number) ASSERT_TRUE(file_->add({numbered(number)}));
  EXPECT_FALSE(fs::equivalent(folder_ / "withdrawn", folder_ / "same")) << "put in order";
  open();
  EXPECT_EQ(file_->count(), 5400U);
}

// Of a wish whose line was torn nobody was told that it was kept: it comes again.
TEST_F(AWithdrawnFile, SurvivesALastLineThatAPowerCutTore) {
  const std::string whole = "croydon 07070707070707070707070707070707\n";
  const std::string last = "croydon 09090909090909090909090909090909 came\n";
  for (std::size_t kept = 1; kept < last.size(); ++kept) {
    write(whole + last.substr(0, kept));
    open();
    const bool has_id = kept == last.find(" came") || kept == last.size() - 1;
    EXPECT_EQ(file_->count(), has_id ? 2U : 1U) << last.substr(0, kept);
    ASSERT_TRUE(file_->add({of(5)}));
    open();
    EXPECT_EQ(file_->count(), has_id ? 3U : 2U) << "what comes next is a line of its own: " << text();
  }
}

}  // namespace
}  // namespace perspective::store
