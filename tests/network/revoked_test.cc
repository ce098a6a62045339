// The collector does not want this kiosk any more. What waits stays on it, and the supervisor reads whose doing it is.
#include <future>

#include "base/file.h"
#include "network/hostile_line.h"
#include "protocol/ledger.h"
#include "upload/renewal.h"
#include "upload/token_reporter.h"

namespace perspective::network {
namespace {

class Unwanted : public HostileLine {
 protected:
  void revoke() { ASSERT_EQ(inspector().post("/v1/kiosks/" + enrolment_->kiosk + "/revoke", "{}").status, 200); }
  void expect_not_accepted() {
    const auto step = kiosk_->step();
    EXPECT_EQ(step.next, Next::later);
    EXPECT_EQ(step.notice, Reason::kiosk_not_accepted);
    EXPECT_TRUE(kiosk_->is_waiting());
  }
  // The same kiosk with another certificate for its key.
  void show(const protocol::KeyAndCertificate& authority, std::int64_t from_s, int days) {
    const auto made = protocol::make_device_key().value();
    enrolment_->certificate_pem =
        protocol::issue_kiosk(authority, made.request_pem, enrolment_->kiosk, from_s, days).value();
    enrolment_->key_pem = SecretBytes(as_bytes(made.key_pem));
    kiosk_ = std::make_unique<Kiosk>(folder_ / "kiosk", *enrolment_);
  }

  // As `perspective-kiosk enrol` does it in the folder of a kiosk that is enrolled.
  void enrol_anew() {
    const auto held = upload::load_enrolment(folder_ / "kiosk");
    ASSERT_TRUE(held) << "a certificate that is of no more use is no damage: " << held.error().what;
    kiosk_ = enrolled_kiosk("kiosk");
    ASSERT_TRUE(kiosk_->shelf.fetch(kiosk_->transport));
  }

  std::string invite_again() {
    const auto answer = inspector().post("/v1/invites", R"({"kiosk":"Front office"})");
    return std::string(parsed(answer).at("invite").as_string());
  }
  void spend_tokens(const std::vector<std::uint8_t>& proofs) {
    for (const auto proof : proofs) ASSERT_TRUE(kiosk_->outbox->spend({"lewes", {proof}}));
  }
  // What a kiosk tells when fieldwork has ended, all of it anew.
  void report() {
    upload::TokenReporter tokens(*kiosk_->outbox, kiosk_->transport, [this](const std::string&) {
      return upload::Sender::Terms{.receipt_key = kiosk_->receipt_key()};
    });
    ASSERT_EQ(tokens.step().next, Next::again);
    const auto told = protocol::encode_ledger(kiosk_->outbox->ledgers().value()["lewes"]);
    const auto answer = kiosk_->transport.send({.method = "POST",
                                                .path = "/v1/inspections/lewes/ledger",
                                                .headers = {"Content-Type: application/json"},
                                                .body = Bytes(told.begin(), told.end())});
    ASSERT_EQ(answer->status, 200);
  }
  // The only kiosk of the reconciliation.
  resources::json::object side() {
    const auto kiosks = parsed(inspector().get("/v1/inspections/lewes/reconciliation")).at("kiosks").as_array();
    EXPECT_EQ(kiosks.size(), 1U);
    return kiosks.front().as_object();
  }

