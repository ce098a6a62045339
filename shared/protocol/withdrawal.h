// A respondent's wish that nothing be kept under an id, in the place of an envelope. PROTOCOL.md, "Withdrawal".
//
// Promise:   as long as every envelope of its inspection, so that no line and no stick tells that there is one; never
// to be
//            taken for an envelope, which begins with another byte.
// Threads:   plain functions.
#pragma once

#include <cstddef>

#include "base/bytes.h"

namespace perspective::protocol {

Bytes withdrawal_of(std::size_t envelope_bytes);
bool is_withdrawal(ByteView body);

}  // namespace perspective::protocol
