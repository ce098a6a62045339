// What goes to the collector for what waits, and what its word on it makes of that, whichever way it came.
//
// Promise:   an envelope leaves only with a genuine receipt for its id and its bytes: with 410 as withdrawn, else as
// sent.
//            A withdrawal ends only with 410 and a genuine receipt for what was sent for it.
// Errors:    those of the outbox.
// Threads:   any; the outbox orders.
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "outbox/outbox.h"
#include "protocol/batch.h"

namespace perspective::upload {

bool is_withdrawal(const outbox::Envelope& waiting);
protocol::SealedEnvelope as_sent(const outbox::Envelope& waiting, std::size_t envelope_bytes);

// True: it waits no longer.
Result<bool> settle(outbox::Outbox& outbox, const outbox::Envelope& waiting, std::size_t envelope_bytes,
                    const protocol::Outcome& outcome, ByteView receipt_key);

}  // namespace perspective::upload
