#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "unit/http/raw_tls.h"
#include "unit/http/server_fixture.h"

namespace perspective::http {
namespace {

class Tls : public ServerFixture {
 protected:
  Tls() {
    add(echo("GET", "/open"));
    Route who{.method = "GET", .path = "/who", .handler = [](const Request& request, const Respond& respond) {
                respond(text_response(request.peer.certificate_pem));
              }};
    who.needs_certificate = true;
    add(who);
    start();
  }
};

TEST_F(Tls, AnswersWithoutAClientCertificateWhereNoneIsNeeded) {
  const auto answer = kiosk().get("/open");
  EXPECT_EQ(answer.curl, CURLE_OK);
  EXPECT_EQ(answer.status, 200);
}

TEST_F(Tls, ARouteForKiosksWithoutACertificateIs401) {
  const auto answer = kiosk().get("/who");
  EXPECT_EQ(answer.status, 401);
  EXPECT_NE(answer.header.find("application/problem+json"), std::string::npos);
  EXPECT_NE(answer.body.find("Enrol this kiosk first"), std::string::npos);
}

TEST_F(Tls, TheHandlerLearnsWhoseCertificateItIs) {
  const Identity identity = kiosk_of(authority_, "kiosk-7");
  const auto answer = kiosk(identity).get("/who");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(protocol::serial_of(answer.body).value(), protocol::serial_of(identity.certificate_pem).value());
}

TEST_F(Tls, ACertificateOfAnotherAuthorityEndsTheHandshake) {
  const auto answer = kiosk(kiosk_of(make_authority(), "kiosk-7")).get("/open");
  EXPECT_NE(answer.curl, CURLE_OK);
  EXPECT_EQ(answer.status, 0);
}

TEST_F(Tls, ACertificateThatIsNotForClientsEndsTheHandshake) {
  const auto server = protocol::issue(authority_, protocol::Use::server, {"x"}, SystemClock().now_s(), kDays).value();
  const auto answer = kiosk({server.key_pem, server.certificate_pem}).get("/open");
  EXPECT_NE(answer.curl, CURLE_OK);
  EXPECT_EQ(answer.status, 0);
}

TEST_F(Tls, ACertificateThatHasRunOutEndsTheHandshake) {
  const auto made = protocol::make_device_key().value();
  const std::int64_t long_ago_s = SystemClock().now_s() - 86'400 * (kDays - 1);
  const auto old_authority = authority_;
  const auto expired = protocol::issue_kiosk(old_authority, made.request_pem, "kiosk-7", long_ago_s, 1).value();
  const auto answer = kiosk({made.key_pem, expired}).get("/open");
  EXPECT_NE(answer.curl, CURLE_OK);
  EXPECT_EQ(answer.status, 0);
}

TEST_F(Tls, OlderThan13IsRefused) {
  auto client = kiosk();
  constexpr long kTls12 = CURL_SSLVERSION_TLSv1_2;
  client.tls_version = kTls12 | kTls12 << 16;  // at least | at most
  EXPECT_EQ(client.get("/open").curl, CURLE_SSL_CONNECT_ERROR);
  client.tls_version = CURL_SSLVERSION_TLSv1_3;
  EXPECT_EQ(client.get("/open").status, 200);
}

// One such handshake takes a tenth of a second of a thread that answers everybody.
TEST_F(Tls, AGroupThatCostsMuchIsRefused) {
  for (const std::string group : {"ffdhe2048", "ffdhe8192", "P-521"}) {
    auto client = kiosk();
    client.groups = group;
    EXPECT_EQ(client.get("/open").curl, CURLE_SSL_CONNECT_ERROR) << group;
  }
  for (const std::string group : {"X25519", "P-256", "P-384"}) {
    auto client = kiosk();
    client.groups = group;
    EXPECT_EQ(client.get("/open").status, 200) << group;
  }
}

// Of 64 KiB it costs that thread a tenth of a second, and whoever sends it nothing.
TEST_F(Tls, AGreetingThatCostsMuchIsRefused) {
  const auto answered = [&](std::size_t groups, std::size_t shares) {
    const RawTls client(port_);
    EXPECT_TRUE(client.say_plainly(greeting(groups, shares)));
    return client.hear_plainly();
  };
  EXPECT_EQ(answered(100, 700), 0x16) << "asks for a share of a group that it knows";
  EXPECT_EQ(answered(200, 700), 0x15);
  EXPECT_EQ(answered(100, 1'000), 0x15);
  EXPECT_EQ(answered(16'000, 6'400), 0x15);
  EXPECT_EQ(kiosk().get("/open").status, 200);
}

TEST_F(Tls, MoreCertificatesThanAKioskHasAreNotLookedAt) {
  auto identity = kiosk_of(authority_, "kiosk-7");
  identity.certificate_pem += authority_.certificate_pem;
  EXPECT_EQ(kiosk(identity).get("/who").status, 200);
  for (int i = 0; i < 30; ++i) identity.certificate_pem += authority_.certificate_pem;
  EXPECT_EQ(kiosk(identity).get("/who").status, 0);
}

TEST_F(Tls, TheServerShowsACertificateOfItsAuthority) {
  auto client = kiosk();
  client.authority_pem = make_authority().certificate_pem;
  EXPECT_EQ(client.get("/open").curl, CURLE_PEER_FAILED_VERIFICATION);
}

TEST_F(Tls, PlainHttpGetsNoAnswer) {
  WebClient client("http://127.0.0.1:" + std::to_string(port_));
  EXPECT_EQ(client.get("/open").status, 0);
}

TEST_F(Tls, AKeyOfAnotherCertificateIsRefusedAtTheStart) {
  const auto one = protocol::issue(authority_, protocol::Use::server, {"x"}, SystemClock().now_s(), kDays).value();
  const auto two = protocol::issue(authority_, protocol::Use::server, {"x"}, SystemClock().now_s(), kDays).value();
  Server server;
  const auto port = server.listen_tls({.address = "127.0.0.1",
                                       .port = 0,
                                       .certificate_pem = one.certificate_pem,
                                       .key_pem = two.key_pem,
                                       .authority_pem = authority_.certificate_pem},
                                      Router());
  ASSERT_FALSE(port);
  EXPECT_EQ(port.error().code, ErrorCode::invalid);
}

TEST_F(Tls, ANewCertificateIsShownToWhoeverConnectsFromNowOn) {
  auto early = kiosk();
  EXPECT_EQ(early.get("/open").status, 200);
  const auto other = make_authority();
  const auto own = protocol::issue(other, protocol::Use::server, {"127.0.0.1"}, SystemClock().now_s(), kDays).value();
  TlsListener renewed{.port = port_,
                      .certificate_pem = own.certificate_pem,
                      .key_pem = own.key_pem,
                      .authority_pem = authority_.certificate_pem};
  ASSERT_TRUE(server_->renew(renewed));
  auto late = kiosk();
  late.authority_pem = other.certificate_pem;
  WebAnswer answer;
  for (int i = 0; i < 100 && answer.status != 200; ++i) answer = late.get("/open");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(kiosk().get("/open").status, 0) << "the old one is shown no more";
  const auto again = early.get("/open");
  EXPECT_TRUE(again.is_reused && again.status == 200) << "who is in stays in";
  renewed.port = 1;
  EXPECT_FALSE(server_->renew(renewed)) << "nobody listens there";
}

TEST_F(Tls, WorkIsDoneEveryPeriodUntilTheServerStops) {
  Server server;
  std::atomic<int> times = 0;
  server.every(5, [&times] { ++times; });
  server.start();
  for (int i = 0; i < 1000 && times < 3; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  server.stop();
  const int before = times;
  EXPECT_GE(before, 3);
  std::this_thread::sleep_for(std::chrono::milliseconds(30));
  EXPECT_EQ(times, before);
}

}  // namespace
}  // namespace perspective::http
