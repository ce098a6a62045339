#include "protocol/ledger.h"
#include "resources/enrolment_turns.h"
#include "unit/resources/running_collector.h"

namespace perspective::resources {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

class KioskApi : public RunningCollector {
 protected:
  void SetUp() override {
    RunningCollector::SetUp();
    create();
  }
};

TEST_F(KioskApi, AnInviteEnrolsOneKioskOnce) {
  const auto secret = protocol::parse_invite(invite()).value().secret;
  EXPECT_EQ(enrol(secret, protocol::make_device_key().value().request_pem).status, 201);
  const auto again = enrol(secret, protocol::make_device_key().value().request_pem);
  EXPECT_EQ(again.status, 403);
  EXPECT_THAT(again.header, HasSubstr("application/problem+json"));
}

// Its answer was lost on the way.
TEST_F(KioskApi, AKioskThatAsksAgainWithTheSameKeyIsTheSameKiosk) {
  const auto secret = protocol::parse_invite(invite()).value().secret;
  const auto request = protocol::make_device_key().value().request_pem;
  const auto first = enrol(secret, request);
  const auto again = enrol(secret, request);
  EXPECT_EQ(again.status, 201);
  EXPECT_EQ(parsed(again).at("kiosk"), parsed(first).at("kiosk"));
}

TEST_F(KioskApi, AWrongSecretIsRefusedLikeAUsedOne) {
  const auto request = protocol::make_device_key().value().request_pem;
  const auto secret = protocol::parse_invite(invite()).value().secret;
  enrol(secret, protocol::make_device_key().value().request_pem);
  EXPECT_EQ(enrol(secret, request).body, enrol("0000000000000000", request).body);
}

TEST_F(KioskApi, WhoeverGuessesWaitsBeforeTheNextGuess) {
  const auto request = protocol::make_device_key().value().request_pem;
  for (int i = 0; i < EnrolmentTurns::kFreeLooks; ++i) EXPECT_EQ(enrol("0000000000000000", request).status, 403);
  // The clock is the system's, and each further wrong one makes it twice as long.
  long status = 0;
  std::string header;
  for (int i = 0; i < 6 && status != 429; ++i) {
    const auto answer = enrol("0000000000000000", request);
    status = answer.status;
    header = answer.header;
  }
  EXPECT_EQ(status, 429);
  EXPECT_THAT(header, HasSubstr("Retry-After: "));
}

TEST_F(KioskApi, AnEnrolmentWithoutItsPartsIs400) {
  auto client = stranger();
  client.headers = {"Content-Type: application/json"};
  for (const std::string body : {"", "[]", "{", "{}", R"({"secret":"x"})", R"({"secret":1,"request":"x"})"}) {
    EXPECT_EQ(client.post("/v1/enrolments", body).status, 400) << body;
  }
  client.headers = {"Content-Type: text/plain"};
  EXPECT_EQ(client.post("/v1/enrolments", "{}").status, 415);
}

TEST_F(KioskApi, AnEnrolledKioskFetchesItsPackages) {
  auto kiosk = enrolled();
  EXPECT_EQ(kiosk.get("/v1/packages").body, R"({"packages":[{"inspection":"lewes","version":1}]})");
  const auto answer = kiosk.get("/v1/packages/lewes");
  EXPECT_EQ(answer.status, 200);
  EXPECT_THAT(answer.header, HasSubstr("application/cms"));
  const auto package = protocol::verify_package(as_bytes(answer.body), kiosk.authority_pem);
  ASSERT_TRUE(package) << package.error().what;
  EXPECT_EQ(package->inspection, "lewes");
}

TEST_F(KioskApi, APackageThatTheKioskHasIsNotSentAgain) {
  auto kiosk = enrolled();
  ASSERT_THAT(kiosk.get("/v1/packages/lewes").header, HasSubstr("ETag: \"1\""));
  kiosk.headers = {"If-None-Match: \"1\""};
  const auto answer = kiosk.get("/v1/packages/lewes");
  EXPECT_EQ(answer.status, 304);
  EXPECT_THAT(answer.body, IsEmpty());
}

TEST_F(KioskApi, LedgerIsTakenOnceFieldworkHasEndedAndOnlyFromAKioskOfTheInspection) {
  auto kiosk = enrolled();
  create("hove");
  const auto ledger = protocol::encode_ledger({.started = 1, .sent = 1});
  EXPECT_EQ(kiosk.post("/v1/inspections/lewes/ledger", ledger).status, 409);
  ASSERT_EQ(inspector().post("/v1/inspections/lewes/end-fieldwork", "{}").status, 200);
  EXPECT_EQ(kiosk.post("/v1/inspections/lewes/ledger", ledger).status, 200);
  EXPECT_EQ(kiosk.post("/v1/inspections/lewes/ledger", ledger).status, 200);
  EXPECT_EQ(kiosk.post("/v1/inspections/lewes/ledger", "{}").status, 400);
  EXPECT_EQ(kiosk.post("/v1/inspections/hove/ledger", ledger).status, 403);
  EXPECT_EQ(stranger().post("/v1/inspections/lewes/ledger", ledger).status, 401);
}

TEST_F(KioskApi, WithoutACertificateNothingButEnrolmentIsAnswered) {
  EXPECT_EQ(stranger().get("/v1/authority").status, 200);
  EXPECT_EQ(stranger().get("/v1/packages").status, 401);
  EXPECT_EQ(stranger().get("/v1/packages/lewes").status, 401);
  EXPECT_EQ(stranger().post("/v1/inspections/lewes/envelopes", "x").status, 401);
}

TEST_F(KioskApi, TheInspectorsAddressesAreNotOnTheNetwork) {
  auto kiosk = enrolled();
  EXPECT_EQ(kiosk.get("/v1/inspections").status, 404);
  EXPECT_EQ(kiosk.get("/v1/inspections/lewes/tally").status, 404);
  EXPECT_EQ(kiosk.post("/v1/inspections/lewes/unlock", "{}").status, 404);
}

TEST_F(KioskApi, ARevokedKioskIsShutOut) {
  auto kiosk = enrolled();
  ASSERT_EQ(kiosk.get("/v1/packages").status, 200);
  ASSERT_EQ(inspector().post("/v1/kiosks/" + kiosk_id_ + "/revoke", "{}").status, 200);
  EXPECT_EQ(kiosk.get("/v1/packages").status, 403);
  EXPECT_EQ(kiosk.get("/v1/packages/lewes").status, 403);
  EXPECT_EQ(kiosk.post("/v1/inspections/lewes/envelopes", "x").status, 403);
}

TEST_F(KioskApi, ACertificateIsNotRenewedBeforeItsTime) {
  auto kiosk = enrolled();
  EXPECT_EQ(kiosk.post("/v1/certificates", "").status, 409);
  EXPECT_EQ(stranger().post("/v1/certificates", "").status, 401);
}

TEST_F(KioskApi, AKioskSeesOnlyTheInspectionThatItWasInvitedTo) {
  create("hove");
  auto kiosk = enrolled("hove");
  EXPECT_EQ(kiosk.get("/v1/packages/hove").status, 200);
  EXPECT_EQ(kiosk.get("/v1/packages/lewes").status, 403);
  EXPECT_EQ(kiosk.post("/v1/inspections/lewes/envelopes", "x").status, 403);
}

TEST_F(KioskApi, EnvelopesAreStoredAndTheirReceiptsAreGenuine) {
  auto kiosk = enrolled();
  const auto package = package_of(kiosk);
  const auto envelope = sealed(package, inspection::weekly_reader());
  const auto outcomes = protocol::decode_outcomes(deliver(kiosk, {envelope}).body);
  ASSERT_TRUE(outcomes);
  ASSERT_EQ(outcomes->size(), 1u);
  EXPECT_EQ(outcomes->front().status, 201);
  EXPECT_TRUE(protocol::is_genuine(outcomes->front().receipt.value(), envelope.id, protocol::digest_of(envelope.body),
                                   package.receipt_key));
}

TEST_F(KioskApi, TheSameBatchTwiceGivesTheSameReceipts) {
  auto kiosk = enrolled();
  const auto package = package_of(kiosk);
  const std::vector batch{sealed(package, inspection::weekly_reader()), sealed(package, inspection::weekly_reader())};
  const auto first = protocol::decode_outcomes(deliver(kiosk, batch).body).value();
  stop();
  start();
  auto same_kiosk = stranger();
  same_kiosk.authority_pem = kiosk.authority_pem;
  same_kiosk.certificate_pem = kiosk.certificate_pem;
  same_kiosk.key_pem = kiosk.key_pem;
  const auto second = protocol::decode_outcomes(deliver(same_kiosk, batch).body).value();
  for (std::size_t i = 0; i < batch.size(); ++i) {
    EXPECT_EQ(first[i].status, 201);
    EXPECT_EQ(second[i].status, 200);
    EXPECT_EQ(first[i].receipt, second[i].receipt);
  }
}

TEST_F(KioskApi, ABatchOfTheWrongSizeIs413AndOneLargerThanAnyIsNotRead) {
  auto kiosk = enrolled();
  EXPECT_EQ(kiosk.post("/v1/inspections/lewes/envelopes", "some bytes").status, 413);
  EXPECT_EQ(kiosk.post("/v1/inspections/lewes/envelopes", std::string(7'000'000, 'x')).status, 413);
}

}  // namespace
}  // namespace perspective::resources
