// What a kiosk copied to a stick, imported by an inspector.
#include "protocol/bundle.h"
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
  std::string bundle(const std::vector<protocol::SealedEnvelope>& envelopes, const std::string& inspection = "lewes") {
    const auto made = protocol::sign_bundle(inspection, envelopes, kiosk_->key_pem, kiosk_->certificate_pem);
    return std::string(as_text(made.value()));
  }
  WebAnswer import(const std::string& bundle) { return inspector().post("/v1/bundles", bundle); }
  protocol::CourierReceipts receipts_in(const WebAnswer& answer) {
    EXPECT_EQ(answer.status, 200) << answer.body;
    const auto object = parsed(answer);
    if (!object.contains("receipts")) return {};
    return protocol::courier_receipts_from_json(std::string(object.at("receipts").as_string())).value();
  }
  std::int64_t counted() { return parsed(unlock()).at("counted").as_int64(); }

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
  EXPECT_EQ(counted(), 3);
}

TEST_F(BundleImport, CountsOnceWhatCameByBothWaysAndTwice) {
  const auto envelopes = some(4);
  ASSERT_EQ(deliver(*kiosk_, {envelopes[0], envelopes[1]}).status, 200);
  const auto first = import(bundle(envelopes));
  EXPECT_EQ(receipts_in(first).outcomes.size(), 4U);
  EXPECT_EQ(receipts_in(import(bundle(envelopes))).outcomes.size(), 4U);
  ASSERT_EQ(deliver(*kiosk_, {envelopes[2], envelopes[3]}).status, 200);
  EXPECT_EQ(counted(), 4);
}

TEST_F(BundleImport, OfMoreThanOneBatchIsStoredWhole) {
  EXPECT_EQ(receipts_in(import(bundle(some(120)))).outcomes.size(), 120U);
  EXPECT_EQ(counted(), 120);
}

TEST_F(BundleImport, OfARevokedKioskIsRefused) {
  ASSERT_EQ(inspector().post("/v1/kiosks/" + kiosk_id_ + "/revoke", "{}").status, 200);
  const auto answer = import(bundle(some(1)));
  EXPECT_EQ(answer.status, 403);
  EXPECT_THAT(detail(answer), HasSubstr("revoked"));
  EXPECT_EQ(counted(), 0);
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
  EXPECT_EQ(counted(), 0);
}

TEST_F(BundleImport, WithAnEnvelopeOfAnotherSizeIsRefusedWhole) {
  auto envelopes = some(3);
  envelopes[1].body.pop_back();
  const auto answer = import(bundle(envelopes));
  EXPECT_GE(answer.status, 400);
  EXPECT_LT(answer.status, 500);
  EXPECT_EQ(counted(), 0);
}

TEST_F(BundleImport, KeepsSilentAboutWhatItDoesNotTakeButForTheReason) {
  const auto envelopes = some(1);
  ASSERT_EQ(inspector().post("/v1/inspections/lewes/end-fieldwork", "{}").status, 200);
  ASSERT_EQ(inspector().post("/v1/inspections/lewes/close", "{}").status, 200);
  const auto answer = import(bundle(envelopes));
  EXPECT_TRUE(receipts_in(answer).outcomes.empty());
  EXPECT_EQ(parsed(answer).at("problems").as_array().at(0), "the inspection is closed");
}

TEST_F(BundleImport, IsNotOnTheNetwork) { EXPECT_EQ(kiosk_->post("/v1/bundles", bundle(some(1))).status, 404); }

}  // namespace
}  // namespace perspective::resources
