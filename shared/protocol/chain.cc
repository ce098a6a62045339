#include "protocol/chain.h"

#include <openssl/err.h>
#include <openssl/x509v3.h>

namespace perspective::protocol {

Result<TrustStore> trust_only(std::string_view authority_pem) {
  const auto authority = openssl::parse_certificate(authority_pem);
  if (!authority) return in_context("authority", authority.error());
  TrustStore store(X509_STORE_new());
  // Any purpose: OpenSSL's default for CMS is e-mail; the caller looks at the extended key usage itself.
  if (!store || X509_STORE_add_cert(store.get(), authority->get()) != 1 ||
      X509_STORE_set_flags(store.get(), X509_V_FLAG_NO_CHECK_TIME) != 1 ||
      X509_STORE_set_purpose(store.get(), X509_PURPOSE_ANY) != 1) {
    return openssl::failure(ErrorCode::invalid, "authority: cannot be trusted");
  }
  return store;
}

Result<void> check_chain(X509* certificate, std::string_view authority_pem) {
  const auto store = trust_only(authority_pem);
  if (!store) return std::unexpected(store.error());
  const std::unique_ptr<X509_STORE_CTX, openssl::Free<X509_STORE_CTX_free>> context(X509_STORE_CTX_new());
  if (!context || X509_STORE_CTX_init(context.get(), store->get(), certificate, nullptr) != 1 ||
      X509_verify_cert(context.get()) != 1) {
    ERR_clear_error();
    return fail(ErrorCode::refused, "certificate: this collector's authority did not issue it");
  }
  return {};
}

}  // namespace perspective::protocol
