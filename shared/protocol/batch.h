// A batch of envelopes and its outcomes on the wire. PROTOCOL.md, "Batch".
//
// Promise:   body of the POST = for each envelope: id (16 bytes) || envelope (the package's one size); the answer is
//            JSON { "outcomes": [ { "id", "status", "receipt"?, "problem"? }, ... ] } in the order of the body.
//            Statuses are those of the repeat table: 201 new, 200 same again (same receipt), 409 same id with other
//            bytes, 410 withdrawn (signed receipt), 413 wrong size, 422 unknown inspection or version.
// Errors:    decode: corrupt, naming the place.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "envelope/identity.h"
#include "protocol/limits.h"
#include "protocol/receipt.h"

namespace perspective::protocol {

struct SealedEnvelope {
  envelope::EnvelopeId id{};
  Bytes body;
};

struct Outcome {
  envelope::EnvelopeId id{};
  int status = 0;
  std::optional<Receipt> receipt;
  std::string problem;  // empty when all is well
};

Bytes encode_batch(const std::vector<SealedEnvelope>& batch);
Result<std::vector<SealedEnvelope>> decode_batch(ByteView body, std::size_t envelope_bytes,
                                                 std::size_t most = kMaxBatchEnvelopes);

std::string encode_outcomes(const std::vector<Outcome>& outcomes);
Result<std::vector<Outcome>> decode_outcomes(std::string_view json);

}  // namespace perspective::protocol
