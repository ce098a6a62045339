// More come than there is room for, or one asks more often than is fair.
#include <arpa/inet.h>
#include <netinet/in.h>

#include "unit/http/raw_tls.h"
#include "unit/http/server_fixture.h"

namespace perspective::http {
namespace {

class ACrowd : public ServerFixture {
 protected:
  ~ACrowd() override {
    for (const int idler : idlers_) ::close(idler);
  }
  // Connects, each time from another address where they are many, and says nothing.
  void idle(std::uint32_t one_of_many = 0) {
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK + one_of_many);
    EXPECT_EQ(::bind(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port_);
    EXPECT_EQ(::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    idlers_.push_back(descriptor);
  }
  std::vector<int> idlers_;
};

TEST_F(ACrowd, LeavesRoomForAKioskHoweverManyIdle) {
  add(echo("GET", "/here"));
  start({.max_connections = 8});
  for (int i = 0; i < 40; ++i) idle();
  auto quiet = kiosk(kiosk_of(authority_, "quiet"));
  EXPECT_EQ(quiet.get("/here").status, 200);
  for (int i = 0; i < 40; ++i) idle();
  const auto again = quiet.get("/here");
  EXPECT_EQ(again.status, 200);
  EXPECT_TRUE(again.is_reused) << "whoever is known keeps their connection";
}

TEST_F(ACrowd, FromManyAddressesLeavesWhoeverTheGateLetIn) {
  router_.guard([](const Request& head, const Route&, const std::shared_ptr<Peer>& peer, const Respond& respond) {
    peer->known_as = head.header("x-name");
    respond({});
  });
  add(echo("GET", "/here"));
  start({.max_connections = 8});
  auto ada = kiosk();
  ada.headers = {"X-Name: ada"};
  auto stranger = kiosk();
  EXPECT_EQ(ada.get("/here").status, 200);
  EXPECT_EQ(stranger.get("/here").status, 200);
  for (std::uint32_t i = 1; i <= 40; ++i) idle(i);
  EXPECT_EQ(kiosk().get("/here").status, 200) << "whoever came before this one is in by now";
  EXPECT_TRUE(ada.get("/here").is_reused) << "she was here before all of them";
  EXPECT_FALSE(stranger.get("/here").is_reused) << "nobody knows them, and they were the oldest";
}

// Each has its share of the house, and comes again and again; somebody far away needs three times the way there and
// back until it is known.
TEST_F(ACrowd, ThatComesOnAndOnLeavesWhoeverIsSlowToShakeHands) {
  add(echo("GET", "/here"));
  start();
  RawTls far(port_);
  for (std::uint32_t i = 0; i < 1'000; ++i) idle((3U << 16) + i % 64);
  EXPECT_EQ(kiosk(kiosk_of(authority_, "near")).get("/here").status, 200)
      << "whoever came before this one is in by now";
  ASSERT_TRUE(far.shake_hands()) << "was pushed out before it could say anything";
  EXPECT_TRUE(far.say("GET /here HTTP/1.1\r\nHost: x\r\n\r\n"));
  EXPECT_EQ(far.hear_some(), "HTTP/1.1 200 OK\r\n");
}

TEST_F(ACrowd, OfOneCertificateLeavesRoomForAnother) {
  add(echo("GET", "/here"));
  start({.max_connections = 8});
  auto quiet = kiosk(kiosk_of(authority_, "quiet"));
  EXPECT_EQ(quiet.get("/here").status, 200);
  const auto identity = kiosk_of(authority_, "loud");
  std::vector<WebClient> loud;
  for (int i = 0; i < 20; ++i) {
    loud.push_back(kiosk(identity));
    EXPECT_EQ(loud.back().get("/here").status, 200);
  }
  const auto again = quiet.get("/here");
  EXPECT_EQ(again.status, 200);
  EXPECT_TRUE(again.is_reused);
}

TEST_F(ACrowd, IsToldWhenToComeAgainWhereOneAsksTooOften) {
  add(echo("GET", "/here"));
  start({.kiosks = {.per_s = 1, .burst = 3}});
  auto loud = kiosk(kiosk_of(authority_, "loud"));
  for (int i = 0; i < 3; ++i) EXPECT_EQ(loud.get("/here").status, 200);
  const auto answer = loud.get("/here");
  EXPECT_EQ(answer.status, 429);
  EXPECT_NE(answer.header.find("Retry-After: 1\r\n"), std::string::npos) << answer.header;
  EXPECT_EQ(kiosk(kiosk_of(authority_, "quiet")).get("/here").status, 200);
  EXPECT_EQ(kiosk().get("/here").status, 200) << "a stranger, from the same address";
}

TEST_F(ACrowd, OfCertificatesOfOneKioskLeavesRoomForAnother) {
  add(echo("GET", "/here"));
  start({.max_connections = 8});
  auto quiet = kiosk(kiosk_of(authority_, "quiet"));
  EXPECT_EQ(quiet.get("/here").status, 200);
  std::vector<WebClient> loud;
  for (int i = 0; i < 20; ++i) {
    loud.push_back(kiosk(kiosk_of(authority_, "loud")));
    EXPECT_EQ(loud.back().get("/here").status, 200) << "nobody is turned away for its certificates";
  }
  const auto again = quiet.get("/here");
  EXPECT_EQ(again.status, 200);
  EXPECT_TRUE(again.is_reused);
}

TEST_F(ACrowd, OfCertificatesOfOneKioskAsksNoMoreOftenThanOne) {
  add(echo("GET", "/here"));
  start({.kiosks = {.per_s = 1, .burst = 3}});
  for (int i = 0; i < 3; ++i) EXPECT_EQ(kiosk(kiosk_of(authority_, "loud")).get("/here").status, 200);
  EXPECT_EQ(kiosk(kiosk_of(authority_, "loud")).get("/here").status, 429);
  EXPECT_EQ(kiosk(kiosk_of(authority_, "quiet")).get("/here").status, 200);
}

// As one that was revoked, or has had its place taken by another certificate of the same kiosk.
TEST_F(ACrowd, OfCertificatesThatAreGoodNoMoreIsACrowdOfStrangers) {
  add(echo("GET", "/here"));
  const auto good = kiosk_of(authority_, "quiet");
  router_.recognise([&good](const Request& head, const Respond& respond) {
    respond(head.peer.certificate_pem == good.certificate_pem ? Response{} : problem(403, "It was revoked."));
  });
  start({.max_connections = 4, .kiosks = {.per_s = 1, .burst = 3}, .strangers = {.per_s = 1, .burst = 8}});
  auto quiet = kiosk(good);
  EXPECT_EQ(quiet.get("/here").status, 200);
  const auto old = kiosk_of(authority_, "quiet");
  std::vector<WebClient> loud;
  for (int i = 0; i < 8; ++i) {
    loud.push_back(kiosk(old));
    EXPECT_EQ(loud.back().get("/here").status, 200) << "it may ask, as any stranger";
  }
  EXPECT_EQ(kiosk(old).get("/here").status, 429);
  const auto again = quiet.get("/here");
  EXPECT_EQ(again.status, 200) << "they spent nothing of what the kiosk may ask";
  EXPECT_TRUE(again.is_reused) << "and took no place of its";
}

// It may come from many addresses, each of which has room for as much.
TEST_F(ACrowd, OfACertificateThatIsGoodNoMoreHasNoRoomForBodies) {
  std::atomic<int> asked = 0;
  Route route{.method = "POST", .path = "/send", .handler = [&asked](const Request&, const Respond& respond) {
                ++asked;
                respond(text_response("taken"));
              }};
  route.needs_certificate = true;
  route.max_body_bytes = 1024;
  add(route);
  router_.recognise([](const Request&, const Respond& respond) { respond(problem(403, "It was revoked.")); });
  start();
  auto old = kiosk(kiosk_of(authority_, "old"));
  const auto answer = old.post("/send", "answers");
  EXPECT_EQ(answer.status, 403);
  EXPECT_NE(answer.body.find("It was revoked."), std::string::npos);
  EXPECT_EQ(asked, 0);
}

TEST_F(ACrowd, ThatKeepsTheStoreBusyForAMomentLeavesNobodyUnknownForLong) {
  std::atomic<int> looks = 0;
  Route route = echo("GET", "/here");
  route.needs_certificate = true;
  add(route);
  router_.recognise([&looks](const Request&, const Respond& respond) {
    respond(++looks > 2 ? Response{} : problem(503, "The store does not answer."));
  });
  start();
  auto quiet = kiosk(kiosk_of(authority_, "quiet"));
  EXPECT_EQ(quiet.get("/here").status, 503) << "looked up as it came, and as it asked";
  const auto again = quiet.get("/here");
  EXPECT_EQ(again.status, 200);
  EXPECT_TRUE(again.is_reused);
  EXPECT_EQ(quiet.get("/here").status, 200);
  EXPECT_EQ(looks, 3) << "and is known from then on";
}

// A refusal costs nearly what an answer does.
TEST_F(ACrowd, ThatAsksOnWithoutWaitingIsHeardOnceASecondOnEachConnection) {
  add(echo("GET", "/here"));
  start({.strangers = {.per_s = 1, .burst = 1}});
  RawTls loud(port_);
  ASSERT_TRUE(loud.shake_hands());
  const auto began = std::chrono::steady_clock::now();
  const std::string request = "GET /here HTTP/1.1\r\nHost: x\r\n\r\n";
  EXPECT_TRUE(loud.say(request + request + request + "GET /here HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
  EXPECT_NE(loud.hear_all().find("HTTP/1.1 429"), std::string::npos);
  EXPECT_GE(std::chrono::steady_clock::now() - began, std::chrono::seconds(1));
}

TEST_F(ACrowd, OfStrangersIsLimitedByItsAddress) {
  add(echo("GET", "/here"));
  start({.strangers = {.per_s = 1, .burst = 3}});
  for (int i = 0; i < 3; ++i) EXPECT_EQ(kiosk().get("/here").status, 200);
  EXPECT_EQ(kiosk().get("/here").status, 429) << "a new connection makes nobody new";
  EXPECT_EQ(kiosk(kiosk_of(authority_, "quiet")).get("/here").status, 200);
}

TEST_F(ACrowd, BehindOneAddressNeitherStarvesWhoIsKnownNorLendsThemRoom) {
  router_.guard([](const Request& head, const Route& route, const std::shared_ptr<Peer>& peer, const Respond& respond) {
    peer->known_as = head.header("x-name");
    respond(peer->known_as.empty() && !route.is_open ? problem(401, "Sign in first.") : Response{});
  });
  add(echo("GET", "/here"));
  start({.persons = {.per_s = 1, .burst = 4}, .strangers = {.per_s = 1, .burst = 3}});
  auto ada = kiosk();
  ada.headers = {"X-Name: ada"};
  EXPECT_EQ(ada.get("/here").status, 200);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(kiosk().get("/here").status, 401);
  EXPECT_EQ(kiosk().get("/here").status, 429) << "strangers have used up what their address may ask";
  EXPECT_EQ(ada.get("/nowhere").status, 429) << "there the gate is not asked who she is";
  for (const long status : {200, 200, 200, 429}) {
    auto again = kiosk();
    again.headers = ada.headers;
    EXPECT_EQ(again.get("/here").status, status) << "what is hers is hers, on new connections too, and then used up";
  }
  auto bob = kiosk();
  bob.headers = {"X-Name: bob"};
  EXPECT_EQ(bob.get("/here").status, 200);
}

TEST_F(ACrowd, OnTheSocketIsNeverTooMuch) {
  add(echo("GET", "/here"));
  start({.kiosks = {.per_s = 1, .burst = 1}, .strangers = {.per_s = 1, .burst = 1}});
  for (int i = 0; i < 5; ++i) EXPECT_EQ(local().get("/here").status, 200);
}

}  // namespace
}  // namespace perspective::http
