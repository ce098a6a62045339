#include "upload/token_reporter.h"

#include <algorithm>
#include <utility>

#include "base/random.h"
#include "protocol/token_report.h"

namespace perspective::upload {

using readiness::Reason;

Step TokenReporter::step() {
  const auto unreported = outbox_.unreported_tokens();
  if (!unreported) return later(Reason::disk_broken);
  const bool may_more_go = let_go(*unreported);
  for (const auto& [inspection, proofs] : *unreported) {
    std::vector<outbox::TokenProof> going;
    std::ranges::copy_if(proofs, std::back_inserter(going), [&](const auto& each) { return going_.contains(each); });
    if (!going.empty()) return report(inspection, std::move(going));
  }
  delay_s_ = Sender::kFirstDelay_s;
  has_paused_ = may_more_go;
  if (!may_more_go) return {Step::Next::idle, 0, {}};
  return {Step::Next::later, 1 + static_cast<std::int64_t>(random_below(Sender::kLongestPause_s)), {}};
}

// True: there are enough of an inspection, but for the pause.
bool TokenReporter::let_go(const outbox::Outbox::Unreported& unreported) {
  bool may_more_go = false;
  for (const auto& [inspection, proofs] : unreported) {
    std::set<outbox::TokenProof> others;
    std::ranges::copy_if(proofs, std::inserter(others, others.end()),
                         [&](const auto& each) { return !going_.contains(each); });
    const auto at_least = terms_(inspection).at_least;
    const bool are_enough = !others.empty() && (all_may_go_ || others.size() >= at_least);
    const bool may_go = all_may_go_ || at_least <= 1 || has_paused_;
    if (are_enough && may_go) going_.merge(others);
    may_more_go |= are_enough && !may_go;
  }
  all_may_go_ = false;
  has_paused_ = false;
  return may_more_go;
}

Step TokenReporter::report(const std::string& inspection, std::vector<outbox::TokenProof> proofs) {
  const auto receipt_key = terms_(inspection).receipt_key;
  if (receipt_key.empty()) return later(Reason::package_missing);
  shuffle(proofs);
  proofs.resize(std::min(proofs.size(), protocol::kMaxBatchTokens));
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
  if (!outbox_.note_reported(proofs)) return later(Reason::disk_broken);
  for (const auto& proof : proofs) going_.erase(proof);
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
