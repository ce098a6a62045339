// Sends what waits in the outbox, one batch a step. PROTOCOL.md has the repeat table that it follows.
//
// Promise:   an envelope leaves the outbox only with a genuine receipt for its id and its bytes: 200 or 201 as sent,
//            410 as withdrawn. A withdrawal ends with 410 and a receipt of its own. 409, 413, 422 set an envelope
//            aside, until a person asks to send all: then it is offered once more. Everything else keeps it. A batch is
//            of one inspection, chosen and ordered by chance, at most protocol::kMaxBatchEnvelopes: half as many each
//            time that no answer came, twice as many each time that one did. Nothing goes before so many of its
//            inspection wait as its terms say, and then not at once: who watches the line would see that the last
//            respondent had just pressed Send. What waits by then is let go together, however many requests that takes;
//            what comes later waits for others. Where there were visits and nothing waits, what would let it go (the
//            end of fieldwork, a person who asks) must reach the collector all the same before the kiosk may say that
//            all is sent: else it said so to who has nothing to send, alone.
// Errors:    none: what went wrong is the step's notice.
// Ownership: refers to outbox and transport.
// Threads:   one.
// Units:     seconds.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
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
  // Of the collector's list of packages, as it came with the answer: another one means that something has changed.
  std::string packages_tag = {};
};

class Sender {
 public:
  static constexpr std::int64_t kFirstDelay_s = 5;
  static constexpr std::int64_t kLongestDelay_s = 15 * 60;
  static constexpr std::int64_t kLongestRetryAfter_s = 60 * 60;
  static constexpr std::int64_t kLongestPause_s = 15 * 60;  // between enough waiting and the first of them going

  struct Terms {                     // of an inspection
    Bytes receipt_key = {};          // 32 bytes; empty when there is no package for it
    std::size_t envelope_bytes = 0;  // of each
    std::size_t at_least = 1;        // so many wait before any goes; 1: at once
    bool has_fieldwork_ended = false;
  };
  using TermsOf = std::function<Terms(const std::string& inspection)>;
  Sender(outbox::Outbox& outbox, Transport& transport, TermsOf terms);

  Step step();
  void let_all_go();  // at the next step, however few: what a person asked for

 private:
  Result<bool> let_go_what_may();
  Result<void> list_going(const std::set<std::string>& let_go);
  Step unanswered(const std::vector<outbox::Envelope>& batch, const Error& error);
  Step not_carried(const std::vector<outbox::Envelope>& batch);
  Step send_nothing();
  Step settle(const std::vector<outbox::Envelope>& batch, const Answer& answer);
  Step turned_away(const Answer& answer);
  Step settle_each(const std::vector<outbox::Envelope>& batch, const std::vector<protocol::Outcome>& outcomes);
  bool settle_one(const outbox::Envelope& envelope, const protocol::Outcome& outcome, const Terms& terms);
  Step set_aside(const std::vector<outbox::Envelope>& batch, int status);
  Step later(readiness::Reason notice, std::optional<std::int64_t> asked_for_s = std::nullopt);
  Notice lasting_notice();

  outbox::Outbox& outbox_;
  Transport& transport_;
  TermsOf terms_;
  std::set<outbox::Id> going_;     // let go, and not yet answered for
  std::set<std::string> nothing_;  // inspections that were let go, had visits, and of which nothing waits
  bool all_may_go_ = false;
  bool has_paused_ = false;
  std::size_t most_;
  std::int64_t delay_s_ = kFirstDelay_s;
};

}  // namespace perspective::upload
