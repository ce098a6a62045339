// A store with something in each of its tables.
#pragma once

#include <gtest/gtest.h>

#include "store/store.h"

namespace perspective::store {

// One row or more in every table.
inline void fill_every_table(Store& store) {
  ASSERT_TRUE(store.add_invite({{7}, "croydon", "Front desk", 100}));
  ASSERT_TRUE(store.enrol(Bytes{7}, 50, {.id = "k1", .name = "Front desk", .serial = "0a", .inspections = {}}));
  ASSERT_TRUE(store.add_certificate("k1", "0b"));
  ASSERT_TRUE(store.disallow("k1", "croydon"));
  ASSERT_TRUE(store.note_contact("k1", {"2026-11-22", "0.5.0", 1000, {}, true}));
  ASSERT_TRUE(store.spend_tokens("croydon", "k1", {Digest{1}, Digest{2}}));
  auto issued = *store.inspection("croydon");
  issued.head.version = 2;
  ASSERT_TRUE(store.issue_tokens(issued, {Digest{1}}));
  ASSERT_TRUE(store.put_ledger("croydon", {"k1", {.started = 4, .stopped = 1, .sent = 3}}));
  ASSERT_TRUE(store.put_annotation("croydon", {Id{9}, Bytes(200, 9), {{"read", 5}}}));
  ASSERT_TRUE(store.put_record({.kind = "account", .id = "ada", .body = "{}"}));
  ASSERT_TRUE(store.put_keying("croydon", {Id{5}, "anna", Bytes(200, 5), "2026-11-22"}, {}));
  ASSERT_TRUE(store.append_audit([](const std::optional<AuditEntry>&) -> Result<AuditEntry> {
    return AuditEntry{1, "the first", Bytes(64, 1)};
  }));
}

}  // namespace perspective::store
