// A copy of keys as a folder.
#include <algorithm>

#include "base/file.h"
#include "resources/backup_api.h"

namespace perspective::resources {

namespace fs = std::filesystem;

Result<void> write_keys(const std::vector<keys::KeyFile>& files, const fs::path& folder) {
  std::error_code error;
  if (fs::exists(folder, error)) {
    return fail(ErrorCode::conflict,
                folder.string() + " is there already. Name a folder that is not, for this copy alone");
  }
  for (const auto& file : files) {
    const auto path = folder / file.name;
    if (auto made = make_private_directory(path.parent_path()); !made) return made;
    if (auto written = write_file(path, file.content.view()); !written) return written;
  }
  return {};
}

Result<std::vector<keys::KeyFile>> read_keys(const fs::path& folder) {
  std::vector<keys::KeyFile> files;
  std::error_code error;
  if (!fs::is_directory(folder, error)) return fail(ErrorCode::not_found, "there is no folder " + folder.string());
  for (const auto& entry : fs::recursive_directory_iterator(folder, error)) {
    if (!entry.is_regular_file()) continue;
    auto content = read_secret(entry.path());
    if (!content) return std::unexpected(content.error());
    files.push_back({fs::relative(entry.path(), folder).generic_string(), *std::move(content)});
  }
  if (error) return fail(ErrorCode::io, "cannot read " + folder.string() + ": " + error.message());
  std::ranges::sort(files, {}, &keys::KeyFile::name);
  return files;
}

}  // namespace perspective::resources
