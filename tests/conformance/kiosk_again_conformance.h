// A kiosk that is invited again. Included after store_conformance.h by each that instantiates it.
#pragma once

#include "conformance/store_conformance.h"

namespace perspective::store {

class StoreConformanceAgain : public StoreConformance {
 protected:
  void SetUp() override {
    StoreConformance::SetUp();
    add_inspection("lewes");
    ASSERT_TRUE(enrol("k1", 100, 50));
    ASSERT_TRUE(store_->allow("k1", "lewes"));
    ASSERT_TRUE(store_->disallow("k1", "croydon"));
    ASSERT_TRUE(store_->add_certificate("k1", "0b"));
  }
  Result<void> invite_again(std::uint8_t secret, const std::string& kiosk = "k1") {
    return store_->add_invite({{secret}, "lewes", "Front desk", 100, kiosk});
  }
  Result<void> enrol_again(std::uint8_t secret, const std::string& id = "k1") {
    return store_->enrol(Bytes{secret}, 50, {.id = id, .name = "", .serial = "0c", .inspections = {}});
  }
  bool is_known(const std::string& serial) { return store_->kiosk_by_serial(serial).has_value(); }
};

TEST_P(StoreConformanceAgain, KeepsIdNameAndInspectionsAndIsKnownByTheNewCertificateAlone) {
  ASSERT_TRUE(invite_again(7));
  EXPECT_EQ(store_->live_invites(50)->front().kiosk, "k1");
  EXPECT_TRUE(is_known("0b")) << "nothing changes before it is used";
  ASSERT_TRUE(enrol_again(7));
  const auto found = store_->kiosk_by_serial("0c");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->id, "k1");
  EXPECT_EQ(found->name, "Front desk");
  EXPECT_THAT(found->inspections, testing::ElementsAre("lewes"));
  EXPECT_THAT(found->disallowed, testing::ElementsAre("croydon"));
  EXPECT_FALSE(is_known("0ak1"));
  EXPECT_FALSE(is_known("0b"));
  EXPECT_EQ(store_->kiosks()->size(), 1U);
}

TEST_P(StoreConformanceAgain, LetsARevokedKioskInWithAnInviteOfAfterwardsOnly) {
  ASSERT_TRUE(invite_again(7));
  ASSERT_TRUE(store_->revoke("k1"));
  EXPECT_EQ(enrol_again(7).error().code, ErrorCode::refused) << "whoever has the kiosk may have its invite too";
  ASSERT_TRUE(invite_again(8));
  EXPECT_TRUE(store_->kiosk_by_serial("0ak1")->is_revoked);
  ASSERT_TRUE(enrol_again(8));
  EXPECT_FALSE(store_->kiosk_by_serial("0c")->is_revoked);
}

TEST_P(StoreConformanceAgain, TakesTheNewerOfTwoInvitesAndThatOnce) {
  ASSERT_TRUE(invite_again(7));
  ASSERT_TRUE(invite_again(8));
  EXPECT_EQ(enrol_again(7).error().code, ErrorCode::refused);
  ASSERT_TRUE(enrol_again(8));
  EXPECT_EQ(enrol_again(8).error().code, ErrorCode::refused);
}

TEST_P(StoreConformanceAgain, IsForNoOtherKiosk) {
  EXPECT_EQ(invite_again(7, "nobody").error().code, ErrorCode::not_found);
  EXPECT_TRUE(store_->live_invites(50)->empty());
  ASSERT_TRUE(invite_again(7));
  EXPECT_EQ(enrol_again(7, "k2").error().code, ErrorCode::conflict);
  EXPECT_TRUE(is_known("0b"));
  EXPECT_EQ(store_->live_invites(50)->size(), 1U) << "both or neither";
}

}  // namespace perspective::store
