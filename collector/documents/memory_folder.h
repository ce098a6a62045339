// A private folder in memory (tmpfs), for a library that will not work without temporary files.
//
// Promise:   no file in it is on a disk; only this user can look into it (mode 0700). It is gone, with what is left in
//            it, when the object is; after a kill, with the next clear_left(). The service refuses to run with swap, so
//            that its pages stay in memory, too.
// Errors:    io, saying what to set up: where no folder is in memory nothing is written at all.
// Ownership: owns the folder.
#pragma once

#include <filesystem>
#include <utility>

#include "base/result.h"

namespace perspective::documents {

class MemoryFolder {
 public:
  // In the first of these that is in memory and may be written: systemd's RUNTIME_DIRECTORY, XDG_RUNTIME_DIR,
  // /dev/shm.
  static Result<MemoryFolder> make();
  static Result<MemoryFolder> make_in(const std::filesystem::path& folder);  // that is in memory
  // Removes what processes of this user left in these that were killed while they made a workbook: a living one holds a
  // lock on its own. How many.
  static int clear_left();

  MemoryFolder(MemoryFolder&& other) noexcept
      : path_(std::exchange(other.path_, {})), lock_(std::exchange(other.lock_, -1)) {}
  MemoryFolder& operator=(MemoryFolder&&) = delete;
  ~MemoryFolder();

  const std::filesystem::path& path() const { return path_; }

 private:
  MemoryFolder(std::filesystem::path path, int lock) : path_(std::move(path)), lock_(lock) {}
  std::filesystem::path path_;
  int lock_ = -1;  // the folder, open and locked: ends with the process, however it ends
};

}  // namespace perspective::documents
