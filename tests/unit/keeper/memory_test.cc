#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "keeper/draft_memory.h"
#include "keeper/folder_lock.h"
#include "keeper/package_memory.h"

namespace perspective::keeper {
namespace {

class Draft : public ::testing::Test {
 protected:
  std::string whole_memory() const {
    std::string all(static_cast<std::size_t>(lseek(memory_.descriptor(), 0, SEEK_END)), '\0');
    EXPECT_EQ(pread(memory_.descriptor(), all.data(), all.size(), 0), static_cast<ssize_t>(all.size()));
    return all;
  }
  DraftMemory memory_ = DraftMemory::create().value();
};

TEST_F(Draft, BeginsEmpty) {
  EXPECT_TRUE(memory_.is_empty());
  EXPECT_TRUE(memory_.read().empty());
}

TEST_F(Draft, GivesBackTheLastOneStored) {
  ASSERT_TRUE(memory_.store("first"));
  ASSERT_TRUE(memory_.store("second"));
  EXPECT_EQ(memory_.read().text(), "second");
}

TEST_F(Draft, OtherProcessMapsTheSame) {
  auto other = DraftMemory::attach(dup(memory_.descriptor())).value();
  ASSERT_TRUE(other.store("words"));
  EXPECT_EQ(memory_.read().text(), "words");
}

TEST_F(Draft, ReplacedOneIsOverwritten) {
  ASSERT_TRUE(memory_.store("a secret thing"));
  ASSERT_TRUE(memory_.store("another"));
  EXPECT_EQ(whole_memory().find("secret"), std::string::npos);
  EXPECT_NE(whole_memory().find("another"), std::string::npos);
}

TEST_F(Draft, WipedOneLeavesZeros) {
  ASSERT_TRUE(memory_.store("a secret thing"));
  ASSERT_TRUE(memory_.store(""));
  EXPECT_TRUE(memory_.is_empty());
  EXPECT_EQ(whole_memory().find_first_not_of('\0'), std::string::npos);
}

TEST_F(Draft, TooLongOneIsRefusedAndTheOldOneStays) {
  ASSERT_TRUE(memory_.store("old"));
  EXPECT_FALSE(memory_.store(std::string(DraftMemory::kMaxDraftBytes + 1, 'x')));
  EXPECT_EQ(memory_.read().text(), "old");
}

TEST_F(Draft, CannotBeShrunkByAChild) { EXPECT_NE(ftruncate(memory_.descriptor(), 0), 0); }

TEST(Packages, AreReadAsWritten) {
  const std::vector<std::string> packages{R"({"inspection":"a"})", "", std::string(300000, 'x')};
  const int descriptor = seal_packages(packages).value();
  EXPECT_EQ(read_packages(descriptor).value(), packages);
  EXPECT_EQ(read_packages(descriptor).value(), packages);
  close(descriptor);
}

TEST(Packages, CannotBeChangedAnyMore) {
  const int descriptor = seal_packages({"one"}).value();
  EXPECT_LT(pwrite(descriptor, "x", 1, 0), 0);
  EXPECT_NE(ftruncate(descriptor, 0), 0);
  close(descriptor);
}

TEST(Folder, IsLockedForOneAtATime) {
  std::string name = (std::filesystem::temp_directory_path() / "perspective-lock-XXXXXX").string();
  ASSERT_NE(mkdtemp(name.data()), nullptr);  // of its own: another run of this test may be under way
  const std::filesystem::path folder = name;
  {
    const auto first = FolderLock::take(folder);
    ASSERT_TRUE(first);
    EXPECT_EQ(FolderLock::take(folder).error().code, ErrorCode::refused);
  }
  EXPECT_TRUE(FolderLock::take(folder));
  std::filesystem::remove(folder);
}

}  // namespace
}  // namespace perspective::keeper
