#include "program/measurement.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include "base/file.h"
#include "envelope/digest.h"

namespace perspective {
namespace {

namespace fs = std::filesystem;

class InstalledFiles : public testing::Test {
 protected:
  InstalledFiles() {
    put("usr/bin/kiosk", "program");
    put("usr/share/kiosk/texts with spaces.json", "{}");
    put("list", listed());
  }
  ~InstalledFiles() override {
    std::error_code ignored;
    fs::remove_all(root_, ignored);
  }

  void put(const fs::path& name, std::string_view content) {
    fs::create_directories((root_ / name).parent_path());
    ASSERT_TRUE(write_file(root_ / name, as_bytes(content)));
  }

  static std::string listed() {
    return envelope::sha256_hex(as_bytes("program")) + "  usr/bin/kiosk\n" + envelope::sha256_hex(as_bytes("{}")) +
           "  usr/share/kiosk/texts with spaces.json\n";
  }

  Result<Measurement> measured() { return measure(root_ / "list", root_); }

  void put_settings() {
    put("etc/perspective/kiosk.conf", "state = here");
    put("settings", settings());
  }
  static std::string settings() {
    return envelope::sha256_hex(as_bytes("state = here")) + "  etc/perspective/kiosk.conf\n";
  }
  Result<Measurement> measured_settings() { return measure_settings(root_ / "settings", root_); }

  fs::path root_ = fs::path(testing::TempDir()) / ("measured-" + std::to_string(::getpid()));
};

TEST(Sha256, IsTheOneOfTheStandard) {
  EXPECT_EQ(envelope::sha256_hex(as_bytes("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_F(InstalledFiles, AsPackagedMeasureAsTheirListItself) {
  const auto found = measured();
  ASSERT_TRUE(found) << found.error().what;
  EXPECT_TRUE(found->changed.empty());
  EXPECT_EQ(found->sha256, envelope::sha256_hex(as_bytes(listed())));
}

TEST_F(InstalledFiles, ThatWereChangedOrAreGoneAreNamed) {
  const auto before = measured()->sha256;
  put("usr/bin/kiosk", "another program");
  EXPECT_EQ(measured()->changed, std::vector<std::string>{"usr/bin/kiosk"});
  EXPECT_NE(measured()->sha256, before);
  fs::remove(root_ / "usr/share/kiosk/texts with spaces.json");
  EXPECT_EQ(measured()->changed, (std::vector<std::string>{"usr/bin/kiosk", "usr/share/kiosk/texts with spaces.json"}));
}

TEST_F(InstalledFiles, WithoutAListWereNotInstalledFromAPackage) {
  fs::remove(root_ / "list");
  ASSERT_FALSE(measured());
  EXPECT_EQ(measured().error().code, ErrorCode::not_found);
}

TEST_F(InstalledFiles, AreNotMeasuredByAListThatMeansNothing) {
  for (const auto* nonsense : {"", "usr/bin/kiosk\n", "abc  usr/bin/kiosk\n"}) {
    put("list", nonsense);
    ASSERT_FALSE(measured()) << nonsense;
    EXPECT_EQ(measured().error().code, ErrorCode::corrupt);
  }
}

TEST_F(InstalledFiles, AsPackagedHaveSettingsThatMeasureAsTheirList) {
  put_settings();
  put("etc/systemd/system/ssh.service.d/of-somebody-else.conf", "[Service]\n");
  const auto found = measured_settings();
  ASSERT_TRUE(found) << found.error().what;
  EXPECT_TRUE(found->changed.empty());
  EXPECT_EQ(found->sha256, envelope::sha256_hex(as_bytes(settings())));
}

// A drop-in can start another program; a mask leaves the machine open.
TEST_F(InstalledFiles, NameWhatAddsToTheUnitsOrStandsInTheirPlace) {
  put_settings();
  const std::string added = "etc/systemd/system/perspective-kiosk.service.d/mine.conf";
  const std::string of_all = "run/systemd/system/service.d/all.conf";
  const std::string masked = "etc/systemd/system/perspective-kiosk-lockdown.service";
  put(added, "[Service]\nExecStart=\n");
  put(of_all, "[Service]\n");
  fs::create_symlink("/dev/null", root_ / masked);
  put("etc/perspective/kiosk.conf", "state = there");
  const auto found = measured_settings();
  ASSERT_TRUE(found) << found.error().what;
  EXPECT_EQ(found->changed, (std::vector<std::string>{"etc/perspective/kiosk.conf", masked, added, of_all}));
  EXPECT_EQ(found->sha256,
            envelope::sha256_hex(
                as_bytes(envelope::sha256_hex(as_bytes("state = there")) + "  etc/perspective/kiosk.conf\nno file  " +
                         masked + "\n" + envelope::sha256_hex(as_bytes("[Service]\nExecStart=\n")) + "  " + added +
                         "\n" + envelope::sha256_hex(as_bytes("[Service]\n")) + "  " + of_all + "\n")));
}

}  // namespace
}  // namespace perspective
