// What every Store must do with kiosks and invites; part of store_conformance.h.
#pragma once

#include "conformance/store_kind.h"

namespace perspective::store {

TEST_P(StoreConformance, EnrolsAKioskForTheInspectionOfItsInvite) {
  ASSERT_TRUE(enrol("k1", 100, 50));
  const auto found = store_->kiosk_by_serial("0ak1");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->name, "Front desk");
  EXPECT_THAT(found->inspections, testing::ElementsAre("croydon"));
  EXPECT_FALSE(found->is_revoked);
  EXPECT_EQ(store_->kiosks()->size(), 1U);
}

TEST_P(StoreConformance, SpendsAnInviteOnce) {
  ASSERT_TRUE(enrol("k1", 100, 50));
  EXPECT_EQ(store_->enrol(Bytes{9, 9}, 50, kiosk("k2")).error().code, ErrorCode::refused);
  EXPECT_TRUE(store_->live_invites(50)->empty());
  EXPECT_EQ(store_->kiosks()->size(), 1U);
}

TEST_P(StoreConformance, RefusesAnExpiredInvite) {
  EXPECT_EQ(enrol("k1", 100, 100).error().code, ErrorCode::refused);
  EXPECT_EQ(store_->live_invites(99)->size(), 1U);
  EXPECT_TRUE(store_->live_invites(100)->empty());
}

TEST_P(StoreConformance, KnowsAnInviteByTheBeginningOfItsHashUntilItExpires) {
  ASSERT_TRUE(store_->add_invite({{1, 2, 3, 4}, "croydon", "", 90}));
  ASSERT_TRUE(store_->add_invite({{1, 2, 3, 5}, "croydon", "", 100}));
  ASSERT_TRUE(store_->add_invite({{7, 2}, "croydon", "", 100}));
  EXPECT_EQ(store_->is_invited(Bytes{1, 2}, 50), true);
  EXPECT_EQ(store_->is_invited(Bytes{1, 2}, 99), true) << "the one of the two that has not expired";
  EXPECT_EQ(store_->is_invited(Bytes{1, 2, 3, 4}, 90), false);
  EXPECT_EQ(store_->is_invited(Bytes{1, 1}, 50), false);
  EXPECT_EQ(store_->is_invited(Bytes{1, 3}, 50), false);
  EXPECT_EQ(store_->is_invited(Bytes{2}, 50), false);
  EXPECT_EQ(store_->is_invited(Bytes{7, 2, 0}, 50), false);
  EXPECT_EQ(store_->is_invited(Bytes{8}, 50), false);
  EXPECT_EQ(store_->is_invited(Bytes{7, 2}, 100), false);
  ASSERT_TRUE(store_->enrol(Bytes{7, 2}, 50, kiosk("k1")));
  EXPECT_EQ(store_->is_invited(Bytes{7, 2}, 50), true) << "spent: its kiosk may ask again";
}

TEST_P(StoreConformance, KeepsTheInviteWhenTheKioskCanNotBeAdded) {
  ASSERT_TRUE(enrol("k1", 100, 50));
  ASSERT_TRUE(store_->add_invite({{8}, "croydon", "Back room", 100}));
  EXPECT_FALSE(store_->enrol(Bytes{8}, 50, kiosk("k1")));
  EXPECT_EQ(store_->live_invites(50)->size(), 1U);
}

TEST_P(StoreConformance, InvitesOnlyToAnInspectionThatIsThere) {
  EXPECT_EQ(store_->add_invite({{8}, "nowhere", "", 100}).error().code, ErrorCode::not_found);
}

TEST_P(StoreConformance, RevokesAKioskUntilItIsInvitedAgain) {
  ASSERT_TRUE(enrol("k1", 100, 50));
  ASSERT_TRUE(store_->revoke("k1"));
  ASSERT_TRUE(store_->revoke("k1"));
  EXPECT_TRUE(store_->kiosk_by_serial("0ak1")->is_revoked);
  EXPECT_EQ(store_->revoke("k9").error().code, ErrorCode::not_found);
}

TEST_P(StoreConformance, AllowsAKioskAnotherInspectionAndOnlyThatKiosk) {
  add_inspection("lewes");
  ASSERT_TRUE(enrol("k1", 100, 50));
  ASSERT_TRUE(enrol("k2", 100, 50, 8));
  ASSERT_TRUE(store_->allow("k1", "lewes"));
  ASSERT_TRUE(store_->allow("k1", "lewes")) << "again: ok";
  EXPECT_THAT(store_->kiosk_by_serial("0ak1")->inspections, testing::ElementsAre("croydon", "lewes"));
  EXPECT_THAT(store_->kiosk_by_serial("0ak2")->inspections, testing::ElementsAre("croydon"));
}

