// The store in one SQLite file: WAL, synchronous=FULL, one writer thread that commits what has queued up as one
// transaction, a few connections to read.
//
// Promise:   as store.h. One change that fails (a conflict) does not touch the others in its transaction.
//            Closed, its file tells nothing of the order in which envelopes came (up to 256 MiB). While it is open,
//            file and write-ahead log do, and the log tells from which kiosk.
// Errors:    open(): io; corrupt when the file was made by a newer version.
// Ownership: owns its connections and thread; the destructor commits what is queued and joins.
// Threads:   as store.h.
#pragma once

#include <filesystem>
#include <memory>
#include <string_view>

#include "store/store.h"

namespace perspective::store {

class SqliteStore {
 public:
  // vfs: as base/sqlite.h ("memdb" with a path like "/name" keeps everything in memory, for tests).
  static Result<std::unique_ptr<Store>> open(const std::filesystem::path& path, std::string_view vfs = {});

  // A new store with what is in a copy (copy_file.h).
  static Result<void> restore(const std::filesystem::path& path, const std::filesystem::path& copy);
};

}  // namespace perspective::store
