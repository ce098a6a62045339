// Inspectors and their kiosks: what a kiosk said of itself, which inspections it serves.
#include "protocol/self_report.h"
#include "unit/resources/running_collector.h"

namespace perspective::resources {
namespace {

class Fleet : public RunningCollector {
 protected:
  void SetUp() override {
    RunningCollector::SetUp();
    create();
    kiosk_.emplace(enrolled());
  }
  json::object shown(const std::string& kiosk) { return parsed(inspector().get("/v1/kiosks/" + kiosk)); }
  // As a kiosk does that is so many minutes ahead.
  void contact(int minutes, bool is_waiting) {
    kiosk_->headers = protocol::headers_of(
        {.program = "0.4.0", .clock_s = SystemClock().now_s() + 60 * minutes, .is_waiting = is_waiting});
    EXPECT_EQ(kiosk_->get("/v1/packages").status, 200);
    kiosk_->headers.clear();
  }
  WebAnswer wish(const std::string& step, const std::string& inspection, const std::string& kiosk) {
    return inspector().post("/v1/kiosks/" + kiosk + "/inspections/" + inspection + "/" + step, "{}");
  }
  std::string listed() { return kiosk_->get("/v1/packages").body; }
  // The list's tag, asked for; and as it comes with the answer to a batch.
  std::string list_tag() { return value_of("etag", kiosk_->get("/v1/packages").header); }
  std::string batch_tag() {
    const auto envelope = sealed(package_of(*kiosk_), inspection::weekly_reader());
    return value_of("perspective-packages", deliver(*kiosk_, {envelope}).header);
  }
  static std::string value_of(const std::string& name, std::string header) {
    std::string lower = header;
    std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const auto at = lower.find("\r\n" + name + ": ");
    if (at == std::string::npos) return {};
    const auto begin = at + name.size() + 4;
    return header.substr(begin, header.find("\r\n", begin) - begin);
  }

