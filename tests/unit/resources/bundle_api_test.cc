// What a kiosk copied to a stick, imported by an inspector.
#include "protocol/bundle.h"
#include "protocol/end_of_fieldwork.h"
#include "protocol/token_report.h"
#include "unit/resources/running_collector.h"

namespace perspective::resources {
namespace {

using ::testing::HasSubstr;

class BundleImport : public RunningCollector {
 protected:
  void SetUp() override {
    RunningCollector::SetUp();
    create();
    kiosk_.emplace(enrolled());
    package_ = package_of(*kiosk_);
  }
  std::vector<protocol::SealedEnvelope> some(std::size_t count) const {
    std::vector<protocol::SealedEnvelope> made;
    for (std::size_t i = 0; i < count; ++i) made.push_back(sealed(package_, inspection::weekly_reader()));
    return made;
  }
  std::string bundle(const protocol::Cargo& cargo) const {
    return std::string(as_text(protocol::sign_bundle(cargo, kiosk_->key_pem, kiosk_->certificate_pem).value()));
  }
  std::string bundle(const std::vector<protocol::SealedEnvelope>& envelopes,
                     const std::string& inspection = "lewes") const {
    return bundle(protocol::Cargo{.inspection = inspection, .envelopes = envelopes});
  }
  std::string counts(std::size_t tokens, const std::optional<Ledger>& ledger = {}) const {
    protocol::Cargo cargo{.inspection = "lewes", .tokens = std::vector<protocol::TokenProof>(tokens), .ledger = ledger};
    for (std::size_t i = 0; i < tokens; ++i) cargo.tokens[i][0] = static_cast<std::uint8_t>(i);
    return bundle(cargo);
  }
  void end_fieldwork() { ASSERT_EQ(inspector().post("/v1/inspections/lewes/end-fieldwork", "{}").status, 200); }
  std::int64_t tokens_spent() {
    return parsed(inspector().get("/v1/inspections/lewes/tokens")).at("never_issued").as_int64();
  }
  json::value told() {
    return parsed(inspector().get("/v1/inspections/lewes/reconciliation")).at("kiosks").as_array().at(0).at("told");
  }
  WebAnswer import(const std::string& bundle) { return import_bundle(bundle); }
  protocol::CourierReceipts receipts_in(const WebAnswer& answer) {
    EXPECT_EQ(answer.status, 200) << answer.body;
    const auto object = parsed(answer);
    if (!object.contains("receipts")) return {};
    return protocol::courier_receipts_from_json(std::string(object.at("receipts").as_string())).value();
  }
  std::optional<WebClient> kiosk_;
  protocol::Package package_;
};

TEST_F(BundleImport, GivesAGenuineReceiptForEachEnvelope) {
  const auto envelopes = some(3);
  const auto receipts = receipts_in(import(bundle(envelopes)));
  ASSERT_EQ(receipts.outcomes.size(), 3U);
  EXPECT_EQ(receipts.inspection, "lewes");
  for (const auto& one : envelopes) {
    const auto outcome = std::ranges::find(receipts.outcomes, one.id, &protocol::Outcome::id);
    ASSERT_NE(outcome, receipts.outcomes.end());
    EXPECT_TRUE(
        protocol::is_genuine(outcome->receipt.value(), one.id, protocol::digest_of(one.body), package_.receipt_key));
  }
  EXPECT_EQ(opened(), 3);
}

TEST_F(BundleImport, CountsOnceWhatCameByBothWaysAndTwice) {
  const auto envelopes = some(4);
  ASSERT_EQ(deliver(*kiosk_, {envelopes[0], envelopes[1]}).status, 200);
  const auto first = import(bundle(envelopes));
  EXPECT_EQ(receipts_in(first).outcomes.size(), 4U);
  EXPECT_EQ(receipts_in(import(bundle(envelopes))).outcomes.size(), 4U);
  ASSERT_EQ(deliver(*kiosk_, {envelopes[2], envelopes[3]}).status, 200);
  EXPECT_EQ(opened(), 4);
}

TEST_F(BundleImport, OfMoreThanOneBatchIsStoredWhole) {
  EXPECT_EQ(receipts_in(import(bundle(some(120)))).outcomes.size(), 120U);
  EXPECT_EQ(opened(), 120);
}

TEST_F(BundleImport, OfARevokedKioskIsRefused) {
  ASSERT_EQ(inspector().post("/v1/kiosks/" + kiosk_id_ + "/revoke", "{}").status, 200);
  const auto answer = import(bundle(some(1)));
  EXPECT_EQ(answer.status, 403);
  EXPECT_THAT(detail(answer), HasSubstr("revoked"));
  EXPECT_EQ(opened(), 0);
}

TEST_F(BundleImport, ForAnInspectionThatItsKioskWasNotInvitedToIsRefused) {
  create("hove");
  const auto answer = import(bundle(some(1), "hove"));
  EXPECT_EQ(answer.status, 403);
  EXPECT_THAT(detail(answer), HasSubstr("not invited"));
}

TEST_F(BundleImport, WithOneChangedByteIsRefusedWhole) {
  auto bytes = bundle(some(3));
  bytes[bytes.size() / 2] ^= 1;
  EXPECT_EQ(import(bytes).status, 403);
  EXPECT_EQ(import(bytes.substr(0, bytes.size() / 2)).status, 403);
  EXPECT_EQ(opened(), 0);
}

TEST_F(BundleImport, WithAnEnvelopeOfAnotherSizeIsRefusedWhole) {
  auto envelopes = some(3);
  envelopes[1].body.pop_back();
  const auto answer = import(bundle(envelopes));
  EXPECT_GE(answer.status, 400);
  EXPECT_LT(answer.status, 500);
  EXPECT_EQ(opened(), 0);
}

TEST_F(BundleImport, KeepsSilentAboutWhatItDoesNotTakeButForTheReason) {
  const auto envelopes = some(1);
  ASSERT_EQ(inspector().post("/v1/inspections/lewes/end-fieldwork", "{}").status, 200);
  ASSERT_EQ(inspector().post("/v1/inspections/lewes/draft-report", "{}").status, 200);
  const auto answer = import(bundle(envelopes));
  EXPECT_TRUE(receipts_in(answer).outcomes.empty());
  EXPECT_EQ(parsed(answer).at("problems").as_array().at(0), "the inspection is closed");
}

TEST_F(BundleImport, ReportsTokensOnceWhicheverWayTheyCame) {
  EXPECT_EQ(import(counts(120)).status, 200);
  EXPECT_EQ(tokens_spent(), 120);
  const auto proofs = protocol::encode_tokens({protocol::TokenProof{3}, protocol::TokenProof{200}});
  ASSERT_EQ(kiosk_->post("/v1/inspections/lewes/tokens", std::string(as_text(proofs))).status, 200);
  EXPECT_EQ(import(counts(130)).status, 200);
  EXPECT_EQ(tokens_spent(), 131);
}

TEST_F(BundleImport, KeepsTheLastLedgerAfterTheEndOfFieldwork) {
  end_fieldwork();
  const Ledger ledger{.started = 2, .stopped = 1, .sent = 1};
  EXPECT_TRUE(parsed(import(counts(0, ledger))).at("has_ledger").as_bool());
  EXPECT_EQ(told().at("stopped"), 1);
  ASSERT_EQ(import(counts(0, Ledger{.started = 3, .stopped = 2, .sent = 1})).status, 200);
  EXPECT_EQ(told().at("stopped"), 2);
  EXPECT_FALSE(parsed(import(counts(1))).at("has_ledger").as_bool());
  EXPECT_EQ(told().at("stopped"), 2);
}

TEST_F(BundleImport, TakesNoLedgerBeforeTheEndButAllThatIsBesideIt) {
  const auto envelopes = some(1);
  const auto answer = import(bundle(protocol::Cargo{
      .inspection = "lewes", .envelopes = envelopes, .tokens = {protocol::TokenProof{1}}, .ledger = Ledger{}}));
  EXPECT_EQ(receipts_in(answer).outcomes.size(), 1U);
  EXPECT_EQ(parsed(answer).at("problems").as_array().size(), 1U);
  EXPECT_EQ(tokens_spent(), 1);
  end_fieldwork();
  EXPECT_TRUE(told().is_null());
}

TEST_F(BundleImport, SaysThatFieldworkHasEndedWithAWordOfItsOwn) {
  EXPECT_FALSE(receipts_in(import(counts(1))).end_of_fieldwork);
  end_fieldwork();
  const auto receipts = receipts_in(import(counts(1)));
  ASSERT_TRUE(receipts.end_of_fieldwork);
  EXPECT_TRUE(protocol::is_end_of_fieldwork(*receipts.end_of_fieldwork, "lewes", package_.receipt_key));
}

TEST_F(BundleImport, IsNotOnTheNetwork) { EXPECT_EQ(kiosk_->post("/v1/bundles", bundle(some(1))).status, 404); }

}  // namespace
}  // namespace perspective::resources
