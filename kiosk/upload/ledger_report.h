// Tells the collector, once fieldwork has ended, how the visits of this kiosk ended.
//
// Promise:   of an inspection nothing is told before its fieldwork has ended, nobody sits here any more and nothing of
//            it waits. Told again when the program starts again, and when a count has changed; the collector keeps the
//            last. Why not with each batch: between two batches so few people sit here that a count that rises is one
//            of them, and the collector's day and the line's watcher would tell which. At the end there is one sum.
// Errors:    none: what went wrong is the step's notice.
// Ownership: refers to outbox and transport.
// Threads:   one.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "outbox/outbox.h"
#include "upload/sender.h"
#include "upload/transport.h"

namespace perspective::upload {

class LedgerReport {
 public:
  static constexpr std::int64_t kDelay_s = 15 * 60;

  LedgerReport(outbox::Outbox& outbox, Transport& transport) : outbox_(outbox), transport_(transport) {}

  // ended: inspections of this kiosk whose fieldwork has ended. idle: all is told; later: not yet, or not understood.
  Step step(const std::vector<std::string>& ended);

 private:
  Step tell(const std::string& inspection, const Ledger& ledger);

  outbox::Outbox& outbox_;
  Transport& transport_;
  std::map<std::string, Ledger> told_;
};

}  // namespace perspective::upload
