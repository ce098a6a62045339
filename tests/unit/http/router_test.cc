#include "http/router.h"

#include <gtest/gtest.h>

#include "http/problem.h"

namespace perspective::http {
namespace {

Router with(const std::vector<std::pair<std::string, std::string>>& routes) {
  Router router;
  for (const auto& [method, path] : routes) router.add({.method = method, .path = path, .handler = {}});
  return router;
}

TEST(Router, FillsTheNamedPartsOfThePath) {
  const Router router = with({{"GET", "/v1/inspections/{inspection}/tally"}});
  const Match match = router.find("GET", "/v1/inspections/north%2Dwest/tally");
  ASSERT_TRUE(match.route);
  EXPECT_EQ(match.parameters.at("inspection"), "north-west");
}

TEST(Router, SaysWhichMethodsAPathTakes) {
  const Router router = with({{"GET", "/v1/inspections"}, {"POST", "/v1/inspections"}});
  const Match match = router.find("DELETE", "/v1/inspections");
  EXPECT_FALSE(match.route);
  EXPECT_EQ(match.allowed, "GET, POST");
}

TEST(Router, FindsNothingForAnUnknownPath) {
  const Router router = with({{"GET", "/v1/inspections/{inspection}"}});
  for (const std::string path : {"/", "/v1", "/v1/inspections", "/v1/inspections/", "/v1/inspections/a/b", "/v1/x/a"}) {
    const Match match = router.find("GET", path);
    EXPECT_FALSE(match.route) << path;
    EXPECT_TRUE(match.allowed.empty()) << path;
  }
}

TEST(Router, PrefersAFixedPartToANamedOne) {
  const Router router = with({{"GET", "/v1/kiosks/{kiosk}"}, {"GET", "/v1/kiosks/all"}});
  EXPECT_EQ(router.find("GET", "/v1/kiosks/all").route->path, "/v1/kiosks/all");
  EXPECT_EQ(router.find("GET", "/v1/kiosks/k1").route->path, "/v1/kiosks/{kiosk}");
}

TEST(Target, SplitsThePathFromTheQueryAndDecodesIt) {
  const auto target = parse_target("/v1/x?kind=full&language=cy%20&empty&=nameless");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->path, "/v1/x");
  EXPECT_EQ(target->query.at("kind"), "full");
  EXPECT_EQ(target->query.at("language"), "cy ");
  EXPECT_EQ(target->query.at("empty"), "");
  EXPECT_EQ(target->query.size(), 3u);
}

TEST(Target, AsksForThirtyTwoThingsAtMost) {
  EXPECT_TRUE(parse_target("/a?" + std::string(31, '&')));
  EXPECT_FALSE(parse_target("/a?" + std::string(32, '&')));
}

TEST(Target, RefusesBrokenPercentSigns) {
  for (const std::string text : {"/%", "/%4", "/%zz", "/a?b=%1", "no-slash", ""}) {
    EXPECT_FALSE(parse_target(text)) << text;
  }
}

TEST(Target, RefusesWhatIsNoTextOnceItIsDecoded) {
  for (const std::string text : {"/%ff", "/a?b=%c3", "/a?%e2%82=x", "/%c0%af", "/%ed%a0%80", "/%f5%80%80%80",
                                 "/a?b=c%00", "/%f4%90%80%80", "/%e0%9f%bf", "/%f0%8f%bf%bf", "/a\xff", "/%c3%28"}) {
    EXPECT_FALSE(parse_target(text)) << text;
  }
  const auto target = parse_target("/%c3%a9?%e2%82%ac=%f0%9f%91%a9&a=%ed%9f%bf&b=%f4%8f%bf%bf&c=\xd9\x8a");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->query.at("\xe2\x82\xac"), "\xf0\x9f\x91\xa9");
}

TEST(Problem, HasOneStatusForEachKindOfError) {
  const auto status = [](ErrorCode code, bool retry = false) { return status_of({code, "", retry}); };
  EXPECT_EQ(status(ErrorCode::invalid), 400);
  EXPECT_EQ(status(ErrorCode::refused), 403);
  EXPECT_EQ(status(ErrorCode::not_found), 404);
  EXPECT_EQ(status(ErrorCode::conflict), 409);
  EXPECT_EQ(status(ErrorCode::unreachable), 503);
  EXPECT_EQ(status(ErrorCode::io), 500);
  EXPECT_EQ(status(ErrorCode::io, true), 503);
  EXPECT_EQ(status(ErrorCode::corrupt), 500);
}

TEST(Problem, TellsTheNetworkNothingOfOurFiles) {
  const Error error{ErrorCode::io, "/var/lib/collector.sqlite: disk full"};
  EXPECT_EQ(problem(error, Peer{}).body.find("sqlite"), std::string::npos);
  EXPECT_NE(problem(error, Peer{.is_local = true, .certificate_pem = {}}).body.find("disk full"), std::string::npos);
}

}  // namespace
}  // namespace perspective::http
