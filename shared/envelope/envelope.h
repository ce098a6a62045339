// Sealing a submission so that only the inspection's key, or its recovery key, opens it. Byte format: FORMAT.md.
//
// Promise:   CMS AuthEnvelopedData (RFC 5083): AES-256-GCM, ephemeral-static ECDH on P-256, X9.63 KDF with SHA-256 (RFC
//            5753), AES-256 key wrap, two recipients by subject key identifier, content embedded. Every envelope sealed
//            with one padded size has the same length. Stock `openssl cms -decrypt` opens it.
// Errors:    seal: invalid when the plaintext is longer than the padded size. open: refused when no recipient of the
//            envelope is this key; corrupt when anything else is wrong. tests/vectors/README.md lists what it can be
//            and the words for it, which are stable: cut short; "not our format at: ", then the field (the content
//            where it is left out, the key derivation, the cipher...); a changed byte, found by the tag or by the key
//            wrap. No error holds plaintext or key.
// Ownership: Recipient and OpeningKey own their OpenSSL objects; moves only.
// Threads:   const calls from any thread.
// Units:     sizes in bytes.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret.h"

struct x509_st;
struct evp_pkey_st;

namespace perspective::envelope {

// A certificate with a P-256 key, a subject key identifier and, if it names uses, keyAgreement.
class Recipient {
 public:
  static Result<Recipient> parse(std::string_view pem);  // errors: invalid, saying which of these is missing
  x509_st* certificate() const { return certificate_.get(); }
  Bytes key_identifier() const;

 private:
  explicit Recipient(std::shared_ptr<x509_st> certificate) : certificate_(std::move(certificate)) {}
  std::shared_ptr<x509_st> certificate_;
};

// The private half of a Recipient. Made and kept by collector/keys.
class OpeningKey {
 public:
  // Takes the key over.
  OpeningKey(std::shared_ptr<evp_pkey_st> key, Recipient recipient)
      : key_(std::move(key)), recipient_(std::move(recipient)) {}
  evp_pkey_st* key() const { return key_.get(); }
  const Recipient& recipient() const { return recipient_; }

 private:
  std::shared_ptr<evp_pkey_st> key_;
  Recipient recipient_;
};

// Pads plaintext with spaces to padded_bytes and seals it to both.
Result<Bytes> seal(ByteView plaintext, std::size_t padded_bytes, const Recipient& inspection,
                   const Recipient& recovery);

// The plaintext with its padding.
Result<SecretBytes> open(ByteView envelope, const OpeningKey& key);

// The length of every envelope with this padded size, found by sealing once to throw-away keys.
Result<std::size_t> envelope_bytes(std::size_t padded_bytes);

}  // namespace perspective::envelope
