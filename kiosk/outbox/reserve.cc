#include "outbox/reserve.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>

namespace perspective::outbox {
namespace {

constexpr std::uint64_t kStatBlockBytes = 512;  // of st_blocks, whatever the disk's own are

class File {
 public:
  explicit File(const std::filesystem::path& path)
      : descriptor_(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR)) {}
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

bool cannot_promise(int error) { return error == EOPNOTSUPP || error == ENOSYS || error == EINVAL; }

}  // namespace

bool reserve(const std::filesystem::path& path, std::uint64_t bytes) {
  const File file(path);
  struct stat found {};
  struct statvfs disk {};
  if (file.descriptor() < 0 || ::fstat(file.descriptor(), &found) != 0) return false;
  const auto has = static_cast<std::uint64_t>(found.st_blocks) * kStatBlockBytes;
  if (has >= bytes) return true;
  // Asked first, for file systems that cannot promise.
  if (::fstatvfs(file.descriptor(), &disk) != 0 || disk.f_bavail * disk.f_frsize < bytes - has) return false;
  if (::fallocate(file.descriptor(), FALLOC_FL_KEEP_SIZE, 0, static_cast<off_t>(bytes)) == 0) return true;
  const int error = errno;
  // What was taken all the same is given back.
  if (::ftruncate(file.descriptor(), found.st_size) != 0) return false;
  return cannot_promise(error);
}

}  // namespace perspective::outbox
