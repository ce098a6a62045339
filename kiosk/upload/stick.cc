#include "upload/stick.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

namespace perspective::upload {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPart = 1024 * 1024;

std::unexpected<Error> failed(const fs::path& path) {
  return fail(ErrorCode::io, path.string() + ": " + std::generic_category().message(errno));
}

class Opened {
 public:
  Opened(const fs::path& path, int flags)
      : descriptor_(::open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR)) {}
  Opened(const Opened&) = delete;
  Opened& operator=(const Opened&) = delete;
  ~Opened() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  int operator*() const { return descriptor_; }

 private:
  int descriptor_;
};

bool write_whole(int descriptor, ByteView content, const std::function<void()>& before_step) {
  while (!content.empty()) {
    before_step();
    const auto written = ::write(descriptor, content.data(), std::min(content.size(), kPart));
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    content = content.subspan(static_cast<std::size_t>(written));
  }
  return true;
}

// From the medium, not from what the kernel still remembers of it.
Result<void> compare(const fs::path& path, ByteView content) {
  const Opened file(path, O_RDONLY);
  if (*file < 0) return failed(path);
  ::posix_fadvise(*file, 0, 0, POSIX_FADV_DONTNEED);
  Bytes part(kPart);
  for (;;) {
    const auto count = ::read(*file, part.data(), part.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return failed(path);
    const auto size = static_cast<std::size_t>(count);
    if (size == 0 && content.empty()) return {};
    if (size == 0 || size > content.size() || !std::equal(part.begin(), part.begin() + count, content.begin())) {
      return fail(ErrorCode::corrupt, path.string() + ": the stick does not give back what it was given. Use another");
    }
    content = content.subspan(size);
  }
}

// The first date that every stick can hold (FAT).
void forget_times(int descriptor) {
  constexpr timespec kIn1980{.tv_sec = 315'532'800, .tv_nsec = 0};
  const std::array<timespec, 2> then{kIn1980, kIn1980};
  ::futimens(descriptor, then.data());
}

// Not every file system can do it for a folder; then the whole stick.
bool sync_folder(int descriptor) {
  if (::fsync(descriptor) == 0) return true;
  return (errno == EINVAL || errno == ENOSYS || errno == EOPNOTSUPP) && ::syncfs(descriptor) == 0;
}

Result<void> write_part(const fs::path& path, ByteView content, const std::function<void()>& before_step) {
  ::unlink(path.c_str());  // what was broken off
  before_step();
  const Opened file(path, O_WRONLY | O_CREAT | O_EXCL);
  if (*file < 0 || !write_whole(*file, content, before_step)) return failed(path);
  forget_times(*file);
  before_step();
  if (::fsync(*file) != 0) return failed(path);
  return {};
}

}  // namespace

Result<void> write_on_stick(const fs::path& file, ByteView content, const std::function<void()>& before_step) {
  const std::function<void()> before = before_step ? before_step : [] {};
  const fs::path part = file.string() + ".part";
  auto written = write_part(part, content, before);
  if (written) written = compare(part, content);
  if (!written) {
    ::unlink(part.c_str());  // its room may be needed
    return written;
  }
  before();
  if (::rename(part.c_str(), file.c_str()) != 0) return failed(file);
  before();
  const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
  const Opened above(folder, O_RDONLY | O_DIRECTORY);
  if (*above < 0) return failed(folder);
  forget_times(*above);
  if (!sync_folder(*above)) return failed(folder);
  before();
  return compare(file, content);
}

}  // namespace perspective::upload
