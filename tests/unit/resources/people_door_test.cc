#include "resources/people_door.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <vector>

#include "resources/fair_lane.h"

namespace perspective::resources {
namespace {

using http::Request;
using people::Right;
using people::Role;

// Handlers of a collector that is so busy that it takes nothing up: whoever may is told so (503), whoever may not is
// told that (403), and nothing happens.
class TheDoorOfPeople : public testing::Test {
 protected:
  TheDoorOfPeople() {
    pool_.close();
    lane_.close();
    short_lane_.close();
    services_.pool = &pool_;
    services_.lane = &lane_;
    services_.short_lane = &short_lane_;
    router_.emplace(people_routes(services_));
  }
  static int status_of(const http::Route& route, people::Rights rights) {
    Request request;
    request.peer.user = "ada";
    request.peer.rights = rights;
    int status = 0;
    route.handler(std::move(request), [&](const http::Response& response) { status = response.status; });
    return status;
  }
  static std::string who_may(const http::Route& route) {
    static constexpr std::pair<Role, char> kLetters[] = {{Role::administrator, 'A'},
                                                         {Role::inspector, 'I'},
                                                         {Role::safeguarding_lead, 'S'},
                                                         {Role::analyst, 'R'},
                                                         {Role::data_entry, 'D'}};
    std::string letters;
    for (const auto& [role, letter] : kLetters) {
      const int status = status_of(route, people::rights_of({role}));
      EXPECT_TRUE(status == 503 || status == 403) << route.method << " " << route.path << ": " << status;
      if (status == 503) letters += letter;
    }
    return letters;
  }
  Services services_;
  Pool pool_{1, 1};
  FairLane lane_{1, 1};
  FairLane short_lane_{1, 1};
  std::optional<http::Router> router_;
};

// A: administrator, I: inspector, S: safeguarding lead, R: analyst (release only), D: data entry.
const std::map<std::string, std::string> kWhoMay = {
    {"GET /v1/alarms", "AISRD"},
    {"GET /v1/reminders", "AISRD"},
    {"GET /v1/audit", "AI"},
    {"GET /v1/audit/verification", "AI"},
    {"GET /v1/events", "AISRD"},
    {"GET /v1/inspections", "AISRD"},
    {"GET /v1/inspections/{inspection}", "AISRD"},
    {"GET /v1/inspections/{inspection}/comments", "I"},
    {"GET /v1/inspections/{inspection}/comments/unread", "I"},
    {"GET /v1/inspections/{inspection}/concerns", "AISRD"},  // and one of two rights more, asked by its handler
    {"GET /v1/inspections/{inspection}/crosstab", "I"},
    {"GET /v1/inspections/{inspection}/keys", "I"},
    {"GET /v1/inspections/{inspection}/paper/keyings", "I"},
    {"GET /v1/inspections/{inspection}/paper/questions", "ID"},
    {"GET /v1/inspections/{inspection}/programme", "IR"},
    {"GET /v1/inspections/{inspection}/programme/scores", "IR"},
    {"GET /v1/inspections/{inspection}/reconciliation", "AI"},
    {"GET /v1/inspections/{inspection}/release", "IR"},
    {"GET /v1/inspections/{inspection}/release/check", "I"},
    {"GET /v1/inspections/{inspection}/release/document", "IR"},
    {"GET /v1/inspections/{inspection}/release/section", "IR"},
    {"GET /v1/inspections/{inspection}/release/tables", "IR"},
    {"GET /v1/inspections/{inspection}/rows", "I"},
    {"GET /v1/inspections/{inspection}/section", "I"},
    {"GET /v1/inspections/{inspection}/section/document", "I"},
    {"GET /v1/inspections/{inspection}/section/text", "I"},
    {"GET /v1/inspections/{inspection}/section/text/document", "I"},
    {"GET /v1/inspections/{inspection}/settings", "AISRD"},
    {"GET /v1/inspections/{inspection}/tally", "I"},
    {"GET /v1/inspections/{inspection}/tokens", "AISRD"},
    {"GET /v1/key-copies", "A"},
    {"GET /v1/kiosks", "AI"},
    {"GET /v1/kiosks/{kiosk}", "AI"},
    {"GET /v1/people", "A"},
    {"GET /v1/people/me", "AISRD"},
    {"GET /v1/people/me/tokens", "AISRD"},
    {"GET /v1/people/tokens", "A"},
    {"GET /v1/people/{person}", "A"},
    {"GET /v1/programmes", "IR"},
    {"GET /v1/programmes/{programme}", "IR"},
    {"GET /v1/questionnaires", "I"},
    {"POST /v1/bundles", "A"},
    {"POST /v1/inspections", "I"},
    {"POST /v1/inspections/{inspection}/codes/renaming", "I"},
    {"POST /v1/inspections/{inspection}/comments/{reference}/codes", "I"},
    {"POST /v1/inspections/{inspection}/comments/{reference}/concerns", "I"},
    {"POST /v1/inspections/{inspection}/comments/{reference}/read", "I"},
    {"POST /v1/inspections/{inspection}/comments/{reference}/redaction", "I"},
    {"POST /v1/inspections/{inspection}/comments/{reference}/translations", "I"},
    {"POST /v1/inspections/{inspection}/concerns/{concern}/decision", "S"},
    {"POST /v1/inspections/{inspection}/concerns/{concern}/outcome", "S"},
    {"POST /v1/inspections/{inspection}/draft-report", "I"},
    {"POST /v1/inspections/{inspection}/end-fieldwork", "I"},
    {"POST /v1/inspections/{inspection}/keys/copies/{copy}/destroyed", "I"},
    {"POST /v1/inspections/{inspection}/keys/destruction", "I"},
    {"POST /v1/inspections/{inspection}/keys/passphrase", "I"},
    {"POST /v1/inspections/{inspection}/keys/recovery", "I"},
    {"POST /v1/inspections/{inspection}/keys/rehearsal", "I"},
    {"POST /v1/inspections/{inspection}/keys/shares", "I"},
    {"POST /v1/inspections/{inspection}/lock", "I"},
    {"POST /v1/inspections/{inspection}/open", "I"},
    {"POST /v1/inspections/{inspection}/paper/discards", "ID"},
    {"POST /v1/inspections/{inspection}/paper/forms", "I"},
    {"POST /v1/inspections/{inspection}/paper/keyings", "ID"},
    {"POST /v1/inspections/{inspection}/paper/settlements", "I"},
    {"POST /v1/inspections/{inspection}/paper/withdrawals", "I"},
    {"POST /v1/inspections/{inspection}/programme/scores", "I"},
    {"POST /v1/inspections/{inspection}/provisional", "I"},
    {"POST /v1/inspections/{inspection}/publish", "I"},
    {"POST /v1/inspections/{inspection}/quotations", "I"},
    {"POST /v1/inspections/{inspection}/quotations/removal", "I"},
    {"POST /v1/inspections/{inspection}/release", "I"},
    {"POST /v1/inspections/{inspection}/release/overrides", "I"},
    {"POST /v1/inspections/{inspection}/release/overrides/removal", "I"},
    {"POST /v1/inspections/{inspection}/release/overrides/trial", "I"},
    {"POST /v1/inspections/{inspection}/release/section", "IR"},
    {"POST /v1/inspections/{inspection}/section", "I"},
    {"POST /v1/inspections/{inspection}/section/text", "I"},
    {"POST /v1/inspections/{inspection}/settings", "I"},
    {"POST /v1/inspections/{inspection}/tokens", "I"},
    {"POST /v1/inspections/{inspection}/unlock", "I"},
    {"POST /v1/inspections/{inspection}/withdrawals", "I"},
    {"POST /v1/invites", "AI"},
    {"POST /v1/kiosks/{kiosk}/inspections/{inspection}/allow", "AI"},
    {"POST /v1/kiosks/{kiosk}/inspections/{inspection}/disallow", "AI"},
    {"POST /v1/kiosks/{kiosk}/revoke", "AI"},
    {"POST /v1/people", "A"},
    {"POST /v1/people/me/authenticator", "AISRD"},
    {"POST /v1/people/me/authenticator/first-code", "AISRD"},
    {"POST /v1/people/me/authenticator/removal", "AISRD"},
    {"POST /v1/people/me/password", "AISRD"},
    {"POST /v1/people/me/sign-out", "AISRD"},
    {"POST /v1/people/me/tokens", "AISRD"},
    {"POST /v1/people/me/tokens/{token}/revoke", "AISRD"},
    {"POST /v1/people/{person}/disable", "A"},
    {"POST /v1/people/{person}/enable", "A"},
    {"POST /v1/people/{person}/reset", "A"},
    {"POST /v1/people/{person}/roles", "A"},
    {"POST /v1/people/{person}/tokens", "A"},
    {"POST /v1/people/{person}/tokens/{token}/revoke", "A"},
    {"POST /v1/programmes", "I"},
    {"POST /v1/programmes/{programme}/inspections", "I"},
    {"POST /v1/programmes/{programme}/print", "I"},
    {"POST /v1/programmes/{programme}/print/trial", "I"},
};
const std::set<std::string> kOpen = {"POST /v1/people/joining", "POST /v1/people/sessions"};

TEST_F(TheDoorOfPeople, GivesEveryRoleItsRoutesAndNoOther) {
  std::set<std::string> seen;
  for (const auto& route : router_->routes()) {
    const std::string name = route.method + " " + route.path;
    const auto row = kWhoMay.find(name);
    seen.insert(name);
    if (route.is_open) continue;
    ASSERT_NE(row, kWhoMay.end()) << name << " is in no row of kWhoMay: who may ask it?";
    EXPECT_EQ(who_may(route), row->second) << name;
  }
  for (const auto& [name, who] : kWhoMay) EXPECT_TRUE(seen.contains(name)) << name << " is not there";
}

TEST_F(TheDoorOfPeople, HasNoRouteThatNeedsNoRightButTwo) {
  std::set<std::string> open;
  for (const auto& route : router_->routes()) {
    const std::string name = route.method + " " + route.path;
    if (route.is_open) open.insert(name);
    EXPECT_EQ(status_of(route, 0), route.is_open ? 503 : 403) << name;
  }
  EXPECT_EQ(open, kOpen);
}

TEST_F(TheDoorOfPeople, HasNothingThatNamesPathsOnTheCollectorsDisk) {
  EXPECT_EQ(router_->find("POST", "/v1/backups").route, nullptr);
  EXPECT_EQ(router_->find("POST", "/v1/key-copies").route, nullptr);
  EXPECT_EQ(router_->find("POST", "/v1/keys").route, nullptr);
  EXPECT_NE(router_->find("GET", "/v1/key-copies").route, nullptr);
}

TEST_F(TheDoorOfPeople, HasNoneOfTheKiosksRoutes) {
  EXPECT_EQ(router_->find("POST", "/v1/enrolments").route, nullptr);
  for (const auto& route : router_->routes()) EXPECT_FALSE(route.needs_certificate) << route.path;
}

class AChange : public testing::Test {
 protected:
  static bool is_ours(std::map<std::string, std::string, std::less<>> headers, std::string method = "POST") {
    Request request;
    request.method = std::move(method);
    request.headers = std::move(headers);
    request.headers.emplace("host", "collector.example:8444");
    return !why_not_ours(request);
  }
  static constexpr const char* kJson = "application/json";
};

TEST_F(AChange, OfOurOwnPageIsTaken) {
  EXPECT_TRUE(is_ours({{"content-type", kJson}}));
  EXPECT_TRUE(is_ours({{"content-type", "Application/JSON; charset=utf-8"}}));
  EXPECT_TRUE(is_ours({{"perspective-request", "1"}}));
  EXPECT_TRUE(is_ours(
      {{"content-type", kJson}, {"origin", "https://collector.example:8444"}, {"sec-fetch-site", "same-origin"}}));
}

TEST_F(AChange, OfAnotherSiteIsRefused) {
  for (const char* const site : {"cross-site", "same-site", "none", "nonsense"}) {
    EXPECT_FALSE(is_ours({{"content-type", kJson}, {"sec-fetch-site", site}})) << site;
  }
  for (const char* const origin : {"null", "https://evil.example", "http://collector.example:8444",
                                   "https://collector.example", "https://collector.example:8444.evil.example"}) {
    EXPECT_FALSE(is_ours({{"content-type", kJson}, {"origin", origin}})) << origin;
  }
}

TEST_F(AChange, ThatAFormCouldSendIsRefused) {
  for (const char* const type : {"application/x-www-form-urlencoded", "multipart/form-data", "text/plain",
                                 "text/plain; application/json", "application/jsonp", ""}) {
    EXPECT_FALSE(is_ours({{"content-type", type}})) << type;
    EXPECT_FALSE(is_ours({{"content-type", type}}, "DELETE")) << type;
  }
}

TEST_F(AChange, IsNoneWhereSomethingIsOnlyRead) { EXPECT_TRUE(is_ours({{"sec-fetch-site", "cross-site"}}, "GET")); }

TEST(ACookie, IsFoundByItsWholeName) {
  Request request;
  request.headers.emplace("cookie", "a=1; __Host-session=abc; x__Host-session=no; __Host-device=d=e");
  EXPECT_EQ(cookie_of(request, kSessionCookie), "abc");
  EXPECT_EQ(cookie_of(request, kDeviceCookie), "d=e");
  EXPECT_EQ(cookie_of(request, "__Host-sess"), "");
  request.headers.clear();
  EXPECT_EQ(cookie_of(request, kSessionCookie), "");
}

}  // namespace
}  // namespace perspective::resources
