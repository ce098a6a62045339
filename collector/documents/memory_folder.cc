#include "documents/memory_folder.h"

#include <linux/magic.h>
#include <sys/vfs.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>
#include <system_error>
#include <vector>

namespace perspective::documents {

Result<MemoryFolder> MemoryFolder::make_in(const std::filesystem::path& folder) {
  struct statfs about {};
  if (statfs(folder.c_str(), &about) != 0) return fail(ErrorCode::io, folder.string() + ": " + std::strerror(errno));
  if (about.f_type != TMPFS_MAGIC) return fail(ErrorCode::io, folder.string() + " is not in memory (no tmpfs)");
  std::string name = (folder / "perspective-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) return fail(ErrorCode::io, folder.string() + ": " + std::strerror(errno));
  return MemoryFolder(name);
}

Result<MemoryFolder> MemoryFolder::make() {
  std::vector<std::filesystem::path> candidates;
  for (const char* variable : {"RUNTIME_DIRECTORY", "XDG_RUNTIME_DIR"})
    if (const char* const folder = std::getenv(variable); folder != nullptr && *folder != '\0')
      candidates.emplace_back(std::string(folder).substr(0, std::string(folder).find(':')));
  candidates.emplace_back("/dev/shm");
  std::string reasons;
  for (const auto& candidate : candidates) {
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
}

}  // namespace perspective::documents
