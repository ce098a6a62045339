// Real child processes on strings: the test tells each what to do.
//
// Threads: one.
#pragma once

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <utility>

#include "base/random.h"
#include "keeper/child_process.h"

namespace perspective::keeper {

constexpr int kPatienceMs = 20000;  // for a process to do something; only a failing test waits so long

// The test's end of one child.
class Puppet {
 public:
  explicit Puppet(int socket) : socket_(socket) {
    const auto line = next_line();
    if (line.starts_with("started ")) process_ = std::stoi(line.substr(8));
  }
  Puppet(Puppet&& other) noexcept : socket_(std::exchange(other.socket_, -1)), process_(other.process_) {}
  Puppet& operator=(Puppet&&) = delete;
  Puppet(const Puppet&) = delete;
  Puppet& operator=(const Puppet&) = delete;
  ~Puppet() {
    if (socket_ >= 0) close(socket_);
  }

  // Empty when the child is gone.
  std::string next_line() const {
    std::string line;
    char next = 0;
    pollfd source{socket_, POLLIN, 0};
    while (poll(&source, 1, kPatienceMs) == 1 && read(socket_, &next, 1) == 1) {
      if (next == '\n') return line;
      line += next;
    }
    return "";
  }
  std::string await(const std::string& start) const {
    for (auto line = next_line(); !line.empty(); line = next_line()) {
      if (line.starts_with(start)) return line;
    }
    return "gone";
  }
  void tell(const std::string& line) const {
    const auto whole = line + "\n";
    EXPECT_EQ(write(socket_, whole.data(), whole.size()), static_cast<ssize_t>(whole.size()));
  }
  std::string ask(const std::string& line) const {
    tell(line);
    return next_line();
  }
  void open_window() const {
    tell("ready");
    await("done");
  }
  void begin_visit(const std::string& draft) const {
    tell("start");
    await("done");
    tell("draft " + draft);
    await("done");
  }
  void take_draft() const {
    tell("take");
    await("done");
  }
  // That it hangs up, not only that it says nothing.
  bool is_gone() const {
    char next = 0;
    pollfd source{socket_, POLLIN, 0};
    while (poll(&source, 1, kPatienceMs) == 1) {
      if (read(socket_, &next, 1) != 1) return true;
    }
    return false;
  }
  pid_t process() const { return process_; }

 private:
  int socket_;
  pid_t process_ = -1;
};

// Where they are started, and report.
class Theatre {
 public:
  Theatre() : folder_(std::filesystem::temp_directory_path() / ("keeper-" + to_hex(random_bytes(8)))) {
    std::filesystem::create_directory(folder_);
    listener_ = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    control().copy(static_cast<char*>(address.sun_path), sizeof address.sun_path - 1);
    EXPECT_EQ(bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    EXPECT_EQ(listen(listener_, 16), 0);
  }
  Theatre(const Theatre&) = delete;
  Theatre& operator=(const Theatre&) = delete;
  ~Theatre() {
    close(listener_);
    std::filesystem::remove_all(folder_);
  }

  Program child() const { return {KEEPER_TEST_CHILD, {control()}}; }
  const std::filesystem::path& folder() const { return folder_; }

  Puppet next_child() const {
    pollfd source{listener_, POLLIN, 0};
    if (poll(&source, 1, kPatienceMs) != 1) ADD_FAILURE() << "no child came";
    return Puppet(accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC));
  }

 private:
  std::string control() const { return (folder_ / "control").string(); }

  std::filesystem::path folder_;
  int listener_ = -1;
};

}  // namespace perspective::keeper
