// What a kiosk has to tell of one inspection, on a stick and signed by it, and what goes back. PROTOCOL.md, "Courier".
//
// Promise:   a bundle holds what a batch holds, up to kMaxBundleEnvelopes, what a report of tokens holds, and the
// ledger
//            once fieldwork has ended; nothing else: no time, no order. open_bundle() says which kiosk's certificate
//            signed it; whether that kiosk still may deliver, and whether the envelopes have the inspection's size, the
//            caller asks.
// Errors:    refused for what the pinned authority's kiosks did not sign, byte for byte; corrupt for what is signed and
//            means nothing; refused for a newer format. The words are stable (tests/vectors/README.md).
// Threads:   plain values.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/ledger.h"
#include "base/result.h"
#include "protocol/batch.h"
#include "protocol/token_proof.h"

namespace perspective::protocol {

// At least one of the three. Envelopes are of one length; they and the tokens stand in the order given: shuffle first.
struct Cargo {
  std::string inspection;
  std::vector<SealedEnvelope> envelopes = {};
  std::vector<TokenProof> tokens = {};  // all that were ever spent there
  std::optional<Ledger> ledger = {};    // all is over
};
Result<Bytes> sign_bundle(const Cargo& cargo, std::string_view key_pem, std::string_view certificate_pem);

struct Bundle {
  std::string inspection;
  std::string kiosk_certificate_pem;
  Bytes envelopes;  // id || envelope, as in a batch; empty: none
  std::vector<TokenProof> tokens;
  std::optional<Ledger> ledger;
};
Result<Bundle> open_bundle(ByteView bundle, std::string_view authority_pem);

// What goes back: what is signed by itself. Whatever else an outcome says, no signature covers, and who reads a stick
// is told nothing that it would believe.
struct CourierReceipts {
  std::string inspection;
  std::vector<Outcome> outcomes = {};            // each with a receipt
  std::optional<Receipt> end_of_fieldwork = {};  // end_of_fieldwork.h
};
std::string to_json(const CourierReceipts& receipts);
Result<CourierReceipts> courier_receipts_from_json(std::string_view json);

}  // namespace perspective::protocol
