// The tables of the PostgreSQL store, in the schema "perspective" of one database, and how they change.
//
// Promise:   migrations run one collector at a time, all or none of them. Collectors of the version before go on
//            working while one migrates and afterwards: a migration only expands (README.md has the rule).
// Errors:    as connection.h; corrupt when the tables no longer serve this version; refused when they belong to
//            collectors with another authority.
#pragma once

#include <string_view>

#include "base/result.h"
#include "postgres/connection.h"

namespace perspective::postgres {

// Makes what is missing. authority_sha256: the first collector's is kept, others must have the same.
Result<void> migrate(Connection& connection, std::string_view authority_sha256);

// May this version use the tables as they are now?
Result<void> check_schema(Connection& connection);

}  // namespace perspective::postgres
