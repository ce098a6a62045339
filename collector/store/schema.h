// The tables of the SQLite store.
//
// Errors: io; corrupt when a newer version of this program made the file.
#pragma once

#include "base/result.h"
#include "base/sqlite.h"

namespace perspective::store {

// Connection settings, and the tables where they are missing.
Result<void> prepare(sqlite::Database& database);

// Writes the file anew by its keys, so that nothing in it tells in which order envelopes came. Needs as much memory as
// the file is long: one of more than 256 MiB stays as it is.
Result<void> compact(sqlite::Database& database);

}  // namespace perspective::store
