#include "upload/token_reporter.h"

#include <algorithm>
#include <utility>

#include "base/random.h"
#include "protocol/token_report.h"

namespace perspective::upload {

using readiness::Reason;

Step TokenReporter::step() {
  const auto spent = outbox_.tokens();
  if (!spent) return later(Reason::disk_broken);
  const bool may_more_go = let_go(*spent);
  if (!going_.empty()) return report(going_.begin()->first, going_.begin()->second);
  delay_s_ = Sender::kFirstDelay_s;
  has_paused_ = may_more_go;
  if (!may_more_go) return {Step::Next::idle, 0, {}};
  return {Step::Next::later, 1 + static_cast<std::int64_t>(random_below(Sender::kLongestPause_s)), {}};
}

// True: there are enough of an inspection, but for the pause.
bool TokenReporter::let_go(const Spent& spent) {
  bool may_more_go = false;
  for (const auto& [inspection, tokens] : spent) {
    if (going_.contains(inspection)) continue;  // what was spent since waits for others
    const std::size_t fresh = tokens.proofs.size() - std::min(tokens.reported, tokens.proofs.size());
    const auto terms = terms_(inspection);
    const auto at_least = terms.at_least;
    const bool is_to_be_told = terms.has_fieldwork_ended && !told_.contains(inspection) && !tokens.proofs.empty();
    const bool are_enough = is_to_be_told || (fresh > 0 && (all_may_go_ || fresh >= at_least));
    const bool may_go = all_may_go_ || at_least <= 1 || has_paused_;
    if (are_enough && may_go) {
      Report report{tokens.proofs, tokens.proofs.size()};
      shuffle(report.left);
      going_.emplace(inspection, std::move(report));
    }
    may_more_go |= are_enough && !may_go;
  }
  all_may_go_ = false;
  has_paused_ = false;
  return may_more_go;
}

Step TokenReporter::report(const std::string& inspection, Report& report) {
  const auto terms = terms_(inspection);
  const auto& receipt_key = terms.receipt_key;
  if (receipt_key.empty()) return later(Reason::package_missing);
  const auto count = std::min(report.left.size(), protocol::kMaxBatchTokens);
  const std::vector<outbox::TokenProof> proofs(report.left.end() - static_cast<std::ptrdiff_t>(count),
                                               report.left.end());
  const Request request{.method = "POST",
                        .path = "/v1/inspections/" + inspection + "/tokens",
                        .headers = {"Content-Type: application/octet-stream"},
                        .body = protocol::encode_tokens(proofs)};
  const auto answer = transport_.send(request);
  if (!answer) {
    return later(answer.error().code == ErrorCode::unreachable ? Reason::collector_unreachable
                                                               : Reason::collector_unproven);
  }
  const auto receipt = protocol::decode_token_receipt(as_text(answer->body));
  if (answer->status != 200 || !receipt || !protocol::is_genuine(*receipt, inspection, request.body, receipt_key)) {
    return later(answer->status == 200 ? Reason::collector_not_understood : Reason::collector_busy);
  }
  if (count == report.left.size() && !outbox_.note_reported(inspection, report.tokens)) {
    return later(Reason::disk_broken);
  }
  report.left.resize(report.left.size() - count);
  if (report.left.empty()) {
    if (terms.has_fieldwork_ended) told_.insert(inspection);
    going_.erase(std::string(inspection));
  }
  delay_s_ = Sender::kFirstDelay_s;
  return {Step::Next::again, 0, {}};
}

Step TokenReporter::later(Reason reason) {
  Step step{Step::Next::later,
            delay_s_ + static_cast<std::int64_t>(random_below(static_cast<std::uint64_t>(delay_s_ / 4 + 1))), reason};
  delay_s_ = std::min(delay_s_ * 2, Sender::kLongestDelay_s);
  return step;
}

}  // namespace perspective::upload
