// The ledger (base/ledger.h) in the outbox's file. Shown to no supervisor: a count that rises tells who refused.
//
// Promise:   it balances after every transaction, whenever the power goes; waiting and quarantined are the envelopes
//            themselves. Rows are keyed by what they count, so that they tell no order.
// Errors:    as SQLite's (sqlite.h); corrupt when a row counts what this version does not know.
// Threads:   as the database that it is given.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "base/ledger.h"
#include "base/result.h"
#include "base/sqlite.h"

namespace perspective::outbox {

using Ledgers = std::map<std::string, Ledger>;  // by inspection

constexpr std::string_view kLedgerSchema =
    "CREATE TABLE ledger(inspection TEXT NOT NULL, what TEXT NOT NULL, visits INTEGER NOT NULL,"
    " PRIMARY KEY(inspection, what)) WITHOUT ROWID;";

// Inside the transaction of what is counted. count: one that is written down, not waiting or quarantined.
Result<void> add_visits(sqlite::Database& database, std::string_view inspection, std::int64_t Ledger::*count,
                        std::int64_t visits = 1);
Result<Ledgers> read_ledgers(sqlite::Database& database);

}  // namespace perspective::outbox
