// What is kept and sent of a token (token/token.h), so that it is checked offline and nobody else can spend it.
//
//   token  --scrypt, the inspection's salt-->  proof  --SHA-256-->  mark
//
// The signed package has the marks of all tokens that were issued. A kiosk keeps and reports proofs of those that were
// spent: only who had the token can have made one, so a copy of the package, or of the collector's store, spends
// nothing and shows no token.
//
// N = 2^15, r = 8, p = 1: 32 MiB and, on one core of a small kiosk of ten years ago, some 250 ms (0.1 s on a server of
// today), once a visit. Whoever has the package can try tokens on machines of their own: with 54.8 bits and 0.1 s each
// that is 100 million core years for one certain token, and 300 thousand for any one of 300 that were issued.
//
// Errors:  io when there is not enough memory; invalid for terms out of bounds.
// Threads: plain functions; prove() takes its time and its memory.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace perspective::protocol {

using TokenProof = std::array<std::uint8_t, 32>;
using TokenMark = std::array<std::uint8_t, 32>;

constexpr int kTokenLog2N = 15;
constexpr int kLeastTokenLog2N = 14;
constexpr int kMostTokenLog2N = 17;  // 128 MiB: more than a kiosk may be asked for

struct TokenTerms {  // of an inspection that asks for tokens
  Bytes salt;        // 16 bytes or more
  int log2_n = kTokenLog2N;
  std::vector<TokenMark> marks;  // ascending, which is no order of any meaning; each once
  bool operator==(const TokenTerms&) const = default;
};

// token: as token::read() gives it.
Result<TokenProof> prove(std::string_view token, const TokenTerms& terms);
TokenMark mark_of(const TokenProof& proof);
bool is_issued(const TokenMark& mark, const TokenTerms& terms);

}  // namespace perspective::protocol
