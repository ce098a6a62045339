// The draft of the visit in progress: memory that the keeper holds and the child writes, so that a crash of the child
// does not take the answers with it. It has no name, no file and no disk.
//
// Promise:   read() gives the whole of the last store() that finished, even when the writer died in the middle of the
//            next one. Locked (never swapped, where the limit on locked memory allows), left out of core dumps; what is
//            replaced is overwritten with zeros. The keeper never reads it.
// Errors:    io when the system has no such memory; invalid when a draft is longer than kMaxDraftBytes.
// Ownership: owns its mapping and its descriptor.
// Threads:   one writer at a time, in whichever process.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/result.h"
#include "base/secret.h"

namespace perspective::keeper {

class DraftMemory {
 public:
  static constexpr std::size_t kMaxDraftBytes = 256 * 1024;

  static Result<DraftMemory> create();                // the keeper
  static Result<DraftMemory> attach(int descriptor);  // the child; takes the descriptor over
  DraftMemory(DraftMemory&& other) noexcept;
  DraftMemory& operator=(DraftMemory&&) = delete;
  DraftMemory(const DraftMemory&) = delete;
  DraftMemory& operator=(const DraftMemory&) = delete;
  ~DraftMemory();

  Result<void> store(std::string_view draft);  // empty: wipe
  SecretBytes read() const;
  void wipe();
  bool is_empty() const;
  bool is_locked() const { return is_locked_; }
  int descriptor() const { return descriptor_; }

 private:
  struct Layout;
  DraftMemory(int descriptor, Layout* layout, bool is_locked)
      : descriptor_(descriptor), layout_(layout), is_locked_(is_locked) {}
  static Result<DraftMemory> map(int descriptor);

  int descriptor_;
  Layout* layout_;
  bool is_locked_;
};

}  // namespace perspective::keeper
