#include "resources/unattended.h"

#include <sys/stat.h>

#include <thread>

#include "base/file.h"
#include "unit/resources/running_collector.h"

namespace perspective::resources {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

class StartedBySystemd : public RunningCollector {
 protected:
  void SetUp() override {
    RunningCollector::SetUp();
    create();
    credentials_ = folder_ / "given";
    std::filesystem::create_directories(credentials_);
    ::chmod(credentials_.c_str(), 0700);
  }
  void give(const std::string& name, std::string_view passphrase, mode_t mode = 0400) {
    ASSERT_TRUE(write_file(credentials_ / name, as_bytes(passphrase)));
    ASSERT_EQ(::chmod((credentials_ / name).c_str(), mode), 0);
  }
  // Unlocking goes on beside the first requests: what it did or could not do is in the audit.
  void restart() {
    stop();
    start();
  }
  std::vector<std::string> audit() {
    std::vector<std::string> lines;
    const auto answer = parsed(inspector().get("/v1/audit"));
    for (const auto& entry : answer.at("entries").as_array()) lines.emplace_back(entry.at("line").as_string());
    return lines;
  }
  bool is_unlocked() {
    const auto answer = parsed(inspector().get("/v1/inspections/lewes"));
    return answer.at("is_unlocked").as_bool();
  }
  template <typename Condition>
  static bool soon(Condition condition) {
    for (int i = 0; i < 2000; ++i) {
      if (condition()) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return false;
  }
};

TEST_F(StartedBySystemd, UnlocksWhatHasACredentialAndWritesItInTheAudit) {
  give("unlock-lewes", std::string(inspection::kPassphrase) + "\n");
  restart();
  EXPECT_TRUE(soon([this] { return is_unlocked(); }));
  EXPECT_TRUE(soon([this] { return audit().size() == 2; }));
  const auto last = audit().back();
  EXPECT_THAT(last, HasSubstr("\"who\":\"the collector\""));
  EXPECT_THAT(last, HasSubstr("\"what\":\"inspection unlocked\""));
  EXPECT_THAT(last, HasSubstr("a systemd credential"));
  EXPECT_THAT(last, HasSubstr("lewes"));
}

TEST_F(StartedBySystemd, StaysLockedWithAWrongOneAndSaysSoInTheAudit) {
  give("unlock-lewes", "not the right words");
  give("unlock-nowhere", "whatever");
  restart();
  EXPECT_TRUE(soon([this] { return audit().size() == 2; }));
  EXPECT_THAT(audit().back(), HasSubstr("\"what\":\"unlocking refused\""));
  EXPECT_FALSE(is_unlocked());
}

TEST_F(StartedBySystemd, StaysLockedWhereOthersMayReadTheCredential) {
  give("unlock-lewes", inspection::kPassphrase, 0404);
  restart();
  EXPECT_TRUE(soon([this] { return audit().size() == 2; }));
  EXPECT_THAT(audit(), Not(Contains(HasSubstr("inspection unlocked"))));
  EXPECT_FALSE(is_unlocked());
}

TEST_F(StartedBySystemd, StaysLockedWhereTheCredentialLiesInItsOwnFolder) {
  credentials_ = folder_ / "c" / "given";
  std::filesystem::create_directories(credentials_);
  give("unlock-lewes", inspection::kPassphrase);
  restart();
  EXPECT_TRUE(soon([this] { return audit().size() == 2; }));
  EXPECT_FALSE(is_unlocked());
}

}  // namespace
}  // namespace perspective::resources
