// Envelopes on a stick, signed by the kiosk that holds them, and the receipts that go back. PROTOCOL.md, "Courier".
//
// Promise:   a bundle holds what a batch holds, of one inspection, up to kMaxBundleEnvelopes, and nothing else: no
//            time, no count. open_bundle() says which kiosk's certificate signed it; whether that kiosk still may
//            deliver, and whether the envelopes have the inspection's size, the caller asks.
// Errors:    refused for what the pinned authority's kiosks did not sign, byte for byte; corrupt for what is signed and
//            means nothing; refused for a newer format. The words are stable (tests/vectors/README.md).
// Threads:   plain values.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "protocol/batch.h"

namespace perspective::protocol {

// envelopes: of one length, in the order in which they shall stand; shuffle them first.
Result<Bytes> sign_bundle(std::string_view inspection, const std::vector<SealedEnvelope>& envelopes,
                          std::string_view key_pem, std::string_view certificate_pem);

struct Bundle {
  std::string inspection;
  std::string kiosk_certificate_pem;
  Bytes envelopes;  // id || envelope, as in a batch
};
Result<Bundle> open_bundle(ByteView bundle, std::string_view authority_pem);

// What goes back: receipts alone. Whatever else an outcome says, no signature covers, and who reads a stick is told
// nothing that it would believe.
struct CourierReceipts {
  std::string inspection;
  std::vector<Outcome> outcomes;  // each with a receipt
};
std::string to_json(const CourierReceipts& receipts);
Result<CourierReceipts> courier_receipts_from_json(std::string_view json);

}  // namespace perspective::protocol
