// What every Store must do with the audit.
#pragma once

#include <optional>
#include <string>

#include "conformance/store_kind.h"

namespace perspective::store {

// The next number; what it says and the signature are any.
inline NextEntry saying(const std::string& line) {
  return [line](const std::optional<AuditEntry>& newest) -> Result<AuditEntry> {
    return AuditEntry{newest ? newest->number + 1 : 1, line + (newest ? " after " + newest->line : ""), {0, 1, 255}};
  };
}

TEST_P(StoreConformance, KeepsTheEntriesOfTheAuditInTheirOrder) {
  EXPECT_FALSE(*store_->newest_audit());
  ASSERT_TRUE(store_->append_audit(saying("a")));
  ASSERT_TRUE(store_->append_audit(saying("b")));
  ASSERT_TRUE(store_->append_audit(saying("c")));
  const AuditEntry last{3, "c after b after a", {0, 1, 255}};
  EXPECT_EQ(*store_->newest_audit(), last);
  EXPECT_EQ(store_->audit(0, 10)->size(), 3U);
  EXPECT_THAT(*store_->audit(2, 10), testing::ElementsAre(last));
  EXPECT_THAT(*store_->audit(0, 1), testing::ElementsAre(AuditEntry{1, "a", {0, 1, 255}}));
}

TEST_P(StoreConformance, WritesAnEntryWithTheChangeThatItTellsOf) {
  ASSERT_TRUE(store_->add_inspection(inspection("lewes"), saying("added")));
  ASSERT_TRUE(store_->update_inspection(inspection("lewes"), saying("updated")));
  ASSERT_TRUE(store_->withdraw("lewes", std::vector{envelope(1).id, envelope(2).id}, saying("withdrawn")));
  ASSERT_TRUE(store_->add_invite({{9, 9}, "lewes", "Front desk", 100}, saying("invited")));
  ASSERT_TRUE(store_->enrol(Bytes{9, 9}, 50, kiosk("k1"), saying("enrolled")));
  ASSERT_TRUE(store_->allow("k1", "croydon", saying("allowed")));
  ASSERT_TRUE(store_->disallow("k1", "croydon", saying("disallowed")));
  ASSERT_TRUE(store_->revoke("k1", saying("revoked")));
  ASSERT_TRUE(store_->put_annotation("lewes", {envelope(1).id, {1}}, saying("chosen")));
  auto next = inspection("lewes");
  next.head.version = 2;
  ASSERT_TRUE(store_->issue_tokens(next, {Digest{1}}, saying("issued")));
  const auto entries = *store_->audit(0, 100);
  ASSERT_EQ(entries.size(), 10U);
  EXPECT_EQ(entries.back().line,
            "issued after chosen after revoked after disallowed after allowed after enrolled after invited after "
            "withdrawn after updated after added");
}

TEST_P(StoreConformance, WritesNoEntryOfAChangeThatFailed) {
  EXPECT_FALSE(store_->add_inspection(inspection("croydon"), saying("again")));
  EXPECT_FALSE(store_->update_inspection(inspection("nowhere"), saying("nothing")));
  EXPECT_FALSE(store_->add_invite({{9, 9}, "nowhere", "Front desk", 100}, saying("invited")));
  EXPECT_FALSE(store_->enrol(Bytes{8}, 50, kiosk("k1"), saying("enrolled")));
  EXPECT_FALSE(store_->revoke("nobody", saying("revoked")));
  EXPECT_FALSE(store_->allow("nobody", "croydon", saying("allowed")));
  EXPECT_TRUE(store_->audit(0, 100)->empty());
}

TEST_P(StoreConformance, ChangesNothingWhereTheEntryCannotBeMade) {
  const NextEntry failing = [](const auto&) -> Result<AuditEntry> { return fail(ErrorCode::refused, "no key"); };
  EXPECT_EQ(store_->add_inspection(inspection("lewes"), failing).error().code, ErrorCode::refused);
  EXPECT_EQ(store_->head("lewes").error().code, ErrorCode::not_found);
  put("croydon", {envelope(1)});
  put("croydon", {envelope(2)});
  EXPECT_FALSE(store_->withdraw("croydon", std::vector{envelope(1).id, envelope(3).id, envelope(2).id}, failing));
  EXPECT_EQ(store_->count_envelopes("croydon"), 2);
  EXPECT_EQ(store_->count_withdrawn("croydon"), 0);
  EXPECT_TRUE(store_->withdrawn()->empty()) << "none of them half";
  EXPECT_FALSE(store_->append_audit(failing));
  EXPECT_TRUE(store_->audit(0, 100)->empty());
}

}  // namespace perspective::store
