#include "keys/credentials.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "base/file.h"

namespace perspective::keys {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kName = "unlock-";

bool is_within(const fs::path& path, const fs::path& folder) {
  const auto [end, ignored] = std::mismatch(folder.begin(), folder.end(), path.begin(), path.end());
  return end == folder.end();
}

// systemd 252 gives files to the service's user, mode 0400. Newer ones leave them root's and let the user in by an
// access list, whose mask then stands where the group's rights are: root's own group, so no stranger's.
bool is_private(const struct stat& status) {
  const bool is_ours = status.st_uid == ::geteuid();
  const bool is_roots = status.st_uid == 0 && status.st_gid == 0;
  const mode_t others = is_roots ? S_IWGRP | S_IXGRP | S_IRWXO : S_IRWXG | S_IRWXO;
  return (is_ours || is_roots) && (status.st_mode & others) == 0;
}

// Of a folder: whoever may write in it could put another file in the place of one.
bool is_kept_from_others(const struct stat& status) {
  const bool is_ours = status.st_uid == ::geteuid() || status.st_uid == 0;
  return is_ours && (status.st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

Result<SecretBytes> passphrase_in(const fs::path& path, const fs::path& data) {
  std::error_code error;
  const auto place = fs::canonical(path, error);
  if (error) return fail(ErrorCode::io, "cannot find " + path.string() + ": " + error.message());
  if (is_within(place, data)) {
    return fail(ErrorCode::refused, path.string() +
                                        " lies in the collector's own folder: whoever takes that would have "
                                        "key and passphrase together");
  }
  struct stat status {};
  if (::stat(place.c_str(), &status) != 0 || !S_ISREG(status.st_mode) || !is_private(status)) {
    return fail(ErrorCode::refused, path.string() +
                                        " may be read by others: it must be a file of this service's user or "
                                        "of root, mode 0400");
  }
  auto passphrase = read_secret(place);
  if (passphrase && passphrase->text().ends_with('\n')) passphrase->shrink(passphrase->size() - 1);
  return passphrase;
}

}  // namespace

Result<std::vector<Credential>> read_credentials(const fs::path& credentials, const fs::path& data) {
  std::vector<Credential> read;
  struct stat status {};
  if (credentials.empty() || ::stat(credentials.c_str(), &status) != 0) return read;
  if (!S_ISDIR(status.st_mode) || !is_kept_from_others(status)) {
    return fail(ErrorCode::refused, credentials.string() + " may be changed by others: no credential in it is used");
  }
  std::error_code error;
  const auto own = fs::canonical(data, error);
  if (error) return fail(ErrorCode::io, "cannot find " + data.string() + ": " + error.message());
  for (const auto& entry : fs::directory_iterator(credentials, error)) {
    const auto name = entry.path().filename().string();
    if (!name.starts_with(kName)) continue;
    read.push_back({name.substr(kName.size()), passphrase_in(entry.path(), own)});
  }
  if (error) return fail(ErrorCode::io, "cannot read " + credentials.string() + ": " + error.message());
  std::ranges::sort(read, {}, &Credential::inspection);
  return read;
}

}  // namespace perspective::keys
