#include "resources/event_api.h"

#include <future>
#include <thread>

#include "unit/resources/running_collector.h"

namespace perspective::resources {
namespace {

class News : public RunningCollector {
 protected:
  // What came within so long.
  WebAnswer waited(long time_ms, const std::string& since = {}, const std::string& last = {}) {
    auto client = inspector();
    client.timeout_ms = time_ms;
    if (!last.empty()) client.headers.push_back("Last-Event-ID: " + last);
    return client.get("/v1/events" + (since.empty() ? "" : "?since=" + since));
  }
  static std::string id_of(const WebAnswer& answer) {
    const auto at = answer.body.rfind("id: ") + 4;
    return answer.body.substr(at, answer.body.find('\n', at) - at);
  }
  static std::vector<json::object> lists(const std::string& body) {
    std::vector<json::object> all;
    for (std::size_t at = 0; (at = body.find("data: ", at)) != std::string::npos; ++at) {
      all.push_back(json::parse(body.substr(at + 6, body.find('\n', at) - at - 6)).as_object());
    }
    return all;
  }
};

TEST_F(News, BeginAtOnceWithNoneOfWhatWasThere) {
  create();
  const auto answer = waited(500);
  EXPECT_NE(answer.header.find("Content-Type: text/event-stream"), std::string::npos);
  EXPECT_EQ(answer.body.find("event: inspections\n"), answer.body.find("event:"));
  const auto told = lists(answer.body);
  ASSERT_EQ(told.size(), 1u);
  EXPECT_TRUE(told[0].at("inspections").as_array().empty());
}

TEST_F(News, GoOnAfterTheLastThatWasRead) {
  create("lewes");
  const auto begun = id_of(waited(500));
  create("croydon");
  std::this_thread::sleep_for(std::chrono::milliseconds(1'100));  // what was looked at is fresh for a second
  for (const auto& answer : {waited(500, begun), waited(500, {}, begun), waited(500, "older-0", begun)}) {
    const auto told = lists(answer.body);
    ASSERT_EQ(told.size(), 1u);
    ASSERT_EQ(told[0].at("inspections").as_array().size(), 1u);
    EXPECT_EQ(told[0].at("inspections").at(0).at("id"), "croydon");
    EXPECT_TRUE(lists(waited(500, id_of(answer)).body).at(0).at("inspections").as_array().empty());
  }
}

TEST_F(News, AreOfAllForWhoeverReadThoseOfAnotherRun) {
  create();
  const auto run = id_of(waited(500));
  for (const auto& since :
       {std::string("0123456789abcdef-1"), run.substr(0, 16), run + "0", run + "x", std::string("x")}) {
    const auto told = lists(waited(500, since).body);
    ASSERT_EQ(told.size(), 1u) << since;
    EXPECT_EQ(told[0].at("inspections"), parsed(inspector().get("/v1/inspections")).at("inspections")) << since;
  }
}

TEST_F(News, ComeWhenSomethingChanged) {
  const auto began = std::chrono::steady_clock::now();
  create("lewes");
  const auto takes = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began);
  auto answer = std::async(std::launch::async,
                           [&] { return waited(2 * kLookEvery_ms + 1'500 + 2 * static_cast<long>(takes.count())); });
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  create("croydon");
  const auto told = lists(answer.get().body);
  ASSERT_EQ(told.size(), 2u);
  EXPECT_TRUE(told[0].at("inspections").as_array().empty());
  EXPECT_EQ(told[1].at("inspections").as_array().size(), 1u);
}

TEST_F(News, AreOfWhatChangedAlone) {
  create("lewes");
  create("croydon");
  auto answer = std::async(std::launch::async, [this] { return waited(2 * kLookEvery_ms + 1'500); });
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  ASSERT_EQ(inspector().post("/v1/inspections/lewes/end-fieldwork", "").status, 200);
  const auto told = lists(answer.get().body);
  ASSERT_EQ(told.size(), 2u);
  EXPECT_TRUE(told[0].at("inspections").as_array().empty());
  ASSERT_EQ(told[1].at("inspections").as_array().size(), 1u);
  EXPECT_EQ(told[1].at("inspections").at(0),
            parsed(inspector().get("/v1/inspections?state=fieldwork-ended")).at("inspections").at(0));
}

TEST_F(News, AreForSoManyAtOnce) {
  std::vector<std::future<WebAnswer>> waiting;
  for (std::size_t i = 0; i < kMostOfOne + 1; ++i) {
    waiting.push_back(std::async(std::launch::async, [this] { return waited(1'500); }));
  }
  std::size_t refused = 0;
  for (auto& one : waiting) {
    const auto answer = one.get();
    if (answer.status != 503) continue;
    ++refused;
    EXPECT_NE(answer.header.find("Retry-After"), std::string::npos);
  }
  EXPECT_EQ(refused, 1u);
}

TEST_F(News, LeaveAPlaceWhenNobodyWaitsAnyMore) {
  std::vector<std::future<WebAnswer>> waiting;
  for (std::size_t i = 0; i < kMostOfOne; ++i) {
    waiting.push_back(std::async(std::launch::async, [this] { return waited(200); }));
  }
  for (auto& one : waiting) EXPECT_EQ(one.get().status, 200);
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  long status = 503;
  while (status == 503 && std::chrono::steady_clock::now() < end) {
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    status = waited(100).status;
  }
  EXPECT_EQ(status, 200);
}

}  // namespace
}  // namespace perspective::resources