  std::int64_t now_s_ = SystemClock().now_s();
};

TEST_F(Unwanted, RevokedKioskKeepsAllOnAConnectionThatWasOpenBefore) {
  put(1);
  ASSERT_EQ(kiosk_->step().next, Next::again);
  const auto connections = gate_->accepted();
  revoke();
  put(2);
  expect_not_accepted();
  EXPECT_EQ(gate_->accepted(), connections) << "this was to be the connection of before";
  expect_not_accepted();
  EXPECT_EQ(gate_->accepted(), connections + 1) << "the old connection lives on";
  EXPECT_EQ(stored_count(), 1);
}

TEST_F(Unwanted, KioskThatIsRevokedWhileItsBatchIsOnTheWayKeepsIt) {
  put(2);
  gate_->next({.where = Where::request, .happens = Happens::hold});
  auto sending = std::async(std::launch::async, [this] { return kiosk_->step(); });
  ASSERT_TRUE(gate_->await_happened(1));
  revoke();
  gate_->release();
  const auto step = sending.get();
  EXPECT_EQ(step.next, Next::later);
  EXPECT_EQ(step.notice, Reason::kiosk_not_accepted);
  EXPECT_TRUE(kiosk_->is_waiting());
  EXPECT_EQ(stored_count(), 0);
}

TEST_F(Unwanted, OwnCertificateThatHasRunOutIsSaidToBeThat) {
  put(40);  // more than one write, so that the refusal meets a kiosk that still speaks
  const auto authority = collector_keys().authority;
  show({authority.key_pem, authority.certificate_pem}, now_s_ - 10 * 86'400, 5);
  for (int i = 0; i < 5; ++i) expect_not_accepted();
  show({authority.key_pem, authority.certificate_pem}, now_s_ + 10 * 86'400, 5);  // or the collector's clock is slow
  expect_not_accepted();
  EXPECT_EQ(stored_count(), 0);
}

TEST_F(Unwanted, KioskWhoseCertificateHasRunOutIsEnrolledAnewAndSendsWhatWaited) {
  put(12);
  const auto authority = collector_keys().authority;
  show({authority.key_pem, authority.certificate_pem}, now_s_ - 410 * 86'400, 397);
  ASSERT_TRUE(write_file(folder_ / "kiosk" / "device.pem", as_bytes(enrolment_->certificate_pem)));
  ASSERT_TRUE(write_file(folder_ / "kiosk" / "device.key", enrolment_->key_pem.view()));
  expect_not_accepted();
  EXPECT_EQ(upload::renew_if_due(folder_ / "kiosk", now_s_, kiosk_->transport).error().code, ErrorCode::refused)
      << "too late for that";
  enrol_anew();
  put(3);
  send_all(*kiosk_);
  expect_every_envelope_exactly_once();
}

TEST_F(Unwanted, RevokedKioskIsEnrolledAnewAndItsOldCertificateStaysRevoked) {
  put(2);
  revoke();
  expect_not_accepted();
  const auto old = std::move(*enrolment_);
  enrol_anew();
  send_all(*kiosk_);
  upload::CurlTransport shut_out(old.identity());
  EXPECT_EQ(shut_out.send({.path = "/v1/packages", .headers = {}, .body = {}})->status, 403);
  expect_every_envelope_exactly_once();
}

// The ledger and the tokens that it told before are told again under the same id: they replace, and add nothing.
TEST_F(Unwanted, KioskThatIsInvitedAgainIsCountedOnceAndItsOldCertificateIsGoodForNothing) {
  const std::string id = enrolment_->kiosk;
  ASSERT_EQ(inspector().post("/v1/inspections/lewes/end-fieldwork", "{}").status, 200);
  spend_tokens({1, 2});
  put(2);
  send_all(*kiosk_);
  report();
  EXPECT_EQ(side().at("tokens"), 2);
  revoke();
  const auto old = std::move(*enrolment_);
  kiosk_ = enrolled_with(invite_again(), "kiosk");
  ASSERT_TRUE(kiosk_->shelf.fetch(kiosk_->transport)) << "it serves what it served";
  EXPECT_EQ(enrolment_->kiosk, id);
  spend_tokens({3});
  put(1);
  send_all(*kiosk_);
  report();
  EXPECT_EQ(side().at("told").at("sent"), 3);
  EXPECT_EQ(side().at("came_in"), 3);
  EXPECT_EQ(side().at("tokens"), 3);
  upload::CurlTransport shut_out(old.identity());
  EXPECT_EQ(shut_out.send({.path = "/v1/packages", .headers = {}, .body = {}})->status, 403);
  expect_every_envelope_exactly_once();
}

TEST_F(Unwanted, CertificateOfAnotherAuthorityIsNotAccepted) {
  put(1);
  show(protocol::make_authority("Another", now_s_, 30).value(), now_s_, 30);
  expect_not_accepted();
  EXPECT_EQ(stored_count(), 0);
}

TEST_F(Unwanted, GenuineCertificateThatTheCollectorNeverGaveIsNotAccepted) {
  put(1);
  const auto authority = collector_keys().authority;
  show({authority.key_pem, authority.certificate_pem}, now_s_, 30);
  expect_not_accepted();
  EXPECT_EQ(stored_count(), 0);
}

TEST_F(Unwanted, WithoutACertificateNothingIsTaken) {
  put(1);
  enrolment_->certificate_pem.clear();
  kiosk_ = std::make_unique<Kiosk>(folder_ / "kiosk", *enrolment_);
  expect_not_accepted();
  EXPECT_EQ(stored_count(), 0);
}

}  // namespace
}  // namespace perspective::network
