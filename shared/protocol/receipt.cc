#include "protocol/receipt.h"

#include <openssl/err.h>
#include <openssl/sha.h>

#include <algorithm>

#include "envelope/openssl.h"

namespace perspective::protocol {
namespace {

Bytes signed_bytes(const envelope::EnvelopeId& id, const Digest& digest) {
  constexpr std::string_view kDomain = "perspective receipt 1\n";  // a signature made for this is good for nothing else
  Bytes bytes(kDomain.begin(), kDomain.end());
  bytes.insert(bytes.end(), id.begin(), id.end());
  bytes.insert(bytes.end(), digest.begin(), digest.end());
  return bytes;
}

}  // namespace

Digest digest_of(ByteView envelope) {
  Digest digest{};
  SHA256(envelope.data(), envelope.size(), digest.data());
  return digest;
}

Result<ReceiptKey> ReceiptKey::parse(std::string_view pem) {
  auto key = openssl::parse_private_key(pem);
  if (!key) return in_context("receipt key", key.error());
  if (EVP_PKEY_is_a(key->get(), "ED25519") != 1) return fail(ErrorCode::refused, "receipt key: it is not Ed25519");
  return ReceiptKey(std::shared_ptr<EVP_PKEY>(std::move(*key)));
}

Result<std::string> ReceiptKey::generate_pem() {
  const openssl::Key key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
  if (!key) return openssl::failure(ErrorCode::io, "cannot make a receipt key");
  return openssl::private_key_to_pem(key.get());
}

Bytes ReceiptKey::public_key() const {
  Bytes bytes(32);
  std::size_t size = bytes.size();
  EVP_PKEY_get_raw_public_key(key_.get(), bytes.data(), &size);
  return bytes;
}

Result<Receipt> ReceiptKey::sign(const envelope::EnvelopeId& id, const Digest& digest) const {
  return sign(signed_bytes(id, digest));
}

Result<Receipt> ReceiptKey::sign(ByteView bytes) const {
  const openssl::Digester context(EVP_MD_CTX_new());
  Receipt receipt{};
  std::size_t size = receipt.size();
  if (!context || EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key_.get()) != 1 ||
      EVP_DigestSign(context.get(), receipt.data(), &size, bytes.data(), bytes.size()) != 1 || size != receipt.size()) {
    return openssl::failure(ErrorCode::refused, "cannot sign a receipt");
  }
  return receipt;
}

bool is_genuine(const Receipt& receipt, const envelope::EnvelopeId& id, const Digest& digest, ByteView public_key) {
  return is_signed(receipt, signed_bytes(id, digest), public_key);
}

bool is_signed(const Receipt& receipt, ByteView bytes, ByteView public_key) {
  const openssl::Key key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, public_key.data(), public_key.size()));
  const openssl::Digester context(EVP_MD_CTX_new());
  const bool genuine = key && context &&
                       EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
                       EVP_DigestVerify(context.get(), receipt.data(), receipt.size(), bytes.data(), bytes.size()) == 1;
  ERR_clear_error();
  return genuine;
}

}  // namespace perspective::protocol
