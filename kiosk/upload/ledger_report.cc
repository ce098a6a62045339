#include "upload/ledger_report.h"

#include "base/random.h"
#include "protocol/ledger.h"

namespace perspective::upload {
namespace {

Request request_for(const std::string& inspection, const Ledger& ledger) {
  const auto json = protocol::encode_ledger(ledger);
  return {.method = "POST",
          .path = "/v1/inspections/" + inspection + "/ledger",
          .headers = {"Content-Type: application/json"},
          .body = Bytes(json.begin(), json.end())};
}

// Kiosks of one inspection learn its end together; they need not come back together.
Step later(Notice notice = {}) {
  const auto wait_s = LedgerReport::kDelay_s + random_below(LedgerReport::kDelay_s / 4);
  return {Step::Next::later, static_cast<std::int64_t>(wait_s), notice};
}

}  // namespace

Step LedgerReport::step(const std::vector<std::string>& ended) {
  const auto ledgers = outbox_.ledgers();
  if (!ledgers) return later(readiness::Reason::disk_broken);
  Step step;
  for (const auto& inspection : ended) {
    const auto found = ledgers->find(inspection);
    // One that nobody sat down for is told too: the collector waits for each of its kiosks.
    const Ledger ledger = found == ledgers->end() ? Ledger() : found->second;
    const auto told = told_.find(inspection);
    if (told != told_.end() && told->second == ledger) continue;
    const bool is_over = ledger.in_progress() == 0 && ledger.waiting == 0;
    const Step one = is_over ? tell(inspection, ledger) : later();
    if (one.notice) return one;  // nor would the next one get through
    if (one.next != Step::Next::idle) step = one;
  }
  return step;
}

Step LedgerReport::tell(const std::string& inspection, const Ledger& ledger) {
  const auto answer = transport_.send(request_for(inspection, ledger));
  if (!answer) {
    return later(answer.error().code == ErrorCode::unreachable ? readiness::Reason::collector_unreachable
                                                               : readiness::Reason::collector_unproven);
  }
  // Nothing is given up on a wrong answer: counts are told again at every start. (An older collector says 404.)
  if (answer->status != 200) return later();
  told_[inspection] = ledger;
  return {};
}

}  // namespace perspective::upload
