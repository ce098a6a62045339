// The collector's word that fieldwork of an inspection has ended, for kiosks that no new package reaches. PROTOCOL.md,
// "Courier".
//
// Promise: signed bytes = "perspective end of fieldwork 1\n" || the inspection's id; deterministic, without a date, and
//          true for ever: fieldwork that has ended is never opened again.
// Errors:  sign: as ReceiptKey. is_end_of_fieldwork never fails, it says no.
// Threads: plain functions.
#pragma once

#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "protocol/receipt.h"

namespace perspective::protocol {

Result<Receipt> sign_end_of_fieldwork(const ReceiptKey& key, std::string_view inspection);
bool is_end_of_fieldwork(const Receipt& word, std::string_view inspection, ByteView public_key);

}  // namespace perspective::protocol
