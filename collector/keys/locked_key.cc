#include "keys/locked_key.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>

#include "base/random.h"

namespace perspective::keys {
namespace {

constexpr std::size_t kSaltBytes = 16;

using PlainKey = std::unique_ptr<PKCS8_PRIV_KEY_INFO, openssl::Free<PKCS8_PRIV_KEY_INFO_free>>;  // wipes
using LockedKey = std::unique_ptr<X509_SIG, openssl::Free<X509_SIG_free>>;
using Algorithm = std::unique_ptr<X509_ALGOR, openssl::Free<X509_ALGOR_free>>;

}  // namespace

Result<std::string> lock(EVP_PKEY* key, std::string_view passphrase, const Cost& cost) {
  const PlainKey plain(EVP_PKEY2PKCS8(key));
  const Bytes salt = random_bytes(kSaltBytes);
  Algorithm algorithm(PKCS5_pbe2_set_scrypt(EVP_aes_256_cbc(), salt.data(), static_cast<int>(salt.size()), nullptr,
                                            cost.n, cost.r, cost.p));
  if (!plain || !algorithm) return openssl::failure(ErrorCode::io, "cannot prepare the key for its file");
  const LockedKey locked(
      PKCS8_set0_pbe(passphrase.data(), static_cast<int>(passphrase.size()), plain.get(), algorithm.get()));
  if (!locked) return openssl::failure(ErrorCode::io, "cannot encrypt the key");
  static_cast<void>(algorithm.release());  // set0: it belongs to `locked` now
  const openssl::Bio bio = openssl::memory();
  if (!bio || PEM_write_bio_PKCS8(bio.get(), locked.get()) != 1) {
    return openssl::failure(ErrorCode::io, "cannot write the encrypted key");
  }
  return std::string(as_text(openssl::content_of(bio.get())));
}

Result<openssl::Key> unlock(std::string_view pem, std::string_view passphrase) {
  const openssl::Bio bio = openssl::read_only(as_bytes(pem));
  const LockedKey locked(bio ? PEM_read_bio_PKCS8(bio.get(), nullptr, nullptr, nullptr) : nullptr);
  if (!locked) return openssl::failure(ErrorCode::corrupt, "no encrypted private key in PEM");
  const PlainKey plain(PKCS8_decrypt(locked.get(), passphrase.data(), static_cast<int>(passphrase.size())));
  openssl::Key key(plain ? EVP_PKCS82PKEY(plain.get()) : nullptr);
  ERR_clear_error();
  if (!key) {
    return fail(ErrorCode::refused,
                "this passphrase does not open the key. Look at Caps Lock and the keyboard's language, and that it is "
                "the passphrase of this inspection; nothing is lost by trying again");
  }
  return key;
}

}  // namespace perspective::keys
