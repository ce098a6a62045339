#include "protocol/enrolment.h"

#include <gmock/gmock.h>

#include <ctime>
#include <set>

#include "unit/envelope/shell.h"

namespace perspective::protocol {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using testing::Shell;

class Enrolment : public ::testing::Test {
 protected:
  std::string issued_kiosk(const KeyAndRequest& device) const {
    return *issue_kiosk(authority_, device.request_pem, "kiosk-1", now_s_, 397);
  }
  // What stock OpenSSL says of the certificate.
  std::string described(const std::string& pem) {
    shell_.write("c.pem", as_bytes(pem));
    EXPECT_TRUE(shell_.run("openssl x509 -in c.pem -noout -text")) << shell_.output();
    return shell_.output();
  }
  bool stock_openssl_trusts(const std::string& pem, const std::string& purpose) {
    shell_.write("a.pem", as_bytes(authority_.certificate_pem));
    shell_.write("c.pem", as_bytes(pem));
    return shell_.run("openssl verify -x509_strict -CAfile a.pem -purpose " + purpose + " c.pem");
  }
  Shell shell_;
  std::int64_t now_s_ = std::time(nullptr);
  KeyAndCertificate authority_ = *make_authority("Perspective collector", now_s_, 3650);
};

TEST_F(Enrolment, TheServersCertificateNamesItsHostsAndIsTrusted) {
  const auto server = issue(authority_, Use::server, {"collector.example.org", "127.0.0.1", "::1"}, now_s_, 825);
  ASSERT_TRUE(server);
  EXPECT_TRUE(stock_openssl_trusts(server->certificate_pem, "sslserver")) << shell_.output();
  EXPECT_FALSE(stock_openssl_trusts(server->certificate_pem, "sslclient"));
  EXPECT_THAT(described(server->certificate_pem),
              AllOf(HasSubstr("DNS:collector.example.org, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1"),
                    HasSubstr("TLS Web Server Authentication")));
}

TEST_F(Enrolment, AServerNeedsHostsThatAreNamesOrAddresses) {
  EXPECT_EQ(issue(authority_, Use::server, {}, now_s_, 1).error().code, ErrorCode::invalid);
  for (const char* host : {"", "a b", "a,DNS:evil.org", "x@y", "*.org"}) {
    EXPECT_EQ(issue(authority_, Use::server, {host}, now_s_, 1).error().code, ErrorCode::invalid) << host;
  }
}

TEST_F(Enrolment, AKiosksCertificateIsForClientsAndHasItsIdAsName) {
  const auto device = make_device_key();
  const std::string pem = issued_kiosk(*device);
  EXPECT_TRUE(stock_openssl_trusts(pem, "sslclient")) << shell_.output();
  EXPECT_FALSE(stock_openssl_trusts(pem, "sslserver"));
  EXPECT_EQ(*common_name_of(pem), "kiosk-1");
  EXPECT_TRUE(check_kiosk_certificate(pem, device->key_pem, authority_.certificate_pem));
}

TEST_F(Enrolment, AKioskRefusesACertificateForAnotherKey) {
  const auto checked =
      check_kiosk_certificate(issued_kiosk(*make_device_key()), make_device_key()->key_pem, authority_.certificate_pem);
  EXPECT_THAT(checked.error().what, HasSubstr("another key"));
}

TEST_F(Enrolment, AKioskRefusesACertificateOfAnotherAuthority) {
  const auto device = make_device_key();
  const auto other = make_authority("Perspective collector", now_s_, 3650);
  const auto checked = check_kiosk_certificate(issued_kiosk(*device), device->key_pem, other->certificate_pem);
  EXPECT_EQ(checked.error().code, ErrorCode::refused);
  EXPECT_THAT(checked.error().what, HasSubstr("did not issue it"));
}

TEST_F(Enrolment, AKioskRefusesACertificateThatIsNotForClients) {
  const auto server = issue(authority_, Use::server, {"h"}, now_s_, 1);
  const auto checked = check_kiosk_certificate(server->certificate_pem, server->key_pem, authority_.certificate_pem);
  EXPECT_THAT(checked.error().what, HasSubstr("not for clients"));
}

TEST_F(Enrolment, ARequestSignedByAnotherKeyIsRefused) {
  std::string request = make_device_key()->request_pem;
  shell_.write("r.pem", as_bytes(request));
  ASSERT_TRUE(
      shell_.run("openssl req -in r.pem -outform DER | head -c -1 > r.der; printf '\\001' >> r.der\n"
                 "{ echo -----BEGIN CERTIFICATE REQUEST-----; base64 r.der; echo -----END CERTIFICATE "
                 "REQUEST-----; } > changed.pem"));
  const auto issued = issue_kiosk(authority_, shell_.text("changed.pem"), "k", now_s_, 1);
  EXPECT_EQ(issued.error().code, ErrorCode::refused) << issued.error().what;
}

TEST_F(Enrolment, ARequestForAnotherKindOfKeyIsInvalid) {
  ASSERT_TRUE(shell_.run("openssl req -new -newkey rsa:2048 -nodes -subj /CN=x -keyout k -out r.pem 2>/dev/null"));
  EXPECT_THAT(issue_kiosk(authority_, shell_.text("r.pem"), "k", now_s_, 1).error().what, HasSubstr("P-256"));
  EXPECT_EQ(issue_kiosk(authority_, "no request", "k", now_s_, 1).error().code, ErrorCode::invalid);
}

TEST_F(Enrolment, WhatARequestAsksForIsNotWhatItGets) {
  ASSERT_TRUE(
      shell_.run("openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=admin "
                 "-addext basicConstraints=CA:TRUE -keyout k -out r.pem 2>/dev/null"));
  const auto pem = issue_kiosk(authority_, shell_.text("r.pem"), "kiosk-2", now_s_, 1);
  EXPECT_EQ(*common_name_of(*pem), "kiosk-2");
  EXPECT_THAT(described(*pem), HasSubstr("CA:FALSE"));
}

TEST_F(Enrolment, TheAuthorityCannotMakeFurtherAuthorities) {
  EXPECT_THAT(described(authority_.certificate_pem), HasSubstr("CA:TRUE, pathlen:0"));
}

TEST_F(Enrolment, AnAuthorityWhoseKeyIsAnothersIsRefused) {
  KeyAndCertificate mixed = authority_;
  mixed.key_pem = make_device_key()->key_pem;
  EXPECT_EQ(issue(mixed, Use::server, {"h"}, now_s_, 1).error().code, ErrorCode::refused);
}

TEST_F(Enrolment, ACertificateHoldsFromAnHourBeforeItWasMade) {
  const auto made = make_authority("x", 1'700'003'600, 1);  // 2023-11-14 23:13:20
  EXPECT_THAT(described(made->certificate_pem),
              AllOf(HasSubstr("Not Before: Nov 14 22:13:20 2023"), HasSubstr("Not After : Nov 15 22:13:20 2023")));
}

TEST_F(Enrolment, SerialsAreSixteenBytesAndNeverTheSame) {
  std::set<std::string> serials;
  for (int i = 0; i < 20; ++i)
    serials.insert(*serial_of(issue(authority_, Use::server, {"h"}, now_s_, 1)->certificate_pem));
  EXPECT_EQ(serials.size(), 20U);
  for (const auto& serial : serials) EXPECT_EQ(serial.size(), 32U);
}

TEST_F(Enrolment, TheFingerprintIsTheOneThatStockOpenSslShows) {
  shell_.write("a.pem", as_bytes(authority_.certificate_pem));
  ASSERT_TRUE(shell_.run("openssl x509 -in a.pem -outform DER | openssl dgst -sha256 -r | cut -c1-64 | tr -d '\\n'"));
  EXPECT_EQ(*sha256_of_certificate(authority_.certificate_pem), shell_.output());
  EXPECT_EQ(sha256_of_certificate("none").error().code, ErrorCode::invalid);
}

}  // namespace
}  // namespace perspective::protocol
