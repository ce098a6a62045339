// Sticks that fill up, are pulled out while we go on, or have a file system that can do little.
#include "upload/stick.h"

#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <fstream>

#include "base/file.h"
#include "base/random.h"
#include "unit/outbox/small_disk.h"

namespace {
bool is_like_fat = false;
}  // namespace

// In place of the C library's, for this program alone: a stick whose files have no owner and whose folders no sync.
extern "C" int fsync(int descriptor) {
  struct stat found {};
  if (is_like_fat && ::fstat(descriptor, &found) == 0 && S_ISDIR(found.st_mode)) {
    errno = EINVAL;
    return -1;
  }
  return static_cast<int>(::syscall(SYS_fsync, descriptor));
}
extern "C" int futimens(int descriptor, const timespec times[2]) {
  if (!is_like_fat) return static_cast<int>(::syscall(SYS_utimensat, descriptor, nullptr, times, 0));
  errno = EPERM;
  return -1;
}

namespace perspective::upload {
namespace {

namespace fs = std::filesystem;

const Bytes kOld(1'200'000, 1);
const Bytes kNew(1'500'000, 2);

class AStick : public ::testing::Test {
 protected:
  void SetUp() override { fs::create_directory(folder_); }
  void TearDown() override {
    is_like_fat = false;
    fs::remove_all(folder_);
  }
  fs::path folder_ = fs::temp_directory_path() / ("stick-" + to_hex(random_bytes(8)));
  fs::path file_ = folder_ / "one.bundle";
  fs::path part_ = folder_ / "one.bundle.part";
};

TEST_F(AStick, ThatIsGoneAtAnyStepIsSaidAndTheNextOneIsWritten) {
  int gone = 0;
  for (int step = 0;; ++step) {
    ASSERT_LT(step, 100);
    fs::create_directory(folder_);
    int steps = 0;
    const auto pull_out = [&] {
      if (steps++ == step) fs::remove_all(folder_);
    };
    const auto written = write_on_stick(file_, kNew, pull_out);
    if (steps <= step) break;  // it was written before
    ASSERT_FALSE(written) << step;
    EXPECT_EQ(written.error().code, ErrorCode::io) << step;
    ++gone;
    fs::create_directory(folder_);
    ASSERT_TRUE(write_on_stick(file_, kNew)) << step;
    EXPECT_EQ(read_file(file_).value(), kNew);
    fs::remove_all(folder_);
  }
  EXPECT_GE(gone, 5);
}

TEST_F(AStick, OfAFileSystemThatCanDoLittleIsWrittenAllTheSame) {
  is_like_fat = true;
  ASSERT_TRUE(write_on_stick(file_, kOld));
  ASSERT_TRUE(write_on_stick(file_, kNew));
  EXPECT_EQ(read_file(file_).value(), kNew);
  EXPECT_FALSE(fs::exists(part_));
}

// Others have left any amount of room, from none to enough.
TEST(AFullStick, KeepsTheOldFileAndNoPartOfTheNewOne) {
  const outbox::SmallDisk stick;
  if (!stick.is_there()) GTEST_SKIP() << "this machine lets nobody mount a small disk";
  const auto file = stick.folder() / "one.bundle";
  int refused = 0;
  int written = 0;
  for (std::uint64_t room = 0; room <= 1'800'000; room += 60'000) {
    ASSERT_TRUE(write_on_stick(file, kOld));
    stick.fill_up_to(room);
    const auto outcome = write_on_stick(file, kNew);
    (outcome ? written : refused) += 1;
    EXPECT_EQ(read_file(file).value(), outcome ? kNew : kOld) << room;
    EXPECT_FALSE(fs::exists(file.string() + ".part")) << room;
    if (!outcome) {
      EXPECT_EQ(outcome.error().code, ErrorCode::io) << room;
    }
    stick.others_leave();
  }
  EXPECT_GT(refused, 10);
  EXPECT_GT(written, 2);
}

// At each step of writing somebody else takes what is left.
TEST(AFullStick, MayFillUpAtAnyStep) {
  const outbox::SmallDisk stick;
  if (!stick.is_there()) GTEST_SKIP() << "this machine lets nobody mount a small disk";
  const auto file = stick.folder() / "one.bundle";
  for (int step = 0;; ++step) {
    ASSERT_LT(step, 100);
    ASSERT_TRUE(write_on_stick(file, kOld));
    int steps = 0;
    const auto fill = [&] {
      if (steps++ == step) stick.fill();
    };
    const auto outcome = write_on_stick(file, kNew, fill);
    EXPECT_EQ(read_file(file).value(), outcome ? kNew : kOld) << step;
    EXPECT_FALSE(fs::exists(file.string() + ".part")) << step;
    stick.others_leave();
    if (steps <= step) break;
  }
}

// The one that sticks have in truth, where this machine can make and mount it.
TEST(AFatStick, HoldsTheFileAndItsDate) {
  const auto image = fs::temp_directory_path() / ("fat-" + to_hex(random_bytes(8)));
  const outbox::SmallDisk namespace_of_our_own;
  if (!namespace_of_our_own.is_there()) GTEST_SKIP() << "this machine lets nobody mount";
  const auto folder = image.string() + ".mounted";
  fs::create_directory(folder);
  std::ofstream(image).close();
  fs::resize_file(image, 8 * 1024 * 1024);
  const std::string make = "PATH=$PATH:/usr/sbin:/sbin mkfs.vfat " + image.string() + " >/dev/null 2>&1 && " +
                           "mount -o loop " + image.string() + " " + folder + " 2>/dev/null";
  const bool is_mounted = std::system(make.c_str()) == 0;
  if (is_mounted) {
    const fs::path file = fs::path(folder) / "perspective-k-5f0c2a91-croydon-2012.bundle";
    EXPECT_TRUE(write_on_stick(file, kOld));
    EXPECT_TRUE(write_on_stick(file, kNew));
    EXPECT_EQ(read_file(file).value(), kNew);
    struct stat found {};
    EXPECT_EQ(::stat(file.c_str(), &found), 0);
    EXPECT_LT(found.st_mtim.tv_sec, 400'000'000);
    ::umount(folder.c_str());
  }
  fs::remove(image);
  fs::remove(folder);
  if (!is_mounted) GTEST_SKIP() << "no mkfs.vfat here, or a kernel without vfat or loop devices";
}

}  // namespace
}  // namespace perspective::upload
