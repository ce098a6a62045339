// The tables of the SQLite store.
//
// Errors: io; corrupt when a newer version of this program made the file.
#pragma once

#include "base/result.h"
#include "base/sqlite.h"

namespace perspective::store {

// Connection settings, and the tables where they are missing.
Result<void> prepare(sqlite::Database& database);

}  // namespace perspective::store
