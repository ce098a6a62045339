// The real perspective-collector in a folder of its own: commands with lines on standard input, a service in the
// background that ends with the test.
#pragma once

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "base/file.h"
#include "support/source_folder.h"

namespace perspective::admin {

struct Ended {
  int code = -1;
  std::string out;
  std::string err;
};

class Program : public ::testing::Test {
 protected:
  Program() {
    char name[] = "/tmp/perspective-admin-XXXXXX";
    root_ = ::mkdtemp(name);
    data_ = root_ / "collector";
    ::setenv("PERSPECTIVE_ASSETS", (std::string(kSourceFolder) + "/assets").c_str(), 1);
  }
  ~Program() override {
    stop();
    std::filesystem::remove_all(root_);
  }

  Ended run(const std::vector<std::string>& arguments, const std::string& input = {}) {
    const auto in = root_ / "in";
    EXPECT_TRUE(write_file(in, as_bytes(input)));
    const pid_t child = start(arguments, in, root_ / "out", root_ / "err");
    int status = 0;
    ::waitpid(child, &status, 0);
    std::filesystem::remove(in);
    return {WIFEXITED(status) ? WEXITSTATUS(status) : 128, read_text(root_ / "out").value(),
            read_text(root_ / "err").value()};
  }

  void init() {
    const Ended made = run({"init", "--host", "127.0.0.1"});
    ASSERT_EQ(made.code, 0) << made.err;
  }
  void serve() {
    std::filesystem::remove(root_ / "log");  // the last one said "ready" too
    service_ = start({"serve", "--port", "0", "--allow-swap"}, "/dev/null", root_ / "log", root_ / "log");
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (log().find("ready\n") == std::string::npos) {
      ASSERT_LT(std::chrono::steady_clock::now(), deadline) << log();
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
  }
  int stop(int signal = SIGTERM) {
    if (service_ <= 0) return 0;
    ::kill(service_, signal);
    int status = 0;
    ::waitpid(service_, &status, 0);
    service_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
  }
  std::string log() const { return read_text(root_ / "log").value_or(""); }

  std::filesystem::path root_;
  std::filesystem::path data_;

 private:
  pid_t start(const std::vector<std::string>& arguments, const std::filesystem::path& in,
              const std::filesystem::path& out, const std::filesystem::path& err) {
    std::vector<std::string> words{PERSPECTIVE_COLLECTOR, "--data", data_.string()};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> pointers;
    for (std::string& word : words) pointers.push_back(word.data());
    pointers.push_back(nullptr);
    const pid_t child = ::fork();
    if (child != 0) return child;
    constexpr int kWrite = O_WRONLY | O_CREAT | O_TRUNC | O_APPEND;
    ::dup2(::open(in.c_str(), O_RDONLY), STDIN_FILENO);
    ::dup2(::open(out.c_str(), kWrite, 0600), STDOUT_FILENO);
    ::dup2(out == err ? STDOUT_FILENO : ::open(err.c_str(), kWrite, 0600), STDERR_FILENO);
    ::execv(pointers[0], pointers.data());
    ::_exit(127);
  }

  pid_t service_ = -1;
};

}  // namespace perspective::admin
