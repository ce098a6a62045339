#include "base/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>

#include "base/file_pieces.h"

namespace perspective {
namespace {

std::unexpected<Error> system_error(const std::filesystem::path& path, const char* doing) {
  const int number = errno;
  const ErrorCode code = number == ENOENT ? ErrorCode::not_found : ErrorCode::io;
  return fail(code, std::string(doing) + " " + path.string() + ": " + std::strerror(number));
}

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  int get() const { return fd_; }
  bool ok() const { return fd_ >= 0; }

 private:
  int fd_;
};

// Reads the whole of `fd` into memory that `resize` provides; resize(n) returns where n bytes fit.
template <typename Resize>
Result<std::size_t> read_all(const std::filesystem::path& path, const Descriptor& fd, Resize resize) {
  struct stat status {};
  if (fstat(fd.get(), &status) != 0) return system_error(path, "cannot read");
  const auto size = static_cast<std::size_t>(status.st_size);
  std::uint8_t* target = resize(size);
  std::size_t done = 0;
  while (done < size) {
    const ssize_t got = ::read(fd.get(), target + done, size - done);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return system_error(path, "cannot read");
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  return done;
}

Result<void> write_piece(const std::filesystem::path& path, const Descriptor& fd, ByteView content) {
  while (!content.empty()) {
    const ssize_t put = ::write(fd.get(), content.data(), content.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return system_error(path, "cannot write");
    content = content.subspan(static_cast<std::size_t>(put));
  }
  return {};
}

Result<void> sync(const std::filesystem::path& path, const Descriptor& fd) {
  if (fsync(fd.get()) != 0) return system_error(path, "cannot sync");
  return {};
}

Result<void> write_all(const std::filesystem::path& path, const Descriptor& fd, ByteView content) {
  if (auto written = write_piece(path, fd, content); !written) return written;
  return sync(path, fd);
}

Result<void> overwrite(const std::filesystem::path& path, const Descriptor& fd) {
  struct stat status {};
  if (fstat(fd.get(), &status) != 0) return system_error(path, "cannot erase");
  return write_all(path, fd, Bytes(static_cast<std::size_t>(status.st_size)));
}

Result<void> sync_directory(const std::filesystem::path& path) {
  const Descriptor directory(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!directory.ok() || fsync(directory.get()) != 0) return system_error(path, "cannot sync");
  return {};
}

}  // namespace

Result<Bytes> read_file(const std::filesystem::path& path) {
  const Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!fd.ok()) return system_error(path, "cannot open");
  Bytes content;
  const auto size = read_all(path, fd, [&](std::size_t n) {
    content.resize(n);
    return content.data();
  });
  if (!size) return std::unexpected(size.error());
  content.resize(*size);
  return content;
}

Result<std::string> read_text(const std::filesystem::path& path) {
  const auto content = read_file(path);
  if (!content) return std::unexpected(content.error());
  return std::string(as_text(*content));
}

Result<SecretBytes> read_secret(const std::filesystem::path& path) {
  const Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!fd.ok()) return system_error(path, "cannot open");
  SecretBytes content;
  const auto size = read_all(path, fd, [&](std::size_t n) {
    content = SecretBytes(n);
    return content.span().data();
  });
  if (!size) return std::unexpected(size.error());
  content.shrink(*size);
  return content;
}

Result<void> write_file(const std::filesystem::path& path, ByteView content) {
  return write_in_pieces(path, [content](const PutPiece& put) { return put(content); });
}

Result<void> write_in_pieces(const std::filesystem::path& path,
                             const std::function<Result<void>(const PutPiece& put)>& content) {
  std::filesystem::path temporary = path;
  temporary += ".new";
  {
    const Descriptor fd(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    if (!fd.ok()) return system_error(temporary, "cannot create");
    auto written = content([&](ByteView piece) { return write_piece(temporary, fd, piece); });
    if (written) written = sync(temporary, fd);
    if (!written) {
      ::unlink(temporary.c_str());
      return written;
    }
  }
  if (::rename(temporary.c_str(), path.c_str()) != 0) return system_error(path, "cannot replace");
  return sync_directory(path.parent_path().empty() ? "." : path.parent_path());
}

Result<void> write_over(const std::filesystem::path& path, ByteView content) {
  const Descriptor old(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
  if (!old.ok() && errno != ENOENT) return system_error(path, "cannot open");
  if (auto written = write_file(path, content); !written) return written;
  if (!old.ok()) return {};
  if (auto erased = overwrite(path, old); !erased) {
    return in_context("the new file is in its place, the old one is not overwritten", erased.error());
  }
  return {};
}

Result<void> append_to_file(const std::filesystem::path& path, ByteView content) {
  const Descriptor fd(::open(path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC));
  if (!fd.ok()) return system_error(path, "cannot open");
  return write_all(path, fd, content);
}

Result<void> erase_file(const std::filesystem::path& path) {
  {
    const Descriptor fd(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
    if (!fd.ok() && errno == ENOENT) return {};
    if (!fd.ok()) return system_error(path, "cannot erase");
    if (auto written = overwrite(path, fd); !written) return written;
  }
  if (::unlink(path.c_str()) != 0) return system_error(path, "cannot remove");
  return sync_directory(path.parent_path().empty() ? "." : path.parent_path());
}

Result<void> put_in_place(const std::filesystem::path& whole, const std::filesystem::path& path) {
  {
    const Descriptor fd(::open(whole.c_str(), O_RDONLY | O_CLOEXEC));
    if (!fd.ok() || fsync(fd.get()) != 0) return system_error(whole, "cannot sync");
  }
  if (::rename(whole.c_str(), path.c_str()) != 0) return system_error(path, "cannot replace");
  return sync_directory(path.parent_path().empty() ? "." : path.parent_path());
}

Result<void> make_private_directory(const std::filesystem::path& path) {
  if (std::filesystem::is_directory(path)) return {};
  const auto parent = path.parent_path();
  if (!parent.empty() && !std::filesystem::exists(parent)) {
    if (auto made = make_private_directory(parent); !made) return made;
  }
  if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) return system_error(path, "cannot create");
  return sync_directory(parent.empty() ? "." : parent);
}

}  // namespace perspective
