// Receiving envelopes: check, shuffle again, commit, and only then a receipt.
//
// Promise:   a receipt follows the commit: it is signed while the store commits, and handed out when that has come to a
//            good end. A withdrawal in the place of an envelope is done before the envelopes beside it are stored, and
//            answered with 410 and a receipt of its own; a batch that has one goes on where RunWishes runs it, since it
//            waits for other wishes. The same id twice changes nothing and gives
//            the same receipt. Neither kiosk nor time nor order is kept beside an envelope: a batch is shuffled before
//            it is stored, kiosk and day are only counted. One kiosk's new envelopes, and tokens that nobody issued,
//            are bounded (protocol::kMostOfOneKiosk), so that it cannot fill the disk that all need; more have status
//            429 and stay where they are, and the first time is in the log.
// Errors:    none is thrown or lost: every call ends in exactly one Reception. 503 means "later": nothing was stored,
//            or it is not known; the kiosk keeps its copies and asks again.
// Ownership: keeps references to store and clock: they outlive it, and so must it every call that is under way
//            (destroy the store first, or let its queue run empty).
// Threads:   receive() from any; it reads the store, so not from a thread that must not wait for a disk. `done` and
//            `on_arrival` are called on whatever `run` runs its work on, on the caller's own thread, or for few
//            envelopes on the store's: they must be quick and not ask the store.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/ration.h"
#include "protocol/batch.h"
#include "protocol/limits.h"
#include "protocol/receipt.h"
#include "store/store.h"

namespace perspective::intake {

// The answer to one POST. 200: one outcome an envelope, in the order of the body. Otherwise the whole batch was
// refused, nothing of it was stored, and `problem` says why in plain words: 413 wrong size or too many, 422 unknown
// inspection, 503 later.
struct Reception {
  int status = 200;
  std::string problem;
  std::vector<protocol::Outcome> outcomes;
};

class Intake {
 public:
  // Ids of envelopes that are new and durable.
  using OnArrival = std::function<void(const std::string& inspection, const std::vector<envelope::EnvelopeId>& ids)>;
  // Runs work somewhere else than on the store's writer (a thread pool): the answers to large batches.
  using Run = std::function<void(std::function<void()> work)>;
  // The same for what takes answers back; false: too much of this kiosk waits already. None: on the caller's thread.
  using RunWishes = std::function<bool(const std::string& kiosk, std::function<void()> work)>;
  using Done = std::function<void(Reception)>;
  // Durable when it gave ok: nothing with these ids is kept, what is there goes; but for those that it gives back, of
  // which nothing becomes: the kiosk has asked for too many (429).
  using Withdraw = std::function<Result<std::vector<envelope::EnvelopeId>>(
      const std::string& inspection, const std::string& kiosk, const std::vector<envelope::EnvelopeId>& ids)>;

  Intake(store::Store& store, protocol::ReceiptKey key, const Clock& clock, Run run, OnArrival on_arrival,
         Withdraw withdraw, RunWishes run_wishes = {}, Ration::Bounds of_one_kiosk = protocol::kMostOfOneKiosk);

  // kiosk: id of an enrolled kiosk that may deliver to this inspection; whoever calls has checked that.
  void receive(std::string_view inspection, std::string_view kiosk, ByteView body, Done done);

  // Tokens that were spent at this kiosk: kept by their marks, once however often they come; then a receipt. Those that
  // nobody issued are kept too, to be counted. Nothing: the kiosk has brought too many of those, and these are
  // not kept. Errors: not_found (inspection), corrupt (body), io.
  Result<std::optional<protocol::Receipt>> spend(std::string_view inspection, std::string_view kiosk, ByteView body);

  // For kiosks that no package reaches. Whoever calls knows that it has ended.
  Result<protocol::Receipt> say_fieldwork_ended(std::string_view inspection) const;

 private:
  struct Delivery;
  void take(const std::shared_ptr<Delivery>& delivery, store::Batch batch);
  void hold_back_what_is_too_much(Delivery& delivery, store::Batch& batch);
  Result<void> withdraw(Delivery& delivery) const;
  Result<std::vector<protocol::Receipt>> receipts_for(const Delivery& delivery) const;
  void finish(const Delivery& delivery);
  static Reception answer(const Delivery& delivery);

  store::Store& store_;
  protocol::ReceiptKey key_;
  const Clock& clock_;
  Run run_;
  OnArrival on_arrival_;
  Withdraw withdraw_;
  RunWishes run_wishes_;
  Ration answers_;
  Ration tokens_;
};

}  // namespace perspective::intake
