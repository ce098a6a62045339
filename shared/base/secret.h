// Memory for what must not be found later: passphrases, opened answers, drafts.
//
// Promise:   on its own pages, locked (never swapped, where the limit on locked memory allows), left out of core
//            dumps, and overwritten with zeros before it is given back.
// Ownership: owns its pages. Moves; never copies.
// Threads:   a plain value.
// Units:     sizes in bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/bytes.h"

namespace perspective {

class SecretBytes {
 public:
  SecretBytes() = default;
  explicit SecretBytes(std::size_t size_bytes);  // zeros; throws std::bad_alloc, as any allocation
  explicit SecretBytes(ByteView copied);
  SecretBytes(SecretBytes&& other) noexcept;
  SecretBytes& operator=(SecretBytes&& other) noexcept;
  SecretBytes(const SecretBytes&) = delete;
  SecretBytes& operator=(const SecretBytes&) = delete;
  ~SecretBytes();

  std::span<std::uint8_t> span() { return {data_, size_}; }
  ByteView view() const { return {data_, size_}; }
  std::string_view text() const { return as_text(view()); }
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  bool is_locked() const { return is_locked_; }
  void shrink(std::size_t size_bytes);  // forgets the tail; size_bytes <= size()

 private:
  std::uint8_t* data_ = nullptr;
  std::size_t size_ = 0;
  std::size_t mapped_ = 0;
  bool is_locked_ = false;
};

// Overwrites memory in a way that the compiler keeps.
void wipe(void* memory, std::size_t size_bytes);

// True where some swap device or file is in use (/proc/swaps).
bool swap_is_on();

// No core dump, no debugger of the same user. Call first thing in main.
void harden_process();

}  // namespace perspective
