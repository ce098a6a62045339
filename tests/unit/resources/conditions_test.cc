// Conditional requests as pages and scripts make them: what is known is not sent again, and two people who change the
// same thing do not undo each other's work.
#include <thread>

#include "unit/resources/running_collector.h"

namespace perspective::resources {
namespace {

class WhoeverAsksAgain : public RunningCollector {
 protected:
  void SetUp() override {
    RunningCollector::SetUp();
    create();
  }
  static std::string tag_of(const WebAnswer& answer) {
    const auto at = answer.header.find("ETag: ");
    return at == std::string::npos ? "" : answer.header.substr(at + 6, answer.header.find("\r\n", at) - at - 6);
  }
  WebAnswer ask(const std::string& path, const std::string& name, const std::string& tag) {
    auto client = inspector();
    client.headers = {name + ": " + tag};
    return client.get(path);
  }
  WebAnswer change(const std::string& path, const std::string& tag, const json::object& body = {}) {
    auto client = inspector();
    client.headers = {"If-Match: " + tag};
    return client.post(path, json::serialize(body));
  }
  std::string tag(const std::string& path) { return tag_of(inspector().get(path)); }
  std::string area() { return std::string(parsed(inspector().get(kOne)).at("area").as_string()); }

  const std::string kOne = "/v1/inspections/lewes";
  const std::string kSettings = kOne + "/settings";
};

TEST_F(WhoeverAsksAgain, IsToldThatNothingIsNew) {
  ASSERT_EQ(unlock().status, 200);
  for (const std::string path :
       {"/v1/inspections", "/v1/inspections/lewes/settings", "/v1/kiosks", "/v1/people", "/v1/people/tokens",
        "/v1/inspections/lewes/tokens", "/v1/key-copies", "/v1/openapi.json", "/v1/alarms"}) {
    const auto known = tag(path);
    ASSERT_EQ(known.front(), '"') << path << ": " << known;
    const auto again = ask(path, "If-None-Match", known);
    EXPECT_EQ(again.status, 304) << path;
    EXPECT_EQ(again.body, "") << path;
    EXPECT_EQ(tag_of(again), known) << path;
    EXPECT_EQ(ask(path, "If-None-Match", "\"x\"").status, 200) << path;
    EXPECT_EQ(ask(path, "If-Match", "\"x\"").status, 412) << path;
  }
}

TEST_F(WhoeverAsksAgain, IsWrittenDownAsOneWhoReadTheTally) {
  ASSERT_EQ(unlock().status, 200);
  const std::string tally = kOne + "/tally?format=json&reason=a%20test";
  const auto known = tag(tally);
  EXPECT_TRUE(known.starts_with("W/")) << "it names a new head of the audit each time: " << known;
  const auto again = ask(tally, "If-None-Match", known);
  EXPECT_EQ(again.status, 304);
  EXPECT_NE(again.header.find("Audit-Head: "), std::string::npos);
  const auto entries = parsed(inspector().get("/v1/audit")).at("entries").as_array();
  EXPECT_EQ(std::ranges::count_if(entries,
                                  [](const auto& entry) {
                                    return std::string_view(entry.at("line").as_string()).contains("tally read");
                                  }),
            2);
}

TEST_F(WhoeverAsksAgain, ChangesOnlyWhatTheyKnew) {
  const auto known = tag(kSettings);
  EXPECT_EQ(change(kSettings, known, {{"report_due", "2030-05-01"}}).status, 200);
  const auto late = change(kSettings, known, {{"report_due", "2030-06-01"}});
  EXPECT_EQ(late.status, 412);
  EXPECT_THAT(detail(late), testing::HasSubstr("read it again"));
  EXPECT_EQ(parsed(inspector().get(kSettings)).at("dates").at("report_due"), "2030-05-01");
  EXPECT_EQ(change(kSettings, tag(kSettings), {{"report_due", "2030-06-01"}}).status, 200);
  EXPECT_EQ(change(kOne + "/end-fieldwork", known).status, 412);
  EXPECT_EQ(change(kOne + "/end-fieldwork", "*").status, 200);
  EXPECT_EQ(change(kOne + "/provisional", tag(kSettings)).status, 200);
}

TEST_F(WhoeverAsksAgain, KnowsSettingsWhoseTagOutlivesAnswersAndARestart) {
  const auto known = tag(kSettings);
  ASSERT_EQ(unlock().status, 200);
  stop();
  start();
  EXPECT_EQ(tag(kSettings), known);
  EXPECT_EQ(change(kSettings, known, {{"report_due", "2030-05-01"}}).status, 200);
}

TEST_F(WhoeverAsksAgain, ChangesKiosksAndPeopleInTheSameWay) {
  enrolled();
  const std::string kiosk = "/v1/kiosks/" + kiosk_id_;
  const auto known = tag(kiosk);
  EXPECT_EQ(change(kiosk + "/inspections/lewes/disallow", known).status, 200);
  EXPECT_EQ(change(kiosk + "/revoke", known).status, 412);
  EXPECT_EQ(change(kiosk + "/revoke", tag(kiosk)).status, 200);
  EXPECT_EQ(change("/v1/kiosks/nobody/revoke", known).status, 404);

  const std::string ada = "/v1/people/ada";
  ASSERT_EQ(inspector().post("/v1/people", R"({"name":"ada","roles":["inspector"]})").status, 201);
  const auto of_ada = tag(ada);
  EXPECT_EQ(change(ada + "/roles", of_ada, {{"roles", json::array{"analyst"}}}).status, 200);
  EXPECT_EQ(change(ada + "/roles", of_ada, {{"roles", json::array{"inspector"}}}).status, 412);
  EXPECT_EQ(parsed(inspector().get(ada)).at("roles"), json::array{"analyst"});
}

TEST_F(WhoeverAsksAgain, IsRefusedWhereThereIsNothingToCompare) {
  EXPECT_EQ(change(kOne + "/lock", "*").status, 412);
  EXPECT_EQ(inspector().post(kOne + "/lock", "{}").status, 200);
}

// All name the same ETag, at the same time.
TEST_F(WhoeverAsksAgain, IsOneOfManyOfWhomOneIsHeard) {
  const auto known = tag(kSettings);
  std::vector<long> statuses(8);
  std::vector<std::thread> people;
  for (std::size_t i = 0; i < statuses.size(); ++i) {
    people.emplace_back([&, i] {
      statuses[i] = change(kSettings, known, {{"report_due", "2030-05-0" + std::to_string(i + 1)}}).status;
    });
  }
  for (auto& person : people) person.join();
  EXPECT_EQ(std::ranges::count(statuses, 200), 1);
  EXPECT_EQ(std::ranges::count(statuses, 412), 7);
}

}  // namespace
}  // namespace perspective::resources
