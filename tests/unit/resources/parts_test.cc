#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <atomic>
#include <future>

#include "base/clock.h"
#include "base/file.h"
#include "resources/data_folder.h"
#include "resources/json_body.h"
#include "resources/pool.h"
#include "resources/service.h"
#include "support/source_folder.h"

namespace perspective::resources {
namespace {

using ::testing::HasSubstr;

TEST(Pool, RunsEverythingThatItTookBeforeItCloses) {
  std::atomic<int> done = 0;
  Pool pool(3, 1000);
  for (int i = 0; i < 500; ++i) EXPECT_TRUE(pool.offer([&done] { ++done; }));
  pool.close();
  EXPECT_EQ(done, 500);
}

TEST(Pool, TurnsAwayWhatIsTooMuchButNeverWhatItMustTake) {
  std::promise<void> gate;
  auto opened = gate.get_future().share();
  std::promise<void> started;
  std::atomic<int> done = 0;
  Pool pool(1, 2);
  pool.run([&started, opened] {
    started.set_value();
    opened.wait();
  });
  started.get_future().wait();
  EXPECT_TRUE(pool.offer([&done] { ++done; }));
  EXPECT_TRUE(pool.offer([&done] { ++done; }));
  EXPECT_FALSE(pool.offer([&done] { ++done; }));
  pool.run([&done] { ++done; });
  gate.set_value();
  pool.close();
  EXPECT_EQ(done, 3);
  EXPECT_FALSE(pool.offer([&done] { ++done; }));
  pool.run([&done] { ++done; });
  EXPECT_EQ(done, 4);
}

TEST(JsonBody, NamesTheFieldThatIsWrong) {
  const auto body = JsonBody::parse(as_bytes(R"({"a":1,"b":"","c":["x",2],"d":"yes"})"));
  ASSERT_TRUE(body);
  EXPECT_THAT(body->text("a").error().what, HasSubstr("\"a\""));
  EXPECT_FALSE(body->text("b"));
  EXPECT_FALSE(body->texts("c"));
  EXPECT_FALSE(body->flag_or("d", true));
  EXPECT_FALSE(body->secret("missing"));
  EXPECT_EQ(body->text_or("missing", "x").value(), "x");
}

TEST(JsonBody, TakesASecretAsItWasWritten) {
  const auto body = JsonBody::parse(as_bytes(R"({"passphrase":"tŷ \"bach\" \\ \u0001"})"));
  ASSERT_TRUE(body);
  EXPECT_EQ(body->secret("passphrase")->text(), "tŷ \"bach\" \\ \x01");
}

TEST(JsonBody, RefusesWhatIsNoObject) {
  for (const std::string text : {"", "[]", "1", "{", "{}x", "\xff"}) {
    EXPECT_FALSE(JsonBody::parse(as_bytes(text))) << text;
  }
}

class Folder : public ::testing::Test {
 protected:
  Folder() {
    char name[] = "/tmp/perspective-folder-XXXXXX";
    root_ = ::mkdtemp(name);
  }
  ~Folder() override { std::filesystem::remove_all(root_); }

  Result<void> make(const std::filesystem::path& path) {
    return DataFolder(path).make({.hosts = {"collector.example", "192.0.2.1"}, .port = 8443}, SystemClock());
  }
  std::filesystem::path root_;
};

TEST_F(Folder, IsMadeWholeAndForItsOwnerOnly) {
  ASSERT_TRUE(make(root_ / "c"));
  struct stat status {};
  ASSERT_EQ(::stat((root_ / "c").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0700u);
  const auto configuration = DataFolder(root_ / "c").configuration();
  ASSERT_TRUE(configuration);
  EXPECT_EQ(configuration->hosts.front(), "collector.example");
  EXPECT_EQ(configuration->port, 8443);
}

TEST_F(Folder, ThatIsThereIsNotTouched) {
  ASSERT_TRUE(make(root_ / "c"));
  const auto before = read_text(root_ / "c" / "keys" / "authority.pem").value();
  const auto again = make(root_ / "c");
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::conflict);
  EXPECT_EQ(read_text(root_ / "c" / "keys" / "authority.pem").value(), before);
}

TEST_F(Folder, ThatIsEmptyMayBeFilled) {
  std::filesystem::create_directory(root_ / "c");
  EXPECT_TRUE(make(root_ / "c"));
}

TEST_F(Folder, ThatCannotBeMadeLeavesNothingBehind) {
  const auto made = DataFolder(root_ / "c").make({.hosts = {"not a host name"}, .port = 1}, SystemClock());
  ASSERT_FALSE(made);
  EXPECT_TRUE(std::filesystem::is_empty(root_));
}

TEST_F(Folder, WithoutACollectorSaysHowToMakeOne) {
  const auto service = Service::open({.data = root_ / "c", .assets = {}, .listen = {}, .port = {}});
  ASSERT_FALSE(service);
  EXPECT_THAT(service.error().what, HasSubstr("init"));
}

TEST_F(Folder, IsServedByOneCollectorAtATime) {
  ASSERT_TRUE(make(root_ / "c"));
  const Service::Setting setting{
      .data = root_ / "c", .assets = std::string(kSourceFolder) + "/assets", .listen = "127.0.0.1", .port = 0};
  const auto first = Service::open(setting);
  ASSERT_TRUE(first) << first.error().what;
  const auto second = Service::open(setting);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::conflict);
}

}  // namespace
}  // namespace perspective::resources
