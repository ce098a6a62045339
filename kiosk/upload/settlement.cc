#include "upload/settlement.h"

#include "protocol/receipt.h"
#include "protocol/withdrawal.h"

namespace perspective::upload {

bool is_withdrawal(const outbox::Envelope& waiting) { return waiting.body.empty(); }

protocol::SealedEnvelope as_sent(const outbox::Envelope& waiting, std::size_t envelope_bytes) {
  return {waiting.id, is_withdrawal(waiting) ? protocol::withdrawal_of(envelope_bytes) : waiting.body};
}

Result<bool> settle(outbox::Outbox& outbox, const outbox::Envelope& waiting, std::size_t envelope_bytes,
                    const protocol::Outcome& outcome, ByteView receipt_key) {
  const bool is_withdrawn = outcome.status == 410;
  const bool is_stored = outcome.status == 200 || outcome.status == 201;
  if (!is_withdrawn && (!is_stored || is_withdrawal(waiting))) return false;
  const auto digest = protocol::digest_of(as_sent(waiting, envelope_bytes).body);
  if (!outcome.receipt || !protocol::is_genuine(*outcome.receipt, waiting.id, digest, receipt_key)) return false;
  const auto leaving = is_withdrawn ? outbox::Leaving::withdrawn : outbox::Leaving::sent;
  auto left = is_withdrawal(waiting) ? outbox.end_withdrawal(waiting.id) : outbox.remove(waiting.id, leaving);
  if (!left) return std::unexpected(left.error());
  return true;
}

}  // namespace perspective::upload
