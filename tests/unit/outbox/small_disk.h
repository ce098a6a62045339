// A real disk of a few megabytes, in a mount namespace that ends with this process; and everything on it that is not
// the outbox's: a file that grows until nothing more goes on.
//
// Threads: one; call while no other thread runs.
#pragma once

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <string>

#include "base/bytes.h"
#include "base/random.h"

namespace perspective::outbox {

class SmallDisk {
 public:
  static constexpr std::uint64_t kBytes = 4 * 1024 * 1024;

  SmallDisk() : folder_(std::filesystem::temp_directory_path() / ("disk-" + to_hex(random_bytes(8)))) {
    std::filesystem::create_directory(folder_);
    is_there_ = may_mount() && mount("tmpfs", folder_.c_str(), "tmpfs", 0, "size=4m") == 0;
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  ~SmallDisk() {
    if (is_there_) umount2(folder_.c_str(), MNT_DETACH);
    std::error_code error;
    std::filesystem::remove(folder_, error);
  }

  bool is_there() const { return is_there_; }
  const std::filesystem::path& folder() const { return folder_; }

  // By others, until so many bytes are left.
  void fill_up_to(std::uint64_t left) const {
    const int file = ::open((folder_ / "others").c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    const std::string block(4096, 'x');
    while (free_bytes() > left && ::write(file, block.data(), block.size()) > 0) {
    }
    ::close(file);
  }
  void fill() const { fill_up_to(0); }
  void others_leave() const { std::filesystem::remove(folder_ / "others"); }

  std::uint64_t free_bytes() const { return std::filesystem::space(folder_).available; }

 private:
  static bool may_mount() {
    const auto user = std::to_string(getuid());
    const auto group = std::to_string(getgid());
    if (unshare(CLONE_NEWNS) != 0) {
      if (unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) return false;
      std::ofstream("/proc/self/uid_map") << "0 " << user << " 1";
      std::ofstream("/proc/self/setgroups") << "deny";
      std::ofstream("/proc/self/gid_map") << "0 " << group << " 1";
    }
    return mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
  }

  std::filesystem::path folder_;
  bool is_there_ = false;
};

}  // namespace perspective::outbox