  std::optional<WebClient> kiosk_;
};

TEST_F(Fleet, AKioskThatHasOnlyEnrolledHasSaidNothing) {
  const auto kiosk = shown(kiosk_id_);
  EXPECT_EQ(kiosk.at("name"), "Front office");
  for (const char* field : {"last_contact", "program", "certificate_days_left", "clock_offset_minutes", "is_waiting"}) {
    EXPECT_TRUE(kiosk.at(field).is_null()) << field;
  }
}

TEST_F(Fleet, AContactIsKnownByItsDayAndSaysNothingOfVisits) {
  contact(-7, true);
  const auto kiosk = shown(kiosk_id_);
  EXPECT_EQ(kiosk.at("last_contact"), json::value(day_of(SystemClock().now_s())));
  EXPECT_EQ(kiosk.at("program"), "0.4.0");
  EXPECT_EQ(kiosk.at("certificate_days_left"), protocol::kKioskCertificateDays - 1);  // begun an hour ago
  EXPECT_EQ(kiosk.at("clock_offset_minutes"), -7);
  EXPECT_EQ(kiosk.at("is_waiting"), true);
  EXPECT_EQ(kiosk.size(), 10U) << "a new field: may it be told?";
}

TEST_F(Fleet, AKioskIsNamedByItsNameWhereNoOtherHasIt) {
  EXPECT_EQ(shown("Front%20office").at("id"), json::value(kiosk_id_));
  EXPECT_EQ(inspector().get("/v1/kiosks/Back%20office").status, 404);
  const auto first = kiosk_id_;
  enrolled();
  const auto answer = inspector().post("/v1/kiosks/Front%20office/revoke", "{}");
  EXPECT_EQ(answer.status, 409);
  EXPECT_THAT(detail(answer), testing::HasSubstr("2 kiosks"));
  EXPECT_EQ(shown(first).at("is_revoked"), false);
}

TEST_F(Fleet, ARevokedKioskIsToldSoAndThatNothingIsLost) {
  ASSERT_EQ(inspector().post("/v1/kiosks/Front%20office/revoke", "{}").status, 200);
  const auto answer = kiosk_->get("/v1/packages");
  EXPECT_EQ(answer.status, 403);
  EXPECT_THAT(detail(answer), testing::HasSubstr("revoked"));
  EXPECT_TRUE(shown(kiosk_id_).at("last_contact").is_null()) << "who is shut out is in no contact";
}

TEST_F(Fleet, AKioskThatIsInvitedAgainKeepsItsIdAndItsInspections) {
  create("hove");
  ASSERT_EQ(wish("allow", "hove", kiosk_id_).status, 200);
  const auto answer = inspector().post("/v1/invites", R"({"kiosk":"Front office"})");
  ASSERT_EQ(answer.status, 201);
  EXPECT_EQ(kiosk_->get("/v1/packages").status, 200) << "before it is used nothing has changed";
  const auto parts = protocol::parse_invite(std::string(parsed(answer).at("invite").as_string())).value();
  const auto enrolled_again = enrol(parts.secret, protocol::make_device_key()->request_pem);
  EXPECT_EQ(parsed(enrolled_again).at("kiosk"), json::value(kiosk_id_));
  EXPECT_EQ(kiosk_->get("/v1/packages").status, 403);
  EXPECT_EQ(json::serialize(shown("Front%20office").at("inspections")), R"(["hove","lewes"])");
  EXPECT_EQ(inspector().post("/v1/invites", R"({"kiosk":"nobody"})").status, 404);
}

TEST_F(Fleet, AKioskServesEachInspectionThatItIsAllowed) {
  create("hove");
  ASSERT_EQ(wish("allow", "hove", kiosk_id_).status, 200);
  EXPECT_EQ(listed(), R"({"packages":[{"inspection":"hove","version":1},{"inspection":"lewes","version":1}]})");
  const auto envelope = sealed(package_of(*kiosk_, "hove"), inspection::weekly_reader());
  EXPECT_EQ(deliver(*kiosk_, {envelope}, "hove").status, 200);
  EXPECT_EQ(wish("allow", "nowhere", kiosk_id_).status, 404);
  EXPECT_EQ(wish("allow", "hove", "nobody").status, 404);
}

TEST_F(Fleet, ADisallowedInspectionIsOfferedNoMoreAndStillTakesWhatWaits) {
  const auto package = package_of(*kiosk_);
  ASSERT_EQ(wish("disallow", "lewes", kiosk_id_).status, 200);
  EXPECT_EQ(listed(), R"({"packages":[{"inspection":"lewes","version":1,"is_offered":false}]})");
  const auto outcomes =
      protocol::decode_outcomes(deliver(*kiosk_, {sealed(package, inspection::weekly_reader())}).body).value();
  EXPECT_EQ(outcomes.front().status, 201);
  EXPECT_EQ(json::serialize(shown(kiosk_id_).at("disallowed")), R"(["lewes"])");
  EXPECT_EQ(wish("disallow", "hove", kiosk_id_).status, 404);
}

TEST_F(Fleet, AnswersToBatchesTellThatTheListHasChanged) {
  create("hove");
  std::string tag = list_tag();
  EXPECT_FALSE(tag.empty());
  EXPECT_EQ(batch_tag(), tag);
  const auto expect_news = [&](const std::string& what) {
    EXPECT_NE(batch_tag(), tag) << what;
    tag = list_tag();
    EXPECT_EQ(batch_tag(), tag) << what;
  };
  ASSERT_EQ(wish("allow", "hove", kiosk_id_).status, 200);
  expect_news("one more");
  ASSERT_EQ(inspector().post("/v1/inspections/lewes/end-fieldwork", "{}").status, 200);
  expect_news("end of fieldwork");
  ASSERT_EQ(wish("disallow", "hove", kiosk_id_).status, 200);
  expect_news("one less");
}

}  // namespace
}  // namespace perspective::resources
