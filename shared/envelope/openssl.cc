#include "envelope/openssl.h"

#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include <climits>

namespace perspective::openssl {
namespace {

std::string text_of(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  return size > 0 ? std::string(data, static_cast<std::size_t>(size)) : std::string();
}

// OpenSSL would ask at the terminal where a key is under a passphrase; a service never does.
int no_passphrase(char*, int, int, void*) { return -1; }

}  // namespace

std::string last_error() {
  const unsigned long number = ERR_peek_last_error();
  ERR_clear_error();
  if (number == 0) return "no reason given";
  const char* reason = ERR_reason_error_string(number);
  return reason != nullptr ? reason : "reason " + std::to_string(number);
}

std::unexpected<Error> failure(ErrorCode code, std::string_view doing) {
  return fail(code, std::string(doing) + " (" + last_error() + ")");
}

Bio read_only(ByteView bytes) {
  if (bytes.size() > INT_MAX) return nullptr;
  // An empty view may have no address, which OpenSSL takes for a mistake.
  return Bio(BIO_new_mem_buf(bytes.empty() ? reinterpret_cast<const std::uint8_t*>("") : bytes.data(),
                             static_cast<int>(bytes.size())));
}

Bio memory() { return Bio(BIO_new(BIO_s_mem())); }

Bio secret_memory() { return Bio(BIO_new(BIO_s_secmem())); }

Bytes content_of(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  if (size <= 0) return {};
  const auto* begin = reinterpret_cast<const std::uint8_t*>(data);
  return {begin, begin + size};
}

Result<Certificate> parse_certificate(std::string_view pem) {
  const Bio bio = read_only(as_bytes(pem));
  Certificate certificate(bio ? PEM_read_bio_X509(bio.get(), nullptr, no_passphrase, nullptr) : nullptr);
  if (!certificate) return failure(ErrorCode::invalid, "no certificate in PEM");
  return certificate;
}

Result<std::string> to_pem(X509* certificate) {
  const Bio bio = memory();
  if (!bio || PEM_write_bio_X509(bio.get(), certificate) != 1) {
    return failure(ErrorCode::invalid, "cannot write the certificate");
  }
  return text_of(bio.get());
}

Result<Key> parse_private_key(std::string_view pem) {
  const Bio bio = read_only(as_bytes(pem));
  Key key(bio ? PEM_read_bio_PrivateKey(bio.get(), nullptr, no_passphrase, nullptr) : nullptr);
  if (!key) return failure(ErrorCode::refused, "no private key in PEM");
  return key;
}

Result<std::string> private_key_to_pem(EVP_PKEY* key) {
  const Bio bio = secret_memory();
  if (!bio || PEM_write_bio_PKCS8PrivateKey(bio.get(), key, nullptr, nullptr, 0, no_passphrase, nullptr) != 1) {
    return failure(ErrorCode::invalid, "cannot write the private key");
  }
  return text_of(bio.get());
}

Result<Key> make_p256_key() {
  Key key(EVP_EC_gen("P-256"));
  if (!key) return failure(ErrorCode::io, "cannot make a P-256 key");
  return key;
}

}  // namespace perspective::openssl
