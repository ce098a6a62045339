// The audit as a chain: what an entry says, its hash, its signature, and whether a chain is whole. AUDIT.md has the
// format, so that a stranger can check one without this program.
//
// Promise:   no entry is changed, left out, moved or put in without verify() saying so, unless by whoever has the
//            collector's receipt key; entries cut off at the end only where a head that was kept elsewhere is given.
// Errors:    head_from: invalid. next_entry: corrupt where the newest entry cannot be read; refused by the key.
// Threads:   pure; a WholeChain is one thread's.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "protocol/receipt.h"
#include "store/store.h"

namespace perspective::inspection {

struct AuditEvent {
  std::string who;                                // in words: "anna (uid 1000)"
  std::string what;                               // "inspection unlocked"
  std::string inspection = {};                    // empty: of none
  std::map<std::string, std::string> about = {};  // never an answer, a token, a passphrase
  std::optional<std::int64_t> as_of = {};         // is only to be done right after the entry of this number
};

// Which entry is the newest, and by its hash all before it.
struct AuditHead {
  std::int64_t number = 0;
  protocol::Digest hash{};
  bool operator==(const AuditHead&) const = default;
};
std::string to_text(const AuditHead& head);          // "7:3f2a...", the hash in hexadecimal
Result<AuditHead> head_from(std::string_view text);  // the same, a signature behind it is passed over
AuditHead head_of(const store::AuditEntry& entry);
std::string signed_text(const store::AuditEntry& entry);  // head and signature: "7:3f2a...:91bc..."

Result<store::AuditEntry> next_entry(const AuditEvent& event, std::int64_t now_s, const std::string& host,
                                     const std::optional<store::AuditEntry>& newest, const protocol::ReceiptKey& key);

struct AuditFault {
  enum class Kind { changed, signature, dropped, swapped, twice, replaced, cut_off };
  Kind kind = Kind::changed;
  std::string says;  // a sentence: what, and where
};
std::string_view to_text(AuditFault::Kind kind);  // "changed", ... "cut-off"

// Whether a chain of any length is whole, with one entry in memory at a time. What is wrong with one that is not,
// verify() says.
class WholeChain {
 public:
  WholeChain(Bytes public_key, std::vector<AuditHead> since);  // each of which was the head once
  bool take(const store::AuditEntry& next);                    // is it, as far as here?
  bool ends_whole() const;                                     // and was each of `since` met?

 private:
  Bytes public_key_;
  std::vector<AuditHead> unmet_;
  AuditHead last_;
};

// `entries` in the order of the store; each of `since` was the head once.
std::vector<AuditFault> verify(const std::vector<store::AuditEntry>& entries, ByteView public_key,
                               const std::vector<AuditHead>& since);

}  // namespace perspective::inspection
