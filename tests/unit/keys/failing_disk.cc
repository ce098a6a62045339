#include "unit/keys/failing_disk.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <utility>

namespace perspective::keys {
namespace {

thread_local std::size_t left = 0;  // 0: none fails
thread_local bool has_failed = false;

thread_local std::function<void()> watcher;

bool fails() {
  if (watcher) {
    const auto watching = std::exchange(watcher, nullptr);  // it uses the disk itself
    watching();
    watcher = watching;
  }
  if (left == 0 || --left > 0) return false;
  has_failed = true;
  errno = EIO;
  return true;
}

}  // namespace

void FailingDisk::fail_at(std::size_t step) {
  left = step;
  has_failed = false;
}

void FailingDisk::watch(std::function<void()> what) { watcher = std::move(what); }

bool FailingDisk::is_well_again() {
  left = 0;
  return has_failed;
}

}  // namespace perspective::keys

// Before those of the C library, for they stand in the program itself.
using perspective::keys::fails;

extern "C" {

int open(const char* path, int flags, ...) {
  mode_t mode = 0;
  if ((flags & O_CREAT) != 0) {
    va_list more;
    va_start(more, flags);
    mode = va_arg(more, mode_t);
    va_end(more);
  }
  return fails() ? -1 : static_cast<int>(::syscall(SYS_openat, AT_FDCWD, path, flags, mode));
}

int fstat(int file, struct stat* status) noexcept { return fails() ? -1 : ::fstatat(file, "", status, AT_EMPTY_PATH); }

ssize_t read(int file, void* bytes, size_t size) { return fails() ? -1 : ::syscall(SYS_read, file, bytes, size); }

ssize_t write(int file, const void* bytes, size_t size) {
  return fails() ? -1 : ::syscall(SYS_write, file, bytes, size);
}

int fsync(int file) { return fails() ? -1 : static_cast<int>(::syscall(SYS_fsync, file)); }

int rename(const char* from, const char* to) noexcept {
  return fails() ? -1 : static_cast<int>(::syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0));
}

int unlink(const char* path) noexcept {
  return fails() ? -1 : static_cast<int>(::syscall(SYS_unlinkat, AT_FDCWD, path, 0));
}

int mkdir(const char* path, mode_t mode) noexcept {
  return fails() ? -1 : static_cast<int>(::syscall(SYS_mkdirat, AT_FDCWD, path, mode));
}

}  // extern "C"
