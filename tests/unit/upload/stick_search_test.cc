// Which of what is mounted is a stick. The kernel's files are written here as it writes them.
#include "upload/stick_search.h"

#include <gtest/gtest.h>

#include "base/file.h"
#include "base/random.h"

namespace perspective::upload {
namespace {

namespace fs = std::filesystem;

class SearchForAStick : public ::testing::Test {
 protected:
  void SetUp() override { fs::create_directories(system_.devices); }
  void TearDown() override { fs::remove_all(folder_); }

  // A disk with one part, as /sys/dev/block has them.
  void add_disk(const std::string& number, const std::string& at, bool is_removable) const {
    const auto part = folder_ / "devices" / at / "part1";
    fs::create_directories(part);
    ASSERT_TRUE(write_file(part.parent_path() / "removable", as_bytes(is_removable ? "1\n" : "0\n")));
    fs::create_symlink(part, system_.devices / number);
  }
  void mount(const std::string& number, const std::string& place, const std::string& options = "rw,nosuid",
             const std::string& kind = "vfat") {
    mounts_ += "36 25 " + number + " / " + place + " " + options + " shared:1 - " + kind + " /dev/part1 rw\n";
    ASSERT_TRUE(write_file(system_.mounts, as_bytes(mounts_)));
  }
  std::optional<fs::path> found(const fs::path& chosen = {}) const { return find_stick(chosen, system_); }

  fs::path folder_ = fs::canonical(fs::temp_directory_path()) / ("sticks-" + to_hex(random_bytes(8)));
  System system_{.mounts = folder_ / "mountinfo", .devices = folder_ / "block"};
  std::string mounts_ = "25 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n";
};

TEST_F(SearchForAStick, FindsNoneWhereNoneIsMounted) {
  EXPECT_EQ(found(), std::nullopt);
  add_disk("8:1", "pci/ata1/sda", false);
  mount("8:1", "/media/disk");
  EXPECT_EQ(found(), std::nullopt) << "a part of the kiosk's own disk";
}

TEST_F(SearchForAStick, FindsARemovableOneAndOneThatHangsOnUsb) {
  add_disk("8:17", "pci/card/sdb", true);
  mount("8:17", "/run/media/kiosk/STICK");
  EXPECT_EQ(found(), "/run/media/kiosk/STICK");
  add_disk("8:33", "pci/usb2/2-1/sdc", false);
  mount("8:33", "/media/OTHER");
  EXPECT_EQ(found(), "/media/OTHER") << "the one that was mounted last";
}

TEST_F(SearchForAStick, FindsOneWhoseNameHasSpaces) {
  add_disk("8:17", "pci/usb1/sdb", true);
  mount("8:17", "/media/MY\\040STICK");
  EXPECT_EQ(found(), "/media/MY STICK");
}

TEST_F(SearchForAStick, TakesNeitherTheDiskThatAKioskRunsFromNorWhatCannotBeWritten) {
  add_disk("8:17", "pci/usb1/sdb", true);
  mount("8:17", "/");
  mount("8:17", "/var/lib/perspective");
  mount("8:17", "/media/STICK", "ro,nosuid");
  EXPECT_EQ(found(), std::nullopt);
}

TEST_F(SearchForAStick, TakesThePlaceThatWasChosenOnlyWhileSomethingIsMountedThere) {
  const auto place = folder_ / "stick";
  EXPECT_EQ(found(place), std::nullopt);
  fs::create_directory(place);
  add_disk("8:17", "pci/usb1/sdb", true);
  mount("8:17", "/media/STICK");
  EXPECT_EQ(found(place), std::nullopt) << "the folder beneath is the kiosk's own disk";
  mount("0:41", place, "rw,relatime", "autofs");
  EXPECT_EQ(found(place), std::nullopt) << "it only waits for one";
  mount("0:40", place);
  EXPECT_EQ(found(place), place);
}

}  // namespace
}  // namespace perspective::upload
