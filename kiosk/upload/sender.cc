#include "upload/sender.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <tuple>
#include <utility>

#include "base/random.h"
#include "protocol/limits.h"
#include "upload/settlement.h"

namespace perspective::upload {
namespace {

using readiness::Reason;

constexpr std::size_t kMaxOutcomesBytes = 256 * 1024;

// Only the form in seconds; a date would need a clock that is right.
std::optional<std::int64_t> seconds_in(const std::string& retry_after) {
  std::int64_t seconds = 0;
  const char* end = retry_after.data() + retry_after.size();
  const auto parsed = std::from_chars(retry_after.data(), end, seconds);
  if (parsed.ec != std::errc() || parsed.ptr != end || seconds < 0) return std::nullopt;
  return std::min(seconds, Sender::kLongestRetryAfter_s);
}

Request request_for(const std::vector<outbox::Envelope>& batch, std::size_t envelope_bytes) {
  std::vector<protocol::SealedEnvelope> envelopes;
  for (const auto& envelope : batch) envelopes.push_back(as_sent(envelope, envelope_bytes));
  return {.method = "POST",
          .path = "/v1/inspections/" + batch.front().inspection + "/envelopes",
          .headers = {"Content-Type: application/octet-stream"},
          .body = protocol::encode_batch(envelopes),
          .max_answer_bytes = kMaxOutcomesBytes};
}

bool is_for_quarantine(int status) { return status == 409 || status == 413 || status == 422; }

}  // namespace

Sender::Sender(outbox::Outbox& outbox, Transport& transport, TermsOf terms)
    : outbox_(outbox), transport_(transport), terms_(std::move(terms)), most_(protocol::kMaxBatchEnvelopes) {}

Step Sender::step() {
  const auto may_more_go = let_go_what_may();
  if (!may_more_go) return later(Reason::disk_broken);
  if (going_.empty()) {
    if (!nothing_.empty()) return send_nothing();
    delay_s_ = kFirstDelay_s;
    has_paused_ = *may_more_go;
    if (!*may_more_go) return {Step::Next::idle, 0, lasting_notice()};
    return {Step::Next::later, 1 + static_cast<std::int64_t>(random_below(kLongestPause_s)), lasting_notice()};
  }
  const auto batch = outbox_.draw_batch(most_, [this](const auto&, const auto& id) { return going_.contains(id); });
  if (!batch || batch->empty()) return later(Reason::disk_broken);
  const auto terms = terms_(batch->front().inspection);
  if (terms.receipt_key.empty()) return later(Reason::package_missing);
  const auto answer = transport_.send(request_for(*batch, terms.envelope_bytes));
  if (!answer) return unanswered(*batch, answer.error());
  return settle(*batch, *answer);
}

void Sender::let_all_go() {
  all_may_go_ = true;
  delay_s_ = kFirstDelay_s;
}

// True: there are enough of an inspection, but for the pause.
Result<bool> Sender::let_go_what_may() {
  // What was refused may have been withdrawn since. Where it is refused still, it is set aside again.
  if (all_may_go_) std::ignore = outbox_.offer_again();
  auto waiting = outbox_.waiting();
  if (!waiting) return std::unexpected(waiting.error());
  const auto visited = outbox_.visited();
  if (!visited) return std::unexpected(visited.error());
  for (const auto& [inspection, visits] : *visited) waiting->try_emplace(inspection);
  bool may_more_go = false;
  std::set<std::string> let_go;
  for (const auto& [inspection, ids] : *waiting) {
    const auto others = std::ranges::count_if(ids, [this](const auto& id) { return !going_.contains(id); });
    const auto at_least = terms_(inspection).at_least;
    const bool are_enough = all_may_go_ || at_least <= 1 || static_cast<std::size_t>(others) >= at_least;
    const bool may_go = all_may_go_ || at_least <= 1 || has_paused_;
    if (are_enough && may_go) let_go.insert(inspection);
    may_more_go |= are_enough && !may_go;
  }
  all_may_go_ = false;
  has_paused_ = false;
  if (auto listed = list_going(let_go); !listed) return std::unexpected(listed.error());
  return may_more_go;
}

// What left meanwhile is no longer there; what came meanwhile goes too.
Result<void> Sender::list_going(const std::set<std::string>& let_go) {
  // Where that cannot be written, visits stay hidden for longer.
  for (const auto& inspection : let_go) std::ignore = outbox_.let_go(inspection);
  const auto waiting = outbox_.waiting();
  if (!waiting) return std::unexpected(waiting.error());
  const auto visited = outbox_.visited();
  if (!visited) return std::unexpected(visited.error());
  std::set<outbox::Id> going;
  for (const auto& [inspection, ids] : *waiting) {
    std::ranges::copy_if(ids, std::inserter(going, going.end()),
                         [&](const auto& id) { return let_go.contains(inspection) || going_.contains(id); });
  }
  std::set<std::string> nothing;
  for (const auto& [inspection, visits] : *visited) {
    const bool is_let_go = let_go.contains(inspection) || nothing_.contains(inspection);
    if (is_let_go && visits != outbox::Visits::since && !waiting->contains(inspection)) nothing.insert(inspection);
  }
  going_ = std::move(going);
  nothing_ = std::move(nothing);
  return {};
}

Step Sender::send_nothing() {
  const auto answer = transport_.send({.path = "/v1/packages", .headers = {}, .body = {}});
  if (!answer) {
    return later(answer.error().code == ErrorCode::unreachable ? Reason::collector_unreachable
                                                               : Reason::collector_unproven);
  }
  if (answer->status != 200) return turned_away(*answer);
  bool is_any_unknown = false;
  for (const auto& inspection : std::exchange(nothing_, {})) {
    const bool is_unknown = terms_(inspection).receipt_key.empty();
    if (!is_unknown && !outbox_.forget_visits(inspection)) return later(Reason::disk_broken);
    if (is_unknown) nothing_.insert(inspection);
    is_any_unknown |= is_unknown;
  }
  if (is_any_unknown) return later(Reason::package_missing);
  delay_s_ = kFirstDelay_s;
  return {Step::Next::again, 0, lasting_notice()};
}

Step Sender::unanswered(const std::vector<outbox::Envelope>& batch, const Error& error) {
  if (error.code != ErrorCode::unreachable) return later(Reason::collector_unproven);
  return not_carried(batch);
}

// A line that is too slow for a batch, or breaks in the middle of each, may carry half of it.
Step Sender::not_carried(const std::vector<outbox::Envelope>& batch) {
  most_ = std::max<std::size_t>(1, batch.size() / 2);
  return later(Reason::collector_unreachable);
}

Step Sender::settle(const std::vector<outbox::Envelope>& batch, const Answer& answer) {
  switch (answer.status) {
    case 200: {
      const auto outcomes = protocol::decode_outcomes(as_text(answer.body));
      auto step = outcomes ? settle_each(batch, *outcomes) : later(Reason::collector_not_understood);
      step.packages_tag = answer.header("perspective-packages");
      return step;
    }
    case 408:
      return not_carried(batch);
    case 409:
    case 413:
    case 422:
      return set_aside(batch, answer.status);
    default:
      return turned_away(answer);
  }
}

Step Sender::turned_away(const Answer& answer) {
  switch (answer.status) {
    case 401:
    case 403:
    case 404:
      return later(Reason::kiosk_not_accepted, kLongestDelay_s);
    case 429:
    case 503:
      return later(Reason::collector_busy, seconds_in(answer.header("retry-after")));
    default:
      return later(answer.status >= 500 ? Reason::collector_busy : Reason::collector_not_understood);
  }
}

Step Sender::settle_each(const std::vector<outbox::Envelope>& batch, const std::vector<protocol::Outcome>& outcomes) {
  const auto terms = terms_(batch.front().inspection);
  bool is_moving = false;
  bool is_refused = false;
  bool is_for_later = false;
  for (const auto& outcome : outcomes) {
    const auto envelope = std::ranges::find(batch, outcome.id, &outbox::Envelope::id);
    if (envelope == batch.end()) continue;
    is_moving |= settle_one(*envelope, outcome, terms);
    is_refused |= outcome.status == 401 || outcome.status == 403 || outcome.status == 404;
    is_for_later |= outcome.status == 429 || outcome.status == 503;
  }
  if (!is_moving && is_for_later) return later(Reason::collector_busy, kLongestDelay_s);
  // What came to nothing would come to nothing again at once.
  if (!is_moving)
    return is_refused ? later(Reason::kiosk_not_accepted, kLongestDelay_s) : later(Reason::collector_not_understood);
  most_ = std::min(2 * most_, protocol::kMaxBatchEnvelopes);
  delay_s_ = kFirstDelay_s;
  return {Step::Next::again, 0, lasting_notice()};
}

// True when it waits no longer.
bool Sender::settle_one(const outbox::Envelope& envelope, const protocol::Outcome& outcome, const Terms& terms) {
  if (is_for_quarantine(outcome.status) && !is_withdrawal(envelope)) {
    return outbox_.quarantine(envelope.id, outcome.status).has_value();
  }
  return upload::settle(outbox_, envelope, terms.envelope_bytes, outcome, terms.receipt_key).value_or(false);
}

// Said of the whole batch: which of them it means is found by sending them one by one.
Step Sender::set_aside(const std::vector<outbox::Envelope>& batch, int status) {
  most_ = 1;
  if (batch.size() == 1 && is_withdrawal(batch.front())) return later(Reason::collector_not_understood);
  if (batch.size() == 1 && !outbox_.quarantine(batch.front().id, status)) return later(Reason::disk_broken);
  return {Step::Next::again, 0, lasting_notice()};
}

Step Sender::later(Reason notice, std::optional<std::int64_t> asked_for_s) {
  Step step{Step::Next::later, asked_for_s.value_or(delay_s_), notice};
  // Kiosks that lost one collector together should not all come back in the same second.
  step.wait_s += static_cast<std::int64_t>(random_below(static_cast<std::uint64_t>(step.wait_s / 4 + 1)));
  delay_s_ = std::min(delay_s_ * 2, kLongestDelay_s);
  return step;
}

Notice Sender::lasting_notice() {
  const auto set_aside = outbox_.quarantined();
  if (!set_aside) return Reason::disk_broken;
  return set_aside->empty() ? Notice() : Reason::set_aside;
}

}  // namespace perspective::upload
