// Somebody else answers. Nothing leaves the outbox, and the supervisor reads that it is not the collector.
#include "network/hostile_line.h"
#include "network/other_ends.h"

namespace perspective::network {
namespace {

constexpr int kEnvelopes = 3;
constexpr std::int64_t kDay_s = 86'400;

class Stranger : public HostileLine {
 protected:
  void SetUp() override {
    HostileLine::SetUp();
    authority_ = {collector_keys().authority.key_pem, collector_keys().authority.certificate_pem};
    put(kEnvelopes);
  }

  protocol::KeyAndCertificate server_of(const protocol::KeyAndCertificate& authority, const std::string& host,
                                        std::int64_t from_s, int days) const {
    return protocol::issue(authority, protocol::Use::server, {host}, from_s, days).value();
  }
  // It answers 200 with a page and every receipt it can make up.
  Impostor impostor(const protocol::KeyAndCertificate& own) const {
    return {own, authority_.certificate_pem, [](const http::Request&) { return page(200); }};
  }
  static http::Response page(int status) {
    return {.status = status,
            .content_type = "text/html",
            .body = kLoginPage,
            .headers = {{"Location", "https://127.0.0.1/login"}}};
  }

  void expect_kept(std::uint16_t port, Reason reason) {
    gate_->lead_to(port);
    const auto step = kiosk_->step();
    EXPECT_EQ(step.next, Next::later);
    EXPECT_EQ(step.notice, reason);
    EXPECT_TRUE(kiosk_->is_waiting());
    EXPECT_EQ(kiosk_->outbox->draw_batch(50).value().size(), put_.size());
    kiosk_ = std::make_unique<Kiosk>(folder_ / "kiosk", *enrolment_);  // no connection is left
  }
  void expect_all_sent_once_the_collector_is_back() {
    gate_->lead_to(collector_port());
    send_all(*kiosk_);
    expect_every_envelope_exactly_once();
  }

  std::int64_t now_s_ = SystemClock().now_s();
  protocol::KeyAndCertificate authority_;  // the collector's own
};

TEST_F(Stranger, LoginPageWithoutTlsIsNotTheCollector) {
  const PlainServer page(http_answer("HTTP/1.1 200 OK", kLoginPage));
  expect_kept(page.port(), Reason::collector_unproven);
  const PlainServer redirection(http_answer("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/login", ""));
  expect_kept(redirection.port(), Reason::collector_unproven);
  const PlainServer complaint(http_answer("HTTP/1.1 400 Bad Request", "TLS spoken to a plain port"));
  expect_kept(complaint.port(), Reason::collector_unproven);
  EXPECT_EQ(page.asked() + redirection.asked() + complaint.asked(), 3);
  expect_all_sent_once_the_collector_is_back();
}

TEST_F(Stranger, LoginPageWithACertificateIsNotTheCollector) {
  const auto other_authority = protocol::make_authority("Guest Wi-Fi", now_s_, 30).value();
  const auto of_another = impostor(server_of(other_authority, "127.0.0.1", now_s_, 30));
  expect_kept(of_another.port(), Reason::collector_unproven);
  // The same name as the collector's own authority makes it no other.
  const auto namesake = protocol::make_authority("Perspective collector 127.0.0.1", now_s_, 30).value();
  const auto of_namesake = impostor(server_of(namesake, "127.0.0.1", now_s_, 30));
  expect_kept(of_namesake.port(), Reason::collector_unproven);
  const auto of_itself = impostor(self_signed(folder_));
  expect_kept(of_itself.port(), Reason::collector_unproven);
  EXPECT_EQ(of_another.asked() + of_namesake.asked() + of_itself.asked(), 0) << "a stranger was sent envelopes";
  expect_all_sent_once_the_collector_is_back();
}

TEST_F(Stranger, CertificateOutOfItsTimeOrPlaceIsNotTheCollectors) {
  const auto expired = impostor(server_of(authority_, "127.0.0.1", now_s_ - 10 * kDay_s, 5));
  expect_kept(expired.port(), Reason::collector_unproven);
  const auto not_yet = impostor(server_of(authority_, "127.0.0.1", now_s_ + 5 * kDay_s, 30));
  expect_kept(not_yet.port(), Reason::collector_unproven);
  const auto elsewhere = impostor(server_of(authority_, "192.0.2.1", now_s_, 30));
  expect_kept(elsewhere.port(), Reason::collector_unproven);
  const auto signer = protocol::issue(authority_, protocol::Use::package_signing, {}, now_s_, 30).value();
  const auto for_packages = impostor(signer);
  expect_kept(for_packages.port(), Reason::collector_unproven);
  EXPECT_EQ(expired.asked() + not_yet.asked() + elsewhere.asked() + for_packages.asked(), 0);
  expect_all_sent_once_the_collector_is_back();
}

TEST_F(Stranger, AnotherKiosksCertificateMakesNoCollector) {
  const auto made = protocol::make_device_key().value();
  const auto certificate = protocol::issue_kiosk(authority_, made.request_pem, "127.0.0.1", now_s_, 30).value();
  const auto kiosk = impostor({made.key_pem, certificate});
  expect_kept(kiosk.port(), Reason::collector_unproven);
  EXPECT_EQ(kiosk.asked(), 0);
}

TEST_F(Stranger, OldTlsIsNotSpokenWithOrWithoutForwardSecrecy) {
  make_rsa_server(folder_, authority_);
  const std::string key = folder_ / "key.pem";
  const std::string certificate = folder_ / "certificate.pem";
  const OpensslServer plain_rsa({"-key", key, "-cert", certificate, "-tls1_2", "-cipher", "AES128-GCM-SHA256"});
  expect_kept(plain_rsa.port(), Reason::collector_unproven);
  const OpensslServer forward({"-key", key, "-cert", certificate, "-tls1_2"});
  expect_kept(forward.port(), Reason::collector_unproven);
  expect_all_sent_once_the_collector_is_back();
}

// Whoever has the server's key has no receipt key: TLS is satisfied, the outbox is not.
TEST_F(Stranger, GenuineServerWithReceiptsOfAnotherKeyMovesNothing) {
  const auto key = protocol::ReceiptKey::parse(protocol::ReceiptKey::generate_pem().value()).value();
  const auto size = put_.begin()->second.size();
  for (const int status : {200, 201, 410}) {
    const Impostor forger(server_of(authority_, "127.0.0.1", now_s_, 30), authority_.certificate_pem,
                          [&key, size, status](const http::Request& request) {
                            std::vector<protocol::Outcome> outcomes;
                            const auto batch = protocol::decode_batch(request.bytes(), size).value();
                            for (const auto& one : batch) {
                              const auto receipt = key.sign(one.id, protocol::digest_of(one.body)).value();
                              outcomes.push_back({one.id, status, receipt, ""});
                            }
                            return http::json_response(200, protocol::encode_outcomes(outcomes));
                          });
    expect_kept(forger.port(), Reason::collector_not_understood);
    EXPECT_EQ(forger.asked(), 1);
  }
  expect_all_sent_once_the_collector_is_back();
}

TEST_F(Stranger, GenuineServerWithALoginPageMovesNothing) {
  for (const int status : {200, 201, 302, 307, 308}) {
    const Impostor portal(server_of(authority_, "127.0.0.1", now_s_, 30), authority_.certificate_pem,
                          [status](const http::Request&) { return page(status); });
    expect_kept(portal.port(), Reason::collector_not_understood);
    EXPECT_EQ(portal.asked(), 1) << "a redirection was followed";
  }
  expect_all_sent_once_the_collector_is_back();
}

}  // namespace
}  // namespace perspective::network
