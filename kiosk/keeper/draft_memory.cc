#include "keeper/draft_memory.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

namespace perspective::keeper {

// Two slots: a draft is written beside the last one, then `current` says so in one step.
struct DraftMemory::Layout {
  std::atomic<std::uint32_t> current;  // 0 none, 1 or 2
  std::array<std::uint32_t, 2> size_bytes;
  std::array<std::array<char, kMaxDraftBytes>, 2> slots;
};

namespace {

std::unexpected<Error> no_memory() {
  return fail(ErrorCode::io, "memory for the draft: " + std::generic_category().message(errno));
}

}  // namespace

Result<DraftMemory> DraftMemory::create() {
  const int descriptor = ::memfd_create("draft", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (descriptor < 0) return no_memory();
  // Of one size for ever: a child that shrank it could end the keeper.
  if (::ftruncate(descriptor, sizeof(Layout)) != 0 ||
      ::fcntl(descriptor, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0) {
    ::close(descriptor);
    return no_memory();
  }
  return map(descriptor);
}

Result<DraftMemory> DraftMemory::attach(int descriptor) {
  struct stat found {};
  if (::fstat(descriptor, &found) != 0 || found.st_size != sizeof(Layout)) {
    return fail(ErrorCode::corrupt, "memory for the draft: not what the keeper made");
  }
  return map(descriptor);
}

Result<DraftMemory> DraftMemory::map(int descriptor) {
  void* pages = ::mmap(nullptr, sizeof(Layout), PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
  if (pages == MAP_FAILED) {
    ::close(descriptor);
    return no_memory();
  }
  ::madvise(pages, sizeof(Layout), MADV_DONTDUMP);
  const bool is_locked = ::mlock(pages, sizeof(Layout)) == 0;
  return DraftMemory(descriptor, static_cast<Layout*>(pages), is_locked);
}

DraftMemory::DraftMemory(DraftMemory&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      layout_(std::exchange(other.layout_, nullptr)),
      is_locked_(other.is_locked_) {}

DraftMemory::~DraftMemory() {
  if (layout_ != nullptr) ::munmap(layout_, sizeof(Layout));
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<void> DraftMemory::store(std::string_view draft) {
  if (draft.size() > kMaxDraftBytes) return fail(ErrorCode::invalid, "draft: too long to be kept");
  if (draft.empty()) {
    wipe();
    return {};
  }
  const std::uint32_t old = layout_->current.load();
  const std::uint32_t next = old == 1 ? 2 : 1;
  std::memcpy(layout_->slots[next - 1].data(), draft.data(), draft.size());
  layout_->size_bytes[next - 1] = static_cast<std::uint32_t>(draft.size());
  layout_->current.store(next);
  if (old != 0) perspective::wipe(layout_->slots[2 - next].data(), kMaxDraftBytes);
  return {};
}

SecretBytes DraftMemory::read() const {
  const std::uint32_t current = layout_->current.load();
  if (current != 1 && current != 2) return {};
  const std::size_t size = std::min<std::size_t>(layout_->size_bytes[current - 1], kMaxDraftBytes);
  return SecretBytes(as_bytes(std::string_view(layout_->slots[current - 1].data(), size)));
}

void DraftMemory::wipe() {
  layout_->current.store(0);
  perspective::wipe(&layout_->size_bytes, sizeof layout_->size_bytes);
  perspective::wipe(&layout_->slots, sizeof layout_->slots);
}

bool DraftMemory::is_empty() const { return layout_->current.load() == 0; }

}  // namespace perspective::keeper
