// A copy of the tables in a file, and a database from such a file.
//
// Promise:   copy_tables: as they are at one moment, in one transaction that changes nothing and waits for nobody;
//            collectors go on meanwhile. take_tables: into a database without a row; all of it or nothing.
// Errors:    as connection.h and store/copy_file.h; take_tables: conflict where the database has a row already.
#pragma once

#include <filesystem>

#include "base/result.h"
#include "postgres/connection.h"

namespace perspective::postgres {

Result<void> copy_tables(Connection& connection, const std::filesystem::path& path);
Result<void> take_tables(Connection& connection, const std::filesystem::path& copy);

}  // namespace perspective::postgres
