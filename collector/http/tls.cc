#include "http/tls.h"

#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <boost/asio/buffer.hpp>
#include <cstdint>

namespace perspective::http {

namespace {

namespace ssl = boost::asio::ssl;

struct FreeBio {
  void operator()(BIO* bio) const { BIO_free(bio); }
};
struct FreeCertificate {
  void operator()(X509* certificate) const { X509_free(certificate); }
};

std::string pem_of(X509* certificate) {
  const std::unique_ptr<BIO, FreeBio> memory(BIO_new(BIO_s_mem()));
  if (!memory || PEM_write_bio_X509(memory.get(), certificate) != 1) return {};
  char* text = nullptr;
  const long size = BIO_get_mem_data(memory.get(), &text);
  return {text, static_cast<std::size_t>(size)};
}

std::string common_name_of(X509* certificate) {
  X509_NAME* const subject = X509_get_subject_name(certificate);
  const int place = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
  if (place < 0) return {};
  const ASN1_STRING* const name = X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, place));
  return std::string(
      as_text(ByteView(ASN1_STRING_get0_data(name), static_cast<std::size_t>(ASN1_STRING_length(name)))));
}

// What a connection has asked for new keys; nothing that we know asks once.
constexpr std::uintptr_t kMostKeyUpdates = 32;

int count_of_updates() {
  static const int index = SSL_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
  return index;
}

// Called with each message of TLS itself. A KeyUpdate (RFC 8446, 4.6.3) is five bytes, wants another key and an
// answer, and may come without end and without a request, so that no rate counts it. To a connection that we take for
// closed nothing is read any more, and it ends.
void count_key_updates(int is_sent, int /*version*/, int type, const void* message, std::size_t bytes, SSL* connection,
                       void* /*unused*/) {
  if (is_sent != 0 || type != SSL3_RT_HANDSHAKE || bytes == 0) return;
  if (*static_cast<const unsigned char*>(message) != SSL3_MT_KEY_UPDATE) return;
  const auto count = reinterpret_cast<std::uintptr_t>(SSL_get_ex_data(connection, count_of_updates())) + 1;
  SSL_set_ex_data(connection, count_of_updates(), reinterpret_cast<void*>(count));  // NOLINT: a number as it is
  if (count > kMostKeyUpdates) SSL_set_shutdown(connection, SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
}

// What of a greeting may hold how much, in bytes. OpenSSL 3.0 looks for each share of a key in the whole list of
// groups: a greeting of 64 KiB costs it 108 ms before it knows whom it greets, and whoever sends it nothing. A
// browser's list of groups has some 14 bytes, and two shares 1.3 KiB (X25519MLKEM768).
struct Most {
  unsigned int extension;
  std::size_t bytes;
};
constexpr Most kMostOfAGreeting[] = {{TLSEXT_TYPE_supported_groups, 256},
                                     {TLSEXT_TYPE_key_share, 4096},
                                     {TLSEXT_TYPE_signature_algorithms, 1024},
                                     {TLSEXT_TYPE_signature_algorithms_cert, 1024},
                                     {TLSEXT_TYPE_psk, 2048}};
constexpr std::size_t kMostOfCiphers = 1024;

int refuse_large_greeting(SSL* connection, int* alert, void* /*unused*/) {
  const unsigned char* begin = nullptr;
  bool is_large = SSL_client_hello_get0_ciphers(connection, &begin) > kMostOfCiphers;
  for (const auto& [extension, most] : kMostOfAGreeting) {
    std::size_t bytes = 0;
    is_large |= SSL_client_hello_get0_ext(connection, extension, &begin, &bytes) == 1 && bytes > most;
  }
  *alert = SSL_AD_HANDSHAKE_FAILURE;
  return is_large ? SSL_CLIENT_HELLO_ERROR : SSL_CLIENT_HELLO_SUCCESS;
}

// A kiosk shows one certificate, of some 700 bytes. OpenSSL reads the key of each before it looks whose they are: 80 ms
// for the 100 KiB that it takes unless it is told.
constexpr long kMostOfCertificates = 8 * 1024;

void set_up(ssl::context& context, const TlsListener& listener) {
  context.use_certificate_chain(boost::asio::buffer(listener.certificate_pem));
  context.use_private_key(boost::asio::buffer(listener.key_pem), ssl::context::pem);
  if (listener.authority_pem.empty()) {
    context.set_verify_mode(ssl::verify_none);  // not asked for
  } else {
    context.add_certificate_authority(boost::asio::buffer(listener.authority_pem));
    context.set_verify_mode(ssl::verify_peer);  // asked for, refused when it is not the authority's; may be missing
  }
  SSL_CTX* const raw = context.native_handle();
  SSL_CTX_set_min_proto_version(raw, TLS1_3_VERSION);
  // OpenSSL offers finite fields up to 8192 bits besides, which cost the server a hundred times as much as these, and
  // whoever asks for them nothing at all (CVE-2002-20001).
  if (SSL_CTX_set1_groups_list(raw, "X25519:P-256:P-384") != 1) {
    throw boost::system::system_error(boost::system::errc::make_error_code(boost::system::errc::not_supported));
  }
  SSL_CTX_set_client_hello_cb(raw, refuse_large_greeting, nullptr);
  SSL_CTX_set_max_cert_list(raw, kMostOfCertificates);
  SSL_CTX_set_msg_callback(raw, count_key_updates);
  SSL_CTX_set_purpose(raw, X509_PURPOSE_SSL_CLIENT);
  // Every handshake shows the certificate anew, so that one that has run out or was revoked is never resumed.
  SSL_CTX_set_num_tickets(raw, 0);
  SSL_CTX_set_session_cache_mode(raw, SSL_SESS_CACHE_OFF);
}

}  // namespace

Result<std::unique_ptr<ssl::context>> tls_context(const TlsListener& listener) {
  try {
    auto context = std::make_unique<ssl::context>(ssl::context::tls_server);
    set_up(*context, listener);
    return context;
  } catch (const boost::system::system_error& error) {
    return fail(
        ErrorCode::invalid,
        "the server's key, its certificate or the authority's certificate cannot be used: " + error.code().message());
  }
}

Peer peer_of(ssl_st* connection) {
  Peer peer;
  const std::unique_ptr<X509, FreeCertificate> certificate(SSL_get1_peer_certificate(connection));
  if (!certificate || SSL_get_verify_result(connection) != X509_V_OK) return peer;
  peer.certificate_pem = pem_of(certificate.get());
  const ASN1_INTEGER* const serial = X509_get0_serialNumber(certificate.get());
  peer.certificate_serial =
      to_hex(ByteView(ASN1_STRING_get0_data(serial), static_cast<std::size_t>(ASN1_STRING_length(serial))));
  peer.certificate_holder = common_name_of(certificate.get());
  return peer;
}

}  // namespace perspective::http
