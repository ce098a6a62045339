// The collector's audit: who did what to which inspection, written with the change itself.
//
// Promise:   what with() lets happen has its entry in the same transaction; append() has it before what follows is
//            answered. Each new head goes to the log. On PostgreSQL all collectors write one chain.
// Errors:    those of the change and of the store; conflict, to be tried again, for an event `as_of` another entry than
//            the newest. verify() finds faults, and fails only where nothing can be read, or nobody waits: refused.
// Ownership: keeps references to store and clock, which outlive it.
// Threads:   any.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "inspection/audit_chain.h"
#include "protocol/receipt.h"
#include "store/store.h"

namespace perspective::inspection {

class Audit {
 public:
  // key: the collector's receipt key, whose public half kiosks have in their packages. host: this machine's name.
  Audit(store::Store& store, const Clock& clock, protocol::ReceiptKey key, std::string host);

  using Change = std::function<Result<void>(const store::NextEntry& entry)>;
  Result<void> with(const AuditEvent& event, const Change& change);  // hands the entry to the store with the change
  Result<std::string> append(const AuditEvent& event);               // the new head, signed

  // At most so many, by number, after this one.
  Result<std::vector<store::AuditEntry>> entries(std::int64_t after, std::size_t limit);
  Result<std::optional<store::AuditEntry>> newest();

  struct Verdict {
    std::int64_t entries = 0;
    std::string head = {};  // of the newest, signed; empty: there is none
    std::vector<AuditFault> faults = {};
  };
  // Beside `since` by what this collector wrote itself since it started. A whole audit of any length is walked through,
  // an entry at a time; one that is not is read whole. has_gone: does nobody wait any more? Asked at each entry.
  Result<Verdict> verify(
      const std::optional<AuditHead>& since, const std::function<bool()>& has_gone = [] { return false; });
  Bytes public_key() const { return key_.public_key(); }

 private:
  Result<void> for_each(const std::function<bool(store::AuditEntry)>& visit);
  Result<Verdict> faults_in(const std::vector<AuditHead>& heads);

  store::Store& store_;
  const Clock& clock_;
  const protocol::ReceiptKey key_;
  const std::string host_;
  std::mutex mutex_;
  std::optional<AuditHead> last_;  // that was written here
};

}  // namespace perspective::inspection
