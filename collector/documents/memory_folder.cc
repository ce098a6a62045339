#include "documents/memory_folder.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace perspective::documents {

namespace {

constexpr std::string_view kPrefix = "perspective-workbook-";

bool is_in_memory(const std::filesystem::path& folder) {
  struct statfs about {};
  return statfs(folder.c_str(), &about) == 0 && about.f_type == TMPFS_MAGIC;
}

// Open and locked; -1: there is none, or another process has it.
int locked(const std::filesystem::path& folder) {
  const int lock = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (lock < 0) return -1;
  struct stat about {};
  // Whoever clears may have taken it between its making and this lock.
  if (flock(lock, LOCK_EX | LOCK_NB) == 0 && fstat(lock, &about) == 0 && about.st_nlink > 0 &&
      about.st_uid == geteuid())
    return lock;
  close(lock);
  return -1;
}

std::vector<std::filesystem::path> candidates() {
  std::vector<std::filesystem::path> all;
  for (const char* variable : {"RUNTIME_DIRECTORY", "XDG_RUNTIME_DIR"})
    if (const char* const folder = std::getenv(variable); folder != nullptr && *folder != '\0')
      all.emplace_back(std::string(folder).substr(0, std::string(folder).find(':')));
  all.emplace_back("/dev/shm");
  return all;
}

}  // namespace

Result<MemoryFolder> MemoryFolder::make_in(const std::filesystem::path& folder) {
  constexpr int kTries = 3;
  struct statfs about {};
  if (statfs(folder.c_str(), &about) != 0) return fail(ErrorCode::io, folder.string() + ": " + std::strerror(errno));
  if (!is_in_memory(folder)) return fail(ErrorCode::io, folder.string() + " is not in memory (no tmpfs)");
  for (int i = 0; i < kTries; ++i) {
    std::string name = (folder / (std::string(kPrefix) + "XXXXXX")).string();
    if (mkdtemp(name.data()) == nullptr) return fail(ErrorCode::io, folder.string() + ": " + std::strerror(errno));
    if (const int lock = locked(name); lock >= 0) return MemoryFolder(name, lock);
  }
  return fail(ErrorCode::io, folder.string() + ": a folder of our own there cannot be locked");
}

int MemoryFolder::clear_left() {
  int cleared = 0;
  for (const auto& folder : candidates()) {
    if (!is_in_memory(folder)) continue;
    std::error_code error;
    std::vector<std::filesystem::path> left;
    for (std::filesystem::directory_iterator each(folder, error), end; !error && each != end; each.increment(error))
      if (each->path().filename().string().starts_with(kPrefix)) left.push_back(each->path());
    for (const auto& each : left) {
      const int lock = locked(each);
      if (lock < 0) continue;
      std::error_code ignored;
      std::filesystem::remove_all(each, ignored);
      close(lock);
      cleared += ignored ? 0 : 1;
    }
  }
  return cleared;
}

Result<MemoryFolder> MemoryFolder::make() {
  std::string reasons;
  for (const auto& candidate : candidates()) {
    auto made = make_in(candidate);
    if (made) return made;
    reasons += (reasons.empty() ? "" : "; ") + made.error().what;
  }
  return fail(ErrorCode::io,
              "a workbook needs a folder in memory while it is made, since nothing of it may be on a "
              "disk, and there is none (" +
                  reasons + "): mount a tmpfs at /dev/shm");
}

MemoryFolder::~MemoryFolder() {
  std::error_code ignored;
  if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
  if (lock_ >= 0) close(lock_);
}

}  // namespace perspective::documents
