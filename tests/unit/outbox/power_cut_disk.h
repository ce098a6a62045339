// A disk in memory, as a SQLite VFS, that can lose its power at any step.
//
// Promise:   remembers what was synced. From step `cut_at` on every change fails, as after a power cut; survive() then
//            makes the disk what a machine would find again. A sync that fails on demand loses nothing and says so.
// Ownership: registers itself with SQLite while it lives; outlives every database on it.
// Threads:   one at a time; it locks nothing.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace perspective::outbox {

struct StoredFile {
  std::vector<std::uint8_t> now;
  std::vector<std::uint8_t> synced;
  std::vector<std::unique_ptr<std::uint8_t[]>> shared;  // a write-ahead log's index, which no power cut leaves behind
};

enum class Loss {
  everything_unsynced,  // names and contents
  contents,             // names of files survive, unsynced contents do not
  nothing,              // the cache was written out in time
};

class PowerCutDisk {
 public:
  PowerCutDisk();
  ~PowerCutDisk();
  PowerCutDisk(const PowerCutDisk&) = delete;
  PowerCutDisk& operator=(const PowerCutDisk&) = delete;

  static constexpr const char* kName = "power-cut";

  void cut_at(std::int64_t step) { cut_at_ = step; }
  void fail_syncs(bool is_failing) { fails_syncs_ = is_failing; }
  void survive(Loss loss);
  std::int64_t steps() const { return steps_; }

  // For the VFS's own functions.
  bool may_change() { return steps_++ < cut_at_; }
  bool fails_syncs() const { return fails_syncs_; }
  void sync_names() { synced_names_ = names_; }

  std::map<std::string, std::shared_ptr<StoredFile>>& names() { return names_; }

 private:
  sqlite3_vfs vfs_{};
  std::map<std::string, std::shared_ptr<StoredFile>> names_;
  std::map<std::string, std::shared_ptr<StoredFile>> synced_names_;
  std::int64_t steps_ = 0;
  std::int64_t cut_at_ = std::numeric_limits<std::int64_t>::max();
  bool fails_syncs_ = false;
};

}  // namespace perspective::outbox
