#include <gtest/gtest.h>
#include <sys/wait.h>

#include <atomic>
#include <boost/json.hpp>
#include <ctime>
#include <future>
#include <thread>

#include "unit/http/raw_tls.h"
#include "unit/http/server_fixture.h"

namespace perspective::http {
namespace {

using std::chrono::steady_clock;

class HttpServer : public ServerFixture {};

TEST_F(HttpServer, AnswersOnTheSocketAndKeepsTheConnection) {
  add(echo("POST", "/echo", 100));
  start();
  auto client = local();
  EXPECT_EQ(client.post("/echo", "one").body, "one");
  const auto second = client.post("/echo", "two");
  EXPECT_EQ(second.body, "two");
  EXPECT_TRUE(second.is_reused);
}

TEST_F(HttpServer, EveryAnswerSaysWhatTimeItIsHere) {
  add(echo("GET", "/here"));
  start();
  for (const auto* path : {"/here", "/nowhere"}) {
    const auto header = local().get(path).header;
    const auto date = header.find("Date: ");
    ASSERT_NE(date, std::string::npos) << path;
    const auto said = curl_getdate(header.substr(date + 6, 29).c_str(), nullptr);
    EXPECT_LE(std::abs(said - std::time(nullptr)), 60) << path;
  }
}

TEST_F(HttpServer, EveryProblemIsProblemJson) {
  add(echo("GET", "/here"));
  start();
  const auto answer = local().get("/nowhere");
  EXPECT_EQ(answer.status, 404);
  EXPECT_NE(answer.header.find("Content-Type: application/problem+json"), std::string::npos);
  const auto problem = boost::json::parse(answer.body).as_object();
  EXPECT_EQ(problem.at("status").as_int64(), 404);
  EXPECT_EQ(problem.at("title").as_string(), "Not Found");
  EXPECT_TRUE(problem.contains("type"));
  EXPECT_TRUE(problem.contains("detail"));
}

TEST_F(HttpServer, TheWrongMethodIs405WithAllow) {
  add(echo("GET", "/here"));
  start();
  for (const std::string method : {"POST", "PUT", "DELETE", "OPTIONS"}) {
    const auto answer = local().send(method, "/here", nullptr);
    EXPECT_EQ(answer.status, 405) << method;
    EXPECT_NE(answer.header.find("Allow: GET"), std::string::npos) << method;
  }
}

TEST_F(HttpServer, ABodyOverTheRoutesLimitIs413) {
  add(echo("POST", "/echo", 1000));
  start();
  EXPECT_EQ(local().post("/echo", std::string(1000, 'x')).status, 200);
  EXPECT_EQ(local().post("/echo", std::string(1001, 'x')).status, 413);
  EXPECT_EQ(local().post("/echo", std::string(3'000'000, 'x')).status, 413);
}

TEST_F(HttpServer, ABodyOfUnsaidLengthIsLimitedToo) {
  add(echo("POST", "/echo", 1000));
  start();
  auto client = local();
  client.headers = {"Transfer-Encoding: chunked"};
  EXPECT_EQ(client.post("/echo", std::string(900, 'x')).body, std::string(900, 'x'));
  EXPECT_EQ(client.post("/echo", std::string(50'000, 'x')).status, 413);
}

TEST_F(HttpServer, ABodyIsAskedForBeforeItIsSent) {
  add(echo("POST", "/echo", 2'000'000));
  start();
  auto client = local();
  client.headers = {"Expect: 100-continue"};
  const auto answer = client.post("/echo", std::string(1'500'000, 'x'));
  EXPECT_EQ(answer.body.size(), 1'500'000u);
  EXPECT_NE(answer.header.find("100 Continue"), std::string::npos);
}

TEST_F(HttpServer, AHeaderOver16KiBIs431) {
  add(echo("GET", "/here"));
  start();
  auto client = local();
  client.headers = {"X-Long: " + std::string(20'000, 'x')};
  EXPECT_EQ(client.get("/here").status, 431);
}

TEST_F(HttpServer, WhatIsNotHttpIs400) {
  start();
  const int descriptor = connect_local();
  const std::string nonsense = "complete nonsense\r\n\r\n";
  ASSERT_EQ(::write(descriptor, nonsense.data(), nonsense.size()), static_cast<ssize_t>(nonsense.size()));
  ::shutdown(descriptor, SHUT_WR);
  EXPECT_NE(read_to_end(descriptor).find("HTTP/1.1 400"), std::string::npos);
  ::close(descriptor);
}

TEST_F(HttpServer, AClientThatDripsItsHeaderIsCutOffInTime) {
  start({.header_ms = 300});
  const int descriptor = connect_local();
  const auto began = steady_clock::now();
  ASSERT_GT(::write(descriptor, "GET / HTTP/1.1\r\n", 16), 0);
  std::thread drip([descriptor] {
    while (::send(descriptor, "X: y\r\n", 6, MSG_NOSIGNAL) > 0) {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  });
  EXPECT_NE(read_to_end(descriptor).find("HTTP/1.1 408"), std::string::npos);
  EXPECT_LT(steady_clock::now() - began, std::chrono::seconds(4));
  drip.join();
  ::close(descriptor);
}

TEST_F(HttpServer, AClientThatNeverSendsItsBodyIsCutOffInTime) {
  add(echo("POST", "/echo", 1000));
  start({.body_ms = 300});
  const int descriptor = connect_local();
  const auto began = steady_clock::now();
  const std::string head = "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\nsome";
  ASSERT_GT(::write(descriptor, head.data(), head.size()), 0);
  const auto said = read_to_end(descriptor);
  EXPECT_NE(said.find("HTTP/1.1 408"), std::string::npos) << said;
  EXPECT_NE(said.find("application/problem+json"), std::string::npos);
  EXPECT_NE(said.find("Connection: close"), std::string::npos);
  EXPECT_LT(steady_clock::now() - began, std::chrono::seconds(4));
  ::close(descriptor);
}

TEST_F(HttpServer, AClientThatNeverEndsItsHeaderIsToldSoAndOneThatSaysNothingIsNot) {
  start({.header_ms = 300});
  const int slow = connect_local();
  const int mute = connect_local();
  ASSERT_GT(::write(slow, "GET / HTTP/1.1\r\n", 16), 0);
  EXPECT_NE(read_to_end(slow).find("HTTP/1.1 408"), std::string::npos);
  EXPECT_EQ(read_to_end(mute), "");
  ::close(slow);
  ::close(mute);
}

TEST_F(HttpServer, AnAddressThatFillsTheHeaderIs414) {
  start();
  const auto answer = local().get("/" + std::string(20'000, 'x'));
  EXPECT_EQ(answer.status, 414) << answer.body;
  EXPECT_EQ(boost::json::parse(answer.body).as_object().at("title").as_string(), "URI Too Long");
}

TEST_F(HttpServer, ABodyOfAnotherTypeThanTheRouteTakesIs415) {
  auto route = echo("POST", "/echo", 100);
  route.takes = "application/json";
  add(route);
  start();
  auto client = local();
  for (const char* const type : {"application/json", "Application/JSON; charset=utf-8", "application/json ;x=y"}) {
    client.headers = {std::string("Content-Type: ") + type};
    EXPECT_EQ(client.post("/echo", "{}").status, 200) << type;
  }
  for (const char* const type : {"", "text/plain", "application/jsonp", "application/x-www-form-urlencoded"}) {
    client.headers = {std::string("Content-Type:") + type};
    const auto answer = client.post("/echo", "{}");
    EXPECT_EQ(answer.status, 415) << type;
    EXPECT_NE(answer.header.find("Accept: application/json"), std::string::npos);
    EXPECT_EQ(client.post("/echo", "").status, 200) << "no body is of no wrong type";
  }
}

TEST_F(HttpServer, MoreConnectionsThanAllowedAreClosedAtOnce) {
  add(echo("GET", "/here"));
  start({.max_connections = 2});
  auto first = local();
  auto second = local();
  EXPECT_EQ(first.get("/here").status, 200);
  EXPECT_EQ(second.get("/here").status, 200);
  EXPECT_EQ(local().get("/here").status, 0);
  EXPECT_EQ(first.get("/here").status, 200);
}

TEST_F(HttpServer, AHandlerMayAnswerFromAnotherThread) {
  std::thread worker;
  add({.method = "GET", .path = "/later", .handler = [&worker](const Request&, Respond respond) {
         worker = std::thread([respond = std::move(respond)] { respond(text_response("later")); });
       }});
  start();
  EXPECT_EQ(local().get("/later").body, "later");
  worker.join();
}

TEST_F(HttpServer, AHandlerThatForgetsToAnswerIs500) {
  add({.method = "GET", .path = "/silent", .handler = [](const Request&, const Respond&) {}});
  add({.method = "GET", .path = "/throws", .handler = [](const Request&, const Respond&) {
         throw std::runtime_error("secret words");
       }});
  start();
  EXPECT_EQ(local().get("/silent").status, 500);
  const auto thrown = local().get("/throws");
  EXPECT_EQ(thrown.status, 500);
  EXPECT_EQ(thrown.body.find("secret words"), std::string::npos);
}

TEST_F(HttpServer, StoppingAnswersWhatIsUnderWayAndClosesTheRest) {
  std::promise<Respond> asked;
  add({.method = "GET", .path = "/slow", .handler = [&asked](const Request&, Respond respond) {
         asked.set_value(std::move(respond));
       }});
  add(echo("GET", "/here"));
  start();
  auto idle = local();
  EXPECT_EQ(idle.get("/here").status, 200);
  auto slow = std::async(std::launch::async, [this] { return local().get("/slow"); });
  Respond respond = asked.get_future().get();
  auto stopping = std::async(std::launch::async, [this] { server_->stop(); });
  respond(text_response("still answered"));
  respond = nullptr;
  stopping.get();
  EXPECT_EQ(slow.get().body, "still answered");
  EXPECT_EQ(local().get("/here").status, 0);
  EXPECT_FALSE(std::filesystem::exists(socket_));
}

// Whatever it has said that nobody has read yet.
TEST_F(HttpServer, KnowsThatWhoAsksHasGoneBeforeItIsAnswered) {
  std::promise<std::pair<Request, Respond>> asked;
  add({.method = "GET", .path = "/slow", .handler = [&asked](Request request, Respond respond) {
         asked.set_value({std::move(request), std::move(respond)});
       }});
  start();
  for (const bool says_more : {false, true}) {
    asked = {};
    auto client = std::make_unique<RawTls>(port_);
    ASSERT_TRUE(client->shake_hands());
    const std::string request = "GET /slow HTTP/1.1\r\nHost: collector\r\n\r\n";
    ASSERT_TRUE(client->say(says_more ? request + request : request));
    const auto [heard, respond] = asked.get_future().get();
    EXPECT_FALSE(heard.has_gone());
    client.reset();
    const auto end = steady_clock::now() + std::chrono::seconds(5);
    while (!heard.has_gone() && steady_clock::now() < end) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    EXPECT_TRUE(heard.has_gone()) << says_more;
    respond(text_response("for nobody"));
  }
}

TEST_F(HttpServer, TheSocketIsForItsOwnerOnly) {
  add(echo("GET", "/here"));
  start();
  struct stat status {};
  ASSERT_EQ(::stat(socket_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
}

TEST_F(HttpServer, AnotherUserIsNotServedEvenWhereTheModeIsLost) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can become somebody else";
  add(echo("GET", "/here"));
  start();
  ASSERT_EQ(::chmod(socket_.c_str(), 0666), 0);
  ASSERT_EQ(::chmod(folder_.c_str(), 0755), 0);
  const pid_t somebody = ::fork();
  if (somebody == 0) {
    if (::setuid(65534) != 0) ::_exit(3);
    const int descriptor = connect_local();
    if (descriptor < 0) ::_exit(2);
    [[maybe_unused]] const auto sent = ::send(descriptor, "GET /here HTTP/1.1\r\nHost: x\r\n\r\n", 31, MSG_NOSIGNAL);
    ::_exit(read_to_end(descriptor).empty() ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(somebody, &status, 0), somebody);
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

TEST_F(HttpServer, ASecondServiceOnTheSameSocketIsRefused) {
  start();
  Server second;
  const auto refused = second.listen_local(socket_, Router());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::conflict);
}

TEST_F(HttpServer, ASocketLeftBehindIsReplaced) {
  const int descriptor = ::socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  socket_.string().copy(address.sun_path, sizeof address.sun_path - 1);
  ASSERT_EQ(::bind(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  ::close(descriptor);
  add(echo("GET", "/here"));
  start();
  EXPECT_EQ(local().get("/here").status, 200);
}

TEST_F(HttpServer, ManyClientsAtOnceAllGetTheirOwnAnswer) {
  add(echo("POST", "/echo", 1000));
  start({.strangers = {}});  // all from one address, and at once
  std::atomic<int> right = 0;
  std::vector<std::thread> clients;
  for (int i = 0; i < 8; ++i) {
    clients.emplace_back([this, i, &right] {
      auto client = kiosk();
      for (int j = 0; j < 20; ++j) {
        const std::string words = std::to_string(i) + "/" + std::to_string(j);
        if (client.post("/echo", words).body == words) ++right;
      }
    });
  }
  for (std::thread& client : clients) client.join();
  EXPECT_EQ(right, 160);
}

}  // namespace
}  // namespace perspective::http
