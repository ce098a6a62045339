#include "settings/settings.h"

#include <gtest/gtest.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>
#include <optional>

namespace perspective::settings {
namespace {

namespace fs = std::filesystem;

std::string why_refused(std::string_view text) {
  const auto parsed = parse(text);
  return parsed ? "it was not" : parsed.error().what;
}

TEST(ConfigurationFile, IsLinesOfKeyAndValue) {
  const auto parsed =
      parse("# of the kiosk\n\n  state = /var/lib/my kiosk  \r\nsound=headphones\n#x = 1\nlast = a = b # c");
  ASSERT_TRUE(parsed) << parsed.error().what;
  ASSERT_EQ(parsed->size(), 3U);
  EXPECT_EQ(parsed->at(0).key, "state");
  EXPECT_EQ(parsed->at(0).value, "/var/lib/my kiosk");
  EXPECT_EQ(parsed->at(0).line, 3);
  EXPECT_EQ(parsed->at(1).value, "headphones");
  EXPECT_EQ(parsed->at(2).value, "a = b # c");
  EXPECT_EQ(parsed->at(2).line, 6);
}

TEST(ConfigurationFile, MayBeEmpty) {
  EXPECT_TRUE(parse("")->empty());
  EXPECT_TRUE(parse("\n#\n")->empty());
}

TEST(ConfigurationFile, SaysInWhichLineItIsWrong) {
  EXPECT_EQ(why_refused("a = 1\nport 8443\n").substr(0, 3), "2: ");
  EXPECT_NE(why_refused("= 1").find("1: nothing stands before '='"), std::string::npos);
  EXPECT_NE(why_refused("\n\nport =\n").find("3: 'port' has no value"), std::string::npos);
  EXPECT_NE(why_refused("a = 1\nb = 2\na = 1\n").find("3: 'a' stands there twice, first in line 1"), std::string::npos);
}

class CommandLine : public testing::Test {
 protected:
  CommandLine() {
    app_.add_option("--state", state_);
    app_.add_option("--port", port_)->check(CLI::Range(1, 65535));
    app_.add_option("--rate", rate_);
    app_.add_flag("--allow-swap", is_swap_allowed_);
    app_.add_option("--folder", folder_)->envname("PERSPECTIVE_TEST_FOLDER");
  }
  ~CommandLine() override {
    std::error_code ignored;
    fs::remove(file_, ignored);
  }

  Result<void> run(std::vector<std::string> words, std::string_view text) {
    std::ofstream(file_) << text;
    std::ranges::reverse(words);
    app_.parse(words);
    return apply_file(file_, app_.get_options([](const auto* option) { return !option->check_lname("help"); }));
  }

  std::string why_refused(std::string_view text) {
    const auto applied = run({}, text);
    return applied ? "it was not" : applied.error().what;
  }

  fs::path file_ = fs::path(testing::TempDir()) / ("settings-" + std::to_string(::getpid()) + ".conf");
  CLI::App app_{"of a test"};
  std::string state_;
  std::optional<int> port_;
  int rate_ = 7;
  bool is_swap_allowed_ = false;
  fs::path folder_ = "/standard";
};

TEST_F(CommandLine, HasWhatTheFileSaysWhereItSaysNothing) {
  const auto applied = run({}, "state = /var/lib/kiosk\nport = 9443\nallow-swap = yes\n");
  ASSERT_TRUE(applied) << applied.error().what;
  EXPECT_EQ(state_, "/var/lib/kiosk");
  EXPECT_EQ(port_, 9443);
  EXPECT_TRUE(is_swap_allowed_);
  EXPECT_EQ(rate_, 7);
  EXPECT_EQ(folder_, "/standard");
}

TEST_F(CommandLine, PrevailsOverTheFile) {
  ASSERT_TRUE(run({"--port", "1", "--state", "here"}, "port = 2\nrate = 3\nstate = there\n"));
  EXPECT_EQ(port_, 1);
  EXPECT_EQ(rate_, 3);
  EXPECT_EQ(state_, "here");
}

TEST_F(CommandLine, AndSoDoesTheEnvironment) {
  ::setenv("PERSPECTIVE_TEST_FOLDER", "/chosen", 1);
  const auto applied = run({}, "folder = /configured\n");
  ::unsetenv("PERSPECTIVE_TEST_FOLDER");
  ASSERT_TRUE(applied);
  EXPECT_EQ(folder_, "/chosen");
}

TEST_F(CommandLine, RefusesAKeyThatNoOptionHas) {
  EXPECT_EQ(why_refused("rate = 1\nprot = 9443\n"),
            file_.string() + ":2: there is no key 'prot'. There are: allow-swap, folder, port, rate, state");
  EXPECT_NE(why_refused("help = yes\n").find("there is no key 'help'"), std::string::npos);
}

TEST_F(CommandLine, RefusesAValueThatItsOptionRefuses) {
  EXPECT_NE(why_refused("port = 70000\n").find(":1: 'port' cannot be '70000'"), std::string::npos);
  EXPECT_NE(why_refused("rate = many\n").find(":1: 'rate' cannot be 'many'"), std::string::npos);
  EXPECT_NE(why_refused("allow-swap = perhaps\n").find(":1: 'allow-swap' cannot be 'perhaps'"), std::string::npos);
}

TEST_F(CommandLine, RefusesAFileThatIsNotThere) {
  app_.parse(std::vector<std::string>{});
  const auto applied = apply_file("/nowhere/kiosk.conf", {});
  ASSERT_FALSE(applied);
  EXPECT_NE(applied.error().what.find("/nowhere/kiosk.conf"), std::string::npos);
}

TEST(TheFileThatIsRead, IsTheNamedOneElseThePackagedOneWhereThereIsOne) {
  EXPECT_EQ(file_to_read("mine.conf", "/etc/passwd"), "mine.conf");
  EXPECT_EQ(file_to_read("", "/etc/passwd"), "/etc/passwd");
  EXPECT_EQ(file_to_read("", "/nowhere/kiosk.conf"), "");
  EXPECT_EQ(file_to_read("", ""), "");
}

}  // namespace
}  // namespace perspective::settings
