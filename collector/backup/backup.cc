#include "backup/backup.h"

#include <unistd.h>

#include <system_error>
#include <utility>

#include "base/file.h"
#include "base/random.h"
#include "protocol/signed_manifest.h"

namespace perspective::backup {
namespace {

namespace fs = std::filesystem;

// Takes what it was given away, unless that has been put in its place.
class Unfinished {
 public:
  explicit Unfinished(fs::path path) : path_(std::move(path)) {}
  Unfinished(const Unfinished&) = delete;
  Unfinished& operator=(const Unfinished&) = delete;
  ~Unfinished() {
    std::error_code ignored;
    fs::remove(path_, ignored);
  }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

Result<void> expect_room_at(const fs::path& path) {
  std::error_code error;
  const auto folder = path.parent_path().empty() ? fs::path(".") : path.parent_path();
  if (::access(folder.c_str(), W_OK | X_OK) != 0) {
    return fail(ErrorCode::io, "no backup can be written to " + folder.string() +
                                   ": there is no such folder, or the user that the collector runs as may not write "
                                   "there. Nothing was changed");
  }
  if (!fs::exists(path, error)) return {};
  if (store::CopyFile::open(path)) return {};
  return fail(ErrorCode::conflict, path.string() + " is there already and is no backup. Nothing was changed");
}

constexpr std::string_view kUnfinished = ".new-";

// Of a collector that was killed while it wrote one.
void remove_left_behind(const fs::path& path) {
  const auto folder = path.parent_path().empty() ? fs::path(".") : path.parent_path();
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    std::error_code ignored;
    if (entry.path().filename().string().starts_with(path.filename().string() + std::string(kUnfinished))) {
      fs::remove(entry.path(), ignored);
    }
  }
}

Result<void> sign(store::CopyFile& copy, Manifest& manifest, const Signer& signer) {
  auto sums = sums_of(copy);
  if (!sums) return std::unexpected(sums.error());
  manifest.tables = *std::move(sums);
  manifest.about = words_about(manifest);
  const auto json = to_json(manifest);
  auto manifest_signed = protocol::sign_manifest(as_bytes(json), signer.key_pem, signer.certificate_pem);
  if (!manifest_signed) return std::unexpected(manifest_signed.error());
  return copy.say({*std::move(manifest_signed), signer.authority_pem, manifest.about});
}

}  // namespace

Result<Manifest> write(store::Store& store, Manifest manifest, const Signer& signer, const fs::path& path) {
  if (auto room = expect_room_at(path); !room) return std::unexpected(room.error());
  remove_left_behind(path);
  const Unfinished unfinished(path.string() + std::string(kUnfinished) + to_hex(random_bytes(4)));
  if (auto copied = store.copy_to(unfinished.path()); !copied) return in_context("the backup", copied.error());
  {
    auto copy = store::CopyFile::to_finish(unfinished.path());
    if (!copy) return std::unexpected(copy.error());
    if (auto done = sign(*copy, manifest, signer); !done) return in_context("the backup", done.error());
  }
  std::error_code error;
  fs::permissions(unfinished.path(), fs::perms::owner_read | fs::perms::owner_write, error);
  if (auto placed = put_in_place(unfinished.path(), path); !placed) return std::unexpected(placed.error());
  return manifest;
}

}  // namespace perspective::backup
