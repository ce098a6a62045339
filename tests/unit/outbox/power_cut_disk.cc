#include "power_cut_disk.h"

#include <algorithm>
#include <cstring>
#include <new>

namespace perspective::outbox {
namespace {

struct OpenFile {
  sqlite3_file base;
  PowerCutDisk* disk;
  std::shared_ptr<StoredFile> file;
};

OpenFile& as_open(sqlite3_file* file) { return *reinterpret_cast<OpenFile*>(file); }
PowerCutDisk& disk_of(sqlite3_vfs* vfs) { return *static_cast<PowerCutDisk*>(vfs->pAppData); }

int close_file(sqlite3_file* file) {
  as_open(file).file.~shared_ptr();
  return SQLITE_OK;
}

int read_file(sqlite3_file* file, void* buffer, int amount, sqlite3_int64 offset) {
  const auto& bytes = as_open(file).file->now;
  const auto size = static_cast<sqlite3_int64>(bytes.size());
  const auto there = std::clamp<sqlite3_int64>(size - offset, 0, amount);
  std::memset(buffer, 0, static_cast<std::size_t>(amount));
  if (there > 0) std::memcpy(buffer, bytes.data() + offset, static_cast<std::size_t>(there));
  return there == amount ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

int write_file(sqlite3_file* file, const void* buffer, int amount, sqlite3_int64 offset) {
  auto& open = as_open(file);
  if (!open.disk->may_change()) return SQLITE_IOERR_WRITE;
  const auto end = static_cast<std::size_t>(offset + amount);
  if (open.file->now.size() < end) open.file->now.resize(end);
  std::memcpy(open.file->now.data() + offset, buffer, static_cast<std::size_t>(amount));
  return SQLITE_OK;
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
  auto& open = as_open(file);
  if (!open.disk->may_change()) return SQLITE_IOERR_TRUNCATE;
  open.file->now.resize(static_cast<std::size_t>(size));
  return SQLITE_OK;
}

// As on Linux: SQLite's own VFS syncs the folder too, when it syncs a new file for the first time.
int sync_file(sqlite3_file* file, int) {
  auto& open = as_open(file);
  if (open.disk->fails_syncs() || !open.disk->may_change()) return SQLITE_IOERR_FSYNC;
  open.file->synced = open.file->now;
  open.disk->sync_names();
  return SQLITE_OK;
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
  *size = static_cast<sqlite3_int64>(as_open(file).file->now.size());
  return SQLITE_OK;
}

int lock_file(sqlite3_file*, int) { return SQLITE_OK; }
int is_reserved(sqlite3_file*, int* answer) {
  *answer = 0;
  return SQLITE_OK;
}
int control(sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; }
int sector_size(sqlite3_file*) { return 4096; }
int characteristics(sqlite3_file*) { return 0; }

int map_shared(sqlite3_file* file, int region, int size, int extend, void volatile** memory) {
  auto& shared = as_open(file).file->shared;
  const auto wanted = static_cast<std::size_t>(region) + 1;
  while (extend != 0 && shared.size() < wanted) {
    shared.push_back(std::make_unique<std::uint8_t[]>(static_cast<std::size_t>(size)));
  }
  *memory = shared.size() < wanted ? nullptr : shared[wanted - 1].get();
  return SQLITE_OK;
}
int lock_shared(sqlite3_file*, int, int, int) { return SQLITE_OK; }
void barrier(sqlite3_file*) {}
int unmap_shared(sqlite3_file*, int) { return SQLITE_OK; }

constexpr sqlite3_io_methods kMethods = {
    2,           close_file, read_file,    write_file, truncate_file, sync_file,       file_size,
    lock_file,   lock_file,  is_reserved,  control,    sector_size,   characteristics, map_shared,
    lock_shared, barrier,    unmap_shared, nullptr,    nullptr,
};

int open_file(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* flags_out) {
  auto& disk = disk_of(vfs);
  auto& names = disk.names();
  const std::string key = name == nullptr ? "" : name;
  file->pMethods = nullptr;
  if (!names.contains(key)) {
    if ((flags & SQLITE_OPEN_CREATE) == 0 || !disk.may_change()) return SQLITE_CANTOPEN;
    names[key] = std::make_shared<StoredFile>();
  }
  auto& open = as_open(file);
  open.disk = &disk;
  new (&open.file) std::shared_ptr<StoredFile>(names[key]);
  open.base.pMethods = &kMethods;
  if (flags_out != nullptr) *flags_out = flags;
  return SQLITE_OK;
}

int delete_file(sqlite3_vfs* vfs, const char* name, int sync_folder) {
  auto& disk = disk_of(vfs);
  if (!disk.may_change()) return SQLITE_IOERR_DELETE;
  disk.names().erase(name);
  if (sync_folder != 0) disk.sync_names();
  return SQLITE_OK;
}

// As the system's: an empty journal is none.
int access_file(sqlite3_vfs* vfs, const char* name, int flags, int* answer) {
  const auto& names = disk_of(vfs).names();
  const auto found = names.find(name);
  *answer = found != names.end() && (flags != SQLITE_ACCESS_EXISTS || !found->second->now.empty());
  return SQLITE_OK;
}

int full_name(sqlite3_vfs*, const char* name, int size, char* out) {
  sqlite3_snprintf(size, out, "%s", name);
  return SQLITE_OK;
}

}  // namespace

PowerCutDisk::PowerCutDisk() {
  const sqlite3_vfs* system = sqlite3_vfs_find(nullptr);
  vfs_ = *system;
  vfs_.pNext = nullptr;
  vfs_.szOsFile = sizeof(OpenFile);
  vfs_.zName = kName;
  vfs_.pAppData = this;
  vfs_.xOpen = open_file;
  vfs_.xDelete = delete_file;
  vfs_.xAccess = access_file;
  vfs_.xFullPathname = full_name;
  vfs_.iVersion = 1;
  sqlite3_vfs_register(&vfs_, 0);
}

PowerCutDisk::~PowerCutDisk() { sqlite3_vfs_unregister(&vfs_); }

void PowerCutDisk::survive(Loss loss) {
  if (loss == Loss::everything_unsynced) names_ = synced_names_;
  for (auto& [name, file] : names_) {
    // A new object: connections of before the cut keep the old one and change nothing any more.
    auto found = std::make_shared<StoredFile>();
    found->now = loss == Loss::nothing ? file->now : file->synced;
    found->synced = found->now;
    file = found;
  }
  synced_names_ = names_;
  cut_at_ = std::numeric_limits<std::int64_t>::max();
  fails_syncs_ = false;
  steps_ = 0;
}

}  // namespace perspective::outbox
