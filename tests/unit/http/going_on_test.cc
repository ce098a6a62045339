#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <thread>

#include "unit/http/server_fixture.h"

namespace perspective::http {
namespace {

using std::chrono::steady_clock;

// A body that says "first", then what `next` says.
Route going_on(const std::string& path, Handler next) {
  return {.method = "GET", .path = path, .handler = [next](const Request&, const Respond& respond) {
            Response response = text_response("first\n");
            response.goes_on = std::make_shared<GoesOn>(GoesOn{.period_ms = 10, .next = next});
            respond(std::move(response));
          }};
}

class ABodyThatGoesOn : public ServerFixture {};

TEST_F(ABodyThatGoesOn, ComesPartByPartUntilItEnds) {
  const auto asked = std::make_shared<std::atomic<int>>(0);
  add(going_on("/news", [asked](const Request&, const Respond& respond) {
    const int number = ++*asked;
    if (number > 3) return respond(problem(410, "over"));
    respond(text_response(number == 2 ? "" : "part " + std::to_string(number) + "\n"));
  }));
  start();
  auto socket = local();
  auto tls = kiosk();
  for (WebClient* const each : {&socket, &tls}) {
    WebClient& client = *each;
    *asked = 0;
    const auto answer = client.get("/news");
    EXPECT_EQ(answer.curl, CURLE_OK);
    EXPECT_EQ(answer.body, "first\npart 1\npart 3\n");
    EXPECT_EQ(answer.header.find("Content-Length"), std::string::npos);
    EXPECT_FALSE(client.get("/nowhere").is_reused) << "its end was that of the connection";
  }
}

TEST_F(ABodyThatGoesOn, IsForgottenWhenNobodyIsThereAnyMore) {
  auto place = std::make_shared<int>(0);
  const std::weak_ptr<int> left = place;
  add({.method = "GET", .path = "/news", .handler = [&place](const Request&, const Respond& respond) {
         Response response = text_response("first\n");
         response.goes_on = std::make_shared<GoesOn>(
             GoesOn{.period_ms = 10, .next = [held = std::move(place)](const Request&, const Respond& more) {
                      more(text_response(""));  // nothing is written that could fail
                    }});
         respond(std::move(response));
       }});
  start();
  auto client = kiosk();
  client.timeout_ms = 300;
  EXPECT_EQ(client.get("/news").curl, CURLE_OPERATION_TIMEDOUT);
  const auto end = steady_clock::now() + std::chrono::seconds(5);
  while (!left.expired() && steady_clock::now() < end) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  EXPECT_TRUE(left.expired());
}

TEST_F(ABodyThatGoesOn, EndsWithTheServer) {
  std::promise<void> asked;
  add(going_on("/news",
               [&asked, is_told = std::make_shared<std::atomic<bool>>(false)](const Request&, const Respond& respond) {
                 if (!is_told->exchange(true)) asked.set_value();
                 respond(text_response(""));
               }));
  start();
  auto answer = std::async(std::launch::async, [client = local()]() mutable { return client.get("/news"); });
  asked.get_future().wait();
  const auto began = steady_clock::now();
  server_->stop();
  EXPECT_LT(steady_clock::now() - began, std::chrono::seconds(5));
  EXPECT_EQ(answer.get().body, "first\n");
}

TEST_F(ABodyThatGoesOn, EndsWhenAConnectionHasLastedLongEnough) {
  add(going_on("/news", [](const Request&, const Respond& respond) { respond(text_response("x")); }));
  start({.connection_ms = 200});
  EXPECT_EQ(local().get("/news").curl, CURLE_OK);
}

TEST_F(ABodyThatGoesOn, EndsWhereItsHandlerNeverAnswers) {
  add(going_on("/news", [](const Request&, const Respond&) {}));
  start();
  EXPECT_EQ(local().get("/news").body, "first\n");
}

TEST_F(ABodyThatGoesOn, IsKeptByNobodyButWhereItSaysSo) {
  add(echo("GET", "/here"));
  add({.method = "GET", .path = "/page", .handler = [](const Request&, const Respond& respond) {
         Response response = text_response("page");
         response.headers.emplace_back("Cache-Control", "no-cache");
         respond(std::move(response));
       }});
  start();
  EXPECT_NE(local().get("/here").header.find("Cache-Control: no-store"), std::string::npos);
  const std::string header = local().get("/page").header;
  EXPECT_NE(header.find("Cache-Control: no-cache"), std::string::npos);
  EXPECT_EQ(header.find("no-store"), std::string::npos);
}

}  // namespace
}  // namespace perspective::http
