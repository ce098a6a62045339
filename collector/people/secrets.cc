#include "people/secrets.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <charconv>
#include <memory>
#include <optional>

#include "base/random.h"

namespace perspective::people {
namespace {

constexpr std::size_t kHashBytes = 32;
constexpr std::size_t kSaltBytes = 16;
constexpr std::size_t kNonceBytes = 12;
constexpr std::size_t kTagBytes = 16;
constexpr std::uint64_t kMostMemoryBytes = std::uint64_t{512} << 20;

struct FreeCipher {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Cipher = std::unique_ptr<EVP_CIPHER_CTX, FreeCipher>;

std::unexpected<Error> cannot(const char* what) {
  return fail(ErrorCode::io, std::string("OpenSSL cannot: ") + what, true);
}

std::unexpected<Error> none_of_ours() { return fail(ErrorCode::corrupt, "a secret of an account is none of ours"); }

Result<Bytes> hmac(const EVP_MD* digest, ByteView key, ByteView text) {
  Bytes mac(EVP_MAX_MD_SIZE);
  unsigned size = 0;
  if (HMAC(digest, key.data(), static_cast<int>(key.size()), text.data(), text.size(), mac.data(), &size) == nullptr) {
    return cannot("HMAC");
  }
  mac.resize(size);
  return mac;
}

Result<SecretBytes> derived(ByteView root, std::string_view purpose) {
  auto mac = hmac_sha256(root, as_bytes(purpose));
  if (!mac) return std::unexpected(mac.error());
  SecretBytes key(*mac);
  wipe(mac->data(), mac->size());
  return key;
}

struct Stored {
  Cost cost;
  Bytes salt;
  Bytes hash;
};

std::optional<int> number(std::string_view text) {
  int value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<Stored> parse(std::string_view text) {
  std::array<std::string_view, 6> parts;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto end = std::min(text.find(':'), text.size());
    parts.at(i) = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  const auto n = number(parts[1]), r = number(parts[2]), p = number(parts[3]);
  auto salt = from_hex(parts[4]), hash = from_hex(parts[5]);
  if (parts[0] != "scrypt" || !text.empty() || !n || !r || !p || !salt || !hash) return std::nullopt;
  if (*n < 1 || *n > 24 || *r < 1 || *r > 32 || *p < 1 || *p > 16 || hash->size() != kHashBytes) return std::nullopt;
  return Stored{{*n, *r, *p}, *std::move(salt), *std::move(hash)};
}

Result<Bytes> slow_hash(const Keys& keys, ByteView password, ByteView salt, const Cost& cost) {
  SecretBytes hash(kHashBytes);
  const auto words = as_text(password);
  if (EVP_PBE_scrypt(words.data(), words.size(), salt.data(), salt.size(), std::uint64_t{1} << cost.log2_n,
                     static_cast<std::uint64_t>(cost.r), static_cast<std::uint64_t>(cost.p), kMostMemoryBytes,
                     hash.span().data(), hash.size()) != 1) {
    return cannot("scrypt");
  }
  return hmac_sha256(keys.pepper.view(), hash.view());
}

}  // namespace

Result<Keys> Keys::of(ByteView root) {
  auto pepper = derived(root, "perspective people: pepper of passwords, 1");
  if (!pepper) return std::unexpected(pepper.error());
  auto sealing = derived(root, "perspective people: sealing of authenticators' secrets, 1");
  if (!sealing) return std::unexpected(sealing.error());
  return Keys{*std::move(pepper), *std::move(sealing)};
}

Result<Bytes> hmac_sha1(ByteView key, ByteView text) { return hmac(EVP_sha1(), key, text); }

Result<Bytes> hmac_sha256(ByteView key, ByteView text) { return hmac(EVP_sha256(), key, text); }

std::string hashed(std::string_view secret) {
  std::array<std::uint8_t, kHashBytes> hash{};
  EVP_Digest(secret.data(), secret.size(), hash.data(), nullptr, EVP_sha256(), nullptr);
  return to_hex(hash);
}

std::string drawn() { return to_hex(random_bytes(kHashBytes)); }

bool is_same(std::string_view one, std::string_view other) {
  return one.size() == other.size() && CRYPTO_memcmp(one.data(), other.data(), one.size()) == 0;
}

Result<std::string> hash_password(const Keys& keys, ByteView password, const Cost& cost) {
  const auto salt = random_bytes(kSaltBytes);
  const auto hash = slow_hash(keys, password, salt, cost);
  if (!hash) return std::unexpected(hash.error());
  return "scrypt:" + std::to_string(cost.log2_n) + ":" + std::to_string(cost.r) + ":" + std::to_string(cost.p) + ":" +
         to_hex(salt) + ":" + to_hex(*hash);
}

Result<bool> is_password(const Keys& keys, ByteView password, std::string_view hash) {
  const auto stored = parse(hash);
  if (!stored) return none_of_ours();
  const auto given = slow_hash(keys, password, stored->salt, stored->cost);
  if (!given) return std::unexpected(given.error());
  return is_same(as_text(*given), as_text(stored->hash));
}

bool is_of_cost(std::string_view hash, const Cost& cost) {
  const auto stored = parse(hash);
  return stored && stored->cost == cost;
}

Result<std::string> sealed(const Keys& keys, ByteView secret, std::string_view about) {
  const auto nonce = random_bytes(kNonceBytes);
  Bytes text(secret.size());
  Bytes tag(kTagBytes);
  const Cipher cipher(EVP_CIPHER_CTX_new());
  int size = 0;
  const bool is_done =
      cipher &&
      EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, keys.sealing.view().data(), nonce.data()) == 1 &&
      EVP_EncryptUpdate(cipher.get(), nullptr, &size, as_bytes(about).data(), static_cast<int>(about.size())) == 1 &&
      EVP_EncryptUpdate(cipher.get(), text.data(), &size, secret.data(), static_cast<int>(secret.size())) == 1 &&
      EVP_EncryptFinal_ex(cipher.get(), text.data() + size, &size) == 1 &&
      EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, kTagBytes, tag.data()) == 1;
  if (!is_done) return cannot("AES-GCM");
  return to_hex(nonce) + to_hex(text) + to_hex(tag);
}

Result<SecretBytes> opened(const Keys& keys, std::string_view box, std::string_view about) {
  auto bytes = from_hex(box);
  if (!bytes || bytes->size() <= kNonceBytes + kTagBytes) return none_of_ours();
  const std::size_t size = bytes->size() - kNonceBytes - kTagBytes;
  SecretBytes secret(size);
  const Cipher cipher(EVP_CIPHER_CTX_new());
  int done = 0;
  auto* const tag = bytes->data() + kNonceBytes + size;
  const bool is_ours =
      cipher &&
      EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, keys.sealing.view().data(), bytes->data()) == 1 &&
      EVP_DecryptUpdate(cipher.get(), nullptr, &done, as_bytes(about).data(), static_cast<int>(about.size())) == 1 &&
      EVP_DecryptUpdate(cipher.get(), secret.span().data(), &done, bytes->data() + kNonceBytes,
                        static_cast<int>(size)) == 1 &&
      EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, kTagBytes, tag) == 1 &&
      EVP_DecryptFinal_ex(cipher.get(), secret.span().data() + done, &done) == 1;
  if (!is_ours) return none_of_ours();
  return secret;
}

}  // namespace perspective::people
