// What a kiosk reports of tokens that were spent there, and the collector's word for it. PROTOCOL.md, "Tokens".
//
// Promise: the body is 1 to kMaxBatchTokens proofs, one behind the other, and no more: no time, no visit. The answer is
//          JSON {"receipt": "<128 digits of hexadecimal>"}, signed with the inspection's receipt key over
//          "perspective tokens 1\n" || inspection || "\n" || SHA-256 of the body (32).
// Errors:  decode: corrupt. is_genuine never fails, it says no.
// Threads: plain functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "protocol/receipt.h"
#include "protocol/token_proof.h"

namespace perspective::protocol {

constexpr std::size_t kMaxBatchTokens = 50;

Bytes encode_tokens(const std::vector<TokenProof>& proofs);
Result<std::vector<TokenProof>> decode_tokens(ByteView body);

Result<Receipt> sign_tokens(const ReceiptKey& key, std::string_view inspection, ByteView body);
bool is_genuine(const Receipt& receipt, std::string_view inspection, ByteView body, ByteView public_key);

std::string encode_token_receipt(const Receipt& receipt);
Result<Receipt> decode_token_receipt(std::string_view json);

}  // namespace perspective::protocol
