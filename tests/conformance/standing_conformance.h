// What every Store must say of many inspections at once.
#pragma once

#include <vector>

#include "conformance/store_kind.h"

namespace perspective::store {

TEST_P(StoreConformance, TellsHowManyInspectionsStandAtOnce) {
  add_inspection("lewes");
  put("croydon", {envelope(1), envelope(2)}, "kiosk-a", "2026-11-22");
  put("croydon", {envelope(3)}, "kiosk-b", "2026-11-22");
  put("croydon", {envelope(4)}, "kiosk-a", "2026-11-23");
  ASSERT_TRUE(store_->withdraw("croydon", envelope(4).id));
  ASSERT_TRUE(store_->put_annotation("croydon", {Id{7}, {1}, {{"read", 3}}}));
  ASSERT_TRUE(store_->put_keying("croydon", {Id{8}, "anna", {1}, "2026-11-24"}, std::nullopt));
  ASSERT_TRUE(store_->put_keying("croydon", {Id{8}, "ben", {1}, "2026-11-20"}, std::nullopt));
  const auto found = store_->standings({"lewes", "croydon", "nowhere"});
  ASSERT_TRUE(found) << found.error().what;
  ASSERT_EQ(found->size(), 3U);
  const auto& croydon = found->at(1);
  ASSERT_EQ(croydon.days.size(), 2U);
  EXPECT_EQ(croydon.days[0].day, "2026-11-22");
  EXPECT_EQ(croydon.days[0].envelopes, 3) << "of all kiosks together";
  EXPECT_EQ(croydon.days[1].envelopes, 1);
  EXPECT_EQ(croydon.withdrawn, 1);
  EXPECT_THAT(croydon.counts, testing::ElementsAre(PlainCount{"read", 3}));
  EXPECT_THAT(croydon.forms, testing::ElementsAre("2026-11-20")) << "a form waits since it was first keyed";
  EXPECT_EQ(croydon.stored(), *store_->count_envelopes("croydon"));
  for (const auto place : {0U, 2U}) {
    EXPECT_TRUE(found->at(place).days.empty() && found->at(place).counts.empty() && found->at(place).forms.empty());
    EXPECT_EQ(found->at(place).stored(), 0);
  }
}

TEST_P(StoreConformance, CountsAsStoredWhatIsThereAlsoAfterARestore) {
  put("croydon", {envelope(1)});
  ASSERT_TRUE(store_->withdraw_what_had_come("croydon", envelope(1).id));
  ASSERT_TRUE(store_->withdraw_what_had_come("croydon", envelope(2).id));
  put("croydon", {envelope(2), envelope(3)});
  EXPECT_EQ(*store_->count_envelopes("croydon"), 1);
  EXPECT_EQ(store_->standings({"croydon"})->front().stored(), 1);
}

TEST_P(StoreConformance, SaysThatAnInspectionWasWrittenAnewAndNoOther) {
  add_inspection("lewes");
  const auto written = [&](const std::string& id) { return store_->head(id)->written; };
  const auto [croydon, lewes] = std::pair(written("croydon"), written("lewes"));
  put("croydon", {envelope(1)});
  EXPECT_EQ(written("croydon"), croydon) << "what comes does not change it";
  auto changed = store_->inspection("croydon").value();
  EXPECT_EQ(changed.head.written, croydon);
  changed.definition = R"({"of":"other days"})";
  ASSERT_TRUE(store_->update_inspection(changed));
  EXPECT_NE(written("croydon"), croydon);
  EXPECT_EQ(written("lewes"), lewes);
  const auto heads = store_->inspections().value();
  for (const auto& head : heads) EXPECT_EQ(head.written, written(head.id)) << head.id;
}

}  // namespace perspective::store
