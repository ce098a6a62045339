#include "upload/tls_failure.h"

#include <curl/curl.h>
#include <gtest/gtest.h>

namespace perspective::upload {
namespace {

// As libcurl 7.88 with OpenSSL 3.0 says it; tests/network makes each of them happen.
TEST(TlsFailure, OfAHandshakeWithSomebodyElseIsAStrangers) {
  for (const char* text : {"error:0A00010B:SSL routines::wrong version number",
                           "error:0A00042E:SSL routines::tlsv1 alert protocol version"}) {
    EXPECT_EQ(tls_failure_of(CURLE_SSL_CONNECT_ERROR, text), TlsFailure::stranger) << text;
  }
  EXPECT_EQ(tls_failure_of(CURLE_PEER_FAILED_VERIFICATION, "SSL certificate problem"), TlsFailure::stranger);
}

TEST(TlsFailure, OfALineThatBreaksIsNobodys) {
  EXPECT_EQ(tls_failure_of(CURLE_SSL_CONNECT_ERROR, "error:0A000126:SSL routines::unexpected eof while reading"),
            TlsFailure::away);
  EXPECT_EQ(tls_failure_of(CURLE_SSL_CONNECT_ERROR, "OpenSSL SSL_connect: Connection reset by peer"), TlsFailure::away);
  EXPECT_EQ(tls_failure_of(CURLE_RECV_ERROR, "error:0A0003FC:SSL routines::sslv3 alert bad record mac"),
            TlsFailure::away);
  EXPECT_EQ(tls_failure_of(CURLE_OPERATION_TIMEDOUT, ""), TlsFailure::away);
}

TEST(TlsFailure, OfOurCertificateIsTheCollectorsWord) {
  for (const char* text :
       {"OpenSSL SSL_read: error:0A000415:SSL routines::sslv3 alert certificate expired, errno 0",
        "OpenSSL SSL_read: error:0A000412:SSL routines::sslv3 alert bad certificate, errno 0",
        "OpenSSL SSL_read: error:0A000418:SSL routines::tlsv1 alert unknown ca, errno 0",
        "OpenSSL SSL_read: error:0A00045C:SSL routines::tlsv13 alert certificate required, errno 0"}) {
    EXPECT_EQ(tls_failure_of(CURLE_RECV_ERROR, text), TlsFailure::not_accepted) << text;
  }
}

TEST(TlsFailure, OfAnotherLibraryOrWithoutANumberIsNobodys) {
  for (const char* text : {"", "error:", "error:zz", "error:02000415:system library::", "0A000415"}) {
    EXPECT_EQ(tls_failure_of(CURLE_RECV_ERROR, text), TlsFailure::away) << text;
  }
}

}  // namespace
}  // namespace perspective::upload
