// A kiosk's ledger on the wire. PROTOCOL.md, "Ledger".
//
// Promise:   body of the POST = JSON {"format":1, and each of kLedgerCounts by its name}. decode: no count is below 0,
//            and the ledger balances with nobody in progress: it is told when all is over.
// Errors:    decode: corrupt, saying what is wrong.
// Threads:   pure.
#pragma once

#include <string>
#include <string_view>

#include "base/ledger.h"
#include "base/result.h"

namespace perspective::protocol {

std::string encode_ledger(const Ledger& ledger);
Result<Ledger> decode_ledger(std::string_view json);

}  // namespace perspective::protocol
