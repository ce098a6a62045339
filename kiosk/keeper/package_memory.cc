#include "keeper/package_memory.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <system_error>

#include "base/bytes.h"

namespace perspective::keeper {
namespace {

constexpr std::size_t kLengthBytes = 4;
constexpr std::int64_t kMaxBytes = 256 * 1024 * 1024;

Bytes joined(const std::vector<std::string>& packages) {
  Bytes all;
  for (const auto& json : packages) {
    for (std::size_t i = 0; i < kLengthBytes; ++i) all.push_back(static_cast<std::uint8_t>(json.size() >> (8 * i)));
    all.insert(all.end(), json.begin(), json.end());
  }
  return all;
}

bool write_all(int descriptor, ByteView bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return true;
}

std::unexpected<Error> damaged() { return fail(ErrorCode::corrupt, "packages: not what the keeper wrote"); }

}  // namespace

Result<int> seal_packages(const std::vector<std::string>& packages) {
  const int descriptor = ::memfd_create("packages", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (descriptor >= 0 && write_all(descriptor, joined(packages)) &&
      ::fcntl(descriptor, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) == 0) {
    return descriptor;
  }
  const auto reason = std::generic_category().message(errno);
  if (descriptor >= 0) ::close(descriptor);
  return fail(ErrorCode::io, "memory for the packages: " + reason);
}

Result<std::vector<std::string>> read_packages(int descriptor) {
  struct stat found {};
  if (::fstat(descriptor, &found) != 0 || found.st_size > kMaxBytes) return damaged();
  Bytes all(static_cast<std::size_t>(found.st_size));
  // From the beginning, wherever another child left the shared offset.
  if (::pread(descriptor, all.data(), all.size(), 0) != found.st_size) return damaged();
  std::vector<std::string> packages;
  for (ByteView rest = all; !rest.empty();) {
    if (rest.size() < kLengthBytes) return damaged();
    std::size_t size = 0;
    for (std::size_t i = 0; i < kLengthBytes; ++i) size |= std::size_t{rest[i]} << (8 * i);
    rest = rest.subspan(kLengthBytes);
    if (rest.size() < size) return damaged();
    packages.emplace_back(as_text(rest.first(size)));
    rest = rest.subspan(size);
  }
  return packages;
}

}  // namespace perspective::keeper
