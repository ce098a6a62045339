// A disk in memory, as a SQLite VFS, that can lose its power at any step.
//
// Promise:   remembers what was synced, and in which order the rest was written. From step `cut_at` on every change
//            fails, as after a power cut; survive() then makes the disk what a machine could find again. It syncs the
//            folder where SQLite's own VFS does on Linux, and nowhere else; it locks as that one does within a process.
//            Others can fill it up: then nothing grows, and what is there can still be written over.
//            A sync can be made to fail, which loses nothing and says so, or to lie: it says ok and does nothing.
// Ownership: registers itself with SQLite while it lives; outlives every database on it.
// Threads:   its databases may be used from several; the tests' own calls while nobody does.
#pragma once

#include <sqlite3.h>

#include <array>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <mutex>
#include <random>
#include <string>
#include <vector>

namespace perspective::testing {

// Who locked what, in the one process that there is. `void*`: the open file.
struct FileLocks {
  int shared = 0;
  void* reserved = nullptr;
  void* pending = nullptr;
  void* exclusive = nullptr;
  struct Slot {
    int shared = 0;
    void* exclusive = nullptr;
  };
  std::array<Slot, SQLITE_SHM_NLOCK> slots;  // of a write-ahead log's index
};

struct StoredFile {
  // A write (bytes at `offset`) or, without bytes, a cut to the length `offset`.
  struct Change {
    std::size_t offset = 0;
    std::vector<std::uint8_t> bytes;
  };
  std::vector<std::uint8_t> now;
  std::vector<std::uint8_t> synced;
  std::vector<Change> unsynced;                         // what lies between them, in order
  std::vector<std::unique_ptr<std::uint8_t[]>> shared;  // a write-ahead log's index, which no power cut leaves behind
  int shared_by = 0;
  FileLocks locks;

  void change(Change made);
  static void apply(const Change& made, std::vector<std::uint8_t>& to);
};

enum class Loss {
  everything_unsynced,  // names and contents
  contents,             // names of files survive, unsynced contents do not
  some,                 // any of the unsynced sectors and names survive, any do not: disks write in their own order
  nothing,              // the cache was written out in time
};
inline constexpr std::array kLosses{Loss::everything_unsynced, Loss::contents, Loss::some, Loss::nothing};
std::string name_of(Loss loss);

enum class Synced { database, journal, log, folder };
std::string name_of(Synced what);
struct SyncedAt {
  Synced what;
  std::int64_t step;
};

class PowerCutDisk {
 public:
  PowerCutDisk();
  ~PowerCutDisk();
  PowerCutDisk(const PowerCutDisk&) = delete;
  PowerCutDisk& operator=(const PowerCutDisk&) = delete;

  static constexpr const char* kName = "power-cut";
  static constexpr std::size_t kSectorBytes = 512;  // is written whole or not at all

  void cut_at(std::int64_t step) { cut_at_ = step; }
  void fill_at(std::int64_t step) { full_at_ = step; }  // from then on no file grows any more
  void fail_syncs(bool is_failing) { fails_syncs_ = is_failing; }
  // Lie about each sync for which this says true: number (from 0) and what it is of.
  using Lies = std::function<bool(std::int64_t number, Synced what)>;
  void lie(Lies lies) { lies_ = std::move(lies); }

  void survive(Loss loss, std::uint64_t seed = 1);  // the seed is for Loss::some
  std::int64_t steps() const { return steps_; }
  const std::vector<SyncedAt>& syncs() const { return syncs_; }

  // For the VFS's own functions.
  bool may_change() { return steps_++ < cut_at_; }
  bool may_grow() const { return steps_ < full_at_; }
  bool fails_syncs() const { return fails_syncs_; }
  bool is_synced(Synced what);  // false: it only says so
  void sync_names() {
    if (is_synced(Synced::folder)) synced_names_ = names_;
  }
  std::recursive_mutex& mutex() { return mutex_; }

  std::map<std::string, std::shared_ptr<StoredFile>>& names() { return names_; }

 private:
  using Names = std::map<std::string, std::shared_ptr<StoredFile>>;
  static Names some_of(const Names& synced, const Names& now, std::mt19937_64& chance);

  sqlite3_vfs vfs_{};
  std::recursive_mutex mutex_;
  Names names_;
  Names synced_names_;
  std::int64_t steps_ = 0;
  std::int64_t cut_at_ = std::numeric_limits<std::int64_t>::max();
  std::int64_t full_at_ = std::numeric_limits<std::int64_t>::max();
  bool fails_syncs_ = false;
  Lies lies_;
  std::vector<SyncedAt> syncs_;
};

}  // namespace perspective::testing
