#include "keys/credentials.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

namespace perspective::keys {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::IsEmpty;

class SystemdsCredentials : public testing::Test {
 protected:
  void SetUp() override {
    char name[] = "/tmp/perspective-credentials-XXXXXX";
    folder_ = ::mkdtemp(name);
    fs::create_directories(folder_ / "given");
    fs::create_directories(folder_ / "collector" / "given");
    ::chmod((folder_ / "given").c_str(), 0500);
  }
  void TearDown() override { fs::remove_all(folder_); }

  void give(const std::string& name, const std::string& passphrase, mode_t mode = 0400,
            const std::string& folder = "given") {
    ASSERT_TRUE(write_file(folder_ / folder / name, as_bytes(passphrase)));
    ASSERT_EQ(::chmod((folder_ / folder / name).c_str(), mode), 0);
  }
  Result<std::vector<Credential>> read(const std::string& folder = "given") {
    return read_credentials(folder_ / folder, folder_ / "collector");
  }
  std::string refusal() { return refusal_of(read().value().front()); }
  static std::string refusal_of(const Credential& credential) {
    return credential.passphrase ? "was taken" : credential.passphrase.error().what;
  }

  fs::path folder_;
};

TEST_F(SystemdsCredentials, AreThoseToUnlockWithAndNoOthers) {
  give("unlock-lewes", "seven green bicycles");
  give("unlock-croydon-2012", "nine red\n");
  give("tls-key", "something else");
  const auto read_here = read().value();
  ASSERT_EQ(read_here.size(), 2U);
  EXPECT_EQ(read_here[0].inspection, "croydon-2012");
  EXPECT_EQ(read_here[0].passphrase->text(), "nine red") << "without the line feed";
  EXPECT_EQ(read_here[1].inspection, "lewes");
  EXPECT_EQ(read_here[1].passphrase->text(), "seven green bicycles");
}

TEST_F(SystemdsCredentials, AreNoneWithoutSystemd) {
  EXPECT_THAT(read_credentials({}, folder_ / "collector").value(), IsEmpty());
  EXPECT_THAT(read("nowhere").value(), IsEmpty());
}

TEST_F(SystemdsCredentials, AreRefusedWhereOthersCouldReadOrChangeThem) {
  for (const mode_t mode : {0404U, 0440U, 0420U, 0410U, 0402U, 0444U}) {
    give("unlock-lewes", "seven green bicycles", mode);
    if (::geteuid() == 0 && mode == 0440U) continue;  // root's group is root's
    EXPECT_THAT(refusal(), HasSubstr("may be read by others")) << std::oct << mode;
    fs::remove(folder_ / "given" / "unlock-lewes");
  }
}

TEST_F(SystemdsCredentials, AreRefusedInAFolderThatOthersMayChange) {
  give("unlock-lewes", "seven green bicycles");
  for (const mode_t mode : {0702U, 0720U}) {
    ::chmod((folder_ / "given").c_str(), mode);
    const auto refused = read();
    ASSERT_FALSE(refused) << std::oct << mode;
    EXPECT_THAT(refused.error().what, HasSubstr("may be changed by others"));
  }
}

TEST_F(SystemdsCredentials, AreRefusedInTheCollectorsOwnFolderUnderWhateverName) {
  give("unlock-lewes", "seven green bicycles", 0400, "collector/given");
  const auto inside = read("collector/given").value();
  ASSERT_EQ(inside.size(), 1U);
  EXPECT_THAT(refusal_of(inside.front()), HasSubstr("in the collector's own folder"));
  fs::create_symlink(folder_ / "collector" / "given" / "unlock-lewes", folder_ / "given" / "unlock-lewes");
  EXPECT_THAT(refusal(), HasSubstr("in the collector's own folder"));
}

TEST_F(SystemdsCredentials, AreRefusedWhereTheyAreNeitherOursNorRoots) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root gives a file away";
  constexpr uid_t kSomebody = 1;
  give("unlock-lewes", "seven green bicycles");
  const auto path = folder_ / "given" / "unlock-lewes";
  ASSERT_EQ(::chown(path.c_str(), kSomebody, 0), 0);
  EXPECT_THAT(refusal(), HasSubstr("may be read by others"));
  ASSERT_EQ(::chown(path.c_str(), 0, kSomebody), 0);
  EXPECT_EQ(refusal(), "was taken");
  ASSERT_EQ(::chmod(path.c_str(), 0440), 0);
  EXPECT_THAT(refusal(), HasSubstr("may be read by others")) << "the group is somebody's";
  ASSERT_EQ(::chown((folder_ / "given").c_str(), kSomebody, 0), 0);
  EXPECT_THAT(read().error().what, HasSubstr("may be changed by others"));
}

TEST_F(SystemdsCredentials, AreFilesInAFolder) {
  fs::create_symlink(folder_ / "nowhere", folder_ / "given" / "unlock-lewes");
  EXPECT_THAT(refusal(), HasSubstr("cannot find"));
  fs::remove(folder_ / "given" / "unlock-lewes");
  fs::create_directory(folder_ / "given" / "unlock-lewes");
  EXPECT_THAT(refusal(), HasSubstr("it must be a file"));
  EXPECT_THAT(read_credentials(folder_ / "given", folder_ / "nowhere").error().what, HasSubstr("cannot find"));
  give("file", "x", 0400, "collector");
  EXPECT_FALSE(read("collector/file"));
}

TEST_F(SystemdsCredentials, OfWhichOneIsRefusedLeaveTheOthersGood) {
  give("unlock-hove", "nine red", 0444);
  give("unlock-lewes", "seven green bicycles");
  const auto both = read().value();
  EXPECT_FALSE(both[0].passphrase);
  EXPECT_EQ(both[1].passphrase->text(), "seven green bicycles");
}

}  // namespace
}  // namespace perspective::keys