TEST_P(StoreConformance, DisallowsAnInspectionThatTheKioskMayStillDeliverTo) {
  add_inspection("lewes");
  ASSERT_TRUE(enrol("k1", 100, 50));
  ASSERT_TRUE(store_->allow("k1", "lewes"));
  ASSERT_TRUE(store_->disallow("k1", "croydon"));
  ASSERT_TRUE(store_->disallow("k1", "croydon")) << "again: ok";
  const auto found = store_->kiosk_by_serial("0ak1");
  EXPECT_THAT(found->inspections, testing::ElementsAre("lewes"));
  EXPECT_THAT(found->disallowed, testing::ElementsAre("croydon"));
  ASSERT_TRUE(store_->allow("k1", "croydon"));
  EXPECT_THAT(store_->kiosk_by_serial("0ak1")->inspections, testing::ElementsAre("croydon", "lewes"));
  EXPECT_TRUE(store_->kiosk_by_serial("0ak1")->disallowed.empty());
}

TEST_P(StoreConformance, AllowsAndDisallowsOnlyWhatIsThere) {
  add_inspection("lewes");
  ASSERT_TRUE(enrol("k1", 100, 50));
  EXPECT_EQ(store_->allow("nobody", "lewes").error().code, ErrorCode::not_found);
  EXPECT_EQ(store_->allow("k1", "nowhere").error().code, ErrorCode::not_found);
  EXPECT_EQ(store_->disallow("nobody", "croydon").error().code, ErrorCode::not_found);
  EXPECT_EQ(store_->disallow("k1", "lewes").error().code, ErrorCode::not_found);
}

TEST_P(StoreConformance, KeepsOfAKioskItsLastContactAlone) {
  ASSERT_TRUE(enrol("k1", 100, 50));
  EXPECT_FALSE(store_->kiosk_by_serial("0ak1")->last_contact);
  ASSERT_TRUE(store_->note_contact("k1", {"2026-11-22", "0.4.0", 1000, -3, true}));
  ASSERT_TRUE(store_->note_contact("k1", {"2026-11-23", "0.5.0", 1001, 0, false}));
  const auto last = store_->kiosks()->front().last_contact;
  ASSERT_TRUE(last);
  EXPECT_EQ(last->day, "2026-11-23");
  EXPECT_EQ(last->program, "0.5.0");
  EXPECT_EQ(last->certificate_ends_s, 1001);
  EXPECT_EQ(last->clock_offset_min, 0);
  EXPECT_EQ(last->is_waiting, false);
  EXPECT_EQ(store_->note_contact("nobody", {}).error().code, ErrorCode::not_found);
}

TEST_P(StoreConformance, TellsWhatAKioskDidNotSayFromNoAndNothing) {
  ASSERT_TRUE(enrol("k1", 100, 50));
  ASSERT_TRUE(store_->note_contact("k1", {"2026-11-22", "", 1000, -3, true}));
  EXPECT_EQ(store_->kiosk_by_serial("0ak1")->last_contact->clock_offset_min, -3);
  EXPECT_EQ(store_->kiosk_by_serial("0ak1")->last_contact->is_waiting, true);
  ASSERT_TRUE(store_->note_contact("k1", {"2026-11-22", "", 1000, {}, {}}));
  EXPECT_FALSE(store_->kiosk_by_serial("0ak1")->last_contact->clock_offset_min);
  EXPECT_FALSE(store_->kiosk_by_serial("0ak1")->last_contact->is_waiting);
}

TEST_P(StoreConformance, KnowsAKioskByEachOfItsCertificates) {
  ASSERT_TRUE(enrol("k1", 100, 50));
  ASSERT_TRUE(store_->add_certificate("k1", "0b"));
  EXPECT_EQ(store_->kiosk_by_serial("0b")->id, "k1");
  EXPECT_EQ(store_->kiosk_by_serial("0ak1")->id, "k1");
  ASSERT_TRUE(store_->revoke("k1"));
  EXPECT_TRUE(store_->kiosk_by_serial("0b")->is_revoked);
  EXPECT_EQ(store_->add_certificate("nobody", "0c").error().code, ErrorCode::not_found);
}

TEST_P(StoreConformance, KeepsAFewCertificatesOfAKioskAndTheOneThatItAsksWith) {
  ASSERT_TRUE(enrol("k1", 100, 50));
  ASSERT_TRUE(store_->add_certificate("k1", "used"));
  for (int i = 0; i < 100; ++i) ASSERT_TRUE(store_->add_certificate("k1", "s" + std::to_string(i), "used"));
  const auto is_known = [&](const std::string& serial) { return store_->kiosk_by_serial(serial).has_value(); };
  std::int64_t known = 0;
  for (int i = 0; i < 100; ++i) known += is_known("s" + std::to_string(i)) ? 1 : 0;
  EXPECT_LE(known + 1, kMaxCertificates);
  EXPECT_TRUE(is_known("s99"));
  EXPECT_TRUE(is_known("s98")) << "asked for at the same moment, perhaps";
  EXPECT_FALSE(is_known("s0"));
  EXPECT_TRUE(is_known("used"));
  EXPECT_TRUE(is_known("0ak1"));
}

}  // namespace perspective::store
