// Sends what waits in the outbox, one batch a step. PROTOCOL.md has the repeat table that it follows.
//
// Promise:   an envelope leaves the outbox only with a genuine receipt for its id and its bytes: 200 or 201 as sent,
// 410
//            as withdrawn. 409, 413, 422 set it aside. Everything else keeps it. A batch is of one inspection, chosen
//            and ordered by chance, at most protocol::kMaxBatchEnvelopes: half as many each time that no answer came,
//            twice as many each time that one did.
// Errors:    none: what went wrong is the step's notice.
// Ownership: refers to outbox and transport.
// Threads:   one.
// Units:     seconds.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "outbox/outbox.h"
#include "protocol/batch.h"
#include "readiness/reason.h"
#include "upload/transport.h"

namespace perspective::upload {

using Notice = std::optional<readiness::Reason>;

struct Step {
  enum class Next {
    again,  // at once: there may be more
    later,  // in wait_s
    idle,   // when something is put
  };
  Next next = Next::idle;
  std::int64_t wait_s = 0;
  Notice notice;  // for the supervisor; nothing: all is well
};

class Sender {
 public:
  static constexpr std::int64_t kFirstDelay_s = 5;
  static constexpr std::int64_t kLongestDelay_s = 15 * 60;
  static constexpr std::int64_t kLongestRetryAfter_s = 60 * 60;

  // receipt_key: the 32 bytes of an inspection's, empty when there is no package for it.
  using ReceiptKeyOf = std::function<Bytes(const std::string& inspection)>;
  Sender(outbox::Outbox& outbox, Transport& transport, ReceiptKeyOf receipt_key);

  Step step();

 private:
  Step unanswered(const std::vector<outbox::Envelope>& batch, const Error& error);
  Step settle(const std::vector<outbox::Envelope>& batch, const Answer& answer);
  Step settle_each(const std::vector<outbox::Envelope>& batch, const std::vector<protocol::Outcome>& outcomes);
  bool settle_one(const outbox::Envelope& envelope, const protocol::Outcome& outcome, ByteView receipt_key);
  Step set_aside(const std::vector<outbox::Envelope>& batch, int status);
  Step later(readiness::Reason notice, std::optional<std::int64_t> asked_for_s = std::nullopt);
  Notice lasting_notice();

  outbox::Outbox& outbox_;
  Transport& transport_;
  ReceiptKeyOf receipt_key_;
  std::size_t most_;
  std::int64_t delay_s_ = kFirstDelay_s;
};

}  // namespace perspective::upload
