#include "power_cut_vfs.h"

#include <algorithm>
#include <cstring>
#include <new>

namespace perspective::testing {
namespace {

using Guard = std::lock_guard<std::recursive_mutex>;

struct OpenFile {
  sqlite3_file base;
  PowerCutDisk* disk;
  std::shared_ptr<StoredFile> file;
  Synced kind;
  bool is_name_new;  // SQLite's own VFS syncs the folder, too, when it first syncs a journal or log that it made
  bool is_shared;    // maps the log's index
  int level;
  unsigned shared_slots;
};

OpenFile& as_open(sqlite3_file* file) { return *reinterpret_cast<OpenFile*>(file); }
PowerCutDisk& disk_of(sqlite3_vfs* vfs) { return *static_cast<PowerCutDisk*>(vfs->pAppData); }

int read_file(sqlite3_file* file, void* buffer, int amount, sqlite3_int64 offset) {
  const auto& open = as_open(file);
  const Guard guard(open.disk->mutex());
  const auto& bytes = open.file->now;
  const auto size = static_cast<sqlite3_int64>(bytes.size());
  const auto there = std::clamp<sqlite3_int64>(size - offset, 0, amount);
  std::memset(buffer, 0, static_cast<std::size_t>(amount));
  if (there > 0) std::memcpy(buffer, bytes.data() + offset, static_cast<std::size_t>(there));
  return there == amount ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

int write_file(sqlite3_file* file, const void* buffer, int amount, sqlite3_int64 offset) {
  auto& open = as_open(file);
  const Guard guard(open.disk->mutex());
  const auto end = static_cast<std::size_t>(offset) + static_cast<std::size_t>(amount);
  if (!open.disk->may_grow() && end > open.file->now.size()) return SQLITE_FULL;
  if (!open.disk->may_change()) return SQLITE_IOERR_WRITE;
  if (amount == 0) return SQLITE_OK;
  const auto* bytes = static_cast<const std::uint8_t*>(buffer);
  open.file->change({static_cast<std::size_t>(offset), {bytes, bytes + amount}});
  return SQLITE_OK;
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
  auto& open = as_open(file);
  const Guard guard(open.disk->mutex());
  if (!open.disk->may_change()) return SQLITE_IOERR_TRUNCATE;
  open.file->change({static_cast<std::size_t>(size), {}});
  return SQLITE_OK;
}

int sync_file(sqlite3_file* file, int) {
  auto& open = as_open(file);
  const Guard guard(open.disk->mutex());
  if (open.disk->fails_syncs() || !open.disk->may_change()) return SQLITE_IOERR_FSYNC;
  if (open.disk->is_synced(open.kind)) {
    open.file->synced = open.file->now;
    open.file->unsynced.clear();
  }
  if (!open.is_name_new) return SQLITE_OK;
  if (!open.disk->may_change()) return SQLITE_IOERR_DIR_FSYNC;
  open.disk->sync_names();
  open.is_name_new = false;
  return SQLITE_OK;
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
  const Guard guard(as_open(file).disk->mutex());
  *size = static_cast<sqlite3_int64>(as_open(file).file->now.size());
  return SQLITE_OK;
}

int lock_file(sqlite3_file* file, int level) {
  auto& open = as_open(file);
  const Guard guard(open.disk->mutex());
  auto& locks = open.file->locks;
  const auto is_of_another = [&](void* holder) { return holder != nullptr && holder != &open; };
  if (level <= open.level) return SQLITE_OK;
  if (open.level == SQLITE_LOCK_NONE) {
    if (is_of_another(locks.pending) || is_of_another(locks.exclusive)) return SQLITE_BUSY;
    locks.shared += 1;
    open.level = SQLITE_LOCK_SHARED;
  }
  if (level == SQLITE_LOCK_SHARED) return SQLITE_OK;
  if (is_of_another(locks.reserved)) return SQLITE_BUSY;
  locks.reserved = &open;
  open.level = SQLITE_LOCK_RESERVED;
  if (level == SQLITE_LOCK_RESERVED) return SQLITE_OK;
  locks.pending = &open;
  open.level = SQLITE_LOCK_PENDING;
  if (locks.shared > 1) return SQLITE_BUSY;
  locks.exclusive = &open;
  open.level = SQLITE_LOCK_EXCLUSIVE;
  return SQLITE_OK;
}

int unlock_file(sqlite3_file* file, int level) {
  auto& open = as_open(file);
  const Guard guard(open.disk->mutex());
  auto& locks = open.file->locks;
  if (level >= open.level) return SQLITE_OK;
  for (void** holder : {&locks.reserved, &locks.pending, &locks.exclusive}) {
    if (*holder == &open) *holder = nullptr;
  }
  if (level == SQLITE_LOCK_NONE) locks.shared -= 1;
  open.level = level;
  return SQLITE_OK;
}

int is_reserved(sqlite3_file* file, int* answer) {
  const Guard guard(as_open(file).disk->mutex());
  *answer = as_open(file).file->locks.reserved != nullptr ? 1 : 0;
  return SQLITE_OK;
}

int control(sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; }
int sector_size(sqlite3_file*) { return 4096; }
// As SQLite's own VFS on Linux: a write that is torn harms no byte beside it. So it is here.
int characteristics(sqlite3_file*) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; }

int map_shared(sqlite3_file* file, int region, int size, int extend, void volatile** memory) {
  auto& open = as_open(file);
  const Guard guard(open.disk->mutex());
  if (!open.is_shared) open.file->shared_by += 1;
  open.is_shared = true;
  auto& shared = open.file->shared;
  const auto wanted = static_cast<std::size_t>(region) + 1;
  while (extend != 0 && shared.size() < wanted) {
    shared.push_back(std::make_unique<std::uint8_t[]>(static_cast<std::size_t>(size)));
  }
  *memory = shared.size() < wanted ? nullptr : shared[wanted - 1].get();
  return SQLITE_OK;
}

void unlock_slot(OpenFile& open, int number) {
  auto& slot = open.file->locks.slots[static_cast<std::size_t>(number)];
  const unsigned mine = 1U << static_cast<unsigned>(number);
  if (slot.exclusive == &open) slot.exclusive = nullptr;
  if ((open.shared_slots & mine) != 0) slot.shared -= 1;
  open.shared_slots &= ~mine;
}

int lock_shared(sqlite3_file* file, int first, int count, int flags) {
  auto& open = as_open(file);
  const Guard guard(open.disk->mutex());
  const bool is_exclusive = (flags & SQLITE_SHM_EXCLUSIVE) != 0;
  for (int number = first; number < first + count; ++number) {
    const auto& slot = open.file->locks.slots[static_cast<std::size_t>(number)];
    const bool is_mine = (open.shared_slots >> static_cast<unsigned>(number) & 1U) != 0;
    if ((flags & SQLITE_SHM_UNLOCK) != 0) {
      unlock_slot(open, number);
    } else if (slot.exclusive != nullptr && slot.exclusive != &open) {
      return SQLITE_BUSY;
    } else if (is_exclusive && slot.shared > (is_mine ? 1 : 0)) {
      return SQLITE_BUSY;
    }
  }
  if ((flags & SQLITE_SHM_UNLOCK) != 0) return SQLITE_OK;
  for (int number = first; number < first + count; ++number) {
    auto& slot = open.file->locks.slots[static_cast<std::size_t>(number)];
    const unsigned mine = 1U << static_cast<unsigned>(number);
    if (is_exclusive) slot.exclusive = &open;
    if (!is_exclusive && (open.shared_slots & mine) == 0) slot.shared += 1;
    if (!is_exclusive) open.shared_slots |= mine;
  }
  return SQLITE_OK;
}

void barrier(sqlite3_file* file) { const Guard guard(as_open(file).disk->mutex()); }

int unmap_shared(sqlite3_file* file, int) {
  auto& open = as_open(file);
  const Guard guard(open.disk->mutex());
  if (!open.is_shared) return SQLITE_OK;
  for (int number = 0; number < SQLITE_SHM_NLOCK; ++number) unlock_slot(open, number);
  open.is_shared = false;
  // Whoever comes first finds no index and makes it anew.
  if (--open.file->shared_by == 0) open.file->shared.clear();
  return SQLITE_OK;
}

int close_file(sqlite3_file* file) {
  auto& open = as_open(file);
  auto& mutex = open.disk->mutex();
  const Guard guard(mutex);
  unlock_file(file, SQLITE_LOCK_NONE);
  unmap_shared(file, 0);
  open.file.~shared_ptr();
  return SQLITE_OK;
}

constexpr sqlite3_io_methods kMethods = {
    2,           close_file,  read_file,    write_file, truncate_file, sync_file,       file_size,
    lock_file,   unlock_file, is_reserved,  control,    sector_size,   characteristics, map_shared,
    lock_shared, barrier,     unmap_shared, nullptr,    nullptr,
};

Synced kind_of(int flags) {
  if ((flags & SQLITE_OPEN_WAL) != 0) return Synced::log;
  return (flags & SQLITE_OPEN_MAIN_DB) != 0 ? Synced::database : Synced::journal;
}

int open_file(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* flags_out) {
  auto& disk = disk_of(vfs);
  const Guard guard(disk.mutex());
  auto& names = disk.names();
  const std::string key = name == nullptr ? "" : name;
  file->pMethods = nullptr;
  const bool is_new = !names.contains(key);
  if (is_new) {
    if ((flags & SQLITE_OPEN_CREATE) == 0 || !disk.may_change()) return SQLITE_CANTOPEN;
    names[key] = std::make_shared<StoredFile>();
  }
  auto& open = as_open(file);
  open.disk = &disk;
  new (&open.file) std::shared_ptr<StoredFile>(names[key]);
  open.kind = kind_of(flags);
  open.is_name_new = is_new && open.kind != Synced::database;
  open.is_shared = false;
  open.level = SQLITE_LOCK_NONE;
  open.shared_slots = 0;
  open.base.pMethods = &kMethods;
  if (flags_out != nullptr) *flags_out = flags;
  return SQLITE_OK;
}

int delete_file(sqlite3_vfs* vfs, const char* name, int sync_folder) {
  auto& disk = disk_of(vfs);
  const Guard guard(disk.mutex());
  if (!disk.may_change()) return SQLITE_IOERR_DELETE;
  disk.names().erase(name);
  if (sync_folder == 0) return SQLITE_OK;
  if (!disk.may_change()) return SQLITE_IOERR_DIR_FSYNC;
  disk.sync_names();
  return SQLITE_OK;
}

// As the system's: an empty journal is none.
int access_file(sqlite3_vfs* vfs, const char* name, int flags, int* answer) {
  auto& disk = disk_of(vfs);
  const Guard guard(disk.mutex());
  const auto& names = disk.names();
  const auto found = names.find(name);
  *answer = found != names.end() && (flags != SQLITE_ACCESS_EXISTS || !found->second->now.empty());
  return SQLITE_OK;
}

int full_name(sqlite3_vfs*, const char* name, int size, char* out) {
  sqlite3_snprintf(size, out, "%s", name);
  return SQLITE_OK;
}

}  // namespace

sqlite3_vfs power_cut_vfs(PowerCutDisk& disk) {
  sqlite3_vfs vfs = *sqlite3_vfs_find(nullptr);
  vfs.pNext = nullptr;
  vfs.szOsFile = sizeof(OpenFile);
  vfs.zName = PowerCutDisk::kName;
  vfs.pAppData = &disk;
  vfs.xOpen = open_file;
  vfs.xDelete = delete_file;
  vfs.xAccess = access_file;
  vfs.xFullPathname = full_name;
  vfs.iVersion = 1;
  return vfs;
}

}  // namespace perspective::testing
