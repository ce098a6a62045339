// One keeper a folder: two would show and send everything twice.
//
// Promise:   held until it is destroyed or the process ends, however it ends. Leaves no file.
// Errors:    refused when another process has it; io.
// Ownership: owns a descriptor of the folder.
// Threads:   a plain value.
#pragma once

#include <filesystem>
#include <utility>

#include "base/result.h"

namespace perspective::keeper {

class FolderLock {
 public:
  static Result<FolderLock> take(const std::filesystem::path& folder);
  FolderLock(FolderLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  FolderLock& operator=(FolderLock&&) = delete;
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;
  ~FolderLock();

 private:
  explicit FolderLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

}  // namespace perspective::keeper
