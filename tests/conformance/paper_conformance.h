// What every Store must do with paper forms on their way. Included by store_conformance.h.
#pragma once

#include "conformance/store_kind.h"

namespace perspective::store {

TEST_P(StoreConformance, KeepsWhatTwoPeopleKeyedFromAForm) {
  ASSERT_TRUE(store_->put_keying("croydon", {Id{2}, "ben", {2, 2}}, {}));
  ASSERT_TRUE(store_->put_keying("croydon", {Id{1}, "ben", {1}}, {}));
  ASSERT_TRUE(store_->put_keying("croydon", {Id{1}, "anna", {3}, "2026-11-26"}, {}));
  const auto found = *store_->keyings("croydon");
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].form, Id{1});
  EXPECT_EQ(found[0].keyer, "anna");
  EXPECT_EQ(found[0].body, Bytes{3});
  EXPECT_EQ(found[0].day, "2026-11-26");
  EXPECT_EQ(found[1].keyer, "ben");
  EXPECT_EQ(found[2].form, Id{2});
  EXPECT_TRUE(store_->keyings("lewes")->empty());
}

TEST_P(StoreConformance, TakesAFormFromNobodyTwiceAndFromNoThird) {
  ASSERT_TRUE(store_->put_keying("croydon", {Id{1}, "anna", {1}}, {}));
  const auto again = store_->put_keying("croydon", {Id{1}, "anna", {2}}, {});
  EXPECT_EQ(again.error().code, ErrorCode::conflict);
  EXPECT_EQ(again.error().what, kKeyedByThem);
  ASSERT_TRUE(store_->put_keying("croydon", {Id{1}, "ben", {2}}, {}));
  const auto third = store_->put_keying("croydon", {Id{1}, "carla", {3}}, {});
  EXPECT_EQ(third.error().what, kKeyedTwice);
  EXPECT_EQ(store_->keyings("croydon")->size(), 2U);
}

TEST_P(StoreConformance, SpendsATokenWithTheFormItCameWithAndWithNoOther) {
  ASSERT_TRUE(store_->put_keying("croydon", {Id{1}, "anna", {1}}, Digest{7}));
  const auto other = store_->put_keying("croydon", {Id{2}, "anna", {1}}, Digest{7});
  EXPECT_EQ(other.error().what, kTokenOfAnother);
  EXPECT_EQ(store_->keyings("croydon")->size(), 1U);
  const auto took = *store_->tokens_by_kiosk("croydon");
  ASSERT_EQ(took.size(), 1U);
  EXPECT_EQ(took[0], (KioskTokens{std::string(kOnPaper), 1}));
}

TEST_P(StoreConformance, SpendsNoTokenWithAFormThatIsRefused) {
  ASSERT_TRUE(store_->put_keying("croydon", {Id{1}, "anna", {1}}, {}));
  ASSERT_FALSE(store_->put_keying("croydon", {Id{1}, "anna", {1}}, Digest{7}));
  EXPECT_TRUE(store_->tokens_by_kiosk("croydon")->empty());
}

// Looked at in the transaction: whoever asked before could not know what was counted or taken back meanwhile.
TEST_P(StoreConformance, KeysNoFormThatIsCountedOrTakenBack) {
  ASSERT_EQ(put("croydon", {envelope(1)}), std::vector{PutOutcome::stored});
  ASSERT_TRUE(store_->withdraw("croydon", envelope(2).id));
  for (const std::uint8_t number : {std::uint8_t{1}, std::uint8_t{2}}) {
    const auto refused = store_->put_keying("croydon", {envelope(number).id, "anna", {1}}, Digest{7});
    EXPECT_EQ(refused.error().code, ErrorCode::conflict) << int{number};
    EXPECT_EQ(refused.error().what, kFormIsDone) << int{number};
  }
  EXPECT_TRUE(store_->keyings("croydon")->empty());
  EXPECT_TRUE(store_->tokens_by_kiosk("croydon")->empty()) << "nor is its token spent";
}

TEST_P(StoreConformance, RemovesWhatWasKeyedFromAForm) {
  ASSERT_TRUE(store_->put_keying("croydon", {Id{1}, "anna", {1}}, {}));
  ASSERT_TRUE(store_->put_keying("croydon", {Id{1}, "ben", {1}}, {}));
  ASSERT_TRUE(store_->put_keying("croydon", {Id{2}, "ben", {1}}, {}));
  for (int i = 0; i < 2; ++i) ASSERT_TRUE(store_->remove_keyings("croydon", Id{1}));
  ASSERT_EQ(store_->keyings("croydon")->size(), 1U);
  EXPECT_EQ(store_->keyings("croydon")->front().form, Id{2});
}

TEST_P(StoreConformance, LeavesInThePlaceOfKeyingsThatTheyWereDiscarded) {
  const Keying discarded{Id{1}, std::string(kDiscarded) + "anna", {9}, "2026-11-24"};
  ASSERT_TRUE(store_->put_keying("croydon", {Id{1}, "anna", {1}, "2026-11-24"}, {}));
  ASSERT_TRUE(store_->put_keying("croydon", {Id{1}, "ben", {2}, "2026-11-25"}, {}));
  for (int i = 0; i < 2; ++i) {
    ASSERT_TRUE(store_->remove_keyings(
        "croydon", Id{1}, {.keyers = {"anna"}, .instead = discarded, .counts = {{"paper 2026-11-24", 7 - i}}}));
  }
  auto found = *store_->keyings("croydon");
  ASSERT_EQ(found.size(), 2U) << "what somebody else keyed meanwhile stays";
  EXPECT_EQ(found[0].keyer, "ben");
  EXPECT_FALSE(found[0].is_discarded());
  EXPECT_TRUE(found[1].is_discarded());
  EXPECT_EQ(found[1].body, Bytes{9});
  EXPECT_EQ(found[1].day, "2026-11-24");
  EXPECT_EQ(*store_->plain_counts("croydon"), (std::vector<PlainCount>{{"paper 2026-11-24", 7}}));
  ASSERT_TRUE(store_->put_keying("croydon", {Id{1}, "anna", {3}}, {})) << "it is none of the two";
  EXPECT_EQ(store_->put_keying("croydon", {Id{1}, "carla", {3}}, {}).error().what, kKeyedTwice);
  ASSERT_TRUE(store_->remove_keyings("croydon", Id{1}));
  EXPECT_TRUE(store_->keyings("croydon")->empty());
}

TEST_P(StoreConformance, RemovesWhatWasKeyedFromAFormThatIsTakenBack) {
  ASSERT_TRUE(store_->put_keying("croydon", {Id{1}, "anna", {1}}, {}));
  ASSERT_TRUE(store_->put_keying("croydon", {Id{2}, "anna", {1}}, {}));
  ASSERT_TRUE(store_->withdraw("croydon", Id{1}));
  ASSERT_TRUE(store_->withdraw_what_had_come("croydon", Id{2}));
  EXPECT_TRUE(store_->keyings("croydon")->empty());
}

}  // namespace perspective::store
