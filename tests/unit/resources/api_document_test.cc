#include "resources/api_document.h"

#include "resources/admin_api.h"
#include "resources/kiosk_api.h"
#include "support/source_folder.h"
#include "unit/resources/running_collector.h"

namespace perspective::resources {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::filesystem::path kPeople = std::filesystem::path(kSourceFolder) / "assets/api/people";
const std::filesystem::path kKiosks = std::filesystem::path(kSourceFolder) / "assets/api/kiosks";

http::Router with_description(http::Router router, const std::filesystem::path& folder) {
  EXPECT_TRUE(add_api_document(router, folder));
  return router;
}

ApiDocument people_document(const std::vector<http::Route>& more = {}) {
  Services services;
  http::Router router = with_description(admin_routes(services), kPeople);
  for (const auto& route : more) router.add(route);
  auto document = describe(router, kPeople);
  EXPECT_TRUE(document) << document.error().what;
  return document.value_or(ApiDocument());
}

ApiDocument kiosk_document() {
  Services services;
  auto document = describe(with_description(kiosk_routes(services), kKiosks), kKiosks);
  EXPECT_TRUE(document) << document.error().what;
  return document.value_or(ApiDocument());
}

// These two fail for whoever adds a route and does not describe it; what they print says what to add where.
TEST(ApiDescription, OfThePeoplesDoorHasEachRouteAndNothingElse) { EXPECT_THAT(people_document().faults, IsEmpty()); }

TEST(ApiDescription, OfTheKiosksDoorHasEachRouteAndNothingElse) { EXPECT_THAT(kiosk_document().faults, IsEmpty()); }

TEST(ApiDescription, ARouteThatNobodyDescribesIsNamedWithWhereToDescribeIt) {
  const auto document = people_document({{.method = "POST", .path = "/v1/new-things", .handler = {}}});
  ASSERT_EQ(document.faults.size(), 1u);
  EXPECT_THAT(document.faults[0], HasSubstr("POST /v1/new-things is not described"));
  EXPECT_THAT(document.faults[0], HasSubstr("assets/api/people"));
  EXPECT_THAT(document.faults[0], HasSubstr("collector/resources/API.md"));
}

TEST(ApiDescription, AnOperationThatNoRouteHasIsNamedWithItsFile) {
  Services services;
  http::Router router = with_description(http::Router(), kKiosks);
  const http::Router whole = kiosk_routes(services);
  for (const auto& route : whole.routes()) {
    if (route.path != "/v1/authority") router.add(route);
  }
  const auto document = describe(router, kKiosks);
  ASSERT_TRUE(document) << document.error().what;
  EXPECT_THAT(document->faults,
              ElementsAre(HasSubstr("enrolment.json in assets/api/kiosks describes GET /v1/authority")));
}

TEST(ApiDescription, RightSizeAndProblemsAreTheRoutersOwn) {
  const auto document = json::parse(people_document().json);
  const auto& unlocking = document.at_pointer("/paths/~1v1~1inspections~1{inspection}~1unlock/post");
  EXPECT_EQ(unlocking.at("x-right"), "hold-keys");
  EXPECT_EQ(unlocking.at("x-max-body-bytes"), http::kSmallBodyBytes);
  const auto& responses = unlocking.at("responses").as_object();
  for (const char* const status :
       {"200", "400", "401", "403", "404", "408", "409", "413", "415", "429", "431", "500", "503"}) {
    EXPECT_TRUE(responses.contains(status)) << status;
  }
  const auto& reading = document.at_pointer("/paths/~1v1~1audit/get");
  EXPECT_EQ(reading.at("x-right"), "read-audit");
  EXPECT_FALSE(reading.as_object().contains("requestBody"));
  EXPECT_FALSE(reading.at("responses").as_object().contains("404"));
}

TEST(ApiDescription, WhatAKioskAsksNeedsItsCertificateButForEnrolling) {
  const auto document = json::parse(kiosk_document().json);
  for (const auto& [path, operations] : document.at("paths").as_object()) {
    const bool is_for_anyone = path == "/v1/authority" || path == "/v1/enrolments" || path == "/v1/openapi.json";
    for (const auto& [method, operation] : operations.as_object()) {
      EXPECT_EQ(operation.at("security").as_array().empty(), is_for_anyone) << path;
    }
  }
}

class ServedDescription : public RunningCollector {};

TEST_F(ServedDescription, IsThatOfTheDoorAndNeedsNoCertificate) {
  const auto for_people = inspector().get("/v1/openapi.json");
  EXPECT_EQ(for_people.status, 200);
  EXPECT_THAT(for_people.header, HasSubstr("application/json"));
  EXPECT_EQ(for_people.body, people_document().json);
  const auto for_kiosks = stranger().get("/v1/openapi.json");
  EXPECT_EQ(for_kiosks.status, 200);
  EXPECT_EQ(for_kiosks.body, kiosk_document().json);
}

}  // namespace
}  // namespace perspective::resources
