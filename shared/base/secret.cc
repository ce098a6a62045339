#include "base/secret.h"

#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cassert>
#include <cstring>
#include <fstream>
#include <new>
#include <string>
#include <utility>

namespace perspective {

SecretBytes::SecretBytes(std::size_t size_bytes) : size_(size_bytes) {
  if (size_bytes == 0) return;
  const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  mapped_ = (size_bytes + page - 1) / page * page;
  void* pages = mmap(nullptr, mapped_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (pages == MAP_FAILED) throw std::bad_alloc();
  data_ = static_cast<std::uint8_t*>(pages);
  madvise(pages, mapped_, MADV_DONTDUMP);
  is_locked_ = mlock(pages, mapped_) == 0;
}

SecretBytes::SecretBytes(ByteView copied) : SecretBytes(copied.size()) {
  if (!copied.empty()) std::memcpy(data_, copied.data(), copied.size());
}

SecretBytes::SecretBytes(SecretBytes&& other) noexcept { *this = std::move(other); }

SecretBytes& SecretBytes::operator=(SecretBytes&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  std::swap(mapped_, other.mapped_);
  std::swap(is_locked_, other.is_locked_);
  return *this;
}

SecretBytes::~SecretBytes() {
  if (data_ == nullptr) return;
  wipe(data_, mapped_);
  munmap(data_, mapped_);
}

void SecretBytes::shrink(std::size_t size_bytes) {
  assert(size_bytes <= size_);
  if (data_ != nullptr) wipe(data_ + size_bytes, size_ - size_bytes);
  size_ = size_bytes;
}

void wipe(void* memory, std::size_t size_bytes) {
  if (size_bytes > 0) explicit_bzero(memory, size_bytes);  // of nothing the address may be none
}

bool swap_is_on() {
  std::ifstream swaps("/proc/swaps");
  std::string line;
  std::getline(swaps, line);  // the heading
  return static_cast<bool>(std::getline(swaps, line)) && !line.empty();
}

void harden_process() {
  const rlimit none{0, 0};
  setrlimit(RLIMIT_CORE, &none);
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

}  // namespace perspective
