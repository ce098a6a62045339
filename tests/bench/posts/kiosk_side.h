// The kiosks of a load: as many TLS connections as asked for, each posting batches one after the other and keeping the
// collector's answers; nothing else, so that what is measured is the collector.
//
// Promise:   the certificates and the inspection are those of real enrolments. Every answer is checked after the time
//            measured: an outcome 201 with a genuine receipt for each envelope of the batch, in its order.
// Errors:    throws std::runtime_error.
// Threads:   one a connection, inside post().
// Units:     microseconds, bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "protocol/batch.h"
#include "protocol/package.h"
#include "protocol/receipt.h"
#include "upload/enrolment.h"

namespace perspective::bench {

// The folder of a kiosk that was enrolled and has its package.
struct EnrolledKiosk {
  upload::Enrolment enrolment;
  protocol::Package package;

  static EnrolledKiosk in(const std::filesystem::path& folder);
};

struct Load {
  std::size_t connections = 1;
  std::size_t envelopes_a_request = 1;
  std::size_t most_envelopes = 2000;  // of all connections together
  double longest_s = 2;
  // Of a server of the same authority that answers without storing. 0: the collector itself. What it says is not looked
  // into: it gives no receipts.
  std::uint16_t other_port = 0;
};

struct LoadOutcome {
  std::size_t envelopes = 0;
  double seconds = 0;
  std::vector<double> request_us;
};

// Under which id an envelope went out, and what its receipt must be over.
struct Sent {
  envelope::EnvelopeId id{};
  protocol::Digest digest{};
};
// Appends an envelope, its id before it, to the body of a request. By several threads at once.
using Envelopes = std::function<Sent(std::string& body)>;
// These in turn, each under ids of its own. Nothing but copying is done while others are measured.
Envelopes in_turn(std::vector<Bytes> sealed);

LoadOutcome post(const Load& load, const std::vector<EnrolledKiosk>& kiosks, const Envelopes& envelopes);

}  // namespace perspective::bench
