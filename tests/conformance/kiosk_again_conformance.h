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

// A kiosk whose first answer was lost asks once more: with the invite that it has spent, and the key of then.
class StoreConformanceUnanswered : public StoreConformance {
 protected:
  void SetUp() override {
    StoreConformance::SetUp();
    ASSERT_TRUE(store_->add_invite({{7}, "croydon", "Front desk", 100}));
    ASSERT_TRUE(ask("0a", kKey));
  }
  Result<void> ask(const std::string& serial, const Digest& key, std::int64_t now_s = 50,
                   const std::string& id = "k1") {
    return store_->enrol(Bytes{7}, now_s, {.id = id, .name = "", .serial = serial, .inspections = {}, .key = key});
  }
  bool is_let_in_again() {
    const auto found = store_->enrolled(Bytes{7}, 50, kKey);
    const auto asked = ask("0b", kKey);
    EXPECT_EQ(found.has_value(), asked.has_value());
    return asked.has_value();
  }
  static constexpr Digest kKey{1};
  static constexpr Digest kOtherKey{2};
};

TEST_P(StoreConformanceUnanswered, IsTheSameKioskWithOneMoreCertificate) {
  EXPECT_EQ(*store_->enrolled(Bytes{7}, 50, kKey), "k1");
  ASSERT_TRUE(ask("0b", kKey));
  ASSERT_TRUE(ask("0c", kKey)) << "and again";
  for (const std::string serial : {"0a", "0b", "0c"}) EXPECT_EQ(store_->kiosk_by_serial(serial)->id, "k1");
  EXPECT_EQ(store_->kiosks()->size(), 1U);
  EXPECT_TRUE(store_->live_invites(50)->empty());
}

TEST_P(StoreConformanceUnanswered, HasNoMoreCertificatesHoweverOftenItAsks) {
  for (int i = 0; i < 100; ++i) ASSERT_TRUE(ask("s" + std::to_string(i), kKey));
  std::int64_t known = 0;
  for (int i = 0; i < 100; ++i) known += store_->kiosk_by_serial("s" + std::to_string(i)) ? 1 : 0;
  EXPECT_LE(known, kMaxCertificates);
  EXPECT_TRUE(store_->kiosk_by_serial("s99"));
}

// Two of its requests may be under way at one moment, and it goes by the answer that comes.
TEST_P(StoreConformanceUnanswered, IsKnownByWhicheverOfItsLastAnswersComes) {
  for (int i = 0; i < 3 * kMaxCertificates; ++i) {
    ASSERT_TRUE(ask("s" + std::to_string(i), kKey));
    for (int last = std::max(0, i - 4); last <= i; ++last) {
      EXPECT_TRUE(store_->kiosk_by_serial("s" + std::to_string(last))) << last << " of " << i;
    }
  }
}

TEST_P(StoreConformanceUnanswered, IsLetInByThatKeyAloneAndAsThatKiosk) {
  EXPECT_EQ(store_->enrolled(Bytes{7}, 50, kOtherKey).error().code, ErrorCode::not_found);
  EXPECT_EQ(store_->enrolled(Bytes{8}, 50, kKey).error().code, ErrorCode::not_found);
  EXPECT_EQ(ask("0b", kOtherKey).error().code, ErrorCode::refused);
  EXPECT_EQ(ask("0b", kKey, 50, "k2").error().code, ErrorCode::refused);
  EXPECT_FALSE(store_->kiosk_by_serial("0b"));
}

TEST_P(StoreConformanceUnanswered, IsLetInNoLongerThanAnInviteHolds) {
  EXPECT_EQ(store_->enrolled(Bytes{7}, 100, kKey).error().code, ErrorCode::not_found);
  EXPECT_EQ(ask("0b", kKey, 100).error().code, ErrorCode::refused);
}

TEST_P(StoreConformanceUnanswered, IsNotLetInOnceRevoked) {
  ASSERT_TRUE(store_->revoke("k1"));
  EXPECT_FALSE(is_let_in_again());
}

TEST_P(StoreConformanceUnanswered, IsNotLetInByTheOldKeyOnceItIsInvitedAgain) {
  ASSERT_TRUE(store_->add_invite({{9}, "croydon", "Front desk", 100, "k1"}));
  const Kiosk again{.id = "k1", .name = "", .serial = "0d", .inspections = {}, .key = kOtherKey};
  ASSERT_TRUE(store_->enrol(Bytes{9}, 50, again));
  EXPECT_FALSE(is_let_in_again());
  EXPECT_EQ(*store_->enrolled(Bytes{9}, 50, kOtherKey), "k1") << "the new one may be lost too";
}

}  // namespace perspective::store
