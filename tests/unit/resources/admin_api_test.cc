#include "resources/admin_api.h"

#include "protocol/ledger.h"
#include "unit/resources/running_collector.h"

namespace perspective::resources {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class AdminApi : public RunningCollector {
 protected:
  std::int64_t envelopes() {
    const auto answer = parsed(inspector().get("/v1/inspections"));
    return answer.at("inspections").as_array().at(0).at("envelopes").as_int64();
  }
};

TEST_F(AdminApi, AnInspectionIsCreatedOnce) {
  create();
  const auto again = inspector().post("/v1/inspections", json::serialize(new_inspection()));
  EXPECT_EQ(again.status, 409);
  EXPECT_THAT(inspector().get("/v1/inspections").body, HasSubstr(R"("id":"lewes","area":"Lewes","state":"open")"));
}

TEST_F(AdminApi, InspectionsAreLookedForByStateAndWords) {
  for (const char* id : {"lewes", "croydon", "cromer"}) create(id);
  ASSERT_EQ(inspector().post("/v1/inspections/croydon/end-fieldwork", "").status, 200);
  const auto ids = [&](const std::string& asked) {
    std::string found;
    const auto answer = parsed(inspector().get("/v1/inspections?" + asked));
    for (const auto& one : answer.at("inspections").as_array()) found += std::string(one.at("id").as_string()) + " ";
    return found + std::to_string(answer.at("found").as_int64());
  };
  EXPECT_EQ(ids("words=cro"), "cromer croydon 2");
  EXPECT_EQ(ids("words=cro&state=open"), "cromer 1");
  EXPECT_EQ(ids("state=unfinished&limit=1"), "cromer 3") << "found: on all pages";
  EXPECT_EQ(ids("state=published"), "0");
  const auto refused = inspector().get("/v1/inspections?state=closed");
  EXPECT_EQ(refused.status, 400);
  EXPECT_THAT(detail(refused), HasSubstr("\"state\""));
}

TEST_F(AdminApi, RemindersOfAllInspectionsStandTogether) {
  create();
  EXPECT_EQ(inspector().get("/v1/reminders").body, R"({"found":0,"reminders":[],"next":null})");
  const json::object days{{"fieldwork_starts", "2001-01-01"}, {"fieldwork_ends", "2001-01-02"}};
  ASSERT_EQ(inspector().post("/v1/inspections/lewes/settings", json::serialize(days)).status, 200);
  const auto answer = parsed(inspector().get("/v1/reminders"));
  ASSERT_EQ(answer.at("found"), 1);
  EXPECT_EQ(answer.at("reminders").at(0).at("area"), "Lewes");
  EXPECT_EQ(answer.at("reminders").at(0).at("is_overdue"), true);
}

TEST_F(AdminApi, WhatIsWrongWithAnInspectionIsSaidAndNothingIsMade) {
  auto broken = new_inspection();
  broken.at("questionnaires").as_array().at(0).as_object()["texts"] = json::object{};
  const auto answer = inspector().post("/v1/inspections", json::serialize(broken));
  EXPECT_EQ(answer.status, 400);
  EXPECT_THAT(detail(answer), Not(""));
  EXPECT_EQ(inspector().get("/v1/inspections").body, R"({"found":0,"inspections":[],"next":null})");
}

TEST_F(AdminApi, AMissingFieldIsNamed) {
  for (const std::string field : {"id", "area", "languages", "questionnaires", "passphrase", "recovery_passphrase"}) {
    auto body = new_inspection();
    body.erase(field);
    const auto answer = inspector().post("/v1/inspections", json::serialize(body));
    EXPECT_EQ(answer.status, 400) << field;
    EXPECT_THAT(detail(answer), HasSubstr('"' + field + '"'));
  }
}

TEST_F(AdminApi, ABatchThatNoKioskCouldSendIsRefusedAndNothingIsMade) {
  for (const json::value& batch :
       {json::value(0), json::value(51), json::value(-1), json::value(2.5), json::value("5")}) {
    auto body = new_inspection();
    body["smallest_batch"] = batch;
    const auto answer = inspector().post("/v1/inspections", json::serialize(body));
    EXPECT_EQ(answer.status, 400) << batch;
    EXPECT_THAT(detail(answer), Not(""));
  }
  EXPECT_EQ(inspector().get("/v1/inspections").body, R"({"found":0,"inspections":[],"next":null})");
}

TEST_F(AdminApi, NoProblemRepeatsAPassphrase) {
  auto body = new_inspection();
  body["passphrase"] = "tooshort";
  const auto answer = inspector().post("/v1/inspections", json::serialize(body));
  EXPECT_GE(answer.status, 400);
  EXPECT_THAT(answer.body, Not(HasSubstr("tooshort")));
  create();
  const auto wrong = unlock("not the right words");
  EXPECT_EQ(wrong.status, 403);
  EXPECT_THAT(wrong.body, Not(HasSubstr("not the right words")));
}

TEST_F(AdminApi, ResultsNeedAnUnlockedInspection) {
  create();
  for (const std::string what : {"/tally?reason=why", "/comments", "/section?kind=full&language=en&reason=why"}) {
    EXPECT_EQ(inspector().get("/v1/inspections/lewes" + what).status, 403) << what;
  }
  EXPECT_EQ(unlock().status, 200);
  for (const std::string what : {"/tally?reason=why", "/comments", "/section?kind=full&language=en&reason=why"}) {
    EXPECT_EQ(inspector().get("/v1/inspections/lewes" + what).status, 200) << what;
  }
  EXPECT_EQ(inspector().post("/v1/inspections/lewes/lock", "").status, 200);
  EXPECT_EQ(inspector().get("/v1/inspections/lewes/tally?reason=why").status, 403);
}

TEST_F(AdminApi, AnAnswerThatArrivesWhileUnlockedIsCounted) {
  create();
  ASSERT_EQ(unlock().status, 200);
  auto kiosk = enrolled();
  ASSERT_EQ(deliver(kiosk, {sealed(package_of(kiosk), inspection::weekly_reader())}).status, 200);
  const auto section = inspector().get("/v1/inspections/lewes/section?kind=full&language=en&reason=why");
  EXPECT_THAT(section.header, HasSubstr("text/plain; charset=utf-8"));
  EXPECT_THAT(section.body, HasSubstr("come every week"));
}

TEST_F(AdminApi, AnAllowedCommentIsChosenAndQuoted) {
  create();
  auto kiosk = enrolled();
  const auto package = package_of(kiosk);
  deliver(kiosk, {sealed(package, inspection::weekly_reader("More light")),
                  sealed(package, inspection::weekly_reader("Not this", "rather_not"))});
  ASSERT_EQ(unlock().status, 200);
  const auto comments = parsed(inspector().get("/v1/inspections/lewes/comments")).at("comments").as_array();
  ASSERT_EQ(comments.size(), 2u);
  for (const auto& comment : comments) {
    const bool is_allowed = comment.at("may_be_quoted").as_bool();
    EXPECT_EQ(is_allowed, comment.at("text").as_string() == "More light");
    const auto body = json::serialize(json::object{{"reference", comment.at("reference")}, {"sic", true}});
    EXPECT_EQ(inspector().post("/v1/inspections/lewes/quotations", body).status, is_allowed ? 201 : 403);
  }
  const auto section = inspector().get("/v1/inspections/lewes/section?kind=full&language=en&reason=why").body;
  EXPECT_THAT(section, HasSubstr("More light"));
  EXPECT_THAT(section, Not(HasSubstr("Not this")));
}

TEST_F(AdminApi, AQuotationIsInItsWritersWordsAndTakenBack) {
  create();
  auto kiosk = enrolled();
  const auto package = package_of(kiosk);
  deliver(kiosk, {sealed(package, inspection::weekly_reader("More light for us"))});
  ASSERT_EQ(unlock().status, 200);
  const std::string one = "/v1/inspections/lewes";
  const auto comment = [&] { return parsed(inspector().get(one + "/comments")).at("comments").at(0).as_object(); };
  json::object body{{"reference", comment().at("reference")}, {"words", "more light for nobody else"}, {"sic", true}};
  const auto refused = inspector().post(one + "/quotations", json::serialize(body));
  EXPECT_EQ(refused.status, 400);
  EXPECT_THAT(refused.body, HasSubstr("nobody else"));
  EXPECT_EQ(comment().at("chosen"), json::value(nullptr));
  body["words"] = "MORE LIGHT";
  ASSERT_EQ(inspector().post(one + "/quotations", json::serialize(body)).status, 201);
  EXPECT_EQ(comment().at("chosen"),
            (json::object{{"words", "More light"}, {"is_sic", true}, {"as_chosen", "MORE LIGHT"}}));
  const auto removal = json::serialize(json::object{{"reference", comment().at("reference")}});
  EXPECT_EQ(inspector().post(one + "/quotations/removal", removal).status, 200);
  EXPECT_EQ(inspector().post(one + "/quotations/removal", removal).status, 409);
  EXPECT_EQ(comment().at("is_chosen"), false);
  const auto section = inspector().get(one + "/section?kind=full&language=en&reason=why").body;
  EXPECT_THAT(section, Not(HasSubstr("More light")));
  EXPECT_THAT(inspector().get("/v1/audit").body, HasSubstr("comment chosen to be quoted no more"));
}

TEST_F(AdminApi, WhileFieldworkIsOpenAnswersAreCountedInFives) {
  create();
  auto kiosk = enrolled();
  const auto package = package_of(kiosk);
  std::vector<protocol::SealedEnvelope> batch;
  for (int i = 0; i < 7; ++i) batch.push_back(sealed(package, inspection::weekly_reader()));
  ASSERT_EQ(deliver(kiosk, batch).status, 200);
  EXPECT_EQ(envelopes(), 5);
  ASSERT_EQ(inspector().post("/v1/inspections/lewes/end-fieldwork", "").status, 200);
  EXPECT_EQ(envelopes(), 7);
}

TEST_F(AdminApi, EndOfFieldworkReachesKiosksAsANewPackage) {
  create();
  auto kiosk = enrolled();
  EXPECT_TRUE(package_of(kiosk).is_fieldwork_open);
  ASSERT_EQ(inspector().post("/v1/inspections/lewes/end-fieldwork", "{}").status, 200);
  EXPECT_FALSE(package_of(kiosk).is_fieldwork_open);
  ASSERT_EQ(inspector().post("/v1/inspections/lewes/draft-report", "{}").status, 200);
  EXPECT_EQ(deliver(kiosk, {sealed(package_of(kiosk), inspection::weekly_reader())}).status, 200);
  EXPECT_THAT(inspector().get("/v1/inspections").body, HasSubstr(R"("state":"draft-report")"));
}

TEST_F(AdminApi, ReconciliationSaysNoNumberWhileFieldworkIsOpen) {
  create();
  auto kiosk = enrolled();
  ASSERT_EQ(deliver(kiosk, {sealed(package_of(kiosk), inspection::weekly_reader())}).status, 200);
  EXPECT_EQ(inspector().get("/v1/inspections/lewes/reconciliation").body, R"({"has_fieldwork_ended":false})");
}

TEST_F(AdminApi, ReconciliationSetsWhatKiosksToldBesideWhatCameIn) {
  create();
  auto kiosk = enrolled();
  ASSERT_EQ(deliver(kiosk, {sealed(package_of(kiosk), inspection::weekly_reader())}).status, 200);
  ASSERT_EQ(inspector().post("/v1/inspections/lewes/end-fieldwork", "{}").status, 200);
  const std::string path = "/v1/inspections/lewes/reconciliation";
  EXPECT_THAT(inspector().get(path + "?format=text").body, HasSubstr("One kiosk has not yet reported"));
  const auto ledger = protocol::encode_ledger({.started = 3, .stopped = 1, .sent = 2});
  ASSERT_EQ(kiosk.post("/v1/inspections/lewes/ledger", ledger).status, 200);
  const auto sides = parsed(inspector().get(path));
  EXPECT_EQ(sides.at("kiosks").at(0).at("told").at("stopped"), 1);
  EXPECT_EQ(sides.at("kiosks").at(0).at("missing"), 1);
  EXPECT_EQ(sides.at("collector").at("still_sealed"), 1);
  EXPECT_EQ(sides.at("kiosks").at(0).at("tokens"), 0);
  EXPECT_EQ(sides.at("tokens").at("issued"), 0);
  EXPECT_EQ(sides.at("tokens").at("without_response"), 0);
  EXPECT_THAT(inspector().get(path + "?format=text&language=en").body, HasSubstr("sent 2; 1 came in"));
  EXPECT_EQ(inspector().get(path + "?format=text&language=cy").status, 404);  // not one of the inspection's
  EXPECT_EQ(inspector().get(path + "?format=xml").status, 400);
}

TEST_F(AdminApi, WhatIsNotThereIs404) {
  EXPECT_EQ(inspector().post("/v1/inspections/nowhere/unlock", R"({"passphrase":"x"})").status, 404);
  EXPECT_EQ(inspector().post("/v1/invites", R"({"inspection":"nowhere"})").status, 404);
  EXPECT_EQ(inspector().post("/v1/kiosks/nobody/revoke", "").status, 404);
  EXPECT_EQ(inspector().get("/v1/kiosks").body, R"({"kiosks":[],"next":null})");
}

TEST_F(AdminApi, AnUnknownFormatIsRefused) {
  create();
  EXPECT_EQ(inspector().get("/v1/inspections/lewes/tally?reason=why&format=pdf").status, 400);
  EXPECT_EQ(inspector().get("/v1/inspections/lewes/section").status, 400);
}

}  // namespace
}  // namespace perspective::resources
