// The collector's word that an envelope is stored: Ed25519 over id and digest, deterministic, without a date.
//
// Promise:   signed bytes = "perspective receipt 1\n" || id (16) || SHA-256 of the envelope (32).
// Errors:    make: refused when the key is none. is_genuine never fails, it says no.
// Threads:   plain values.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "envelope/identity.h"

struct evp_pkey_st;

namespace perspective::protocol {

using Digest = std::array<std::uint8_t, 32>;
using Receipt = std::array<std::uint8_t, 64>;

Digest digest_of(ByteView envelope);  // SHA-256

class ReceiptKey {
 public:
  static Result<ReceiptKey> parse(std::string_view pem);  // PKCS#8
  static Result<std::string> generate_pem();
  Bytes public_key() const;  // 32 bytes
  Result<Receipt> sign(const envelope::EnvelopeId& id, const Digest& digest) const;
  Result<Receipt> sign(ByteView bytes) const;  // which begin with what they are for

 private:
  explicit ReceiptKey(std::shared_ptr<evp_pkey_st> key) : key_(std::move(key)) {}
  std::shared_ptr<evp_pkey_st> key_;
};

bool is_signed(const Receipt& receipt, ByteView bytes, ByteView public_key);
bool is_genuine(const Receipt& receipt, const envelope::EnvelopeId& id, const Digest& digest, ByteView public_key);

}  // namespace perspective::protocol
