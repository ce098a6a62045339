// Who comes to the kiosks' door with bad manners, over real TLS. No handler is asked, and who comes properly is served.
#include <atomic>

#include "http/bodies.h"
#include "unit/http/raw_tls.h"
#include "unit/http/server_fixture.h"

namespace perspective::http {
namespace {

class BadManners : public ServerFixture {
 protected:
  void serve(const Limits& limits) {
    add({.method = "POST",
         .path = "/batch",
         .handler =
             [this](const Request&, const Respond& respond) {
               ++asked_;
               respond(text_response("taken"));
             },
         .max_body_bytes = 10'000});
    add({.method = "GET", .path = "/secret", .handler = [](const Request&, const Respond& respond) {
           respond(problem(403, "This kiosk was revoked."));
         }});
    start(limits);
  }
  void expect_the_others_are_served() { EXPECT_EQ(kiosk().post("/batch", "body").status, 200); }

  std::atomic<int> asked_ = 0;
};

TEST_F(BadManners, SlowLorisLosesItsConnectionAndHoldsUpNobody) {
  serve({.handshake_ms = 400, .header_ms = 400, .body_ms = 400});
  RawTls mute(port_);
  RawTls drips_hello(port_);
  EXPECT_TRUE(drips_hello.say_plainly("\x16\x03\x01"));
  RawTls drips_header(port_);
  ASSERT_TRUE(drips_header.shake_hands());
  EXPECT_TRUE(drips_header.say("POST /batch HTTP/1.1\r\nHost: "));
  RawTls drips_body(port_);
  ASSERT_TRUE(drips_body.shake_hands());
  EXPECT_TRUE(drips_body.say("POST /batch HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\nsome"));
  expect_the_others_are_served();
  for (const RawTls* each : {&mute, &drips_hello, &drips_header, &drips_body}) EXPECT_TRUE(each->is_closed_in_time());
  EXPECT_EQ(asked_, 1);
}

TEST_F(BadManners, HeaderOver16KiBIsRefused) {
  serve({});
  RawTls client(port_);
  ASSERT_TRUE(client.shake_hands());
  EXPECT_TRUE(client.say("POST /batch HTTP/1.1\r\nHost: x\r\nX-Long: " + std::string(20'000, 'x') + "\r\n\r\n"));
  EXPECT_NE(client.hear_all().find("HTTP/1.1 431"), std::string::npos);
  EXPECT_EQ(asked_, 0);
  expect_the_others_are_served();
}

TEST_F(BadManners, HeadsThatCostMuchAreRefusedBeforeTheirAddressIsLookedUp) {
  serve({});
  const auto answer_to = [&](const std::string& path, int fields) {
    RawTls client(port_);
    EXPECT_TRUE(client.shake_hands());
    std::string head = "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n";
    for (int i = 0; i < fields; ++i) head += "X" + std::to_string(i) + ": 1\r\n";
    EXPECT_TRUE(client.say(head + "\r\n"));
    return client.hear_all().substr(0, 12);
  };
  EXPECT_EQ(answer_to("/" + std::string(1'000, '/'), 60), "HTTP/1.1 404");
  EXPECT_EQ(answer_to("/" + std::string(1'100, '/'), 0), "HTTP/1.1 414");
  EXPECT_EQ(answer_to("/secret", 63), "HTTP/1.1 431");
  EXPECT_EQ(answer_to("/secret?" + std::string(32, '&'), 0), "HTTP/1.1 400");
  expect_the_others_are_served();
}

// What was asked behind it is not heard: whoever goes on greets anew.
TEST_F(BadManners, AHeadThatCostsMuchIsTheLastOfItsConnection) {
  serve({});
  std::string fields = "GET /secret HTTP/1.1\r\nHost: x\r\n";
  for (int i = 0; i < 64; ++i) fields += "X" + std::to_string(i) + ": 1\r\n";
  for (const auto& head : {fields + "\r\n", "GET /" + std::string(1'100, '/') + " HTTP/1.1\r\nHost: x\r\n\r\n"}) {
    RawTls client(port_);
    ASSERT_TRUE(client.shake_hands());
    EXPECT_TRUE(client.say(head + "GET /secret HTTP/1.1\r\nHost: x\r\n\r\n"));
    const auto heard = client.hear_all();
    EXPECT_EQ(heard.find("HTTP/1.1 4"), 0U);
    EXPECT_EQ(heard.rfind("HTTP/1.1 "), 0U) << heard;
  }
  expect_the_others_are_served();
}

// Each may send much, and none of them much more on other connections.
TEST_F(BadManners, BodiesThatNeverEndTakeTheRoomOfWhoeverSendsThem) {
  add({.method = "POST",
       .path = "/large",
       .handler = [](const Request& request,
                     const Respond& respond) { respond(text_response(std::to_string(request.bytes().size()))); },
       .max_body_bytes = Bodies::kMostOfOne});
  serve({});
  const std::string large = "POST /large HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: " +
                            std::to_string(Bodies::kMostOfOne / 2) + "\r\n\r\n";
  RawTls one(port_);
  RawTls two(port_);
  RawTls three(port_);
  RawTls chunked(port_);
  for (auto* const each : {&one, &two}) {
    ASSERT_TRUE(each->shake_hands());
    ASSERT_TRUE(each->say(large));
    ASSERT_EQ(each->hear_some(), "HTTP/1.1 100 Cont") << "it has its room";
  }
  ASSERT_TRUE(three.shake_hands());
  ASSERT_TRUE(three.say(large));
  three.stop_speaking();
  const std::string answer = three.hear_all();
  EXPECT_NE(answer.find("HTTP/1.1 503"), std::string::npos) << answer;
  EXPECT_NE(answer.find("Retry-After"), std::string::npos);
  ASSERT_TRUE(chunked.shake_hands());
  ASSERT_TRUE(chunked.say("POST /large HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"));
  EXPECT_NE(chunked.hear_all().find("HTTP/1.1 503"), std::string::npos);
  expect_the_others_are_served();
  auto holder = kiosk(kiosk_of(authority_, "kiosk-7"));
  EXPECT_EQ(holder.post("/large", std::string(1'000'000, 'x')).body, "1000000") << "it has room of its own";
}

// Each may have much on its way, and who does not read what they asked for gets no more of it.
TEST_F(BadManners, AnswersThatNobodyReadsTakeTheRoomOfWhoeverAsked) {
  add({.method = "GET", .path = "/large", .handler = [](const Request&, const Respond& respond) {
         respond(text_response(std::string(Bodies::kMostOfOne, 'x')));
       }});
  serve({});
  const std::string question = "GET /large HTTP/1.1\r\nHost: x\r\n\r\n";
  RawTls mute(port_);
  ASSERT_TRUE(mute.shake_hands());
  ASSERT_TRUE(mute.say(question));
  ASSERT_EQ(mute.hear_some(), "HTTP/1.1 200 OK\r\n") << "it is on its way";
  RawTls next(port_);
  ASSERT_TRUE(next.shake_hands());
  ASSERT_TRUE(next.say(question));
  next.stop_speaking();
  const std::string answer = next.hear_all();
  EXPECT_NE(answer.find("HTTP/1.1 503"), std::string::npos) << answer.size();
  EXPECT_NE(answer.find("Retry-After"), std::string::npos);
  expect_the_others_are_served();
  auto holder = kiosk(kiosk_of(authority_, "kiosk-7"));
  EXPECT_EQ(holder.get("/large").body.size(), Bodies::kMostOfOne) << "it has room of its own";
}

TEST_F(BadManners, WhoChangesKeysWithoutEndLosesTheConnection) {
  serve({});
  const std::string question = "GET /secret HTTP/1.1\r\nHost: x\r\n\r\n";
  RawTls some(port_);
  ASSERT_TRUE(some.shake_hands());
  EXPECT_TRUE(some.change_keys(20) && some.say(question));
  EXPECT_NE(some.hear_all().find("HTTP/1.1 403"), std::string::npos) << "so many are no fault";
  RawTls many(port_);
  ASSERT_TRUE(many.shake_hands());
  const bool is_there = many.change_keys(40) && many.say(question);
  EXPECT_EQ(is_there ? many.hear_all() : "", "") << "each is answered for ever";
  expect_the_others_are_served();
}

TEST_F(BadManners, BodyShorterThanDeclaredReachesNoHandler) {
  serve({});
  RawTls client(port_);
  ASSERT_TRUE(client.shake_hands());
  EXPECT_TRUE(client.say("POST /batch HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n" + std::string(499, 'x')));
  client.stop_speaking();
  EXPECT_EQ(client.hear_all(), "");
  EXPECT_EQ(asked_, 0);
  expect_the_others_are_served();
}

TEST_F(BadManners, BodyWithTwoLengthsReachesNoHandler) {
  serve({});
  RawTls client(port_);
  ASSERT_TRUE(client.shake_hands());
  EXPECT_TRUE(client.say("POST /batch HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nContent-Length: 6\r\n\r\nbodies"));
  EXPECT_NE(client.hear_all().find("HTTP/1.1 400"), std::string::npos);
  EXPECT_EQ(asked_, 0);
}

TEST_F(BadManners, OldTlsIsRefusedWithOrWithoutForwardSecrecy) {
  serve({});
  EXPECT_FALSE(RawTls(port_, TLS1_2_VERSION).shake_hands());
  EXPECT_FALSE(RawTls(port_, TLS1_2_VERSION, "AES128-GCM-SHA256").shake_hands());
  EXPECT_TRUE(RawTls(port_).shake_hands());
}

TEST_F(BadManners, WhoIsShutOutBeginsAnew) {
  serve({});
  auto client = kiosk();
  EXPECT_EQ(client.get("/secret").status, 403);
  EXPECT_FALSE(client.post("/batch", "body").is_reused);
  EXPECT_TRUE(client.post("/batch", "body").is_reused);
}

TEST_F(BadManners, ConnectionThatLastsTooLongIsClosedAfterItsAnswer) {
  serve({.connection_ms = 0});
  auto client = kiosk();
  EXPECT_EQ(client.post("/batch", "body").status, 200);
  EXPECT_FALSE(client.post("/batch", "body").is_reused);
}

// Closed with bytes unread, the connection would be reset, and the kiosk might never read that it is its certificate.
TEST_F(BadManners, RefusedCertificateIsHeardByWhoStillSpeaks) {
  serve({});
  const auto refused = kiosk_of(make_authority(), "kiosk-7");
  RawTls client(port_);
  client.show(refused.certificate_pem, refused.key_pem, folder_);
  ASSERT_TRUE(client.shake_hands());
  EXPECT_TRUE(client.say("POST /batch HTTP/1.1\r\nHost: x\r\nContent-Length: 9000\r\n\r\n" + std::string(4'000, 'x')));
  ASSERT_TRUE(client.is_closed_in_time());  // the alert is there
  EXPECT_FALSE(client.is_reset_soon());
  EXPECT_TRUE(client.say(std::string(5'000, 'x')));
  EXPECT_EQ(client.hear_all(), "");
  EXPECT_EQ(asked_, 0);
}

}  // namespace
}  // namespace perspective::http
