#include "protocol/token_proof.h"

#include <openssl/evp.h>
#include <openssl/sha.h>

#include <algorithm>

#include "envelope/openssl.h"

namespace perspective::protocol {
namespace {

constexpr std::uint64_t kScryptR = 8;
constexpr std::uint64_t kScryptP = 1;

}  // namespace

Result<TokenProof> prove(std::string_view token, const TokenTerms& terms) {
  if (terms.log2_n < kLeastTokenLog2N || terms.log2_n > kMostTokenLog2N) {
    return fail(ErrorCode::invalid, "the cost of tokens is out of bounds");
  }
  const std::uint64_t n = std::uint64_t{1} << terms.log2_n;
  const std::uint64_t memory_bytes = n * kScryptR * 128 + (std::uint64_t{1} << 20);  // and a little more
  TokenProof proof{};
  if (EVP_PBE_scrypt(token.data(), token.size(), terms.salt.data(), terms.salt.size(), n, kScryptR, kScryptP,
                     memory_bytes, proof.data(), proof.size()) != 1) {
    return openssl::failure(ErrorCode::io, "cannot hash a token");
  }
  return proof;
}

TokenMark mark_of(const TokenProof& proof) {
  TokenMark mark{};
  SHA256(proof.data(), proof.size(), mark.data());
  return mark;
}

bool is_issued(const TokenMark& mark, const TokenTerms& terms) { return std::ranges::binary_search(terms.marks, mark); }

}  // namespace perspective::protocol
